"""Which corrections contradict each other: they saw the same, and ask for different things.

Corrections that saw different states do not: one overrides 9 with 7, a later one 7 with 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.correct.declared import Correction

MEMBERSHIP = ("merge", "split", "withdraw")
"""Actions that change which mentions tell an event; the others act on its row."""


def clashes(fitting: Sequence[Correction]) -> Iterator[tuple[Correction, Correction, str]]:
    """Yield each pair that contradicts itself, with the reason.

    Args:
        fitting: corrections that all fit what stands.
    """
    by_event: dict[str, list[Correction]] = {}
    for correction in fitting:
        for event in correction.events:
            by_event.setdefault(event, []).append(correction)
    told: set[tuple[int, int]] = set()
    for together in by_event.values():
        for position, one in enumerate(together):
            for other in together[position + 1 :]:
                pair = (id(one), id(other))
                if pair not in told and (reason := _contradiction(one, other) or _contradiction(other, one)):
                    told.add(pair)
                    yield one, other, reason


def _contradiction(one: Correction, other: Correction) -> str | None:
    match one.action, other.action:
        case ("withdraw", "merge" | "split" | "override" | "confirm"):
            return "one withdraws the event, the other keeps it"
        case ("confirm", "merge" | "split"):
            return "one confirms the event as it stands, the other changes what it consists of"
        case ("merge", "split"):
            return "one adds to the event, the other takes away from it"
        case ("split", "split") if one.mentions != other.mentions and one.mentions & other.mentions:
            return "they split the event along different lines"
        case ("override", "override"):
            return _other_value(one, other)
        case ("override", "confirm") if both := sorted(set(one.sets) & set(other.values)):
            return f"one overrides {both[0]}, the other confirms it"
    return None


def _other_value(one: Correction, other: Correction) -> str | None:
    for field in sorted(set(one.sets) & set(other.sets)):
        if one.sets[field] != other.sets[field]:
            return f"{field} cannot be both {one.sets[field]!r} and {other.sets[field]!r}"
    return None
