"""Copies: which articles are marked, and that order, machine and chance play no part."""

from __future__ import annotations

import random
from datetime import date, timedelta

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.ingest.copies import mark_copies, with_copies
from tests.growth import grows_linearly

SENTENCES = (
    "Shells hit the market of the town on Tuesday morning and wounded two people, a doctor at the clinic said.",
    "The doctor said that one of the wounded, a baker of sixty, was carried over the border to a hospital.",
    "Residents told the agency by telephone that the fire came from the hills to the east of the river.",
    "The council closed the road to the north and asked the monitors to see the damage for themselves.",
    "Nobody claimed the attack, the third on the town since the truce was agreed in the winter.",
    "The monitors said that they had asked both sides for an explanation and had received none so far.",
)
STORY = " ".join(SENTENCES)
REPORT = (
    "Two men were hurt when artillery struck a market on Tuesday, according to a monitoring group with sources in the "
    "town. It said the shells were fired from positions that the army holds beyond the river. State television did not "
    "mention the strike. Earlier this month the same market burned for a night after a rocket fell on a fuel shop."
)

Row = tuple[str, str, date | None, str]


def day(number: int) -> date:
    return date(2021, 2, 1) + timedelta(days=number)


def frame(rows: list[Row]) -> pl.DataFrame:
    schema = {"article_id": pl.String, "source_id": pl.String, "published_date": pl.Date, "text": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def marks(*rows: Row) -> dict[str, tuple[str, str | None]]:
    return {name: (kind, of) for name, kind, of in mark_copies(frame(list(rows))).rows()}


def test_the_same_text_but_for_case_and_white_space_is_an_exact_copy_of_the_earliest() -> None:
    assert marks(
        ("a-1", "herald", day(2), f"  {STORY.upper()} "),
        ("a-2", "post", day(0), STORY),
        ("a-3", "times", day(1), STORY.replace(". ", ".\n\n")),
    ) == {"a-1": ("exact", "a-2"), "a-2": ("none", None), "a-3": ("exact", "a-2")}


@pytest.mark.parametrize(
    "edited",
    [
        f"By Jane Writer, Kafr Ward. {STORY}",
        " ".join(SENTENCES[:4]),
        " ".join(SENTENCES[2:]),
        " ".join((*SENTENCES[:2], *SENTENCES[3:])),
        f"{STORY} Some thousands of people have died in the conflict, which began ten years ago with protests.",
        STORY.replace("agency", "paper").replace("two people", "two civilians").replace("Nobody", "No group"),
    ],
)
def test_an_edited_copy_by_another_outlet_is_a_near_copy(edited: str) -> None:
    assert marks(("a-1", "agency", day(0), STORY), ("a-2", "herald", day(1), edited))["a-2"] == ("near", "a-1")


def test_two_reports_of_one_event_in_their_own_words_are_no_copies() -> None:
    found = marks(("a-1", "agency", day(0), STORY), ("a-2", "herald", day(0), REPORT))
    assert found == {"a-1": ("none", None), "a-2": ("none", None)}


def test_reports_that_share_only_the_background_are_no_copies() -> None:
    background = " ".join(SENTENCES[4:])
    other = (
        f"A mine killed a shepherd near the lake, his family said, and his brother lost a leg in the blast. {REPORT}"
    )
    assert marks(("a-1", "agency", day(0), STORY), ("a-2", "post", day(0), f"{other} {background}"))["a-2"][0] == "none"


def test_short_texts_are_copies_only_when_they_are_the_same() -> None:
    flash, other = (
        "Five people were wounded in the shelling of Kafr Ward",
        "Six people were wounded in the shelling of Kafr Ward",
    )
    found = marks(("a-1", "a", day(0), flash), ("a-2", "b", day(0), other), ("a-3", "c", day(0), flash))
    assert found == {"a-1": ("none", None), "a-2": ("none", None), "a-3": ("exact", "a-1")}


def test_the_same_words_in_another_week_are_another_report() -> None:
    assert marks(("a-1", "a", day(0), STORY), ("a-2", "b", day(8), STORY))["a-2"] == ("none", None)
    assert marks(("a-1", "a", day(0), STORY), ("a-2", "b", day(7), STORY))["a-2"] == ("exact", "a-1")


def test_a_chain_of_copies_does_not_drift_from_its_original() -> None:
    found = marks(*[(f"a-{number}", "a", day(5 * number), STORY) for number in range(4)])
    assert found["a-1"] == ("exact", "a-0")
    assert found["a-2"] == ("none", None)
    assert found["a-3"] == ("exact", "a-2")


def test_an_undated_copy_points_to_the_earliest_dated_article_at_any_time() -> None:
    found = marks(("a-1", "a", None, STORY), ("a-2", "b", day(90), STORY), ("a-3", "c", day(0), STORY))
    assert found == {"a-1": ("exact", "a-3"), "a-2": ("none", None), "a-3": ("none", None)}


def test_a_copy_of_a_copy_points_to_the_original() -> None:
    first, second = " ".join(SENTENCES[:5]), " ".join(SENTENCES[1:])
    third = " ".join(SENTENCES[2:]) + " The governor is to visit the town on Friday, his office said in a short note."
    found = marks(("a-1", "a", day(0), first), ("a-2", "b", day(1), second), ("a-3", "c", day(2), third))
    assert found["a-2"] == ("near", "a-1")
    assert found["a-3"] == ("near", "a-1")


def test_one_article_that_joins_two_stories_does_not_make_one_a_copy_of_the_other() -> None:
    found = marks(("a-1", "a", day(0), STORY), ("a-2", "b", day(0), REPORT), ("a-3", "c", day(1), f"{STORY} {REPORT}"))
    assert found["a-2"] == ("none", None)
    assert found["a-3"] == ("near", "a-1")


def test_a_later_version_by_the_same_outlet_with_new_figures_is_a_follow_up() -> None:
    revised = STORY.replace("two people", "five people")
    assert marks(("a-1", "a", day(0), STORY), ("a-2", "a", day(1), revised))["a-2"] == ("none", None)
    assert marks(("a-1", "a", day(0), STORY), ("a-2", "b", day(1), revised))["a-2"] == ("near", "a-1")
    assert marks(("a-1", "a", day(0), STORY), ("a-2", "a", day(1), f"Update. {STORY}"))["a-2"] == ("near", "a-1")


def test_no_articles_give_no_marks() -> None:
    assert mark_copies(frame([])).height == 0
    assert mark_copies(frame([])).columns == ["article_id", "duplicate_kind", "duplicate_of"]


def test_the_marks_are_put_into_the_articles_in_their_columns() -> None:
    rows = frame([("a-2", "b", day(1), STORY), ("a-1", "a", day(0), STORY)])
    articles = rows.drop("text").with_columns(duplicate_of=pl.lit(None, pl.String), duplicate_kind=pl.lit("none"))
    marked = with_copies(articles, rows.select("article_id", "text"))
    assert marked.columns == articles.columns
    assert marked.select("article_id", "duplicate_kind", "duplicate_of").rows() == [
        ("a-1", "none", None),
        ("a-2", "exact", "a-1"),
    ]


VERSIONS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "c"]),
        st.none() | st.integers(0, 20).map(day),
        st.lists(st.sampled_from([*SENTENCES, REPORT]), min_size=1, max_size=6).map(" ".join),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(VERSIONS, st.randoms(use_true_random=False))
