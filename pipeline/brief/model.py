"""The parts of the briefings' view models: events, reports and claims as numbers, names, dates and quotes.

Frozen dataclasses only. How they are computed is the business of the modules beside this one, how they are worded of
`words` and `phrases`, how they look of the templates; a whole week is in `week_model`. Dates are calendar days, figures
count persons or events.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.brief.figures import Figures, Toll


@dataclass(frozen=True, slots=True)
class Cell:
    """The figures of one governorate and sub-event type."""

    admin1: str
    event_type: str
    sub_event_type: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Side:
    """An actor by its neutral name in the registry; `name` is None when no registered actor is named."""

    name: str | None
    bloc: str | None
    """Title of the bloc; None when the side is not identified."""
    associate: str | None = None
    """Registry name of a second force that acts together with this one."""


@dataclass(frozen=True, slots=True)
class Where:
    """A place with the precision to which it is known (1 the place, 2 near it, 3 the governorate only)."""

    name: str | None
    kind: str | None
    """Kind of place in the gazetteer; None when the gazetteer does not have the place."""
    admin1: str | None
    admin2: str | None
    precision: int | None


@dataclass(frozen=True, slots=True)
class When:
    """First and last day on which it can have happened, with the precision (1 day, 2 week, 3 month)."""

    start: date | None
    end: date | None
    precision: int | None


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure as an article gives it, with the words that give it."""

    kind: str
    """killed, injured, captured or displaced."""
    party: str | None
    """Who suffered: a registry name, "civilians", or None when the text does not tell."""
    low: int | None
    high: int | None
    approximate: bool
    shared: bool
    quote: str


@dataclass(frozen=True, slots=True)
class Report:
    """One mention with the words it rests on and the article that they stand in."""

    mention_id: str
    article_id: str
    title: str | None
    publisher: str
    published: date | None
    url: str | None
    """Address of the article if it is a plain http or https address, else None."""
    address: str | None
    """The address as given when it is not one to link to, to be printed as text."""
    attributed_to: str | None
    evidence: str
    quantities: tuple[Quantity, ...]
    copies: tuple[Report, ...] = ()
    """Reports of the same happening in copies of this article."""


@dataclass(frozen=True, slots=True)
class EventRef:
    """Where an event stands in the briefings."""

    event_id: str
    week_start: date
    sub_event_type: str
    where: Where
    when: When
    has_page: bool
    """False when the week is not covered and so has no page."""


@dataclass(frozen=True, slots=True)
class Told:
    """What sources of one leaning say, or what a bloc is blamed by them for."""

    what: Toll | str
    """A toll, or the registry name or bloc of who is blamed."""
    leaning: str
    """Title of the leaning."""


@dataclass(frozen=True, slots=True)
class Dispute:
    """The points in which the accounts of an event differ."""

    denied: bool
    """An account denies that it happened."""
    blamed: tuple[Told, ...]
    """Who did it, by the accounts that name somebody; none when they agree."""
    tolls: tuple[Told, ...]
    """How many were killed, by the accounts that tell; none when they agree."""

    @property
    def none(self) -> bool:
        """Whether nothing is in dispute."""
        return not (self.denied or self.blamed or self.tolls)


@dataclass(frozen=True, slots=True)
class EventBrief:
    """One event with all the reports behind it."""

    event_id: str
    event_type: str
    sub_event_type: str
    when: When
    where: Where
    actor1: Side
    actor2: Side | None
    killed: Toll
    injured: Toll
    civilian_targeting: bool
    mention_count: int
    source_count: int
    confidence: int | None
    """Chance in percent that it is coded right; None when no mention states a confidence."""
    corroboration: str
    """Title of its code: a single source, several of one side, several sides."""
    disputed: bool
    dispute: Dispute
    """In what the sources differ."""
    movement: bool
    """True for displacement and force movements, where a missing toll is nothing to remark on."""
    reports: tuple[Report, ...]
    denials: tuple[Report, ...]
    rivals: tuple[EventRef, ...]
    """Events that other sides tell in its place, done by somebody else."""
    review: tuple[str, ...]
    """What people have declared about it: confirmed, corrected, noted."""

    @property
    def blamed_apart(self) -> bool:
        """Whether it is disputed because sides blame each other, and not because someone denies it."""
        return self.disputed and not self.denials and bool(self.rivals)

    @property
    def tells_toll(self) -> bool:
        """Whether the number of killed and injured, or its absence, belongs to what is said of the event."""
        return not self.movement or self.killed.known or self.injured.known


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that an article of the week says without reporting it: a denial, a threat, a running total."""

    sub_event_type: str
    actor1: Side
    actor2: Side | None
    when: When
    where: Where
    happenings_low: int | None
    happenings_high: int | None
    report: Report
    denied_event: EventRef | None
    """The event that a denial contradicts, if there is one."""


@dataclass(frozen=True, slots=True)
class Counting:
    """What of a shared toll is in the sums."""

    why: str
    """Description of its code in the code list `toll_counting`."""
    persons: Toll | None
    """What it adds; None when it does not count."""
    week_start: date | None
    """The week in which it counts; None for a toll without any event."""


@dataclass(frozen=True, slots=True)
class SharedToll:
    """One toll that a text gives for several happenings together and does not divide (codebook section 4)."""

    quantity: Quantity
    report: Report
    events: tuple[EventRef, ...]
    without_event: int
    """Mentions that the toll covers and that are no event."""
    counting: Counting | None
    """None for kinds that are not summed up."""
