"""A small invented world: conforming tables for every published table, books and provenance, to publish or to render.

Three outlets, five articles over two weeks (one a copy), five mentions of all four kinds, two events, a denial, two
accounts, a shared toll, one rejection. Every value is literal, or derived from another table here. `world()` gives
fresh frames each time; `with_values` varies it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contracts import event_types_frame
from pipeline.ids import content_id, sha256_bytes, sha256_text
from pipeline.release.about import About, Scope, about_release
from pipeline.release.changes_table import changes_table
from pipeline.release.lock import Code, Dependencies, Knowledge, Lock, Previous, RawInput
from pipeline.release.manifest import Books
from pipeline.release.plan import plan_release
from pipeline.release.publish import Published, publish
from pipeline.release.reader import Release, newest_release, open_release
from tests.release.derived import of_several_events
from tests.release.rows import (
    CONTRACT,
    TEXTS,
    accuracy,
    article_id,
    articles,
    casualties,
    event_id,
    make,
    mention_id,
    mention_slots,
    mentions,
    monday,
    sources,
    with_values,
)

__all__ = ["CONTRACT", "FIRST", "TEXTS", "article_id", "event_id", "make", "mention_id", "with_values"]

SCOPE = Scope("testland", "War in Testland", "Testland", "TL", (32.0, 35.0, 37.5, 42.5))
MADE_FROM = Lock(
    code=Code("fieldledger", "0.1.0", sha256_text("code"), {"ingest": "0123456789abcdef"}, "rules"),
    dependencies=Dependencies(sha256_text("lock"), "CPython 3.11.0", {"polars": "2.1.0"}),
    settings={"region": "testland", "source_date_epoch": None},
    knowledge=Knowledge("testland", sha256_text("region"), ()),
    sample=False,
    inputs=(RawInput("articles.jsonl", "jsonl", sha256_text("articles"), None, None),),
    corrections=(),
    gold=(),
    previous=None,
)
BUILD_TIME = datetime(2021, 2, 12, tzinfo=UTC)
DOCUMENTS: Mapping[str, bytes] = {
    "CODEBOOK.md": b"# Codebook\n",
    "briefings/index.html": b"<!doctype html><title>Briefings</title>\n",
    "briefings/2021-W05.md": b"# Week 5\n",
}
WEEKS = (date(2021, 2, 1), date(2021, 2, 8))
FIRST = CONTRACT.published[0].name
"""The table that is written first."""


def world(*, invented: bool = True) -> dict[str, pl.DataFrame]:
    """Return every published table, consistent in itself."""
    events = _events()
    tables = {
        "sources": sources(invented),
        "articles": articles(invented),
        "mentions": mentions(),
        "casualties": casualties(),
        "mention_slots": mention_slots(),
        "events": events,
        "retired_events": make("retired_events", []),
        "event_mentions": make(
            "event_mentions",
            [
                {"mention_id": mention_id("m1"), "event_id": event_id("m1"), "relation": "reports"},
                {"mention_id": mention_id("m2"), "event_id": event_id("m1"), "relation": "denies"},
                {"mention_id": mention_id("m4"), "event_id": event_id("m4"), "relation": "reports"},
            ],
        ),
        "actors": _actors(),
        "places": _places(),
        "event_types": event_types_frame(CONTRACT),
        "weekly_events": _weekly_events(events),
        "weekly_coverage": _weekly_coverage(),
        **of_several_events(),
        "rejections": _rejections(),
        "accuracy": accuracy(),
        "corrections": CONTRACT.tables["corrections"].empty(),
        "changes": CONTRACT.tables["changes"].empty(),
    }
    assert sorted(tables) == sorted(table.name for table in CONTRACT.published)
    return tables


def about(tables: Mapping[str, pl.DataFrame] | None = None, scope: Scope = SCOPE, previous: str | None = None) -> About:
    """Return the account of a release of ``tables`` (default: `world`) after the version ``previous``."""
    return about_release(
        CONTRACT.published,
        world() if tables is None else tables,
        version="1.0.1" if previous else "1.0.0",
        previous_version=previous,
        build_time=BUILD_TIME,
        scope=scope,
    )


def books() -> tuple[Books, ...]:
    """Return balanced books that fit `world`."""
    return (
        Books("ingest", taken_in=6, accepted=5, rejected=1, merged=0),
        Books("extract", taken_in=5, accepted=5, rejected=0, merged=0),
        Books("resolve", taken_in=3, accepted=2, rejected=0, merged=1),
        Books("aggregate", taken_in=2, accepted=2, rejected=0, merged=0),
    )


def without_retired(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Return ``tables`` as a plan takes them that is to tell the retired events itself."""
    return {name: frame for name, frame in tables.items() if name not in ("retired_events", "changes")}


def publish_world(releases: Path, tables: Mapping[str, pl.DataFrame] | None = None, **changed: Any) -> Published:
    """Plan and publish ``tables`` (default: `world`) after the newest release below ``releases``.

    ``changed`` replaces arguments of `publish`: documents, books, scope, made_from, contract; and ``declared`` is the
    version that a maintainer wants.
    """
    tables = world() if tables is None else tables
    newest = newest_release(releases)
    previous = open_release(newest) if newest else None
    declared = changed.pop("declared", None)
    plan = plan_release(tables, previous, build_time=BUILD_TIME, declared=declared, contract=changed.get("contract"))
    tables = {**tables, "changes": changes_table(plan.changes)}
    arguments = {"scope": SCOPE, "documents": DOCUMENTS, "books": books(), "made_from": after(previous), **changed}
    return publish(releases, tables, plan, **arguments)


