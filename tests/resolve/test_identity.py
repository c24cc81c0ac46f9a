"""Ids that last: what happens to the id of an event when reports come late, join, part or are withdrawn."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from pipeline.ids import content_id
from tests.resolve.corpus import Corpus
from tests.resolve.history import Edition, follow, part


def m(label: str) -> str:
    return content_id("m", label)


def e(label: str) -> str:
    """Return the id that an event has which ``label`` founded."""
    return content_id("e", m(label))


def told(*reports: tuple[str, str], **slots: object) -> Corpus:
    """Return a corpus of one air strike, reported by ``reports`` (label and day of publication), each by an outlet."""
    corpus = Corpus()
    for number, (label, published) in enumerate(reports):
        outlet = ("herald", "courier", "lantern", "banner")[number]
        corpus.mention(label, outlet=outlet, published=published, **slots)  # type: ignore[arg-type]
    return corpus


def series(corpus: Corpus, *steps: Sequence[str]) -> list[Edition]:
    """Return one release for each step: the mentions whose articles are there."""
    made: list[Edition] = []
    for labels in steps:
        tables = part(corpus, [f"article of {label}" for label in labels])
        made.append(follow(made[-1] if made else None, tables))
    return made


def what_became(edition: Edition) -> dict[str, tuple[str, str, str | None, str | None]]:
    """Return version, reason, merged_into and current_event_id of each retired event."""
    columns = ("version", "retirement_reason", "merged_into", "current_event_id")
    return {event_id: tuple(row[column] for column in columns) for event_id, row in edition.retired.items()}


def test_a_late_report_with_an_earlier_date_takes_no_id_away() -> None:
    corpus = told(("first", "02-08"), ("late", "02-07"))
    before, after = series(corpus, ["first"], ["first", "late"])
    assert before.founders == after.founders == {e("first"): m("first")}
    assert after.event_of == {m("first"): e("first"), m("late"): e("first")}
    assert follow(None, corpus.tables()).founders == {e("late"): m("late")}, "the first release of both"


def test_what_an_event_says_does_not_depend_on_who_founded_it() -> None:
    corpus = told(("first", "02-08"), ("late", "02-07"), killed=(3, 3))
    (_, after), fresh = series(corpus, ["first"], ["first", "late"]), follow(None, corpus.tables())
    ids = ("event_id", "founding_mention_id")
    assert after.frame("events").drop(ids).equals(fresh.frame("events").drop(ids))


def _two_towns_and_a_bridge() -> Corpus:
    """A strike told of two towns by two outlets, one of which later says that it was the other town."""
    corpus = Corpus()
    corpus.mention("north", outlet="herald", published="02-08", place="ariha")
    corpus.mention("south", outlet="courier", published="02-07", place="saraqib")
    return corpus


def corrected(corpus: Corpus, label: str, place: str) -> dict[str, pl.DataFrame]:
    """Return all tables with a mention coded to another place; its id, of span and type, stays."""
    entry = {"ariha": ("Ariha", "Ariha"), "saraqib": ("Saraqib", "Idlib")}[place]
    is_it = pl.col("mention_id") == m(label)
    new = {"place_id": place, "place": entry[0], "admin2": entry[1]}
    tables = corpus.tables()
    change = [pl.when(is_it).then(pl.lit(value)).otherwise(column).alias(column) for column, value in new.items()]
    return tables | {"mentions": tables["mentions"].with_columns(change)}


def test_of_two_events_that_prove_one_the_one_founded_first_lives() -> None:
    corpus = _two_towns_and_a_bridge()
    before = follow(None, corpus.tables())
    after = follow(before, corrected(corpus, "south", "ariha"))
    assert set(before.founders) == {e("north"), e("south")}
    assert after.founders == {e("south"): m("south")}, "published first"
    assert what_became(after) == {e("north"): ("1.1.0", "merged", e("south"), e("south"))}


def test_an_id_comes_back_with_its_founder_when_a_merger_is_undone() -> None:
    corpus = _two_towns_and_a_bridge()
    before = follow(None, corpus.tables())
    merged = follow(before, corrected(corpus, "south", "ariha"))
    again = follow(merged, corpus.tables())
    assert again.founders == before.founders
    assert what_became(again) == {}


def test_where_the_reports_of_an_event_part_the_id_stays_with_the_founder() -> None:
    corpus = told(("founder", "02-07"), ("other", "02-08"), ("third", "02-09"))
    before = follow(None, corpus.tables())
    after = follow(before, corrected(corpus, "other", "saraqib"))
    assert after.founders == {e("founder"): m("founder"), e("other"): m("other")}
    assert after.event_of[m("third")] == e("founder")
    assert what_became(after) == {}, "no id went away"


def test_an_event_without_its_founder_keeps_its_id_when_the_rest_stands_together() -> None:
    corpus = told(("founder", "02-07"), ("second", "02-08"), ("third", "02-09"))
    _, after, later = series(corpus, ["founder", "second", "third"], ["second", "third"], ["third"])
    assert after.founders == {e("founder"): m("second")}, "founded anew on the first report left"
    assert later.founders == {e("founder"): m("third")}


def test_a_mention_whose_id_another_event_kept_founds_one_with_an_id_of_its_own() -> None:
    corpus = told(("founder", "02-07"), ("second", "02-08"))
    _, without = series(corpus, ["founder", "second"], ["second"])
    back = follow(without, corrected(corpus, "founder", "saraqib"))
    assert back.founders[e("founder")] == m("second")
    assert back.event_of[m("founder")] == content_id("e", m("founder"), 1)
    again = follow(back, corrected(corpus, "founder", "saraqib"))
    assert again.founders == back.founders


def test_a_founder_that_comes_back_to_its_event_does_not_take_it_over() -> None:
    corpus = told(("founder", "02-07"), ("second", "02-08"))
    _, _, back = series(corpus, ["founder", "second"], ["second"], ["founder", "second"])
    assert back.founders == {e("founder"): m("second")}


def test_an_event_without_its_founder_whose_rest_lies_apart_is_retired_as_split() -> None:
    corpus = told(("founder", "02-07"), ("second", "02-08"), ("third", "02-09"))
    before = follow(None, corpus.tables())
    tables = corrected(corpus, "third", "saraqib")
    tables["mentions"] = tables["mentions"].filter(pl.col("mention_id") != m("founder"))
    after = follow(before, tables)
    assert after.founders == {e("second"): m("second"), e("third"): m("third")}
    assert what_became(after) == {e("founder"): ("1.1.0", "split", None, None)}


@pytest.mark.parametrize("gone", ["the article", "the mention", "its status"])
def test_an_event_without_a_report_left_is_withdrawn(gone: str) -> None:
    corpus = told(("only", "02-07"))
    before = follow(None, corpus.tables())
    if gone == "the article":
        after = follow(before, part(corpus, []))
    else:
        tables = corpus.tables()
        change = tables["mentions"].with_columns(status=pl.lit("general"))
        after = follow(before, tables | {"mentions": change if gone == "its status" else change.clear()})
    assert after.founders == {}
    assert what_became(after) == {e("only"): ("1.1.0", "withdrawn", None, None)}


def test_an_event_without_its_founder_goes_into_the_living_one_that_its_rest_joins() -> None:
    corpus = Corpus()
    corpus.mention("early", outlet="herald", published="02-07", place="ariha")
    corpus.mention("rest", outlet="courier", published="02-08", place="ariha")
    corpus.mention("other", outlet="lantern", published="02-09", place="saraqib")
    before = follow(None, corpus.tables())
    tables = corrected(corpus, "rest", "saraqib")
    tables["mentions"] = tables["mentions"].filter(pl.col("mention_id") != m("early"))
    after = follow(before, tables)
    assert after.founders == {e("other"): m("other")}, "its founder stands, though it was founded later"
    assert what_became(after) == {e("early"): ("1.1.0", "merged", e("other"), e("other"))}


def _chain() -> tuple[Corpus, list[Edition]]:
    """Three events; a goes into b, then b into c, by reports that find each other's place."""
    corpus = Corpus()
    for number, label in enumerate(("c", "b", "a")):
        corpus.mention(label, outlet=("herald", "courier", "lantern")[number], published=f"02-0{7 + number}")

    def placed(**towns: str) -> dict[str, pl.DataFrame]:
        tables = corpus.tables()
        town = pl.col("mention_id").replace_strict(
            {m(label): at for label, at in towns.items()}, return_dtype=pl.String
        )
        admin1 = pl.when(town == "al-bab").then(pl.lit("Aleppo")).otherwise(pl.lit("Idlib"))
        coded = {"place_id": town, "place": town, "admin1": admin1, "admin2": pl.lit(None, pl.String)}
        return tables | {"mentions": tables["mentions"].with_columns(**coded)}

    first = follow(None, placed(a="ariha", b="saraqib", c="al-bab"))
    second = follow(first, placed(a="saraqib", b="saraqib", c="ariha"))
    return corpus, [first, second, follow(second, placed(a="ariha", b="ariha", c="ariha"))]


