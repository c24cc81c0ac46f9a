"""A series of releases of a small corpus, without the pages and files: each resolved after the one before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import polars as pl

from pipeline.release.predecessor import past_founders, past_reports
from pipeline.release.retired import retired_events, retirement_balances
from pipeline.resolve.resolve import resolve
from tests.resolve.corpus import Corpus


@dataclass(frozen=True)
class Edition:
    """What a release says of events; an `Edition` for the release room too."""

    version: str
    frames: Mapping[str, pl.DataFrame]
    resources: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def frame(self, name: str) -> pl.DataFrame:
        return self.frames[name]

    @cached_property
    def founders(self) -> dict[str, str]:
        """Living event to founding mention."""
        return dict(self.frame("events").select("event_id", "founding_mention_id").iter_rows())

    @cached_property
    def event_of(self) -> dict[str, str]:
        """Reporting mention to event."""
        links = self.frame("event_mentions").filter(pl.col("relation") == "reports")
        return dict(links.select("mention_id", "event_id").iter_rows())

    @cached_property
    def members(self) -> dict[str, frozenset[str]]:
        """Living event to the mentions that report it."""
        found: dict[str, set[str]] = {event_id: set() for event_id in self.founders}
        for mention_id, event_id in self.event_of.items():
            found[event_id].add(mention_id)
        return {event_id: frozenset(mentions) for event_id, mentions in found.items()}

    @cached_property
    def retired(self) -> dict[str, dict[str, Any]]:
        """Retired event to its row."""
        return {row["event_id"]: row for row in self.frame("retired_events").iter_rows(named=True)}


def follow(before: Edition | None, tables: Mapping[str, pl.DataFrame]) -> Edition:
    """Return the release of ``tables`` that follows ``before``; its versions are 1.0.0, 1.1.0 and so on."""
    version = "1.0.0" if before is None else f"1.{int(before.version.split('.')[1]) + 1}.0"
    made = resolve(**tables, past_founders=past_founders(before), past_reports=past_reports(before))
    retired = retired_events(before, made.events, made.event_mentions, version)
    balances = retirement_balances(before, made.events, retired)
    assert balances["ok"].all(), balances
    frames = {"events": made.events, "event_mentions": made.event_mentions, "retired_events": retired}
    return Edition(version, frames, {name: {} for name in frames})


def part(corpus: Corpus, labels: Collection[str]) -> dict[str, pl.DataFrame]:
    """Return the tables of the articles ``labels`` alone; a copy that came before its original is not known as one."""
    articles = {label: dict(row) for label, row in corpus.articles.items() if label in labels}
    there = {row["article_id"] for row in articles.values()}
    for row in articles.values():
        if row["duplicate_of"] not in there:
            row |= {"duplicate_of": None, "duplicate_kind": "none"}
    mentions = {label: row for label, row in corpus.mentions.items() if row["article_id"] in there}
    told = {row["mention_id"] for row in mentions.values()}
    casualties = [row for row in corpus.casualties if row["mention_id"] in told]
    return replace(corpus, articles=articles, mentions=mentions, casualties=casualties).tables()
