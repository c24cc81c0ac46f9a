"""Changes are told in sentences: numbers agree with their nouns, facts are of the tables, people's words stay words."""

from __future__ import annotations

from datetime import date
from typing import Any

import polars as pl
import pytest

from pipeline.release.change_reasons import row_counts
from pipeline.release.change_story import declared_sentence, event_line, tell
from pipeline.release.changes import compare_editions
from pipeline.release.event_changes import EVENT_CHANGES, TOLLS
from tests.release.editions import changes_of, edition
from tests.release.factory import event_id, make, with_values, world
from tests.release.followed import LOWER, UPPER, corrections, followed

STRIKE = "Air/drone strike, Lower Mill (South), 8 February 2021"
SHELLING = "Shelling/artillery/missile attack, Upper Mill (North), 2 February 2021"


def _event(**values: Any) -> str:
    """Return the sentence about an event of these columns."""
    known: dict[str, Any] = dict.fromkeys(EVENT_CHANGES.names())
    day = date(2021, 2, 2)
    known |= {"event_id": event_id("m1"), "change": "changed", "columns": [], "sub_event_type": "Armed clash",
              "place_name": "Mill", "admin1": "North", "event_date_start": day, "event_date_end": day}  # fmt: skip
    return event_line(known | values).sentence()


def _toll(side: str, *figures: int | None) -> dict[str, int | None]:
    return {f"{name}_{side}": figure for name, figure in zip(TOLLS, figures, strict=True)}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"change": "added", **_toll("after", 5, 5, 5, 0, 0)},
         "New: Armed clash, Mill (North), 2 February 2021: 5 killed, 0 injured."),
        ({"change": "added"}, "New: Armed clash, Mill (North), 2 February 2021: no toll told."),
        ({"change": "removed", **_toll("before", 3, 4, None, None, None)},
         "Gone: Armed clash, Mill (North), 2 February 2021; it had at least 3, best estimate 4 killed, "
         "injured not told."),
        ({**_toll("before", 5, 5, 5, None, None), **_toll("after", 5, 6, 9, 2, None), "columns": ["fatalities_best"]},
         "Armed clash, Mill (North), 2 February 2021: now 5–9, best estimate 6 killed, at least 2 injured; "
         "before 5 killed, injured not told."),
        ({"columns": ["place_name"]}, "Armed clash, Mill (North), 2 February 2021: another value in place_name."),
        ({"columns": ["note", "confidence", "injured_low"], "admin1": None, "event_date_end": date(2021, 2, 4)},
         "Armed clash, Mill, 2–4 February 2021: other values in note and confidence."),
        ({"change": "added", "place_name": None},
         "New: Armed clash, North governorate, 2 February 2021: no toll told."),
        ({"change": "added", "place_name": None, "admin1": None, "event_date_end": date(2021, 3, 4)},
         "New: Armed clash, place not known, 2 February – 4 March 2021: no toll told."),
    ],
)  # fmt: skip
def test_an_event_is_told_in_one_sentence(values: dict[str, Any], says: str) -> None:
    assert _event(**values) == says


@pytest.mark.parametrize(
    ("before", "after", "counts"),
    [(0, 1, ["1 row added"]), (0, 2, ["2 rows added"]), (1, 0, ["1 row removed"]), (2, 2, [])],
)
def test_counts_of_rows_agree(before: int, after: int, counts: list[str]) -> None:
    rows = world()["weekly_coverage"]
    changes = changes_of({"weekly_coverage": rows.head(before)}, {"weekly_coverage": rows.head(after)})
    assert row_counts(changes.tables["weekly_coverage"]) == counts


def test_what_went_where_and_what_people_corrected_is_told_with_facts() -> None:
    story = tell(changes_of(world(), followed()), "1.1.0", shown=25)
    assert story.retired == (f"{LOWER} ({STRIKE}) was merged into {UPPER} ({SHELLING}).",)
    assert story.moves == (f"1 report of {LOWER} ({STRIKE}) is of {UPPER} ({SHELLING}) now (merged).",)
    (corrected,) = story.corrections
    assert corrected.startswith(f"fatalities_best of {UPPER} ({SHELLING}) is 6, which the coding gives as 5 (")
    assert corrected.endswith(", 1 March 2021).")
    assert (story.events_total, [event.change for event in story.events]) == (2, ["Changed", "Gone"])


