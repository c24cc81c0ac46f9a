"""The error list: every place where a coding differs from the gold, worst first, with the words it is about."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from pipeline.evaluate.gold import Coded, Toll
from pipeline.evaluate.measures import SLOTS
from pipeline.evaluate.pairing import Outcome, same_passage

KINDS = ("false_alarm", "spurious", "missed", "wrong_type", "wrong_slot")
"""From worst to least: coded although it did not happen; coded and not in the gold; in the gold and not coded; coded as
another type; paired, and one slot differs."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One difference between gold and coding."""

    kind: str
    article_id: str
    sub_event_type: str
    """Of the gold; of the coding where the gold has none."""
    slot: str | None
    """Which slot differs, for `wrong_slot` and `wrong_type`."""
    gold: str | None
    """What the gold says: the slot's value, or for a false alarm the status."""
    found: str | None
    confidence: float | None
    """Of the found mention."""
    evidence: str
    """The gold's words, else the coding's."""


def faults(made: Sequence[Outcome]) -> list[Fault]:
    """Return every difference, worst first: by kind, then the surest, then article and words."""
    listed = [*_unpaired(made)]
    for outcome in made:
        if outcome.gold and outcome.found:
            listed += _wrong_slots(outcome.gold, outcome.found)
    return sorted(listed, key=_rank)


def _rank(fault: Fault) -> tuple[object, ...]:
    slot = [None, "type", *SLOTS].index(fault.slot)
    sureness = -(fault.confidence or 0.0)
    return (KINDS.index(fault.kind), slot, sureness, fault.article_id, fault.evidence, fault.sub_event_type)


def _unpaired(made: Sequence[Outcome]) -> Iterator[Fault]:
    """Yield what has no answer; a missed and an extra mention of one passage are one fault, a wrong type."""
    missed = [outcome.gold for outcome in made if outcome.gold and not outcome.found]
    for outcome in made:
        extra = outcome.found
        if outcome.gold or extra is None:
            continue
        if outcome.false_alarm is not None:
            yield _fault("false_alarm", extra, extra, gold=outcome.false_alarm.status, found=extra.status)
            continue
        meant = next((m for m in missed if m.article_id == extra.article_id and same_passage(m, extra)), None)
        if meant is None:
            yield _fault("spurious", extra, extra)
            continue
        missed.remove(meant)
        yield _fault("wrong_type", meant, extra, slot="type", gold=meant.sub_event_type, found=extra.sub_event_type)
    for mention in missed:
        yield _fault("missed", mention, None)


def _wrong_slots(gold: Coded, found: Coded) -> Iterator[Fault]:
    for slot, right in SLOTS.items():
        if not right(gold, found):
            shown = SHOWN[slot]
            yield _fault("wrong_slot", gold, found, slot=slot, gold=shown(gold), found=shown(found))


def _fault(
    kind: str, about: Coded, extra: Coded | None, *, slot: str | None = None, gold: str | None = None,
    found: str | None = None,
) -> Fault:  # fmt: skip
    return Fault(
        kind=kind,
        article_id=about.article_id,
        sub_event_type=about.sub_event_type,
        slot=slot,
        gold=gold,
        found=found,
        confidence=extra.confidence if extra else None,
        evidence=about.evidence,
    )


def _toll(toll: Toll | None) -> str | None:
    """Return a toll in words: `5`, `5 or more`, `up to 5`, `5 to 8`."""
    if toll is None:
        return None
    low, high = toll
    if high is None:
        return f"{low} or more"
    if low is None:
        return f"up to {high}"
    return str(low) if low == high else f"{low} to {high}"


SHOWN: Mapping[str, Callable[[Coded], str | None]] = MappingProxyType(
    {
        "date": lambda mention: mention.date_start.isoformat() if mention.date_start else None,
        "admin1": lambda mention: mention.admin1,
        "blocs": lambda mention: " and ".join(mention.blocs),
        "killed": lambda mention: _toll(mention.killed),
        "place": lambda mention: mention.place,
        "evidence": lambda mention: mention.evidence,
        "injured": lambda mention: _toll(mention.injured),
        "civilian_targeting": lambda mention: {None: None, True: "true", False: "false"}[mention.civilian_targeting],
        "attributed_to": lambda mention: mention.attributed_to,
    }
)
"""How the value of each slot is written in the list; None says unknown."""
