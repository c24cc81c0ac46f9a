"""Counting: what of each shared toll counts, so that nobody is counted twice (codebook section 4, Counts).

Tolls of fewer events come first, then those with more sources. What is counted already for some of a toll's events
(their own tolls, shared tolls of fewer events) is taken off; where it is counted for all of them, the toll is divided
elsewhere and does not count. That is arithmetic on sets of events; nothing here knows a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Range:
    """A number of persons; ``low`` None where no low end is known, ``high`` None where it is open."""

    low: int | None
    best: int
    high: int | None


@dataclass(frozen=True, slots=True)
class SharedToll:
    """A toll over events, as its sources tell it."""

    toll: str
    events: frozenset[str]
    covers_more: bool
    """It covers happenings beside that are no event."""
    reported: bool
    sources: int
    figure: Range


@dataclass(frozen=True, slots=True)
class Counted:
    """What becomes of a toll: a code of `toll_counting`, and the persons that it adds (None: it does not count)."""

    counting: str
    adds: Range | None


@dataclass(frozen=True, slots=True)
class _Part:
    """Events and the persons counted for them."""

    events: frozenset[str]
    figure: Range


def count(tolls: Sequence[SharedToll], own: Mapping[str, Range]) -> dict[str, Counted]:
    """Return what of each toll of one kind counts, by toll; the same for any order of ``tolls``.

    Args:
        tolls: no two of them with the same events and the same ``covers_more``.
        own: tolls of single events, by event.
    """
    parts = {event: _Part(frozenset({event}), figure) for event, figure in own.items()}
    found: dict[str, Counted] = {}
    for toll in sorted(tolls, key=_narrow_first):
        found[toll.toll] = made = _judged(toll, parts)
        if made.adds is not None:
            inside = {part.events: part for event in toll.events if (part := parts.get(event))}
            whole = _Part(toll.events, _sum([*(part.figure for part in inside.values()), made.adds]))
            parts |= dict.fromkeys(toll.events, whole)
    return found


def _narrow_first(toll: SharedToll) -> tuple[bool, int, int, int, str]:
    return toll.covers_more, len(toll.events), -toll.sources, -toll.figure.best, toll.toll


def _judged(toll: SharedToll, parts: Mapping[str, _Part]) -> Counted:
    if not toll.events:
        return Counted("no_event", None)
    if not toll.reported:
        return Counted("not_reported", None)
    inside = {part.events: part.figure for event in toll.events if (part := parts.get(event))}
    if any(not events <= toll.events for events in inside):
        return Counted("overlaps", None)
    if not inside:
        return Counted("whole", toll.figure)
    if frozenset().union(*inside) == toll.events and not toll.covers_more:
        return Counted("divided", None)
    return Counted("rest", _rest(toll.figure, _sum(list(inside.values()))))


def _sum(figures: Sequence[Range]) -> Range:
    highs = [figure.high for figure in figures]
    return Range(
        sum(figure.low or 0 for figure in figures),
        sum(figure.best for figure in figures),
        None if None in highs else sum(high for high in highs if high is not None),
    )


def _rest(whole: Range, part: Range) -> Range:
    """What of ``whole`` goes beyond ``part``: end less end, but the ends stay around the best estimate."""
    best = max(0, whole.best - part.best)
    rest = Range(None, best, None)
    if whole.low is not None:
        rest = replace(rest, low=min(best, max(0, whole.low - (part.low or 0))))
    if whole.high is not None:
        rest = replace(rest, high=max(best, whole.high - (part.best if part.high is None else part.high)))
    return rest
