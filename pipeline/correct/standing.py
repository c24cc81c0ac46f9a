"""What stands at some point of correcting: events, and which mentions tell them; and whether a correction fits it.

Merges, splits and withdrawals make another standing, in which every event they touch is settled anew from its mentions,
by the functions that settled it before. Which corrections are to be applied is `apply`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import polars as pl

from pipeline.contracts import event_types_frame, load_contract
from pipeline.correct.declared import Correction
from pipeline.correct.groups import Group, regrouped
from pipeline.resolve.identity import NO_FOUNDERS, NO_REPORTS, identities
from pipeline.resolve.independence import article_sources
from pipeline.resolve.resolve import event_rows
from pipeline.resolve.slots import slots
from pipeline.resolve.tolls import mention_tolls


@dataclass(frozen=True)
class Sources:
    """The tables that events are settled from, by the contract."""

    mentions: pl.DataFrame
    casualties: pl.DataFrame
    articles: pl.DataFrame
    sources: pl.DataFrame
    places: pl.DataFrame
    actors: pl.DataFrame

    def slotted(self, wanted: pl.Series) -> pl.DataFrame:
        """Return the mentions of these ids with what events are settled from, in the order of founding."""
        event_types = event_types_frame(load_contract())
        these = pl.col("mention_id").is_in(wanted.implode())
        tolls = mention_tolls(self.casualties.filter(these))
        words = article_sources(self.articles, self.sources)
        return slots(self.mentions.filter(these), tolls, words, self.places, self.actors, event_types)


@dataclass(frozen=True)
class Standing:
    """Events and links as they stand, by the contract (`events`, `event_mentions`)."""

    events: pl.DataFrame
    links: pl.DataFrame
    founders: pl.DataFrame
    """Every id given so far, as `resolve.identity.identities` takes them; living are those of the coding."""

    @classmethod
    def of(cls, events: pl.DataFrame, links: pl.DataFrame, past_founders: pl.DataFrame = NO_FOUNDERS) -> Standing:
        """Return what the coding gives; ``past_founders`` are those of the release before."""
        today = events.select("event_id", "founding_mention_id", living=True, by_correction=False)
        past = past_founders.join(today, on="event_id", how="anti")
        return cls(events, links, pl.concat([today, past.with_columns(living=False, by_correction=False)]))

    def seen(self, corrections: Iterable[Correction]) -> Seen:
        """Return the events that corrections name, ready to be looked up."""
        wanted = sorted({event for correction in corrections for event in correction.events})
        links = self.links.filter(pl.col("event_id").is_in(wanted))
        rows = self.events.filter(pl.col("event_id").is_in(wanted))
        return Seen(
            rows={row["event_id"]: row for row in rows.iter_rows(named=True)},
            reports=_by_event(links.filter(pl.col("relation") == "reports")),
            linked=_by_event(links),
        )


@dataclass(frozen=True, slots=True)
class Seen:
    """Some events of a standing, by id: their rows, the mentions that report them, and all that are linked to them."""

    rows: Mapping[str, dict[str, Any]]
    reports: Mapping[str, frozenset[str]]
    linked: Mapping[str, frozenset[str]]


def _by_event(links: pl.DataFrame) -> dict[str, frozenset[str]]:
    grouped = links.group_by("event_id").agg("mention_id")
    return {event: frozenset(mentions) for event, mentions in grouped.iter_rows()}


def unfit(correction: Correction, seen: Seen) -> tuple[str, str] | None:
    """Return the field and what is wrong when a correction does not fit what stands; None when it fits."""
    for event in correction.events:
        if event not in seen.rows:
            return "with" if event in correction.others else "event", f"{event} is no event (any more)"
    there = frozenset[str]().union(*(seen.reports[event] for event in correction.events))
    if correction.members is not None and correction.members != there:
        gone, new = sorted(correction.members - there), sorted(there - correction.members)
        parts = [f"{_some(ids)} {word}" for ids, word in ((gone, "no longer there"), (new, "not expected")) if ids]
        return "expect.members", f"the mentions of the event are others: {', '.join(parts)}"
    row = seen.rows[correction.event]
    for field in sorted(correction.values):
        if (now := shown(row[field])) != shown(correction.values[field]):
            return f"expect.values.{field}", f"is {shown(correction.values[field])!r}, the coding says {now!r}"
    if strangers := sorted(correction.mentions - seen.linked[correction.event]):
        return "mentions", f"{_some(strangers)} {'is' if len(strangers) == 1 else 'are'} not linked to the event"
    if correction.mentions and not correction.mentions & seen.reports[correction.event]:
        return "mentions", "none of them reports the event"
    return None


def _some(ids: Sequence[str]) -> str:
    return ids[0] if len(ids) == 1 else f"{ids[0]} and {len(ids) - 1} more"


def shown(value: object) -> str:
    """Return a value as a CSV has it; nothing for an empty one."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def regroup(standing: Standing, corrections: Sequence[Correction], sources: Sources) -> Standing:
    """Return what stands after merges, splits and withdrawals that all fit and do not contradict each other."""
    seen = standing.seen(corrections)
    groups = regrouped(corrections, seen.linked, seen.reports)
    touched = sorted({event for group in groups for event in group.came_from} | _withdrawn(corrections))
    kept = ~pl.col("event_id").is_in(touched)
    rows, links = _settled(groups, standing, sources)
    return replace(
        standing,
        events=pl.concat([standing.events.filter(kept), rows]).sort("event_id"),
        links=pl.concat([standing.links.filter(kept), links]).sort("mention_id"),
    )


def _withdrawn(corrections: Sequence[Correction]) -> set[str]:
    return {correction.event for correction in corrections if correction.action == "withdraw"}


def _settled(groups: Sequence[Group], standing: Standing, sources: Sources) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows of `events` and `event_mentions` of groups of mentions."""
    if not groups:
        return standing.events.head(0), standing.links.head(0)
    of_group = pl.DataFrame(
        [(mention, number) for number, group in enumerate(groups) for mention in sorted(group.mentions)],
        schema={"mention_id": pl.String, "event": pl.UInt32},
        orient="row",
    )
    before = standing.links.select("mention_id", "relation")
    told = (
        sources.slotted(of_group["mention_id"])
        .join(of_group, on="mention_id")
        .join(before, on="mention_id")
        .sort("rank")
    )
    reports = told.filter(pl.col("relation") == "reports")
    denials = told.filter(pl.col("relation") == "denies")
    ids = identities(reports, standing.founders, NO_REPORTS)
    made = event_rows(reports, denials, sources.sources, sources.actors, ids).with_columns(corrected=pl.lit(True))
    links = told.join(ids, on="event").select("mention_id", "event_id", "relation")
    tables = load_contract().tables
    return tables["events"].conform(made), tables["event_mentions"].conform(links)
