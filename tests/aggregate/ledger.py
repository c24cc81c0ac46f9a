"""A small ledger of literal events and the articles that report them, as the tables that weekly figures are made of."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from pipeline.aggregate.books import aggregate_books
from pipeline.aggregate.weekly import weekly_coverage, weekly_events
from pipeline.aggregate.weeks import covered_weeks
from pipeline.contracts import event_types_frame, load_contract
from pipeline.ids import content_id

Row = dict[str, Any]
Rows = dict[str, Row]

MONDAY = date(2021, 2, 1)
ADMIN1 = ("Aleppo", "Idlib")
AIR, CLASH = "Air/drone strike", "Armed clash"
_CONTRACT = load_contract()
_TYPES = event_types_frame(_CONTRACT)
_EVENT_TYPE = dict(_TYPES.select("sub_event_type", "event_type").iter_rows())


@dataclass
class Ledger:
    """Rows of each table under labels of the test's own."""

    articles: Rows = field(default_factory=dict)
    mentions: Rows = field(default_factory=dict)
    links: Rows = field(default_factory=dict)
    happened: Rows = field(default_factory=dict)

    def rows(self) -> tuple[Rows, ...]:
        return self.articles, self.mentions, self.links, self.happened

    def article(
        self, label: str, published: str | None = "2021-02-01", *, outlet: str = "herald", copy_of: str | None = None
    ) -> None:
        on = None if published is None else date.fromisoformat(published)
        self.articles[label] = {
            "article_id": content_id("a", label),
            "source_id": outlet,
            "published_date": on,
            "week_start": on and on - timedelta(days=on.weekday()),
            "duplicate_kind": "none" if copy_of is None else "exact",
            "duplicate_of": None if copy_of is None else content_id("a", copy_of),
        }

    def event(
        self,
        label: str,
        on: str,
        reported_in: list[str],
        *,
        until: str | None = None,
        kind: str = AIR,
        admin1: str = "Idlib",
        killed: tuple[int, int, int | None] | None = None,
        injured: tuple[int | None, int | None] = (None, None),
        hit_civilians: bool = False,
        denied_in: list[str] | None = None,
    ) -> None:
        """Add an event with one mention in each article named; an article not yet there is of the first week."""
        first = date.fromisoformat(on)
        low, best, high = killed or (None, None, None)
        self.happened[label] = {
            "event_id": content_id("e", label),
            "event_type": _EVENT_TYPE[kind],
            "sub_event_type": kind,
            "event_date_start": first,
            "event_date_end": date.fromisoformat(until or on),
            "week_start": first - timedelta(days=first.weekday()),
            "admin1": admin1,
            "fatalities_low": low,
            "fatalities_best": best,
            "fatalities_high": high,
            "injured_low": injured[0],
            "injured_high": injured[1],
            "civilian_targeting": hit_civilians,
        }
        for relation, articles in (("reports", reported_in), ("denies", denied_in or [])):
            for article in articles:
                if article not in self.articles:
                    self.article(article)
                mention = f"{label} in {article}"
                mention_id = content_id("m", mention)
                self.mentions[mention] = {"mention_id": mention_id, "article_id": content_id("a", article)}
                self.links[mention] = {
                    "mention_id": mention_id,
                    "event_id": content_id("e", label),
                    "relation": relation,
                }

    def table(self, name: str) -> pl.DataFrame:
        rows = {"articles": self.articles, "mentions": self.mentions, "event_mentions": self.links}
        kept = rows.get(name, self.happened)
        return pl.DataFrame(list(kept.values()), schema=_CONTRACT.tables[name].polars_schema())

    def events(self) -> pl.DataFrame:
        return self.table("events")

    def weeks(self) -> pl.DataFrame:
        return covered_weeks(self.table("articles"), self.events())

    def figures(self) -> pl.DataFrame:
        links, mentions, articles = (self.table(name) for name in ("event_mentions", "mentions", "articles"))
        return weekly_events(self.events(), links, mentions, articles, ADMIN1, _TYPES)

    def coverage(self) -> pl.DataFrame:
        return weekly_coverage(self.table("articles"), self.table("mentions"), self.events())

    def balances(self) -> pl.DataFrame:
        tables = (self.events(), self.table("articles"), self.table("mentions"))
        return aggregate_books(self.figures(), self.coverage(), *tables)
