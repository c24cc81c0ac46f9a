"""Corrections applied: what stands, and what was declared, in; what stands then, and what became of each, out. Pure.

A correction says what its author saw, and is applied once that is what stands; so no order of files, records or dates
matters. In rounds, first over what events consist of, then over their rows: of the corrections that fit, those that
contradict each other are left out, the others applied, until nothing waits that fits. What never fitted is stale.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import polars as pl

from pipeline.contracts import load_contract
from pipeline.correct.clashes import MEMBERSHIP, clashes
from pipeline.correct.declared import Correction, Value
from pipeline.correct.disputes import disputed_anew
from pipeline.correct.overrides import Knowledge, Row, fault, overridden
from pipeline.correct.standing import Sources, Standing, regroup, shown, unfit

State = Literal["applied", "stale", "malformed", "in_conflict"]
LOOK_AGAIN = "look at the event again, then renew or delete the correction"


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a correction: its state, where and what is wrong with it, and what was there before and after.

    `was` and `now` are by field for an override, by the empty field for other actions.
    """

    correction: Correction
    state: State
    at: str | None = None
    message: str | None = None
    was: Mapping[str, str] = field(default_factory=dict)
    now: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Corrected:
    """The corrected `events` and `event_mentions`, by the contract, and the fate of every correction."""

    events: pl.DataFrame
    links: pl.DataFrame
    fates: tuple[Fate, ...]


def apply_corrections(standing: Standing, corrections: Iterable[Correction], sources: Sources) -> Corrected:
    """Apply corrections, no two of one content, to what stands."""
    waiting = {correction.content: correction for correction in corrections}
    fates: dict[str, Fate] = {}
    coded = standing
    while waiting:
        fitting = _fitting(standing, waiting, fates)
        todo = [correction for correction in fitting if correction.action in MEMBERSHIP]
        if not todo:
            break
        before, standing = standing, regroup(standing, todo, sources)
        _settle(fates, waiting, [_membership_fate(correction, before, standing) for correction in todo])
    knowledge = Knowledge.of(sources.actors, sources.places)
    while waiting:
        fitting = _fitting(standing, waiting, fates)
        todo = [correction for correction in fitting if correction.action not in MEMBERSHIP]
        if not todo:
            break
        standing, made = _rewrite(standing, todo, knowledge)
        _settle(fates, waiting, made)
    _settle(fates, waiting, _stale(standing, waiting))
    events = disputed_anew(coded, standing, sources)
    return Corrected(events, standing.links, tuple(fates[content] for content in sorted(fates)))


def _settle(fates: dict[str, Fate], waiting: dict[str, Correction], made: Iterable[Fate]) -> None:
    for fate in made:
        fates[fate.correction.content] = fate
        waiting.pop(fate.correction.content, None)


def _fitting(standing: Standing, waiting: dict[str, Correction], fates: dict[str, Fate]) -> list[Correction]:
    """Return the corrections that fit what stands, once those that contradict each other are settled as such."""
    seen = standing.seen(waiting.values())
    fitting = [waiting[content] for content in sorted(waiting) if unfit(waiting[content], seen) is None]
    against: dict[str, str] = {}
    for one, other, reason in clashes(fitting):
        for mine, theirs in ((one, other), (other, one)):
            text = f"{mine.place}: contradicts {theirs.place}: {reason}; both are left out, delete one"
            against.setdefault(mine.content, text)
    _settle(fates, waiting, [Fate(waiting[c], "in_conflict", None, text) for c, text in against.items()])
    return [correction for correction in fitting if correction.content not in against]


def _stale(standing: Standing, waiting: Mapping[str, Correction]) -> list[Fate]:
    seen = standing.seen(waiting.values())
    fates = []
    for correction in waiting.values():
        where, says = unfit(correction, seen) or ("event", "does not fit")
        fates.append(Fate(correction, "stale", where, f"{correction.place}: {where}: {says}; {LOOK_AGAIN}"))
    return fates


