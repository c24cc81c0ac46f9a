"""What the page of an actor says, before any wording: its names and side, what it is named in, and against whom.

Names and times come from the release's table `actors`; which wording stands for it when, and in which outlets only,
from the region pack, as far as that has the same wording.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from pipeline.brief import phrases
from pipeline.brief.model import Side
from pipeline.regions.pack import SEPARATOR, Actor, Alias
from pipeline.site import codes
from pipeline.site.latest import EventLine, latest, lines, registry
from pipeline.site.tallies import (
    Period,
    Series,
    Tally,
    Week,
    Year,
    periods,
    series,
    tally,
    weekly_sums,
    weeks_of,
    years,
)  # fmt: skip

Frames = Callable[[str], pl.DataFrame]
"""Gives a table of the release by its name."""
ROLES = ("actor1", "associate", "actor2")
"""As whom events name an actor: as actor 1, as the second force beside it, as the other side."""
_COLUMNS = dict(zip(("actor1_id", "actor1_associate_id", "actor2_id"), ROLES, strict=True))

col = pl.col


@dataclass(frozen=True, slots=True)
class Named:
    """A wording that stands for an actor."""

    text: str
    valid_from: date | None
    valid_to: date | None
    outlets: tuple[str, ...]
    """Titles of the leanings whose outlets mean it by that; empty for all."""


@dataclass(frozen=True, slots=True)
class Against:
    """The other side of events that name the actor."""

    name: str
    """Registry name, or the bloc where nobody is named."""
    actor_id: str | None
    as_actor1: int
    """Events in which the actor of the page acts, or is named first, and this one is the other side."""
    as_actor2: int
    """The other way round."""


@dataclass(frozen=True, slots=True)
class ActorView:
    """One actor as its page shows it."""

    actor_id: str
    name: str
    bloc: str
    """Title of the code, as of `kind`."""
    kind: str
    valid_from: date | None
    valid_to: date | None
    names: tuple[Named, ...]
    successor: tuple[str, str] | None
    """Id and name of the actor that it became."""
    predecessors: tuple[tuple[str, str], ...]
    roles: Mapping[str, int]
    """Events by `ROLES`."""
    weeks: tuple[Week, ...] = field(repr=False)
    """The same of all actors: told once, not by the text of each."""
    total: Tally
    periods: tuple[Period, ...]
    years: tuple[Year, ...]
    series: Series
    against: tuple[Against, ...]
    """Most events first."""
    latest: Mapping[str, tuple[EventLine, ...]]
    """By `ROLES`."""


def actor_views(frame: Frames, pack: Sequence[Actor]) -> dict[str, ActorView]:
    """Return the views of all actors of the registry, by id.

    Args:
        frame: gives the tables of the release.
        pack: the registry of the region pack, which knows when a wording holds.
    """
    actors, events = frame("actors"), frame("events")
    names = registry(actors, frame("places"))
    weeks = weeks_of(frame("weekly_coverage"))
    roles = _roles(events)
    involved = roles.select("actor_id", "event_id").unique().join(events, on="event_id")
    sums = dict(weekly_sums(involved, "actor_id").sort("week_start").rows_by_key("actor_id", named=True))
    counts = _counts(roles)
    newest = {role: latest(roles.filter(col("role") == role), "actor_id") for role in ROLES}
    against = _against(events, names.actor_names)
    of_pack = {actor.actor_id: actor for actor in pack}
    before = _predecessors(pack)
    views = {}
    for row in actors.sort("actor_id").iter_rows(named=True):
        actor_id, rows = row["actor_id"], sums.get(row["actor_id"], [])
        known = of_pack.get(actor_id)
        later = known.successor if known else None
        views[actor_id] = ActorView(
            actor_id=actor_id,
            name=row["actor_name"],
            bloc=codes.title("blocs", row["bloc"]),
            kind=codes.title("actor_kinds", row["actor_kind"]),
            valid_from=row["valid_from"],
            valid_to=row["valid_to"],
            names=_names(row, known),
            successor=next(_named([later] if later else [], names.actor_names), None),
            predecessors=tuple(_named(before.get(actor_id, ()), names.actor_names)),
            roles={role: counts.get((actor_id, role), 0) for role in ROLES},
            weeks=weeks,
            total=tally(rows),
            periods=periods(weeks, rows),
            years=years(weeks, rows),
            series=series(weeks, rows),
            against=tuple(against.get(actor_id, ())),
            latest={role: lines(newest[role].get(actor_id, ()), names) for role in ROLES},
        )  # fmt: skip
    return views


def _roles(events: pl.DataFrame) -> pl.DataFrame:
    """Return the events once for each actor that they name, with `actor_id` and `role`."""
    parts = [
        events.filter(col(column).is_not_null()).with_columns(actor_id=col(column), role=pl.lit(role))
        for column, role in _COLUMNS.items()
    ]
    return pl.concat(parts)


def _counts(roles: pl.DataFrame) -> dict[tuple[str, str], int]:
    counted = roles.group_by("actor_id", "role").len()
    return {(actor_id, role): n for actor_id, role, n in counted.iter_rows()}


def _against(events: pl.DataFrame, actor_names: Mapping[str, str]) -> dict[str, list[Against]]:
    """Return whom events name as the other side, for each actor."""
    sides = events.filter(col("actor2_bloc").is_not_null())
    ways = []
    for own, other, way in (("actor1", "actor2", "as_actor1"), ("actor2", "actor1", "as_actor2")):
        told = sides.filter(col(f"{own}_id").is_not_null())
        ways.append(
            told.select(
                actor_id=col(f"{own}_id"), other_id=col(f"{other}_id"), other_bloc=col(f"{other}_bloc"), way=pl.lit(way)
            )
        )
    key = ["actor_id", "other_id", "other_bloc"]
    counted = (
        pl.concat(ways)
        .group_by(key)
        .agg(as_actor1=(col("way") == "as_actor1").sum(), as_actor2=(col("way") == "as_actor2").sum())
    )
    order = [(col("as_actor1") + col("as_actor2")), col("other_id"), col("other_bloc")]
    found: dict[str, list[Against]] = {}
    for row in counted.sort(order, descending=[True, False, False], nulls_last=True).iter_rows(named=True):
        other = row["other_id"]
        bloc = row["other_bloc"]
        side = Side(actor_names.get(other), None if bloc == "unidentified" else codes.title("blocs", bloc))
        found.setdefault(row["actor_id"], []).append(
            Against(phrases.side(side), other, row["as_actor1"], row["as_actor2"])
        )
    return found


def _predecessors(pack: Sequence[Actor]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for actor in sorted(pack, key=lambda each: each.actor_id):
        if actor.successor:
            found.setdefault(actor.successor, []).append(actor.actor_id)
    return found


def _named(ids: Sequence[str], actor_names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield id and name of those that the release has."""
    yield from ((each, actor_names[each]) for each in ids if each in actor_names)


def _names(row: Mapping[str, Any], known: Actor | None) -> tuple[Named, ...]:
    """Return the wordings of a row of `actors`, in their order, its neutral name aside."""
    told: dict[str, list[Alias]] = {}
    for alias in known.aliases if known else ():
        told.setdefault(alias.text, []).append(alias)
    found: list[Named] = []
    for text in dict.fromkeys((row["aliases"] or "").split(SEPARATOR)):
        if text and text != row["actor_name"]:
            for alias in told.get(text, [Alias(text, row["valid_from"], row["valid_to"])]):
                outlets = tuple(codes.title("leanings", each) for each in alias.outlets)
                found.append(Named(text, alias.valid_from, alias.valid_to, outlets))
    return tuple(found)
