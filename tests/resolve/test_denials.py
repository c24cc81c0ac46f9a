"""Which event a denial denies, and when it is left a claim of its article."""

from __future__ import annotations

import pytest

from tests.resolve.corpus import SHELLING, Corpus


@pytest.fixture
def corpus() -> Corpus:
    corpus = Corpus()
    corpus.mention("strike")
    return corpus


def test_denial_of_type_place_and_day_makes_the_event_disputed(corpus: Corpus) -> None:
    corpus.mention("denial", status="denied", outlet="banner")
    assert corpus.together("denies") == [["denial"]]
    event = corpus.event()
    assert (event["disputed"], event["mention_count"], event["source_count"]) == (True, 1, 1)


def test_accused_and_place_are_enough_when_the_denial_gives_no_day(corpus: Corpus) -> None:
    corpus.mention("denial", status="denied", on=None, published="02-09")
    assert corpus.together("denies") == [["denial"]]


def test_accused_and_day_are_enough_when_the_denial_names_no_place(corpus: Corpus) -> None:
    corpus.mention("denial", status="denied", place=None, admin1=None)
    assert corpus.together("denies") == [["denial"]]


def test_governorate_of_the_denial_contains_the_town(corpus: Corpus) -> None:
    corpus.mention("denial", status="denied", place="idlib")
    assert corpus.together("denies") == [["denial"]]


def test_denial_by_the_accused_of_a_happening_that_is_blamed_on_nobody() -> None:
    corpus = Corpus()
    corpus.mention("bomb", kind="Remote explosive/landmine/IED", actor1=None)
    corpus.mention("denial", kind="Remote explosive/landmine/IED", status="denied", actor1="sdf", published="02-09")
    assert corpus.together("denies") == [["denial"]]


@pytest.mark.parametrize(
    "denial",
    [
        {"kind": SHELLING},
        {"kind": "Chemical weapon"},
        {"place": "saraqib"},
        {"place": "idlib-city"},
        {"actor1": "russia"},
        {"on": "02-01"},
        {"on": "02-05", "published": "02-05"},
        {"on": None, "published": "03-09"},
        {"on": None, "actor1": None, "published": "02-09"},
        {"place": None, "admin1": None, "actor1": None},
        {"on": None, "place": None, "admin1": None, "published": "02-09"},
        {"on": None, "published": None},
    ],
    ids=[
        "other means",
        "more than was told",
        "other town",
        "town with the name of the governorate",
        "another accused",
        "other day",
        "out before it happened",
        "long after",
        "neither day nor accused",
        "neither place nor accused",
        "neither day nor place",
        "no day of any kind",
    ],
)
def test_denial_of_something_else_is_linked_to_nothing(corpus: Corpus, denial: dict[str, str | None]) -> None:
    corpus.mention("denial", status="denied", **denial)  # type: ignore[arg-type]
    assert corpus.together("denies") == []
    assert corpus.event()["disputed"] is False
    assert corpus.resolve().books.denying_nothing_found == 1


def test_denial_that_fits_two_events_equally_is_linked_to_neither(corpus: Corpus) -> None:
    corpus.mention("other strike", place="saraqib")
    corpus.mention("denial", status="denied", place="idlib")
    assert corpus.together("denies") == []


def test_denial_means_the_event_that_its_own_article_reports(corpus: Corpus) -> None:
    corpus.article("x", "courier")
    corpus.mention("other strike", "x", place="saraqib")
    corpus.mention("denial", "x", status="denied", place="idlib")
    linked = corpus.resolve().events.filter("disputed")
    assert linked["place_id"].to_list() == ["saraqib"]