def _membership_fate(correction: Correction, before: Standing, after: Standing) -> Fate:
    """Tell of a merge, split or withdrawal which ids stood before and which stand after it."""
    mine = before.links.filter(pl.col("event_id").is_in(correction.events))
    if correction.action == "withdraw":
        return Fate(correction, "applied", was={"": _listed(mine["mention_id"])}, now={"": ""})
    stand = after.links.filter(pl.col("mention_id").is_in(mine["mention_id"].implode()))["event_id"]
    return Fate(correction, "applied", was={"": ";".join(sorted(correction.events))}, now={"": _listed(stand)})


def _listed(ids: pl.Series) -> str:
    return ";".join(ids.unique().sort())


def _rewrite(standing: Standing, todo: Sequence[Correction], knowledge: Knowledge) -> tuple[Standing, list[Fate]]:
    """Apply overrides, confirmations and notes, event by event."""
    by_event: dict[str, list[Correction]] = {}
    for correction in todo:
        by_event.setdefault(correction.event, []).append(correction)
    rows = standing.seen(todo).rows
    fates: list[Fate] = []
    new: list[Row] = []
    for event in sorted(by_event):
        row, made = _row(rows[event], by_event[event], knowledge)
        new.append(row)
        fates += made
    table = load_contract().tables["events"]
    kept = standing.events.filter(~pl.col("event_id").is_in(sorted(by_event)))
    changed = pl.DataFrame(new, schema=table.polars_schema())
    events = pl.concat([kept, changed]).sort(table.primary_key)
    return Standing(events, standing.links, standing.founders), fates


def _row(row: Row, corrections: Sequence[Correction], knowledge: Knowledge) -> tuple[Row, list[Fate]]:
    """Return the row of one event with the corrections applied, and the fate of each.

    Overrides are tried together, since one may need the other (a best estimate and the range around it). Where the
    row then breaks the contract, those that break it alone are malformed; where none does, they are in conflict.
    """
    overrides = [correction for correction in corrections if correction.action == "override"]
    fates: list[Fate] = []
    while overrides and (broken := _broken(row, overrides, knowledge)):
        alone = {c.content: wrong for c in overrides if (wrong := _broken(row, [c], knowledge))}
        for correction in [c for c in overrides if not alone or c.content in alone]:
            where, says = alone.get(correction.content, broken)
            state: State = "malformed" if alone else "in_conflict"
            together = "" if alone else "together with other overrides of the event: "
            message = f"{correction.place}: set.{where}: {together}{says}"
            fates.append(Fate(correction, state, f"set.{where}", message))
        overrides = [c for c in overrides if alone and c.content not in alone]
    new = overridden(row, _sets(overrides), knowledge) | ({"corrected": True} if overrides else {})
    for correction in overrides:
        was = {name: shown(row[name]) for name in correction.sets}
        fates.append(Fate(correction, "applied", was=was, now={n: shown(v) for n, v in correction.sets.items()}))
    confirmed = [c for c in corrections if c.action == "confirm"]
    notes = sorted((c for c in corrections if c.action == "note"), key=lambda c: (c.day, c.content))
    fates += [Fate(c, "applied", was={"": ""}, now={"": c.note or ""}) for c in (*confirmed, *notes)]
    words = [text for text in (row["note"], *(c.note for c in notes)) if text]
    note = " / ".join(dict.fromkeys(words)) or None
    return new | {"confirmed": row["confirmed"] or bool(confirmed), "note": note}, fates


def _sets(overrides: Sequence[Correction]) -> dict[str, Value]:
    return {name: value for correction in overrides for name, value in correction.sets.items()}


def _broken(row: Row, overrides: Sequence[Correction], knowledge: Knowledge) -> tuple[str, str] | None:
    sets = _sets(overrides)
    return fault(overridden(row, sets, knowledge), sets, knowledge)
