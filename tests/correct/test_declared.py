"""What a file of corrections may say, and what is told of one that says something else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator

from pipeline.archive import Archive
from pipeline.contracts import load_contract
from pipeline.correct.declared import SCHEMA_FILE, Declared, corrections_schema, declared
from pipeline.correct.files import kept_files, read_correction_files
from pipeline.errors import InputError
from pipeline.settings import Settings
from tests.correct.desk import Record, event, file_of, files, mention, override, record, split
from tests.correct.renew_schema import renewed

GOOD = override("a", "fatalities_best", 6, 7)


def one(text: str) -> str:
    """Return the message on the only fault in a file."""
    said = declared(files(desk=text))
    assert said.corrections == ()
    (fault,) = said.faults
    return fault.message


def test_the_published_schema_is_a_schema_and_follows_from_the_contract() -> None:
    Draft202012Validator.check_schema(corrections_schema())
    assert SCHEMA_FILE.read_text(encoding="utf-8") == renewed(), "python -m tests.correct.renew_schema"


def test_correctable_fields_are_columns_of_events_and_none_is_an_id() -> None:
    table = load_contract().tables["events"]
    assert set(table.correctable) <= set(table.columns) - {"event_id", "founding_mention_id"}


def test_the_schema_takes_whole_files_as_editors_use_it() -> None:
    check = Draft202012Validator(corrections_schema())
    assert check.is_valid({"corrections": [GOOD, record("note", "a", note="Seen.")]})
    assert not check.is_valid({"corrections": [GOOD | {"action": "guess"}]})


@pytest.mark.parametrize("dump", [json.dumps, yaml.safe_dump])
def test_yaml_and_json_say_the_same(dump: Callable[[object], str]) -> None:
    said = declared(files(desk=dump({"corrections": [GOOD]})))
    assert said.faults == ()
    (correction,) = said.corrections
    assert (correction.event, correction.sets, correction.values) == (
        event("a"), {"fatalities_best": 7}, {"fatalities_best": 6},
    )  # fmt: skip
    assert correction.day.isoformat() == "2021-03-01"


def test_a_plain_yaml_date_is_a_date() -> None:
    text = (
        f"corrections:\n- action: note\n  event: {event('a')}\n  note: Seen.\n  reason: it helps\n  who: desk\n"
        "  date: 2021-03-01\n"
    )
    assert declared(files(desk=text)).corrections[0].day.isoformat() == "2021-03-01"


def test_one_correction_written_twice_is_one_whatever_the_order_of_its_parts() -> None:
    first = split("a", "b", "c", members=("a", "b", "c"))
    again = {key: first[key] for key in reversed(first)} | {"mentions": [mention("c"), mention("b")]}
    said = declared(files(one=file_of(first), two=file_of(again)))
    assert (len(said.corrections), said.repeated, said.records) == (1, 1, 2)


def test_an_empty_file_says_nothing() -> None:
    assert declared(files(desk="# nothing yet\n")) == Declared((), (), 0)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"action": "guess"}, 'record 1: action: is "guess", must be one of override, merge'),
        ({"event": "e-1"}, 'record 1: event: is "e-1"'),
        ({"who": None}, "record 1: who: is null, must be string"),
        ({"reason": ""}, 'record 1: reason: is ""'),
        ({"reason": "a\0b"}, "record 1: reason: is"),
        ({"date": "yesterday"}, 'record 1: date: is "yesterday", must be a day, as in 2021-03-01'),
        ({"date": "2021-W05-1"}, 'record 1: date: is "2021-W05-1", must be a day'),
        ({"date": "2021-02-30"}, 'record 1: date: is "2021-02-30", must be a day'),
        ({"set": {"event_date_start": "20210301"}}, 'set.event_date_start: is "20210301", must be a day'),
        ({"set": {"sub_event_type": "Duel"}}, 'set.sub_event_type: is "Duel", must be one of Chemical weapon, '),
        ({"with": []}, "record 1: with does not belong to this action"),
        (
            {"set": {"mention_count": 3}},
            "record 1: set.mention_count: is no field that can stand here: actor1_associate_id,",
        ),
        ({"set": {"fatalities_best": "seven"}}, 'set.fatalities_best: is "seven", must be integer or null'),
        ({"set": {"fatalities_best": -1}}, "set.fatalities_best: is -1"),
        ({"set": {"fatalities_best": 10**30}}, "set.fatalities_best: is above"),
        ({"set": {"admin1": None}}, "set.admin1: is null, must be string"),
        ({"set": {"injured_low": 1}}, "expect.values: says nothing of injured_low"),
        ({"set": {"fatalities_best": 6}}, "set.fatalities_best: is what is expected already"),
        ({"expect": {}}, "expect"),
    ],
)
def test_a_record_that_is_no_correction_is_told_with_file_record_field_and_remedy(change: Record, says: str) -> None:
    message = one(file_of(GOOD | change))
    assert message.startswith("desk.yaml, record 1: ")
    assert says in message
    assert re.search(r"; (see schemas/corrections\.schema\.json|write|correct it|remove it)", message)


@pytest.mark.parametrize("missing", ["action", "event", "reason", "who", "date", "set", "expect"])
def test_what_is_missing_is_named(missing: str) -> None:
    assert f"record 1: {missing}: must be given" in one(file_of({k: v for k, v in GOOD.items() if k != missing}))


def test_a_split_that_leaves_nothing_and_a_merge_with_itself_are_refused() -> None:
    assert "leaves no report" in one(file_of(split("a", "a", "b", members=("a", "b"))))
    merged = record("merge", "a", members=("a",)) | {"with": [event("a")]}
    assert "names the event itself" in one(file_of(merged))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("corrections: [", "mend the YAML"),
        ("a: 1\na: 2", "line 2: 'a' stands twice"),
        ("a: &x [1]\nb: *x", "line 2: uses an alias (*x)"),
        ("[" * 30 + "]" * 30, "is nested deeper than 20 levels"),
        ("!!python/object:os.system {}", "mend the YAML"),
        ("- 1", "holds no list `corrections:`"),
        ("corrections: []\nversion: 1", "version: is not known beside `corrections`"),
    ],
)
def test_a_file_that_cannot_be_taken_is_one_fault(text: str, says: str) -> None:
    assert says in one(text)


def test_a_bad_record_leaves_the_others_of_its_file_standing() -> None:
    said = declared(files(desk=file_of(GOOD | {"event": 7}, GOOD)))
    assert [c.place.record for c in said.corrections] == [2]
    assert [f.place.record for f in said.faults] == [1]


class TestFiles:
    def test_none_without_the_folder(self, tmp_path: Path) -> None:
        assert read_correction_files(Settings(data_dir=tmp_path), Archive(tmp_path)).is_empty()

    def test_a_folder_that_the_settings_name_must_be_there(self, tmp_path: Path) -> None:
        with pytest.raises(InputError, match=r"setting corrections: .* is no folder"):
            read_correction_files(Settings(corrections=tmp_path / "none"), Archive(tmp_path))

    def test_files_are_found_at_any_depth_and_faults_are_told(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        data = tmp_path_factory.mktemp("data")
        folder = data / "corrections"
        (folder / "north").mkdir(parents=True)
        (folder / "north" / "a.yaml").write_text(file_of(GOOD), encoding="utf-8")
        (folder / "b.yml").write_bytes(b"\xff\xfe\xfa")
        (folder / "c.yaml").write_text("#" * 2000, encoding="utf-8")
        (folder / "notes.txt").write_text("no correction", encoding="utf-8")
        (folder / "d.yaml").write_text("\ufeff" + file_of(override("b", "fatalities_best", 6, 7)), encoding="utf-8")
        archive = Archive(data / "store")
        found = read_correction_files(Settings(data_dir=data, max_record_bytes=1000), archive)
        assert found["input_name"].to_list() == ["b.yml", "c.yaml", "d.yaml", "north/a.yaml"]
        said = declared(found)
        assert [fault.message for fault in said.faults] == [
            "b.yml: is not UTF-8; save it as UTF-8",
            "c.yaml: is longer than 1,000 bytes; split it",
        ]
        assert sorted(c.place.file for c in said.corrections) == ["d.yaml", "north/a.yaml"]
        assert kept_files(found.select("input_name", "sha256", "fault").rows(), archive).equals(found)
