"""The texts of the invented world of `factory`, and the tables that quote them, from sources to casualties."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import polars as pl

from pipeline.contracts import load_contract
from pipeline.ids import content_id, sha256_text

CONTRACT = load_contract()
TEXTS = {
    "a1": "Shells hit the village of Upper Mill on Tuesday, killing at least five residents.",
    "a2": "Shells hit the village of Upper Mill on Tuesday, killing at least five residents. (agency)",
    "a3": "The ministry denied that Upper Mill was shelled. It may send troops to Lower Mill.",
    "a4": "Drones struck Lower Mill on Monday. More than 11 raids were counted in two days.",
    "a5": "Nineteen people were wounded in Upper Mill and Lower Mill together.",
}
_HEADS: tuple[tuple[str, str, str | None, str], ...] = (
    ("a1", "orchard-post", "2021-02-03", "Village shelled"),
    ("a2", "river-wire", "2021-02-03", "Village shelled, agency says"),
    ("a3", "state-gazette", "2021-02-04", "Ministry: nothing happened"),
    ("a4", "orchard-post", "2021-02-09", "Drones over Lower Mill"),
    ("a5", "river-wire", None, "Wounded in two villages"),
)


def article_id(name: str) -> str:
    """Return the id of an article of this world, such as ``a1``."""
    return content_id("a", name)


def mention_id(name: str) -> str:
    """Return the id of a mention of this world, such as ``m1``."""
    return content_id("m", name)


def event_id(mention: str) -> str:
    """Return the id of the event that a mention of this world founded."""
    return content_id("e", mention)


def make(table: str, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return a conforming frame of ``table``; columns that a row leaves out are empty."""
    return CONTRACT.tables[table].conform(pl.DataFrame(rows, schema=CONTRACT.tables[table].polars_schema()))


def with_values(frame: pl.DataFrame, key: Mapping[str, Any], **values: Any) -> pl.DataFrame:
    """Return ``frame`` with ``values`` in the rows whose columns equal ``key``."""
    here = pl.all_horizontal(pl.col(column) == value for column, value in key.items())
    return frame.with_columns(
        pl.when(here).then(pl.lit(value, dtype=frame.schema[column])).otherwise(pl.col(column)).alias(column)
        for column, value in values.items()
    )


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def sources(invented: bool) -> pl.DataFrame:
    outlets = (
        ("orchard-post", "Orchard Post", "independent", None),
        ("river-wire", "River Wire", "opposition", "orchard-post"),
        ("state-gazette", "State Gazette", "syrian_government", None),
    )
    return make(
        "sources",
        [
            {"source_id": a, "source_name": b, "leaning": c, "independent_of": d, "invented": invented}
            for a, b, c, d in outlets
        ],
    )


def articles(invented: bool) -> pl.DataFrame:
    rows = []
    for number, (name, source, day, title) in enumerate(_HEADS, start=1):
        text = TEXTS[name]
        published = date.fromisoformat(day) if day else None
        rows.append(
            {
                "article_id": article_id(name),
                "source_id": source,
                "external_id": f"{source}-{number}",
                "title": title,
                "url": f"https://{source}.example/{number}",
                "language": "en",
                "published_at": day,
                "published_date": published,
                "week_start": monday(published) if published else None,
                "raw_char_count": len(text) + 40,
                "char_count": len(text),
                "kept_spans": f"[[0,10],[30,{len(text) + 20}]]",
                "text_sha256": sha256_text(text),
                "duplicate_kind": "near" if name == "a2" else "none",
                "duplicate_of": article_id("a1") if name == "a2" else None,
                "input_name": "articles.jsonl",
                "input_record": number,
                "invented": invented,
            }
        )
    return make("articles", rows)


def _span(article: str, words: str) -> dict[str, Any]:
    start = TEXTS[article].index(words)
    return {"char_start": start, "char_end": start + len(words)}


def _mention(name: str, article: str, evidence: str, **values: Any) -> dict[str, Any]:
    known = {
        "mention_id": mention_id(name),
        "article_id": article_id(article),
        "evidence": evidence,
        **_span(article, evidence),
        "status": "reported",
        "actor1_bloc": "unidentified",
        "civilian_targeting": False,
        "extractor": "rules-1",
    }
    return known | values