def test_the_order_of_rows_plays_no_part_and_every_copy_names_an_original(
    versions: list[tuple[str, date | None, str]], shuffle: random.Random
) -> None:
    rows: list[Row] = [(f"a-{number:02}", *version) for number, version in enumerate(versions)]
    shuffled = rows[:]
    shuffle.shuffle(shuffled)
    found = mark_copies(frame(rows))
    assert found.equals(mark_copies(frame(shuffled)))
    originals = set(found.filter(pl.col("duplicate_kind") == "none")["article_id"])
    assert set(found["duplicate_of"].drop_nulls()) <= originals
    assert found.filter((pl.col("duplicate_kind") == "none") != pl.col("duplicate_of").is_null()).is_empty()


@pytest.mark.parametrize("word", ["{}", "word{}"], ids=["copies", "routine reports with other figures"])
def test_thousands_of_versions_of_one_text_are_not_compared_pair_by_pair(word: str) -> None:
    chance = random.Random(7)
    words = [
        word.format("".join(chance.choices("abcdefgh" if word == "{}" else "123456789", k=6))) for _ in range(3000)
    ]
    rows: list[Row] = [
        (f"a-{number:05}", "s" if number else "t", day(number % 5), f"{STORY} {' '.join(chance.choices(words, k=10))}")
        for number in range(3000)
    ]
    found = mark_copies(frame(rows))
    assert grows_linearly(mark_copies, frame(rows[:750]), frame(rows))
    assert found.filter(pl.col("duplicate_of") == "a-00000").height == 2999


def test_thousands_of_unlike_texts_are_not_compared_pair_by_pair() -> None:
    chance = random.Random(7)
    words = [f"word{number}" for number in range(3000)]
    footer = "The agency is not answerable for the content of this text, which is its author's own."
    rows: list[Row] = [
        (f"a-{number:05}", f"s{number % 9}", day(number % 5), f"{' '.join(chance.choices(words, k=90))} {footer}")
        for number in range(4000)
    ]
    found = mark_copies(frame(rows))
    assert grows_linearly(mark_copies, frame(rows[:1000]), frame(rows))
    assert set(found["duplicate_kind"]) == {"none"}