def test_a_chain_of_mergers_leads_to_a_living_event() -> None:
    corpus, (first, second, third) = _chain()
    assert len(first.founders) == 3
    assert what_became(second) == {e("a"): ("1.1.0", "merged", e("b"), e("b"))}
    expected = {e("a"): ("1.1.0", "merged", e("b"), e("c")), e("b"): ("1.2.0", "merged", e("c"), e("c"))}
    assert what_became(third) == expected
    without_founders = part(corpus, ["article of c"])
    assert what_became(follow(third, without_founders)) == expected, "the chain leads on where the founders are gone"


def test_a_chain_that_ends_in_an_event_withdrawn_leads_nowhere() -> None:
    corpus, (_, _, third) = _chain()
    end = follow(third, part(corpus, []))
    assert what_became(end) == {
        e("a"): ("1.1.0", "merged", e("b"), None),
        e("b"): ("1.2.0", "merged", e("c"), None),
        e("c"): ("1.3.0", "withdrawn", None, None),
    }


def test_a_release_with_nothing_new_repeats_the_one_before() -> None:
    corpus, (_, _, third) = _chain()
    end = follow(third, part(corpus, ["article of c"]))
    again = follow(end, part(corpus, ["article of c"]))
    for name, frame in end.frames.items():
        assert frame.equals(again.frame(name)), name