def mentions() -> pl.DataFrame:
    shelling, strike = "Shelling/artillery/missile attack", "Air/drone strike"
    upper = {
        "place_id": "upper-mill",
        "place": "Upper Mill",
        "admin1": "North",
        "admin2": "Hills",
        "geo_precision": 1,
    }
    lower = {"place_id": "lower-mill", "place": "Lower Mill", "admin1": "South", "geo_precision": 1}
    tuesday = {"event_date_start": date(2021, 2, 2), "event_date_end": date(2021, 2, 2), "time_precision": 1}
    monday = {"event_date_start": date(2021, 2, 8), "event_date_end": date(2021, 2, 8), "time_precision": 1}
    civilians = {
        "actor2_id": "residents",
        "actor2": "residents",
        "actor2_bloc": "civilians",
        "civilian_targeting": True,
    }
    state = {"actor1_id": "testland-army", "actor1": "troops", "actor1_bloc": "syrian_government"}
    return make(
        "mentions",
        [
            _mention("m1", "a1", TEXTS["a1"], sub_event_type=shelling, **upper, **tuesday, **civilians,
                     weapon="shells"),
            _mention("m2", "a3", "The ministry denied that Upper Mill was shelled.", sub_event_type=shelling,
                     status="denied", attributed_to="ministry", **upper),
            _mention("m3", "a3", "It may send troops to Lower Mill.", sub_event_type="Force movement",
                     status="prospective", **state, **lower),
            _mention("m4", "a4", "Drones struck Lower Mill on Monday.", sub_event_type=strike, **lower, **monday,
                     actor2_bloc="unidentified", weapon="drones"),
            _mention("m5", "a4", "More than 11 raids were counted in two days.", sub_event_type=strike,
                     status="general", happenings_low=11),
        ],
    )  # fmt: skip


def mention_slots() -> pl.DataFrame:
    def row(mention: str, article: str, slot: str, quote: str | None, basis: str = "evidence") -> dict[str, Any]:
        known = {"mention_id": mention_id(mention), "slot": slot, "basis": basis, "quote": quote, "reason": "as named"}
        return known | (_span(article, quote) if quote else {})

    return make(
        "mention_slots",
        [
            row("m1", "a1", "weapon", "Shells"),
            row("m4", "a4", "place", "Lower Mill"),
            row("m4", "a4", "attributed_to", None, "outlet"),
        ],
    )


def casualties() -> pl.DataFrame:
    def row(name: str, mention: str, article: str, quote: str, **values: Any) -> dict[str, Any]:
        known = {
            "casualty_id": content_id("c", name),
            "mention_id": mention_id(mention),
            "quote": quote,
            "approximate": False,
            "shared": False,
        }
        return known | _span(article, quote) | values

    return make(
        "casualties",
        [
            row("c1", "m1", "a1", "killing at least five", kind="killed", party="actor2", low=5),
            row("c2", "m4", "a4", "Drones struck", kind="injured", party="unknown", low=0, high=3, approximate=True,
                shared=True, shared_with=mention_id("m5")),
        ],
    )  # fmt: skip


def accuracy() -> pl.DataFrame:
    """Return the measures of one gold set: a row of a proportion, one of an F1, and one of a part of the set."""
    head = {"gold_set": "testland", "gold_digest": "0123456789abcdef", "extractor": "rules-1", "slice_value": "all"}
    recall = {"count": 17, "out_of": 20, "score": 0.85, "interval_low": 0.6396, "interval_high": 0.9476}
    f1 = {"measure": "type_f1", "count": 34, "out_of": 41, "score": 0.8293}
    return make(
        "accuracy",
        [
            {**head, "slice": "all", "measure": "type_recall", **recall},
            {**head, "slice": "all", **f1},
            {**head, "slice": "source", "slice_value": "Orchard Post", **f1, "count": 1, "out_of": 2, "score": 0.5},
        ],
    )