def after(previous: Release | None) -> Lock:
    """Return the lock of a release that follows ``previous``."""
    if previous is None:
        return MADE_FROM
    manifest = (previous.path / "manifest.json").read_bytes()
    return replace(MADE_FROM, previous=Previous(previous.version, sha256_bytes(manifest)))


def _event(mention: str, **values: Any) -> dict[str, Any]:
    day: date = values["event_date_start"]
    known = {
        "event_id": event_id(mention),
        "founding_mention_id": mention_id(mention),
        "event_type": "Explosions/Remote violence",
        "event_date_end": day,
        "time_precision": 1,
        "week_start": monday(day),
        "actor1_bloc": "unidentified",
        "geo_precision": 1,
        "mention_count": 1,
        "source_count": 1,
        "sources_by_leaning": "independent:1",
        "corroboration": "single_source",
        "denial_count": 0,
        "disputed": False,
        "confirmed": False,
        "corrected": False,
        "civilian_targeting": False,
    }
    return known | values


def _events() -> pl.DataFrame:
    return make(
        "events",
        [
            _event("m1", sub_event_type="Shelling/artillery/missile attack", event_date_start=date(2021, 2, 2),
                   actor2_id="residents", actor2_name="Residents", actor2_bloc="civilians", civilian_targeting=True,
                   place_id="upper-mill", place_name="Upper Mill", admin1="North", admin2="Hills", latitude=35.81,
                   longitude=36.61, fatalities_low=5, fatalities_best=5, denial_count=1, disputed=True,
                   confidence=0.91),
            _event("m4", sub_event_type="Air/drone strike", event_date_start=date(2021, 2, 8),
                   actor2_bloc="unidentified", place_id="lower-mill", place_name="Lower Mill", admin1="South",
                   latitude=33.1, longitude=36.2),
        ],
    )  # fmt: skip


def _actors() -> pl.DataFrame:
    return make(
        "actors",
        [
            {"actor_id": "residents", "actor_name": "Residents", "bloc": "civilians", "actor_kind": "civilians",
             "aliases": "residents;villagers"},
            {"actor_id": "testland-army", "actor_name": "Testland Army", "bloc": "syrian_government",
             "actor_kind": "state_forces", "valid_from": date(2011, 1, 1), "aliases": "the army"},
        ],
    )  # fmt: skip


def _places() -> pl.DataFrame:
    known = {
        "place_kind": "village",
        "geo_precision": 1,
        "coordinate_source": "invented",
        "coordinate_error_km": 2.0,
    }
    upper = {"place_id": "upper-mill", "place_name": "Upper Mill", "place_name_ar": "الطاحون", "admin1": "North",
             "admin2": "Hills", "latitude": 35.81, "longitude": 36.61}  # fmt: skip
    lower = {
        "place_id": "lower-mill",
        "place_name": "Lower Mill",
        "admin1": "South",
        "latitude": 33.1,
        "longitude": 36.2,
    }
    return make("places", [known | upper, known | lower])


def _weekly_events(events: pl.DataFrame) -> pl.DataFrame:
    types = event_types_frame(CONTRACT).select("event_type", "sub_event_type")
    grid = (
        pl.DataFrame({"week_start": WEEKS})
        .join(pl.DataFrame({"admin1": ["North", "South"]}), how="cross")
        .join(types, how="cross")
    )
    key = ["week_start", "admin1", "sub_event_type"]
    sums = events.group_by(key).agg(
        events=pl.len().cast(pl.Int64),
        fatalities_low=pl.col("fatalities_low").sum(),
        fatalities_best=pl.col("fatalities_best").sum(),
        open_end=(pl.col("fatalities_low").is_not_null() & pl.col("fatalities_high").is_null()).any(),
        fatalities_high=pl.col("fatalities_high").sum(),
        injured=pl.col("injured_low").sum(),
        civilian_targeting_events=pl.col("civilian_targeting").sum().cast(pl.Int64),
        distinct_sources=pl.col("source_count").sum(),
    )
    full = grid.join(sums, on=key, how="left").with_columns(
        pl.col(pl.Int64).fill_null(0), iso_week=pl.col("week_start").dt.strftime("%G-W%V")
    )
    high = pl.when(~pl.col("open_end").fill_null(False)).then("fatalities_high")
    return CONTRACT.tables["weekly_events"].conform(full.with_columns(fatalities_high=high))


def _weekly_coverage() -> pl.DataFrame:
    first, second = WEEKS
    return make(
        "weekly_coverage",
        [
            {"week_start": first, "iso_week": "2021-W05", "articles": 3, "duplicates": 1, "sources": 3, "mentions": 3,
             "events": 1},
            {"week_start": second, "iso_week": "2021-W06", "articles": 1, "duplicates": 0, "sources": 1, "mentions": 2,
             "events": 1},
        ],
    )  # fmt: skip


def _rejections() -> pl.DataFrame:
    return make(
        "rejections",
        [
            {"rejection_id": content_id("r", "r1"), "stage": "ingest", "table": "articles",
             "record": "articles.jsonl:6", "field": "published_at", "rule": "absurd_date", "value": "1066-10-14",
             "input_name": "articles.jsonl", "input_record": 6,
             "message": "published_at lies before 2011-01-01: correct the date."},
        ],
    )  # fmt: skip
