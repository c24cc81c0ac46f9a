"""A small corpus of literal articles and mentions, and a tiny gazetteer and registry to place them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from pipeline.contracts import load_contract
from pipeline.ids import content_id
from pipeline.resolve.accounts import accounts
from pipeline.resolve.resolve import Resolved, resolve
from pipeline.resolve.shared_tolls import SharedTolls, shared_tolls

Row = dict[str, Any]
Range = tuple[int | None, int | None]

OUTLETS = ("herald", "courier", "lantern", "banner", "mirror")
"""`mirror` only republishes `herald`; nobody knows whose side they take."""
LEANINGS = {
    "gazette": "syrian_government",
    "eastern-wire": "russia",
    "free-post": "opposition",
    "strait-times": "turkey",
    "monitor": "independent",
    "second-monitor": "independent",
}
"""Outlets whose side is known."""

PLACES = (
    # id, name, kind, admin1, admin2, latitude, longitude, geo_precision, error in km
    ("idlib", "Idlib", "governorate", "Idlib", None, 35.8, 36.7, 3, 60.0),
    ("ariha-district", "Ariha district", "district", "Idlib", "Ariha", 35.8, 36.6, 2, 15.0),
    ("zawiya", "Jabal al-Zawiya", "area", "Idlib", "Ariha", 35.7, 36.55, 2, 15.0),
    ("ariha", "Ariha", "town", "Idlib", "Ariha", 35.813, 36.610, 1, 2.0),
    ("saraqib", "Saraqib", "town", "Idlib", "Idlib", 35.864, 36.806, 1, 2.0),
    ("ariha-market", "Ariha market", "facility", "Idlib", "Ariha", 35.815, 36.612, 1, 1.0),
    ("ariha-outskirts", "Ariha outskirts", "neighbourhood", "Idlib", "Ariha", 35.73, 36.61, 1, 2.0),
    ("nahlaya", "Nahlaya", "village", "Idlib", "Ariha", 35.86, 36.62, 1, 2.0),
    ("idlib-city", "Idlib", "town", "Idlib", "Idlib", 35.93, 36.634, 1, 2.0),
    ("aleppo", "Aleppo", "governorate", "Aleppo", None, 36.2, 37.2, 3, 60.0),
    ("al-bab", "al-Bab", "town", "Aleppo", "al-Bab", 36.37, 37.51, 1, 2.0),
)
ACTORS = (
    ("army", "Syrian Arab Army", "syrian_government", "state_forces"),
    ("tigers", "Tiger Forces", "syrian_government", "state_forces"),
    ("russia", "Russian Armed Forces", "russia", "state_forces"),
    ("hts", "Hayat Tahrir al-Sham", "hts", "non_state_group"),
    ("islamic-state", "Islamic State", "islamic_state", "non_state_group"),
    ("fighters", "Unidentified opposition fighters", "opposition", "unknown"),
    ("sdf", "Syrian Democratic Forces", "sdf", "non_state_group"),
    ("clan-a", "Clan A", "other", "non_state_group"),
    ("clan-b", "Clan B", "other", "non_state_group"),
    ("civilians", "Civilians", "civilians", "civilians"),
)
_BLOCS = {row[0]: row[2] for row in ACTORS}
_PLACES = {row[0]: row for row in PLACES}

AIR, SHELLING, CLASH = "Air/drone strike", "Shelling/artillery/missile attack", "Armed clash"


def day(text: str | None) -> date | None:
    """Return ``text`` ("02-06" is in 2021) as a date."""
    if text is None:
        return None
    return date.fromisoformat(text if len(text) > 5 else f"2021-{text}")


def _frame(table: str, rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=load_contract().tables[table].polars_schema())


def places_frame() -> pl.DataFrame:
    names = ("place_id", "place_name", "place_kind", "admin1", "admin2", "latitude", "longitude", "geo_precision")
    rows = [
        dict(zip((*names, "coordinate_error_km"), row, strict=True)) | {"coordinate_source": "invented"}
        for row in PLACES
    ]
    return _frame("places", rows)


def actors_frame() -> pl.DataFrame:
    names = ("actor_id", "actor_name", "bloc", "actor_kind")
    return _frame("actors", [dict(zip(names, row, strict=True)) for row in ACTORS])


def sources_frame() -> pl.DataFrame:
    return _frame(
        "sources",
        [
            {
                "source_id": outlet,
                "source_name": outlet.title(),
                "leaning": LEANINGS.get(outlet, "unknown"),
                "independent_of": "herald" if outlet == "mirror" else None,
                "invented": True,
            }
            for outlet in (*OUTLETS, *LEANINGS)
        ],
    )


_RESOLVED: dict[str, Resolved] = {}
"""What came of a corpus; tests ask for it several times, and many have the same one."""


@dataclass
class Corpus:
    """Articles, mentions and tolls, each under a label of the test's own."""

    articles: dict[str, Row] = field(default_factory=dict)
    mentions: dict[str, Row] = field(default_factory=dict)
    casualties: list[Row] = field(default_factory=list)

    def article(
        self,
        label: str,
        outlet: str = "herald",
        published: str | None = "02-07",
        copy_of: str | None = None,
        kind: str = "exact",
    ) -> None:
        """Add an article; with ``copy_of`` it is a copy of that one."""
        on = day(published)
        self.articles[label] = {
            "article_id": content_id("a", label),
            "source_id": outlet,
            "external_id": label,
            "language": "en",
            "published_at": published,
            "published_date": on,
            "week_start": on and on - timedelta(days=on.weekday()),
            "raw_char_count": 500,
            "char_count": 500,
            "kept_spans": "[[0,500]]",
            "text_sha256": "0" * 64,
            "duplicate_kind": "none" if copy_of is None else kind,
            "duplicate_of": None if copy_of is None else content_id("a", copy_of),
            "input_name": "articles.jsonl",
            "input_record": 1,
            "invented": True,
        }

    def mention(
        self,
        label: str,
        article: str | None = None,
        *,
        kind: str = AIR,
        status: str = "reported",
        on: str | None = "02-06",
        until: str | None = None,
        precision: int | None = 1,
        place: str | None = "ariha",
        near: bool = False,
        named: str | None = None,
        admin1: str | None = "Idlib",
        actor1: str | None = "army",
        actor2: str | None = "civilians",
        associate: str | None = None,
        killed: Range | None = None,
        injured: Range | None = None,
        evidence: str | None = None,
        outlet: str = "herald",
        published: str | None = "02-07",
        hit_civilians: bool = False,
        confidence: float | None = None,
    ) -> str:
        """Add a mention, by default in an article of its own; ``named`` is the text of a place without an entry."""
        if article is None:
            article = f"article of {label}"
            self.article(article, outlet, published)
        entry = _PLACES[place] if place is not None and named is None else None
        words = evidence or f"Evidence of {label}."
        start = 10 * len(self.mentions)
        self.mentions[label] = {
            "mention_id": content_id("m", label),
            "article_id": self.articles[article]["article_id"],
            "sub_event_type": kind,
            "status": status,
            "event_date_start": day(on),
            "event_date_end": day(until or on),
            "time_precision": precision if on else None,
            "actor1_id": actor1,
            "actor1": actor1,
            "actor1_bloc": _BLOCS[actor1] if actor1 else "unidentified",
            "actor1_associate_id": associate,
            "actor2_id": actor2,
            "actor2": actor2,
            "actor2_bloc": _BLOCS[actor2] if actor2 else None,
            "place_id": entry and entry[0],
            "place": named or (entry and entry[1]),
            "admin1": entry[3] if entry else admin1,
            "admin2": entry and entry[4],
            "geo_precision": 2 if near else entry[7] if entry else (1 if named else 3 if admin1 else None),
            "civilian_targeting": hit_civilians,
            "confidence": confidence,
            "evidence": words,
            "char_start": start,
            "char_end": start + len(words),
            "extractor": "by-hand",
        }
        for what, figures in (("killed", killed), ("injured", injured)):
            if figures is not None:
                self.casualty(label, what, *figures)
        return label

    def casualty(
        self, mention: str, kind: str, low: int | None, high: int | None, *,
        party: str = "civilians",
        vague: bool = False, start: int | None = None, length: int = 9, shared_with: str | Sequence[str] | None = None,
    ) -> None:  # fmt: skip
        """Add a toll to a mention; by default its words stand beside those of the tolls added before."""
        others = [shared_with] if isinstance(shared_with, str) else shared_with or []
        number = len(self.casualties)
        start = 20 * number if start is None else start
        self.casualties.append(
            {
                "casualty_id": content_id("c", mention, number),
                "mention_id": self.mentions[mention]["mention_id"],
                "kind": kind,
                "party": party,
                "low": low,
                "high": high,
                "approximate": vague,
                "shared": bool(others),
                "shared_with": ";".join(content_id("m", other) for other in others) or None,
                "quote": "x" * length,
                "char_start": start,
                "char_end": start + length,
            }
        )

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return the arguments of `resolve`."""
        return {
            "mentions": _frame("mentions", list(self.mentions.values())),
            "casualties": _frame("casualties", self.casualties),
            "articles": _frame("articles", list(self.articles.values())),
            "sources": sources_frame(),
            "places": places_frame(),
            "actors": actors_frame(),
        }

    def resolve(self) -> Resolved:
        known = repr(self)
        if known not in _RESOLVED:
            _RESOLVED[known] = resolve(**self.tables())
        return _RESOLVED[known]

    def accounts(self) -> pl.DataFrame:
        """Return the accounts of the events that the corpus makes."""
        tables, made = self.tables(), self.resolve()
        rest = (tables[name] for name in ("mentions", "casualties", "articles", "sources", "actors"))
        return accounts(made.events, made.event_mentions, *rest)

    def shared_tolls(self) -> SharedTolls:
        """Return the shared tolls of the events that the corpus makes."""
        tables, made = self.tables(), self.resolve()
        rest = (tables[name] for name in ("articles", "sources"))
        return shared_tolls(tables["casualties"], tables["mentions"], made.event_mentions, made.events, *rest)

    def together(self, relation: str = "reports") -> list[list[str]]:
        """Return the labels of the mentions of each event, sorted."""
        labels = {row["mention_id"]: label for label, row in self.mentions.items()}
        links = self.resolve().event_mentions.filter(pl.col("relation") == relation)
        groups: dict[str, list[str]] = {}
        for mention_id, event_id in links.select("mention_id", "event_id").iter_rows():
            groups.setdefault(event_id, []).append(labels[mention_id])
        return sorted(sorted(group) for group in groups.values())

    def event(self) -> Row:
        """Return the only event."""
        (row,) = self.resolve().events.iter_rows(named=True)
        return row
