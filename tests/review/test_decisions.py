"""Decisions become corrections that expect what their author saw; what cannot be taken is told, and nothing written."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest

from pipeline.correct.declared import declared
from pipeline.errors import InputError
from pipeline.review.decisions import corrections_of, corrections_yaml
from pipeline.review.job import apply_decisions
from pipeline.review.sheet import sheet
from pipeline.settings import Settings
from tests.correct.desk import Record, event, files, mention
from tests.resolve.corpus import Corpus
from tests.review.made import cards_of, tables_of

AUTHOR = {"reason": "Looked.", "who": "Desk", "date": "2021-03-01"}


@pytest.fixture(scope="module")
def written() -> str:
    """The sheet of a disputed event with two reports and of a pair that was nearly merged."""
    corpus = Corpus()
    corpus.mention("a", killed=(7, 9))
    corpus.mention("b", outlet="courier", killed=(8, 8))
    corpus.mention("denial", status="denied", outlet="banner")
    corpus.mention("town", place="al-bab", actor1=None)
    corpus.mention("wide", place="aleppo", outlet="courier", actor1=None)
    return sheet(cards_of(tables_of(corpus)))


def decided(text: str, folder: Path, *decisions: Mapping[str, str], delimiter: str = ",") -> Path:
    """Write the sheet with decisions on its rows, in their order."""
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    for row, decision in zip(rows, decisions, strict=False):
        row.update(decision)
    path = folder / "decisions.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(rows)
    return path


def taken(text: str, folder: Path, *decisions: Mapping[str, str], **kind: str) -> list[Record]:
    made = corrections_of(decided(text, folder, *({**AUTHOR, **d} if d else {} for d in decisions), **kind), None, None)
    said = declared(files(desk=corrections_yaml(made, "decisions.csv")))
    assert (said.faults, len(said.corrections)) == ((), len(made))
    return made


def test_an_override_expects_the_field_as_it_was_shown(written: str, tmp_path: Path) -> None:
    (made,) = taken(written, tmp_path, {"decision": "override", "field": "fatalities_best", "value": "7"})
    assert (made["event"], made["set"]) == (event("a"), {"fatalities_best": 7})
    assert made["expect"] == {"values": {"fatalities_best": 8}}
    assert {name: made[name] for name in AUTHOR} == AUTHOR


def test_several_fields_are_parted_by_semicolons_and_an_empty_value_empties(written: str, tmp_path: Path) -> None:
    cells = {"decision": "Override", "field": "fatalities_high; civilian_targeting", "value": ";true"}
    (made,) = taken(written, tmp_path, cells)
    assert made["set"] == {"fatalities_high": None, "civilian_targeting": True}


def test_each_action_expects_what_it_rests_on(written: str, tmp_path: Path) -> None:
    members = sorted([mention("a"), mention("b")])
    (confirm,) = taken(written, tmp_path, {"decision": "confirm"})
    assert confirm["expect"]["members"] == members
    assert confirm["expect"]["values"]["fatalities_best"] == 8
    (withdraw,) = taken(written, tmp_path, {"decision": "withdraw"})
    assert withdraw["expect"] == {"members": members}
    (split,) = taken(written, tmp_path, {"decision": "split", "mentions": mention("b")})
    assert (split["mentions"], split["expect"]) == ([mention("b")], {"members": members})
    (note,) = taken(written, tmp_path, {"decision": "note", "note": "Seen."})
    assert set(note["expect"]["values"]) == {"sub_event_type", "event_date_start", "admin1"}


def test_a_pair_is_merged_or_both_are_confirmed(written: str, tmp_path: Path) -> None:
    (merge,) = taken(written, tmp_path, {}, {"decision": "merge"})
    assert {merge["event"], *merge["with"]} == {event("town"), event("wide")}
    assert set(merge["expect"]["members"]) == {mention("town"), mention("wide")}
    both = taken(written, tmp_path, {}, {"decision": "confirm"})
    assert {record["event"] for record in both} == {event("town"), event("wide")}


def test_an_event_of_another_row_can_be_merged(written: str, tmp_path: Path) -> None:
    (made,) = taken(written, tmp_path, {"decision": "merge", "merge_with": event("wide")})
    assert set(made["expect"]["members"]) == {mention("a"), mention("b"), mention("wide")}


def test_a_sheet_saved_with_semicolons_reads_the_same(written: str, tmp_path: Path) -> None:
    assert taken(written, tmp_path, {"decision": "withdraw"}, delimiter=";")[0]["event"] == event("a")


def test_author_and_day_can_be_given_for_all(written: str, tmp_path: Path) -> None:
    path = decided(written, tmp_path, {"decision": "withdraw", "reason": "Wrong."})
    (made,) = corrections_of(path, "Desk", "2021-03-01")
    assert (made["who"], made["date"]) == ("Desk", "2021-03-01")


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({}, "holds no decision; write one of override, merge"),
        ({"decision": "delete"}, "row 2: decision: 'delete' is none of override, merge"),
        ({"decision": "withdraw", "reason": ""}, "row 2: reason: must be given; fill it in"),
        ({"decision": "withdraw", "who": ""}, "row 2: who: must be given; fill it in, or give --who"),
        ({"decision": "withdraw", "date": "1 March"}, 'row 2: date: is "1 March"'),
        ({"decision": "override"}, "row 2: field: must name a field"),
        ({"decision": "override", "field": "mention_count", "value": "3"}, "row 2: value: is no field that can stand"),
        ({"decision": "override", "field": "fatalities_best", "value": "few"}, 'row 2: value: is "few", must be'),
        ({"decision": "override", "field": "fatalities_best", "value": "8"}, "row 2: value: is what is expected"),
        ({"decision": "override", "field": "injured_low;injured_high", "value": "3"}, "names 2 fields for 1 values"),
        ({"decision": "merge"}, "row 2: merge_with: must name an event"),
        ({"decision": "merge", "merge_with": "e-0000000000000000"}, "is not in the sheet"),
        ({"decision": "split"}, "row 2: mentions: is []"),
        ({"decision": "note"}, 'row 2: note: is ""'),
        ({"decision": "withdraw", "seen": "{}"}, "row 2: seen: '{}' was changed; copy it"),
        ({"decision": "withdraw", "seen": ""}, "row 2: seen: is empty"),
    ],
)
def test_a_decision_that_cannot_be_taken_names_row_column_and_remedy(
    written: str, tmp_path: Path, cells: dict[str, str], says: str
) -> None:
    path = decided(written, tmp_path, {**AUTHOR, **cells})
    target = tmp_path / "data" / "corrections" / "decisions.yaml"
    with pytest.raises(InputError) as caught:
        apply_decisions(path, Settings(data_dir=tmp_path / "data"), None, None, None)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not target.exists()


@pytest.mark.parametrize("content", [b"", b"a,b\n1,2\n", b"\xff\xfe", b'decision,seen\n"open'])
def test_what_is_no_sheet_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "decisions.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"decisions\.csv: "):
        corrections_of(path, None, None)
    with pytest.raises(InputError, match="cannot be read"):
        corrections_of(tmp_path / "none.csv", None, None)


def test_decisions_are_written_once_and_never_over_others(written: str, tmp_path: Path) -> None:
    path = decided(written, tmp_path, {**AUTHOR, "decision": "withdraw"})
    settings = Settings(data_dir=tmp_path / "data")
    target, number = apply_decisions(path, settings, None, None, None)
    assert (target, number) == (tmp_path / "data" / "corrections" / "decisions.yaml", 1)
    assert apply_decisions(path, settings, None, None, None) == (target, 1)
    decided(written, tmp_path, {**AUTHOR, "decision": "confirm"})
    with pytest.raises(InputError, match="is there already and says something else; name another file with --to"):
        apply_decisions(path, settings, None, None, None)
    other, _ = apply_decisions(path, settings, None, None, tmp_path / "more.yaml")
    assert other.read_text(encoding="utf-8").startswith("# Written by `fieldledger review --apply decisions.csv`.")