def test_nothing_of_what_articles_say_is_told() -> None:
    old, new = world(), followed()
    new["mentions"] = new["mentions"].head(0)
    story = tell(changes_of(old, new), "1.1.0", shown=25)
    assert "killing at least five" not in str(story)


def test_a_correction_that_no_longer_applies_is_told() -> None:
    stood, stale = ({**world(), "corrections": corrections(state)} for state in ("applied", "stale"))
    (told,) = tell(changes_of(stood, stale), "1.0.1", shown=25).corrections
    assert told.startswith("No longer applied: fatalities_best of ")
    assert tell(changes_of(stood, stood), "1.0.1", shown=25).corrections == ()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"action": "withdraw"}, f"{UPPER} is not published (Desk)."),
        ({"action": "confirm"}, f"{UPPER} was looked at and found right (Desk)."),
        ({"action": "merge", "corrected_value": UPPER}, f"{UPPER} and others are one event: {UPPER} (Desk)."),
        ({"action": "override", "original_value": None},
         f"fatalities_best of {UPPER} is 6, which the coding gives as empty (Desk)."),
    ],
)  # fmt: skip
def test_every_correction_is_a_sentence(values: dict[str, Any], says: str) -> None:
    (row,) = corrections("applied").to_dicts()
    new = make("corrections", [row | {"corrected_by": "Desk", "corrected_on": None} | values])
    assert tell(changes_of({"corrections": new.head(0)}, {"corrections": new}), "1.0.1", shown=25).corrections == (
        says,
    )


@pytest.mark.parametrize(
    ("reason", "current", "says"),
    [
        ("withdrawn", None, "was withdrawn: none of its reports stands."),
        (
            "split",
            UPPER,
            f"was split: what is left of its reports is of several events now; it leads to {UPPER} today.",
        ),
    ],
)
def test_ids_that_went_are_told_with_the_reason(reason: str, current: str | None, says: str) -> None:
    row = {"event_id": LOWER, "founding_mention_id": "m-0123456789abcdef", "version": "1.1.0",
           "retirement_reason": reason, "current_event_id": current}  # fmt: skip
    new = make("retired_events", [row])
    story = tell(changes_of({"retired_events": new.head(0)}, {"retired_events": new}), "1.1.0", shown=25)
    assert story.retired == (f"{LOWER} {says}",)


def test_lists_are_cut_and_say_of_how_many() -> None:
    story = tell(changes_of(world(), followed()), "1.1.0", shown=1)
    assert (len(story.events), story.events_total) == (1, 2)
    events = next(table for table in story.tables if table.name == "events")
    assert (len(events.rows), events.total) == (1, 4)


def test_the_summary_says_how_large_a_step_it_is_and_why() -> None:
    assert tell(changes_of(world(), followed()), "1.1.0", shown=1).summary == (
        "From 1.0.0 to 1.1.0 is a minor step, because 1 row of actors is new, 1 row of retired_events is new and "
        "1 row of shared_toll_events is new.",
        "Rows, tables or columns are new, and programs go on working.",
    )
    first = compare_editions(None, edition(places=world()["places"]))
    assert tell(first, "1.0.0", shown=1).summary == (
        "Version 1.0.0 is the first: all of its 2 rows in 1 table are new.",
    )
    assert tell(first, "1.0.0", shown=5).events_total == 0
    assert declared_sentence(first.previous_version, first.level, "1.0.0") is None


def test_editions_without_the_columns_needed_tell_rows_alone() -> None:
    old = {"events": world()["events"]}
    bare = edition(**old)
    bare.frames["events"] = old["events"].drop("injured_low")  # type: ignore[index]
    changes = compare_editions(bare, edition(events=old["events"].head(1)))
    assert changes.tables["events"].removed.height == 1
    assert changes.told["events"].is_empty()


def test_events_that_moved_furthest_come_first() -> None:
    events = world()["events"]
    new = with_values(events, {"event_id": event_id("m4")}, fatalities_low=9, fatalities_best=9)
    new = with_values(new, {"event_id": event_id("m1")}, place_name="Mill")
    told = changes_of({"events": events}, {"events": new}).told["events"]
    assert told.select("event_id", "people", "columns").rows() == [
        (event_id("m4"), 9.0, ["fatalities_low", "fatalities_best"]),
        (event_id("m1"), None, ["place_name"]),
    ]
    assert isinstance(told.schema["columns"], pl.List)
