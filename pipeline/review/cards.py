"""What is shown of each item of the queue: its events as they stand, and their reports in the words around them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipeline.contracts import load_contract
from pipeline.correct.standing import shown
from pipeline.resolve.near import WHY
from pipeline.review.queue import REASONS

AROUND = 280
"""Characters of the article before and after the quoted sentence."""
MOST_QUOTES = 12
"""Reports shown of one event; the others are counted."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One mention in the words around it."""

    mention_id: str
    denies: bool
    outlet: str
    leaning: str
    published: date | None
    title: str
    said_by: str
    confidence: float | None
    before: str
    evidence: str
    after: str


@dataclass(frozen=True, slots=True)
class Shown:
    """An event as the reviewer sees it."""

    row: Mapping[str, Any]
    """Its row of `events`."""
    members: tuple[str, ...]
    """All mentions that report it."""
    quotes: tuple[Quote, ...]
    more: int
    """Mentions that are not among the quotes."""

    @property
    def event_id(self) -> str:
        """Its id."""
        return str(self.row["event_id"])

    @property
    def when(self) -> str:
        """The day, or the first and the last."""
        first, last = self.row["event_date_start"], self.row["event_date_end"]
        return str(first) if first == last else f"{first} to {last}"

    @property
    def where(self) -> str:
        """The place and its governorate."""
        place, admin1 = self.row["place_name"], self.row["admin1"]
        return str(place) if place == admin1 else f"{place}, {admin1}"

    @property
    def who(self) -> str:
        """Both sides."""
        sides = [self.row[f"actor{n}_name"] or self.row[f"actor{n}_bloc"] for n in (1, 2)]
        return " / ".join(side for side in sides if side)

    @property
    def killed(self) -> str:
        """The toll: best estimate and range."""
        low, best, high = (self.row[f"fatalities_{end}"] for end in ("low", "best", "high"))
        if low == best == high:
            return "unknown" if best is None else str(best)
        if high is None or low is None:
            around = f"at least {low}" if high is None else f"up to {high}"
            return around if best in (None, low, high) else f"{best} ({around})"
        return f"{low} to {high}" if best is None else f"{best} ({low} to {high})"

    @property
    def values(self) -> dict[str, str]:
        """The fields that can be corrected, as a CSV has them."""
        return {name: shown(self.row[name]) for name in load_contract().tables["events"].correctable}

    @property
    def seen(self) -> str:
        """What a decision rests on, as JSON: the event, its members and its fields."""
        plain = {name: _plain(self.row[name]) for name in load_contract().tables["events"].correctable}
        return json.dumps({"event": self.event_id, "members": sorted(self.members), "values": plain})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True, slots=True)
class Card:
    """One item of the queue; `other` is the second event of a pair."""

    rank: int
    points: int
    reasons: tuple[str, ...]
    event: Shown
    other: Shown | None


def cards(queue: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> list[Card]:
    """Return the cards of a queue (columns `queue.QUEUE`), in its order.

    Args:
        queue: the items to show.
        tables: events, event_mentions, mentions, articles, sources, article_texts.
    """
    wanted = pl.concat([queue["event_id"], queue["other_event_id"].drop_nulls()]).unique().implode()
    links = tables["event_mentions"].filter(pl.col("event_id").is_in(wanted))
    told = links.join(tables["mentions"], on="mention_id").join(
        tables["articles"].select("article_id", "source_id", "title", "published_date"), on="article_id", how="left"
    )
    told = told.join(tables["sources"].select("source_id", "source_name", "leaning"), on="source_id", how="left")
    told = told.join(tables["article_texts"].select("article_id", "text"), on="article_id", how="left")
    told = told.sort("relation", "published_date", "mention_id", descending=[True, False, False], nulls_last=True)
    quotes = told.rows_by_key("event_id", named=True, include_key=True)
    rows = tables["events"].filter(pl.col("event_id").is_in(wanted)).iter_rows(named=True)
    events = {row["event_id"]: _shown(row, quotes.get(row["event_id"], [])) for row in rows}
    return [
        Card(
            rank=item["rank"],
            points=item["points"],
            reasons=tuple(_reason(name, item) for name in item["reasons"]),
            event=events[item["event_id"]],
            other=events[item["other_event_id"]] if item["other_event_id"] else None,
        )
        for item in queue.iter_rows(named=True)
    ]


def _reason(name: str, item: Mapping[str, Any]) -> str:
    match name:
        case "near_merge":
            return f"{REASONS[name]}: {WHY[item['why_apart']]}"
        case "unsure":
            return f"{REASONS[name]}: {item['confidence']:.2f}"
        case _:
            return REASONS[name]


def _shown(row: Mapping[str, Any], told: list[dict[str, Any]]) -> Shown:
    members = tuple(one["mention_id"] for one in told if one["relation"] == "reports")
    quotes = tuple(_quote(one) for one in told[:MOST_QUOTES])
    return Shown(row, members, quotes, len(told) - len(quotes))


def _quote(told: Mapping[str, Any]) -> Quote:
    text, start, end = told["text"] or "", told["char_start"], told["char_end"]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    if start > AROUND:
        before = before.partition(" ")[2] or before
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] or after
    return Quote(
        mention_id=told["mention_id"],
        denies=told["relation"] == "denies",
        outlet=told["source_name"] or "",
        leaning=told["leaning"] or "",
        published=told["published_date"],
        title=told["title"] or "",
        said_by=told["attributed_to"] or "",
        confidence=told["confidence"],
        before=("… " if start > AROUND else "") + before,
        evidence=told["evidence"],
        after=after + (" …" if end + AROUND < len(text) else ""),
    )
