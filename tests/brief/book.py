"""A small book of tables for the tests of the briefings: articles, mentions and events by hand, weekly tables added up.

All texts, outlets and happenings are invented here. The weekly tables follow the contract's own words, so that these
tests do not lean on the aggregate room.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

from pipeline.brief import BriefContext
from pipeline.contracts import event_types_frame, load_contract
from pipeline.ids import content_id, sha256_text

MONDAY = date(2021, 2, 1)
TUESDAY = date(2021, 2, 2)
GOVERNORATES = ("Aleppo", "Hama", "Idlib")
ACTORS = {
    "army": ("Northern Army", "syrian_government", "state_forces"),
    "air-wing": ("Allied Air Wing", "russia", "state_forces"),
    "front": ("River Front", "opposition", "non_state_group"),
    "civilians": ("Civilians", "civilians", "civilians"),
}
PLACES = {
    "lower-mill": ("Lower Mill", "village", "Idlib"),
    "upper-mill": ("Upper Mill", "village", "Idlib"),
    "salt-market": ("Salt Market", "town", "Aleppo"),
}
EVENT_TYPES = event_types_frame(load_contract()).to_dicts()
Row = dict[str, Any]


def context(**changed: Any) -> BriefContext:
    """Return a release context with some values changed."""
    values: dict[str, Any] = {
        "title": "Ledger of the Mill Valley",
        "region_title": "War in the Mill Valley",
        "version": "1.2.0",
        "previous_version": "1.1.0",
        "build_time": "2021-03-01T00:00:00Z",
        "invented": True,
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "citation": "Ledger of the Mill Valley, version 1.2.0.",
        "known_before": frozenset(MONDAY + timedelta(weeks=n) for n in range(-60, 60)),
    }
    return BriefContext(**(values | changed))


def monday(day: date) -> date:
    """Return the Monday of the day's ISO week."""
    return day - timedelta(days=day.weekday())


