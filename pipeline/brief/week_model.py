"""The view model of a week: everything that its page says, before any wording.

Frozen dataclasses only. Computed by `week` and the modules that it asks; worded by `words`, `summary` and `notes`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pipeline.brief.accuracy import ErrorRates
from pipeline.brief.comparison import Comparison
from pipeline.brief.context import WeekChanges
from pipeline.brief.directions import Direction
from pipeline.brief.earlier import Earlier
from pipeline.brief.figures import Figures
from pipeline.brief.involved import Actors
from pipeline.brief.model import Cell, Claim, EventBrief, SharedToll


@dataclass(frozen=True, slots=True)
class OutletRead:
    """What was read of one outlet in the week."""

    source_id: str
    name: str
    leaning: str
    """Title of the leaning."""
    articles: int
    copies: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was read for a week; events can also be known from articles of later weeks."""

    articles: int
    copies: int
    sources: int
    mentions: int
    outlets: tuple[OutletRead, ...]


@dataclass(frozen=True, slots=True)
class RejectionCount:
    """Records from the week's articles that broke one rule."""

    rule: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Caveats:
    """What a reader must know before using the week's figures, counted."""

    loosely_dated: int
    """Events dated to a week or month, counted in the week of their first possible day."""
    loosely_placed: int
    """Events placed near a named place, in a district, or in the governorate only."""
    disputed: int
    single_source: int
    """Events that only one independent source reports."""
    rejections: tuple[RejectionCount, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """The week before or after, when it has a page."""

    week_start: date
    iso_week: str


@dataclass(frozen=True, slots=True)
class WeekBrief:
    """Everything that the page of one ISO week says."""

    week_start: date
    iso_week: str
    figures: Figures
    comparison: Comparison
    """The weeks before it, and which of them it is compared with."""
    directions: tuple[Direction, ...]
    """By governorate, in the order of their names."""
    actors: Actors
    cells: tuple[Cell, ...]
    quiet_governorates: tuple[str, ...]
    """Governorates without an event in the week."""
    notable: tuple[EventBrief, ...]
    movements: tuple[EventBrief, ...]
    """Displacement and force movements."""
    others: tuple[EventBrief, ...]
    """All events that are neither notable nor movements."""
    claims_denied: tuple[Claim, ...]
    claims_prospective: tuple[Claim, ...]
    running_totals: tuple[Claim, ...]
    shared_tolls: tuple[SharedToll, ...]
    changes: WeekChanges
    is_new: bool
    """True when there is a release before, and it did not cover the week: then everything is added."""
    earlier: Earlier | None
    """What changed in the weeks before since the release before; None for a week that is not the newest."""
    accuracy: tuple[ErrorRates, ...]
    coverage: Coverage
    caveats: Caveats
    newest_article: date | None
    """Last day of publication among all articles read for the release."""
    previous: Neighbour | None
    next: Neighbour | None

    @property
    def events(self) -> tuple[EventBrief, ...]:
        """All events of the week: governorate, sub-event type, date, id."""
        everything = (*self.notable, *self.movements, *self.others)
        return tuple(sorted(everything, key=_by_place_and_type))

    @property
    def silent(self) -> bool:
        """True when no article of the week was read: its zeros say nothing."""
        return self.coverage.articles == 0

    @property
    def single_source(self) -> bool:
        """True when all articles of the week come from one outlet."""
        return self.coverage.sources == 1

    @property
    def week_end(self) -> date:
        """The Sunday of the week."""
        return self.week_start + timedelta(days=6)

    @property
    def days_unread(self) -> int:
        """Days at the end of the week of which no article was read, because the newest one is older; 0 to 7."""
        if self.newest_article is None:
            return 7
        return min(max((self.week_end - self.newest_article).days, 0), 7)

    @property
    def revised(self) -> bool:
        """True when the release before covered the week and said something else of it."""
        return not (self.is_new or self.changes.none)


def _by_place_and_type(event: EventBrief) -> tuple[str, str, str, date, str]:
    return (
        event.where.admin1 or "",
        event.event_type,
        event.sub_event_type,
        event.when.start or date.min,
        event.event_id,
    )
