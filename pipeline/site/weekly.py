"""The weeks in a row, with the figures of each: for the list of weeks, the trend and the feed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipeline.brief import words
from pipeline.brief.figures import Figures, Toll
from pipeline.site.data import SiteData

col = pl.col


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One covered week."""

    week_start: date
    iso_week: str
    figures: Figures
    """Sums over all events of the week, shared tolls in them."""
    articles: int
    sources: int
    """Outlets of which articles were read."""

    @property
    def silent(self) -> bool:
        """Whether nothing was read for the week."""
        return not self.articles

    @property
    def count(self) -> int | None:
        """How many events; None where nothing was read and nothing is known."""
        return None if self.silent and not self.figures.events else self.figures.events

    def says(self) -> dict[str, Any]:
        """Return it for programs and templates; a toll that no event gives is null."""
        killed, figures = self.figures.killed, self.figures
        known = bool(figures.killed_events)
        return {
            "iso_week": self.iso_week,
            "week_start": self.week_start.isoformat(),
            "dates": words.week_dates(self.week_start),
            "silent": self.silent,
            "events": self.count,
            "killed_low": killed.low if known else None,
            "killed_best": killed.best if known else None,
            "killed_high": killed.high if known else None,
            "injured_low": figures.injured if figures.injured_events else None,
            "civilian_targeting_events": figures.civilian_targeting,
            "articles": self.articles,
            "sources": self.sources,
        }


def week_lines(site: SiteData) -> tuple[WeekLine, ...]:
    """Return the covered weeks, oldest first."""
    rows = (
        site.frame("weekly_coverage")
        .select("week_start", "iso_week", "articles", "sources")
        .join(_counts(site.frame("weekly_events")), on="week_start", how="left")
        .join(_tolls(site.frame("weekly_tolls")), on="week_start", how="left")
        .join(_known(site.frame("events"), site.frame("shared_tolls")), on="week_start", how="left")
        .sort("week_start")
    )
    return tuple(_line(row) for row in rows.iter_rows(named=True))


def _counts(weekly: pl.DataFrame) -> pl.DataFrame:
    return weekly.group_by("week_start").agg(col("events").sum(), civilians=col("civilian_targeting_events").sum())


def _tolls(weekly: pl.DataFrame) -> pl.DataFrame:
    """Sum the totals of all areas; an open end anywhere leaves the whole open."""
    high = col("total_fatalities_high")
    return weekly.group_by("week_start").agg(
        low=col("total_fatalities_low").sum(),
        best=col("total_fatalities_best").sum(),
        high=pl.when(high.is_null().any()).then(None).otherwise(high.sum()),
        injured=col("total_injured").sum(),
    )


def _known(events: pl.DataFrame, shared: pl.DataFrame) -> pl.DataFrame:
    """Count the events and shared tolls that give a figure at all: an unknown toll is no zero."""
    killed = pl.any_horizontal(col("fatalities_low", "fatalities_best", "fatalities_high").is_not_null())
    injured = pl.any_horizontal(col("injured_low", "injured_high").is_not_null())
    alone = events.select("week_start", killed=killed, injured=injured)
    counted = shared.filter(col("counted_best").is_not_null())
    together = counted.select("week_start", killed=col("kind") == "killed", injured=col("kind") == "injured")
    return pl.concat([alone, together]).group_by("week_start").agg(
        killed_known=col("killed").sum(), injured_known=col("injured").sum()
    )  # fmt: skip


def _line(row: Mapping[str, Any]) -> WeekLine:
    number = {key: value or 0 for key, value in row.items()}
    figures = Figures(
        events=number["events"],
        killed=Toll(number["low"], number["best"], row["high"]),
        killed_events=number["killed_known"],
        injured=number["injured"],
        injured_events=number["injured_known"],
        civilian_targeting=number["civilians"],
        sources=row["sources"],
    )
    return WeekLine(row["week_start"], row["iso_week"], figures, row["articles"], row["sources"])


def in_words(line: WeekLine) -> str:
    """Return a week in one line: "12 events; 30–41 killed, best estimate 35; 3 sources read"."""
    if line.silent and not line.figures.events:
        return "Nothing was read."
    if not line.figures.events:
        return f"No event is known; {words.count(line.sources, 'source')} read."
    known = _killed(line.figures.killed) if line.figures.killed_events else "no figure of killed"
    read = f"{words.count(line.sources, 'source')} read" if line.articles else "known from articles of other weeks"
    return f"{words.sentence_case(words.count(line.figures.events, 'event'))}; {known}; {read}."


def _killed(toll: Toll) -> str:
    if toll.low == toll.high == 0:
        return "none killed"
    told = f"{words.amount(toll.low, toll.high)} killed"
    return told if toll.best is None or toll.best in (toll.low, toll.high) else f"{told}, best estimate {toll.best:,}"
