"""A release whose forms say different things is found out, though every hash of the manifest is right."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.release.about import package_words
from pipeline.release.copies import unlike_copies
from pipeline.release.database import DATABASE, database_bytes
from pipeline.release.files import record_of
from pipeline.release.hxl import hxl_chunks
from pipeline.release.manifest import Manifest, json_bytes, read_manifest
from pipeline.release.package_zip import PACKAGE, package_zip
from pipeline.release.plan import draft
from pipeline.release.tables import csv_bytes
from tests.release.factory import CONTRACT, about, with_values, world

FRAMES = draft(world()).frames
HXL = "data/weekly_tolls.hxl.csv"


def _manifest(release: Path) -> Manifest:
    known = read_manifest((release / "manifest.json").read_bytes())
    return replace(known, files=tuple(record_of(release, record.path) for record in known.files))


def _faults(release: Path, manifest: Manifest | None = None) -> list[tuple[str, str]]:
    return list(unlike_copies(release, manifest or _manifest(release), CONTRACT.published, FRAMES))


def _other_database() -> bytes:
    other = with_values(FRAMES["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    return database_bytes(about(), {**FRAMES, "events": other})


def _other_twin() -> bytes:
    other = with_values(FRAMES["weekly_tolls"], {"area": "North"}, injured=1)
    return b"".join(hxl_chunks(CONTRACT.tables["weekly_tolls"], other, package_words().hxl))


@pytest.mark.parametrize(
    ("path", "data", "says"),
    [
        (DATABASE, _other_database(), "table events holds other rows"),
        (PACKAGE, package_zip([("README.md", b"")]), "lacks data/accounts.csv"),
        (HXL, _other_twin(), "holds other rows than data/weekly_tolls.csv"),
        (HXL, csv_bytes(CONTRACT.tables["weekly_tolls"], FRAMES["weekly_tolls"]), "or no HXL tags"),
        ("croissant.json", b"[]", "does not tell files and hashes"),
        ("provenance.intoto.json", b'{"subject": [7]}', "does not tell files and hashes"),
    ],
)
def test_a_form_that_differs_is_named(releases: Path, path: str, data: bytes, says: str) -> None:
    release = releases / "v1.0.0"
    (release / path).write_bytes(data)
    found = [fault for where, fault in _faults(release) if where == path]
    assert found
    assert says in "; ".join(found)


@pytest.mark.parametrize("document", ["croissant.json", "dataset.jsonld", "provenance.intoto.json"])
def test_a_hash_that_is_told_wrongly_is_found(releases: Path, document: str) -> None:
    release = releases / "v1.0.0"
    right = next(f for f in _manifest(release).files if f.path == "data/events.csv").sha256
    content = (release / document).read_text(encoding="utf-8")
    (release / document).write_text(content.replace(right, "0" * 64), encoding="utf-8")
    assert (document, "tells another hash of data/events.csv than the manifest") in _faults(release)


def test_a_form_that_went_away_meanwhile_is_one_line(releases: Path) -> None:
    manifest = _manifest(releases / "v1.0.0")
    (releases / "v1.0.0" / HXL).unlink()
    assert (Path(HXL).name, "cannot be read: No such file or directory") in _faults(releases / "v1.0.0", manifest)


def test_a_release_of_an_earlier_program_that_has_fewer_forms_is_sound(first: Path) -> None:
    manifest = _manifest(first)
    few = tuple(f for f in manifest.files if f.path.endswith((".csv", ".parquet")) and ".hxl." not in f.path)
    assert _faults(first, replace(manifest, files=few)) == []
    assert _faults(first) == []


def test_the_documents_are_canonical_json(first: Path) -> None:
    for path in ("croissant.json", "dataset.jsonld", "dcat.jsonld", "ro-crate-metadata.json", "provenance.intoto.json"):
        data = (first / path).read_bytes()
        assert json_bytes(json.loads(data)) == data
