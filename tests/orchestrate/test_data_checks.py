"""Data checks: each passes on frames as they should be and fails on frames as they should not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest
import yaml

from pipeline.books import books_frame
from pipeline.errors import InputError
from pipeline.lineage import ROOT
from pipeline.orchestrate import data_checks as checks
from pipeline.orchestrate.limits import FILE, Limit, house_limits, limits_for
from pipeline.settings import Settings

MONDAY = date(2021, 3, 1)
HOUSE = house_limits()


def articles(*weeks: tuple[int, dict[str, int]], last_day: int = 6) -> pl.DataFrame:
    """Return articles of each week, counted from `MONDAY`, by outlet; the last one of a week is of its ``last_day``."""
    rows = [
        (f"a-{week}-{outlet}-{n}", outlet, start + timedelta(days=last_day if n == 0 else 0), start, None)
        for week, counts in weeks
        for start in [MONDAY + timedelta(weeks=week)]
        for outlet, count in counts.items()
        for n in range(count)
    ]
    schema = {
        "article_id": pl.String, "source_id": pl.String, "published_date": pl.Date, "week_start": pl.Date,
        "duplicate_of": pl.String,
    }  # fmt: skip
    return pl.DataFrame(rows, schema=schema, orient="row")


def coverage(events: Sequence[int], read: int = 9) -> pl.DataFrame:
    weeks = [MONDAY + timedelta(weeks=n) for n in range(len(events))]
    return pl.DataFrame({"week_start": weeks, "articles": [read] * len(weeks), "events": events})


FIVE_WEEKS = articles(*((n, {"herald": 5}) for n in range(5)))


def test_articles_of_the_future_fail() -> None:
    limit = HOUSE["future_articles"]
    assert checks.future_articles(FIVE_WEEKS, date(2100, 1, 1), limit).passed
    wrong = checks.future_articles(FIVE_WEEKS, date(2021, 4, 1), limit)
    assert (wrong.passed, wrong.value) == (False, 1)
    assert wrong.says == "articles dated after 2021-04-01: 1 (a-4-herald-0)"


def test_events_after_all_articles_fail_unless_an_undated_article_founds_them() -> None:
    dated = articles((0, {"herald": 1}))
    undated = pl.DataFrame([("a-u", "herald", None, None, None)], schema=dated.schema, orient="row")
    mentions = pl.DataFrame({"mention_id": ["m-1", "m-2"], "article_id": ["a-0-herald-0", "a-u"]})
    late = MONDAY + timedelta(days=30)

    def judged(first: date, second: date) -> checks.Verdict:
        events = pl.DataFrame(
            {
                "event_id": ["e-1", "e-2"],
                "event_date_start": [first, second],
                "founding_mention_id": ["m-1", "m-2"],
            }
        )
        return checks.future_events(events, mentions, pl.concat([dated, undated]), HOUSE["future_events"])

    assert judged(MONDAY, late).passed
    wrong = judged(late, MONDAY)
    assert not wrong.passed
    assert wrong.says.endswith("of 2021-03-07: 1 (e-1)")
    assert (
        checks.future_events(pl.DataFrame(), mentions, undated, HOUSE["future_events"]).says == "no article has a date"
    )


@pytest.mark.parametrize(("rejected", "passed"), [(20, True), (21, False)])
def test_a_share_of_rejections_above_the_limit_warns(rejected: int, passed: bool) -> None:
    books = books_frame(("ingest", "records", 100, 100 - rejected, rejected, 0))
    verdict = checks.share_rejected(books, HOUSE["share_rejected"])
    assert verdict.passed == passed
    assert verdict.value == pytest.approx(rejected / 100)


def test_few_records_are_not_judged() -> None:
    books = books_frame(("ingest", "records", 3, 0, 3, 0))
    verdict = checks.share_rejected(books, HOUSE["share_rejected"])
    assert verdict == checks.Verdict(True, "3 of 3 records were rejected; too few to judge")
    assert checks.share_rejected(books_frame(), Limit(0, "")).passed


@pytest.mark.parametrize(("unplaced", "passed"), [(5, True), (30, False)])
def test_mentions_without_a_place_warn(unplaced: int, passed: bool) -> None:
    rejections = pl.DataFrame(
        {
            "table": ["mentions"] * unplaced + ["mention_slots"] * 90 + ["mentions"] * 9,
            "rule": ["unplaced"] * unplaced + ["unplaced"] * 90 + ["undated"] * 9,
        }
    )
    books = books_frame(("extract", "mentions", 100, 50, 50, 0), ("extract", "mention_slots", 900, 800, 100, 0))
    assert checks.share_unplaced(rejections, books, HOUSE["share_unplaced"]).passed == passed


@pytest.mark.parametrize(
    ("events", "passed"),
    [
        ([10, 12, 9, 11, 10], True),
        ([10, 12, 9, 11, 20], True),
        ([10, 12, 9, 11, 40], False),
        ([30, 28, 31, 30, 2], False),
    ],
)
def test_a_week_that_chance_does_not_explain_warns(events: list[int], passed: bool) -> None:
    verdict = checks.week_on_week(coverage(events), FIVE_WEEKS, HOUSE["week_on_week"])
    assert verdict.passed == passed
    assert f"{events[-1]} events in the week of 2021-03-29" in verdict.says
    assert "1,000 times" in verdict.says


def test_a_week_that_is_not_over_and_weeks_of_which_nothing_was_read_are_not_compared() -> None:
    early = articles(*((n, {"herald": 5}) for n in range(4)), (4, {"herald": 5}), last_day=2)
    verdict = checks.week_on_week(coverage([10, 10, 10, 10, 0]), early, HOUSE["week_on_week"])
    assert "too few to judge" in verdict.says, "the week of 22 March is the newest whole one; three lie before"
    unread = coverage([10, 10, 10, 10, 99], read=0)
    assert checks.week_on_week(unread, FIVE_WEEKS, HOUSE["week_on_week"]).passed


def test_one_outlet_that_tells_nearly_all_warns() -> None:
    mixed = [(n, {"herald": 10, "courier": 10}) for n in range(4)]
    limit = HOUSE["outlet_share"]
    assert checks.outlet_share(articles(*mixed, (4, {"herald": 20, "courier": 5})), limit).passed
    wrong = checks.outlet_share(articles(*mixed, (4, {"herald": 25, "courier": 4})), limit)
    assert not wrong.passed
    assert wrong.says == "25 of 29 articles of the week of 2021-03-29 are by herald (86%, limit 80%)"
    assert checks.outlet_share(articles(*((n, {"herald": 30}) for n in range(5))), limit).passed, "no mix to lose"
    assert checks.outlet_share(articles(*mixed, (4, {"herald": 3})), limit).passed, "too few"


def test_copies_do_not_count_for_the_mix() -> None:
    mixed = [(n, {"herald": 10, "courier": 10}) for n in range(4)]
    frame = articles(*mixed, (4, {"herald": 25, "courier": 25}))
    copies = frame.with_columns(
        duplicate_of=pl.when(
            (pl.col("source_id") == "courier") & (pl.col("week_start") == MONDAY + timedelta(weeks=4))
        ).then(pl.lit("a-0"))
    )
    assert checks.outlet_share(frame, HOUSE["outlet_share"]).passed
    assert not checks.outlet_share(copies, HOUSE["outlet_share"]).passed


def test_an_outlet_that_falls_silent_warns_if_it_used_to_write() -> None:
    before = [(n, {"herald": 8, "courier": 12, "rare": 1}) for n in range(4)]
    assert checks.silent_outlets(articles(*before, (4, {"herald": 8, "courier": 1})), HOUSE["silent_outlet"]).passed
    wrong = checks.silent_outlets(articles(*before, (4, {"herald": 8})), HOUSE["silent_outlet"])
    assert not wrong.passed
    assert "outlets silent in the week of 2021-03-29: 1 (courier);" in wrong.says


def test_nothing_read_is_nothing_to_judge() -> None:
    none = articles()
    for judge in (checks.outlet_share, checks.silent_outlets):
        assert judge(none, Limit(0.001, "", 4)).passed
    assert checks.week_on_week(coverage([]), none, HOUSE["week_on_week"]).passed
    assert checks.newest_whole_week(none) is None


def test_every_limit_has_its_reason_and_a_deployment_can_set_another() -> None:
    said = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    assert all(len(one["reason"]) > 60 for one in said.values())
    limits = limits_for(Settings(data_dir=Path("nowhere"), check_limits={"share_rejected": 0.5}))
    assert limits["share_rejected"].limit == 0.5
    assert limits["share_rejected"].reason == HOUSE["share_rejected"].reason
    assert limits["share_unplaced"] == HOUSE["share_unplaced"]
    with pytest.raises(InputError, match="setting check_limits: there is no limit share_of_lies; there are future_art"):
        limits_for(Settings(data_dir=Path("nowhere"), check_limits={"share_of_lies": 0.5}))


def test_the_docs_tell_every_limit() -> None:
    page = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| ([\d.]+) \|", page, re.MULTILINE))
    assert {name: float(value) for name, value in rows.items()} == {name: one.limit for name, one in HOUSE.items()}