def _iso_week(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


@dataclass
class Book:
    """Rows as they are added; `tables` gives the frames of the contract."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    weeks: set[date] = field(default_factory=set)

    def _add(self, table: str, /, **row: Any) -> Row:
        self.rows.setdefault(table, []).append(row)
        return row

    def source(
        self, source_id: str, name: str | None = None, leaning: str = "independent", invented: bool = True
    ) -> str:
        """Add an outlet once and return its id."""
        if all(row["source_id"] != source_id for row in self.rows.get("sources", ())):
            self._add("sources", source_id=source_id, source_name=name or source_id.replace("-", " ").title(),
                      leaning=leaning, independent_of=None, invented=invented)  # fmt: skip
        return source_id

    def article(self, source_id: str, day: date | None, title: str = "News of the day", **changed: Any) -> str:
        """Add an article, its outlet if new, and return its id."""
        self.source(source_id)
        record = len(self.rows.get("articles", ())) + 1
        article_id = content_id("a", source_id, record)
        row: Row = {
            "article_id": article_id, "source_id": source_id, "external_id": str(record), "title": title,
            "url": f"https://{source_id}.example/{record}", "language": "en",
            "published_at": str(day) if day else None, "published_date": day,
            "week_start": monday(day) if day else None, "raw_char_count": 900, "char_count": 900,
            "kept_spans": "[[0,900]]", "text_sha256": sha256_text(article_id), "duplicate_kind": "none",
            "duplicate_of": None, "input_name": "book.jsonl", "input_record": record, "invented": True,
        }  # fmt: skip
        self._add("articles", **(row | changed))
        if day:
            self.weeks.add(monday(day))
        return article_id

    def mention(
        self,
        article_id: str,
        evidence: str = "Shells hit Lower Mill.",
        day: date | None = TUESDAY,
        **changed: Any,
    ) -> str:
        """Add a mention and return its id."""
        start = len(self.rows.get("mentions", ())) * 10
        mention_id = content_id("m", article_id, start)
        row: Row = {
            "mention_id": mention_id, "article_id": article_id, "sub_event_type": "Shelling/artillery/missile attack",
            "status": "reported", "event_date_start": day, "event_date_end": day, "time_precision": 1 if day else None,
            "actor1_id": "army", "actor1": "the invaders", "actor1_bloc": "syrian_government",
            "actor1_associate_id": None, "actor2_id": "civilians", "actor2": "villagers", "actor2_bloc": "civilians",
            "place_id": "lower-mill", "place": "the lower mill", "admin1": "Idlib", "admin2": None, "geo_precision": 1,
            "weapon": None, "civilian_targeting": False, "happenings_low": None, "happenings_high": None,
            "attributed_to": None, "evidence": evidence, "char_start": start, "char_end": start + len(evidence),
            "extractor": "hand",
        }  # fmt: skip
        self._add("mentions", **(row | changed))
        return mention_id

    def casualty(self, mention_id: str, kind: str, low: int | None, high: int | None, **changed: Any) -> None:
        """Add a figure to a mention."""
        row: Row = {
            "casualty_id": content_id("c", mention_id, kind, low, high), "mention_id": mention_id, "kind": kind,
            "party": "civilians", "low": low, "high": high, "approximate": False, "shared": False, "shared_with": None,
            "quote": f"{kind} {low}", "char_start": 0, "char_end": 5,
        }  # fmt: skip
        self._add("casualties", **(row | changed))

    def shared_toll(self, mention_id: str, kind: str, persons: int, *events: str, **changed: Any) -> None:
        """Add a toll for ``events`` that is told by a shared figure of the mention; by default it counts in full."""
        week = max(row["week_start"] for row in self.rows["events"] if row["event_id"] in events)
        row: Row = {
            "shared_toll_id": content_id("t", kind, *events), "kind": kind, "low": persons, "best": persons,
            "high": persons, "source_count": 1, "event_count": len(events), "covers_more": False, "week_start": week,
            "admin1": "Idlib", "counting": "whole", "counted_low": persons, "counted_best": persons,
            "counted_high": persons,
        }  # fmt: skip
        made = self._add("shared_tolls", **(row | changed))
        key = {"shared_toll_id": made["shared_toll_id"]}
        for event in events:
            self._add("shared_toll_events", event_id=event, **key)
        self._add("shared_toll_casualties", casualty_id=content_id("c", mention_id, kind, persons, persons), **key)

    def rival(self, event: str, other: str, mention_id: str) -> None:
        """Add the account by which ``other`` was told in place of ``event``, and mark the event as disputed."""
        told = next(row for row in self.rows["mentions"] if row["mention_id"] == mention_id)
        next(row for row in self.rows["events"] if row["event_id"] == event)["disputed"] = True
        quote = {key: told[key] for key in ("mention_id", "article_id", "evidence", "char_start", "char_end")}
        self._add("accounts", account_id=content_id("v", event, other), event_id=event, relation="reports",
                  rival_event_id=other, leaning="independent", source_count=1, **quote)  # fmt: skip

    def event(self, *mention_ids: str, denied_by: tuple[str, ...] = (), **changed: Any) -> str:
        """Add the event that the mentions report, coded as the first of them, and return its id."""
        by_id = {row["mention_id"]: row for row in self.rows["mentions"]}
        article = {row["article_id"]: row for row in self.rows["articles"]}
        first = by_id[mention_ids[0]]
        sources = {
            article[by_id[m]["article_id"]]["source_id"]
            for m in mention_ids
            if article[by_id[m]["article_id"]]["duplicate_kind"] == "none"
        }
        types = {row["sub_event_type"]: row["event_type"] for row in EVENT_TYPES}
        names = {key: value[0] for key, value in ACTORS.items()} | {None: None}
        row: Row = {column: first.get(column) for column in load_contract().tables["events"].columns}
        row |= {
            "event_id": content_id("e", mention_ids[0]), "event_type": types[first["sub_event_type"]],
            "actor1_name": names[first["actor1_id"]], "actor2_name": names[first["actor2_id"]],
            "place_name": PLACES[first["place_id"]][0] if first["place_id"] else first["place"],
            "mention_count": len(mention_ids), "source_count": max(len(sources), 1), "disputed": bool(denied_by),
            "denial_count": len(denied_by),
            "corroboration": "single_source" if len(sources) < 2 else "several_sides", "confidence": 0.75,
            "confirmed": False, "corrected": False, "founding_mention_id": mention_ids[0],
        }  # fmt: skip
        row |= changed
        row["week_start"] = monday(row["event_date_start"])
        self.weeks.add(row["week_start"])
        self._add("events", **row)
        for relation, ids in (("reports", mention_ids), ("denies", denied_by)):
            for mention_id in ids:
                self._add("event_mentions", mention_id=mention_id, event_id=row["event_id"], relation=relation)
        return str(row["event_id"])

    def quiet(self, day: date, articles: int, source_id: str = "mill-gazette") -> None:
        """Add articles that tell of nothing."""
        for _ in range(articles):
            self.article(source_id, day)

    def account(self, event: str, mention_id: str, **changed: Any) -> None:
        """Add what sources of one leaning say of an event."""
        told = next(row for row in self.rows["mentions"] if row["mention_id"] == mention_id)
        quote = {key: told[key] for key in ("mention_id", "article_id", "evidence", "char_start", "char_end")}
        row = {"account_id": content_id("v", event, mention_id), "event_id": event, "relation": "reports",
               "leaning": "independent", "source_count": 1, **quote}  # fmt: skip
        self._add("accounts", **(row | changed))

    def measured(self, measure: str, count: int, out_of: int, part: str = "all") -> None:
        """Add a measure of the gold set "mills"."""
        self._add("accuracy", gold_set="mills", gold_digest="0" * 16, extractor="hand", slice_value=part,
                  slice="all" if part == "all" else "reading", measure=measure, count=count, out_of=out_of,
                  score=round(count / out_of, 4))  # fmt: skip

    def reported(
        self,
        source_id: str = "mill-gazette",
        day: date = TUESDAY,
        killed: Any = (None, None, None),
        **changed: Any,
    ) -> str:
        """Add an event told once, by one article of its day, with a toll of killed; return the event's id."""
        mention = self.mention(
            self.article(source_id, day), day=day, **{k: v for k, v in changed.items() if k != "injured"}
        )
        low, best, high = killed
        injured = changed.get("injured", (None, None))
        return self.event(mention, fatalities_low=low, fatalities_best=best, fatalities_high=high,
                          injured_low=injured[0], injured_high=injured[1])  # fmt: skip

    def reject(self, rule: str, record: str, input_record: int | None = None) -> None:
        """Add a rejection."""
        self._add("rejections", rejection_id=content_id("r", record, rule), stage="extract", table="mentions",
                  record=record, field=None, rule=rule, value=None, message="Not usable: mend it.",
                  input_name="book.jsonl" if input_record else None, input_record=input_record)  # fmt: skip

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return all tables by the contract, the weekly ones added up from the events."""
        contract = load_contract()
        rows = self.rows | {
            "actors": [
                {"actor_id": key, "actor_name": name, "bloc": bloc, "actor_kind": kind}
                for key, (name, bloc, kind) in ACTORS.items()
            ],
            "places": [
                {"place_id": key, "place_name": name, "place_kind": kind, "admin1": admin1, "latitude": 35.0,
                 "longitude": 36.0, "geo_precision": 1, "coordinate_source": "none", "coordinate_error_km": 1.0}
                for key, (name, kind, admin1) in PLACES.items()
            ],
            "weekly_events": self._weekly_events(),
            "weekly_tolls": self._weekly_tolls(),
            "weekly_coverage": self._weekly_coverage(),
        }  # fmt: skip
        frames = {}
        for name, table in contract.tables.items():
            schema = table.polars_schema()
            frames[name] = table.conform(pl.DataFrame(rows.get(name, []), schema=schema))
        frames["event_types"] = event_types_frame(contract)
        return frames

    def _weekly_events(self) -> list[Row]:
        own_text = {a["article_id"]: a["source_id"] for a in self.rows.get("articles", ()) if a["duplicate_of"] is None}
        source = {m["mention_id"]: own_text.get(m["article_id"]) for m in self.rows.get("mentions", ())}
        grid = []
        for week in sorted(self.weeks):
            for admin1 in GOVERNORATES:
                for kind in EVENT_TYPES:
                    key = (week, admin1, kind["sub_event_type"])
                    found = [
                        e
                        for e in self.rows.get("events", ())
                        if (e["week_start"], e["admin1"], e["sub_event_type"]) == key
                    ]
                    grid.append(_cell(key, kind["event_type"], found, self.rows.get("event_mentions", []), source))
        return grid

    def _weekly_tolls(self) -> list[Row]:
        grid, cells = [], self._weekly_events()
        counted = [row for row in self.rows.get("shared_tolls", ()) if row["counted_best"] is not None]
        for week in sorted(self.weeks):
            for area in (*GOVERNORATES, "several governorates"):
                here = [cell for cell in cells if (cell["week_start"], cell["admin1"]) == (week, area)]
                tolls = [t for t in counted if (t["week_start"], t["admin1"] or "several governorates") == (week, area)]
                row: Row = {"week_start": week, "iso_week": _iso_week(week), "area": area}
                for end in ("low", "best", "high"):
                    single = _sum(cell[f"fatalities_{end}"] for cell in here)
                    shared = _sum(toll[f"counted_{end}"] for toll in tolls if toll["kind"] == "killed")
                    row |= {f"fatalities_{end}": single, f"shared_fatalities_{end}": shared}
                    row[f"total_fatalities_{end}"] = _sum((single, shared))
                row["injured"] = sum(cell["injured"] for cell in here)
                row["shared_injured"] = sum(toll["counted_low"] for toll in tolls if toll["kind"] == "injured")
                row["total_injured"] = row["injured"] + row["shared_injured"]
                grid.append(row | {"shared_toll_count": len(tolls)})
        return grid

    def _weekly_coverage(self) -> list[Row]:
        articles = self.rows.get("articles", [])
        week_of = {row["article_id"]: row["week_start"] for row in articles}
        return [
            {
                "week_start": week,
                "iso_week": _iso_week(week),
                "articles": sum(a["week_start"] == week for a in articles),
                "duplicates": sum(a["week_start"] == week and a["duplicate_kind"] != "none" for a in articles),
                "sources": len({a["source_id"] for a in articles if a["week_start"] == week}),
                "mentions": sum(week_of[m["article_id"]] == week for m in self.rows.get("mentions", ())),
                "events": sum(e["week_start"] == week for e in self.rows.get("events", ())),
            }
            for week in sorted(self.weeks)
        ]


def _sum(figures: Iterable[int | None]) -> int | None:
    """Add figures up; None when one of them is open."""
    known = list(figures)
    return None if None in known else sum(figure for figure in known if figure is not None)


def _cell(
    key: tuple[date, str, str], event_type: str, events: list[Row], links: list[Row], source: dict[str, str | None]
) -> Row:
    ids = {event["event_id"] for event in events}
    tolls = [
        e for e in events if (e["fatalities_low"], e["fatalities_best"], e["fatalities_high"]) != (None, None, None)
    ]
    highs = [event["fatalities_high"] for event in tolls]
    reporting = [link["mention_id"] for link in links if link["event_id"] in ids and link["relation"] == "reports"]
    outlets = {source[mention] for mention in reporting} - {None}
    return {
        "week_start": key[0],
        "iso_week": _iso_week(key[0]),
        "admin1": key[1],
        "event_type": event_type,
        "sub_event_type": key[2],
        "events": len(events),
        "fatalities_low": sum(event["fatalities_low"] or 0 for event in tolls),
        "fatalities_best": sum(event["fatalities_best"] or 0 for event in tolls),
        "fatalities_high": None if None in highs else sum(highs),
        "injured": sum(event["injured_low"] or 0 for event in events),
        "civilian_targeting_events": sum(event["civilian_targeting"] for event in events),
        "distinct_sources": max(len(outlets), bool(events)),
    }
