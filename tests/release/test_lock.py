"""A lock names all that a release was made from, by the schema published for it, and fits the release it lies in."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_text
from pipeline.release.lock import (
    SCHEMA_FILE,
    CorrectionFile,
    GoldFile,
    Lock,
    Previous,
    RawInput,
    SuppliedFile,
    read_lock,
)
from pipeline.release.verify import verify_release
from pipeline.settings import OF_THIS_MACHINE, Settings
from tests.release.factory import MADE_FROM, publish_world
from tests.release.renew_schemas import renewed

A, B, C = (sha256_text(name) for name in "abc")
FULL = replace(
    MADE_FROM,
    inputs=(
        RawInput("in/caf\\udce9.txt", "txt", A, None, None),
        RawInput("in/é.json", "json", B, "in/caf\\udce9.txt", None),
        RawInput("in/link", None, None, None, "is a link"),
    ),
    knowledge=replace(MADE_FROM.knowledge, gazetteers=(SuppliedFile("SY.txt", C), SuppliedFile("SY.txt", A))),
    corrections=(CorrectionFile("desk.yaml", A, None), CorrectionFile("bad.yaml", B, "is longer than 10 bytes")),
    gold=(
        GoldFile("testland", "articles.jsonl", A, bundled=True),
        GoldFile("ours", "mentions.jsonl", B, bundled=False),
    ),
    previous=Previous("1.0.0", C),
)


@pytest.mark.parametrize("lock", [MADE_FROM, FULL])
def test_a_lock_reads_back_and_keeps_to_the_published_schema(lock: Lock) -> None:
    assert read_lock(lock.to_bytes()) == lock
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(lock.to_bytes()))


def test_the_published_schema_is_made_of_the_records() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == renewed()[SCHEMA_FILE], "python -m tests.release.renew_schemas"


def test_files_that_must_be_had_are_all_but_those_of_the_program_and_those_not_used() -> None:
    assert FULL.raw_files == (
        ("in/caf\\udce9.txt", A),
        ("in/é.json", B),
        ("gazetteer SY.txt", C),
        ("gazetteer SY.txt", A),
        ("correction desk.yaml", A),
        ("gold set ours, mentions.jsonl", B),
    )


def test_every_setting_enters_by_its_value_or_names_a_place_on_this_machine() -> None:
    settings = Settings(source_date_epoch=7)
    assert settings.entering()["source_date_epoch"] == 7
    assert settings.entering().keys() | OF_THIS_MACHINE == Settings.model_fields.keys()
    assert not settings.entering().keys() & OF_THIS_MACHINE


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema_version": 2}, "schema_version is 2, this program reads 1"),
        ({"surprise": 1}, "surprise"),
        ({"sample": "yes"}, "sample: "),
        ({"previous": {"version": "1.0", "manifest_sha256": A}}, "previous.version"),
        ({"inputs": [{"name": "x", "format": "pdf", "sha256": A, "sidecar_of": None, "unreadable": None}]}, "format"),
    ],
)
def test_what_is_no_lock_is_one_clear_error(change: dict[str, object], says: str) -> None:
    content = json.loads(MADE_FROM.to_bytes()) | change
    with pytest.raises(FieldledgerError, match=f"lock.json: .*{says}"):
        read_lock(json.dumps(content).encode())


def test_another_way_to_write_it_is_refused() -> None:
    with pytest.raises(FieldledgerError, match="not written as fieldledger does it"):
        read_lock(MADE_FROM.to_bytes() + b"\n")


@pytest.mark.parametrize(
    ("lock", "says"),
    [
        (replace(MADE_FROM, previous=Previous("0.9.0", A)), "names 0.9.0 as the one before, the manifest no release"),
        (replace(MADE_FROM, settings={"source_date_epoch": 0}), "built at 1970-01-01T00:00:00Z"),
        (replace(MADE_FROM, inputs=()), "does not list the input articles.jsonl"),
    ],
)
def test_a_release_whose_lock_tells_of_another_one_is_not_published(lock: Lock, says: str, tmp_path: Path) -> None:
    with pytest.raises(FieldledgerError, match=f"was not published: lock.json: .*{says}"):
        publish_world(tmp_path, made_from=lock)


def test_a_damaged_lock_is_found(releases: Path) -> None:
    path = releases / "v1.0.0" / "lock.json"
    path.write_bytes(path.read_bytes().replace(b"testland", b"wasteland"))
    assert [finding.where for finding in verify_release(path.parent)] == ["lock.json"]
