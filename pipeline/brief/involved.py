"""Who takes part in the events of a week: the registered actors behind the headline's count, civilians aside."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from pipeline.aggregate.counts import SIDES
from pipeline.brief.ledger import Ledger
from pipeline.brief.tallies import involved


@dataclass(frozen=True, slots=True)
class Involved:
    """One actor of the registry with the events in which it takes part."""

    actor_id: str
    name: str
    bloc: str
    """Title of the bloc."""
    events: int
    places: tuple[tuple[str, int], ...]
    """Governorates with the number of these events, most first."""


@dataclass(frozen=True, slots=True)
class Actors:
    """The actors of a week, those with the most events first."""

    named: tuple[Involved, ...]
    unnamed: int
    """Events in which no registered actor is named."""


def actors(ledger: Ledger, week_start: date) -> Actors:
    """Return the registered actors that take part in the events of the week."""
    places: dict[str, Counter[str]] = {}
    blocs: dict[str, str] = {}
    unnamed = 0
    for event in ledger.events.get(week_start, ()):
        found = set(involved(event))
        unnamed += not found
        for actor in found:
            places.setdefault(actor, Counter())[event["admin1"]] += 1
        blocs |= {event[side]: event[bloc] for side, bloc in SIDES if event[side] in found}
    titles = ledger.titles["blocs"]
    named = [
        Involved(
            actor_id=actor,
            name=ledger.actor_names.get(actor, actor),
            bloc=titles.get(ledger.actor_blocs.get(actor, blocs[actor]), blocs[actor]),
            events=where.total(),
            places=tuple(sorted(where.items(), key=lambda item: (-item[1], item[0]))),
        )
        for actor, where in places.items()
    ]
    return Actors(tuple(sorted(named, key=lambda actor: (-actor.events, actor.name, actor.actor_id))), unnamed)
