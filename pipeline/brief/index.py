"""The list of all weeks with their headline figures, as a view model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.brief.coverage import rejection_counts
from pipeline.brief.figures import Figures
from pipeline.brief.ledger import Ledger
from pipeline.brief.tallies import Tally
from pipeline.brief.trend import Trend, WeekCount, trend
from pipeline.brief.week_model import RejectionCount


@dataclass(frozen=True, slots=True)
class WeekLine:
    """One week in the list."""

    week_start: date
    iso_week: str
    figures: Figures
    articles: int
    sources: int


@dataclass(frozen=True, slots=True)
class IndexBrief:
    """Everything that the index says; weeks newest first."""

    weeks: tuple[WeekLine, ...]
    trend: Trend | None
    events: int
    articles: int
    copies: int
    undated_articles: int
    """Articles without a date of publication: they belong to no week."""
    sources: int
    events_without_page: int
    """Events dated in weeks that are not covered."""
    rejections: tuple[RejectionCount, ...]
    """Rejections that belong to no article's week, such as unreadable records."""
    newest_article: date | None


def index_brief(ledger: Ledger, tallies: Mapping[date, Tally]) -> IndexBrief:
    """Return the view model of the index."""
    lines = [
        WeekLine(week, row["iso_week"], tallies[week].figures, row["articles"], row["sources"])
        for week, row in ledger.coverage.items()
    ]
    lines.sort(key=lambda line: line.week_start)
    shown = sum(len(ledger.events.get(line.week_start, ())) for line in lines)
    return IndexBrief(
        weeks=tuple(reversed(lines)),
        trend=trend([WeekCount(line.iso_week, line.figures.events, not line.articles) for line in lines]),
        events=len(ledger.event_by_id),
        articles=ledger.articles,
        copies=ledger.copies,
        undated_articles=ledger.undated_articles,
        sources=ledger.sources,
        events_without_page=len(ledger.event_by_id) - shown,
        rejections=rejection_counts(ledger, None),
        newest_article=ledger.newest_article,
    )
