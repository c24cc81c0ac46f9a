"""What the data should look like, beyond the contract: verdicts on frames, each with a line that says what was seen.

No clock is asked: the newest week is the newest that the articles show to be over. A check that has too little to judge
by passes, and says so. Limits and reasons stand in `data_checks.yaml`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

import polars as pl

from pipeline.brief.noise import clear_change
from pipeline.orchestrate.limits import Limit

BEFORE = 4
"""Weeks that the newest is held against, as on the pages."""
UNPLACED = "unplaced"
"""Rule of `rejection_rules` by which a mention without a governorate is refused."""
SHOWN = 5
"""Names of outlets or ids that a line gives."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found."""

    passed: bool
    says: str
    """One line: what was seen, and against which limit. Ids and short names only, no words of articles."""
    value: float | None = None
    """What was measured; None where there was too little to measure."""


def future_articles(articles: pl.DataFrame, latest: date, limit: Limit) -> Verdict:
    """Judge whether an article is dated after ``latest`` (the table `articles`)."""
    late = articles.filter(pl.col("published_date") > latest)["article_id"].sort()
    return _none_of(late, limit, f"articles dated after {latest}")


def future_events(events: pl.DataFrame, mentions: pl.DataFrame, articles: pl.DataFrame, limit: Limit) -> Verdict:
    """Judge whether an event begins after the newest article (the tables `events`, `mentions`, `articles`).

    Events founded by an undated article are not judged: it can be newer than all that have a date.
    """
    newest = articles["published_date"].max()
    if not isinstance(newest, date):
        return Verdict(True, "no article has a date")
    dated = articles.filter(pl.col("published_date").is_not_null())
    told = mentions.join(dated, on="article_id", how="semi")
    judged = events.join(told, left_on="founding_mention_id", right_on="mention_id", how="semi")
    late = judged.filter(pl.col("event_date_start") > newest)["event_id"].sort()
    return _none_of(late, limit, f"events that begin after the newest article, of {newest}")


def _none_of(ids: pl.Series, limit: Limit, what: str) -> Verdict:
    such = f" ({', '.join(ids.head(SHOWN))})" if ids.len() else ""
    return Verdict(ids.len() <= limit.limit, f"{what}: {ids.len():,}{such}", ids.len())


def share_rejected(books: pl.DataFrame, limit: Limit) -> Verdict:
    """Judge how many of a stage's records were rejected (columns of `books.BOOKS_SCHEMA`)."""
    taken_in, rejected = int(books["records_in"].sum()), int(books["rejected"].sum())
    return _share(rejected, taken_in, limit, "records were rejected")


def share_unplaced(rejections: pl.DataFrame, books: pl.DataFrame, limit: Limit) -> Verdict:
    """Judge how many mentions were refused for want of a governorate (`extract_rejections`, `extract_books`)."""
    unplaced = rejections.filter((pl.col("table") == "mentions") & (pl.col("rule") == UNPLACED)).height
    mentions = int(books.filter(pl.col("records") == "mentions")["records_in"].sum())
    return _share(unplaced, mentions, limit, "mentions could not be placed in a governorate")


def _share(part: int, whole: int, limit: Limit, what: str) -> Verdict:
    if whole < limit.at_least or not whole:
        return Verdict(True, f"{part:,} of {whole:,} {what}; too few to judge")
    share = part / whole
    return Verdict(share <= limit.limit, f"{part:,} of {whole:,} {what} ({share:.0%}, limit {limit.limit:.0%})", share)


def week_on_week(coverage: pl.DataFrame, articles: pl.DataFrame, limit: Limit) -> Verdict:
    """Judge whether the newest whole week has far more or fewer events (the tables `weekly_coverage`, `articles`)."""
    newest = newest_whole_week(articles)
    if newest is None:
        return _young(0)
    before = coverage.filter(pl.col("week_start").is_between(newest - timedelta(weeks=BEFORE), newest, closed="left"))
    before = before.filter(pl.col("articles") > 0)
    if before.height < limit.at_least:
        return _young(before.height)
    now = int(coverage.filter(pl.col("week_start") == newest)["events"].sum())
    earlier = int(before["events"].sum())
    far = clear_change(now, earlier, before.height, Fraction(str(limit.limit)))
    many = f"{now:,} events in the week of {newest}, {earlier / before.height:.1f} a week in the {before.height} before"
    return Verdict(far == "unclear", f"{many}; {_odds(limit)}", now)


def outlet_share(articles: pl.DataFrame, limit: Limit) -> Verdict:
    """Judge whether one outlet tells nearly all of the newest whole week (the table `articles`)."""
    newest = newest_whole_week(articles)
    if newest is None:
        return _young(0)
    own = articles.filter(pl.col("duplicate_of").is_null())
    week = own.filter(pl.col("week_start") == newest)
    counts = week.group_by("source_id").len().sort("len", "source_id", descending=[True, False])
    if week.height < limit.at_least or not week.height:
        return Verdict(True, f"articles in the newest whole week: {week.height:,}; too few to judge")
    before = own.filter(pl.col("week_start").is_between(newest - timedelta(weeks=BEFORE), newest, closed="left"))
    if before["source_id"].n_unique() < 2:
        return Verdict(True, "the weeks before had one outlet or none; there is no mix to lose")
    outlet, most = counts.row(0)
    return _share(most, week.height, limit, f"articles of the week of {newest} are by {outlet}")


def silent_outlets(articles: pl.DataFrame, limit: Limit) -> Verdict:
    """Judge whether an outlet fell silent in the newest whole week (the table `articles`)."""
    newest = newest_whole_week(articles)
    if newest is None:
        return _young(0)
    start = newest - timedelta(weeks=BEFORE)
    before = articles.filter(pl.col("week_start").is_between(start, newest, closed="left"))
    weeks = before["week_start"].n_unique()
    if weeks < limit.at_least:
        return _young(weeks)
    writes = articles.filter(pl.col("week_start") == newest).select("source_id").unique()
    gone = before.join(writes, on="source_id", how="anti").group_by("source_id").len().sort("source_id")
    chance = Fraction(str(limit.limit))
    silent = [name for name, count in gone.iter_rows() if clear_change(0, count, weeks, chance) == "down"]
    named = f" ({', '.join(silent[:SHOWN])})" if silent else ""
    return Verdict(
        not silent, f"outlets silent in the week of {newest}: {len(silent):,}{named}; {_odds(limit)}", len(silent)
    )


def newest_whole_week(articles: pl.DataFrame) -> date | None:
    """Return the Monday of the newest week with articles of which the Sunday, or a later day, has been read."""
    last = articles["published_date"].max()
    if not isinstance(last, date):
        return None
    over = articles.filter(pl.col("week_start") <= last - timedelta(days=6))["week_start"].max()
    return over if isinstance(over, date) else None


def _odds(limit: Limit) -> str:
    return (
        f"told where chance would do so once in {round(1 / limit.limit):,} times or less" if limit.limit else "limit 0"
    )


def _young(weeks: int) -> Verdict:
    return Verdict(True, f"whole weeks with articles before the newest: {weeks}; too few to judge")
