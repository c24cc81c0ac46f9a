"""A ledger of many years, drawn: invented articles, mentions and events over the places and actors of the sample.

The same number of weeks gives the same tables; a ledger of one week more begins with all rows of the shorter one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import polars as pl

from pipeline.aggregate.weekly import weekly_coverage, weekly_events
from pipeline.aggregate.weekly_tolls import weekly_tolls
from pipeline.contracts import event_types_frame, load_contract
from pipeline.ids import sha256_text
from pipeline.regions import load_region
from pipeline.release.about import Scope
from pipeline.release.changes_table import changes_table
from pipeline.release.lock import RawInput
from pipeline.release.manifest import Books
from pipeline.release.plan import plan_release
from pipeline.release.publish import publish
from pipeline.release.reader import newest_release, open_release
from pipeline.release.tables import read_csv
from tests.release.factory import after

FIRST = date(2012, 1, 2)
EVENTS_A_WEEK, ARTICLES_A_WEEK = 96, 80
OUTLETS = (
    "hill-post",
    "river-wire",
    "state-gazette",
    "lake-radio",
    "north-agency",
    "east-monitor",
    "gate-news",
    "port-daily",
)
LEANINGS = ("opposition", "independent", "syrian_government", "western", "turkey", "sdf", "russia", "gulf")
_INPUTS = tuple(RawInput(f"{outlet}.jsonl", "jsonl", sha256_text(outlet), None, None) for outlet in sorted(OUTLETS))
_SAMPLE = Path("datapackage/sample/data")
_CONTRACT = load_contract()
Row = dict[str, Any]


@dataclass
class _Rows:
    """Rows as they are drawn, by table."""

    articles: list[Row] = field(default_factory=list)
    mentions: list[Row] = field(default_factory=list)
    casualties: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    event_mentions: list[Row] = field(default_factory=list)


def ledger(weeks: int, events_a_week: int = EVENTS_A_WEEK) -> dict[str, pl.DataFrame]:
    """Return every published table of a ledger of so many weeks."""
    known = {name: _sample(name) for name in ("actors", "places", "accuracy")}
    drawn = _Rows()
    world = _World(known)
    for week in range(weeks):
        world.week(drawn, week, events_a_week)
    made = {name: _frame(name, rows) for name, rows in vars(drawn).items()}
    types = event_types_frame(_CONTRACT)
    admin1 = load_region("syria").admin1
    weekly = weekly_events(made["events"], made["event_mentions"], made["mentions"], made["articles"], admin1, types)
    empty = {table.name: table.empty() for table in _CONTRACT.published}
    return {
        **empty,
        **known,
        **made,
        "event_types": types,
        "sources": _frame("sources", [_outlet(*pair) for pair in zip(OUTLETS, LEANINGS, strict=True)]),
        "weekly_events": weekly,
        "weekly_coverage": weekly_coverage(made["articles"], made["mentions"], made["events"]),
        "weekly_tolls": weekly_tolls(weekly, empty["shared_tolls"]),
    }


def publish_ledger(releases: Path, tables: Mapping[str, pl.DataFrame]) -> Path:
    """Publish ``tables`` after the newest release below ``releases``; return the folder of the release."""
    newest = newest_release(releases)
    previous = open_release(newest) if newest else None
    last: date = tables["articles"]["published_date"].max()  # type: ignore[assignment]
    plan = plan_release(tables, previous, build_time=datetime(last.year, last.month, last.day, tzinfo=UTC))
    told = {**tables, "changes": changes_table(plan.changes)}
    scope = Scope.of(load_region("syria"))
    return publish(
        releases, told, plan, scope=scope, documents={"CODEBOOK.md": b"# Codebook\n"}, books=_books(tables),
        made_from=replace(after(previous), inputs=_INPUTS),
    ).path  # fmt: skip


def _books(tables: Mapping[str, pl.DataFrame]) -> list[Books]:
    stages = {"ingest": "articles", "extract": "mentions", "aggregate": "events"}
    return [Books(stage, tables[table].height, tables[table].height, 0, 0) for stage, table in stages.items()]


def _sample(name: str) -> pl.DataFrame:
    return read_csv(_CONTRACT.tables[name], (_SAMPLE / f"{name}.csv").read_bytes())


def _frame(name: str, rows: list[Row]) -> pl.DataFrame:
    table = _CONTRACT.tables[name]
    return table.conform(pl.DataFrame(rows, schema=table.polars_schema()))


def _outlet(source_id: str, leaning: str) -> Row:
    return {"source_id": source_id, "source_name": source_id.replace("-", " ").title(), "leaning": leaning,
            "invented": True}  # fmt: skip


class _World:
    """Draws weeks: each by a seed of its own, so that a week is the same in every ledger that holds it."""

    def __init__(self, known: Mapping[str, pl.DataFrame]) -> None:
        placed = known["places"].filter(pl.col("latitude").is_not_null() & pl.col("admin1").is_not_null())
        self._places = placed.filter(pl.col("geo_precision") == 1).head(400).to_dicts()
        self._actors = known["actors"].filter(pl.col("bloc") != "civilians").sort("actor_id").head(40).to_dicts()
        types = event_types_frame(_CONTRACT).to_dicts()
        self._types = [(row["event_type"], row["sub_event_type"]) for row in types]

    def week(self, drawn: _Rows, number: int, events: int) -> None:
        """Add a week of articles, and of events that they report."""
        random = Random(number)
        monday = FIRST + timedelta(weeks=number)
        articles = [self._article(number, at, monday) for at in range(ARTICLES_A_WEEK)]
        drawn.articles += articles
        for at in range(events):
            self._event(drawn, random, f"{number:08x}{at:08x}", monday, articles)
        for at, article in enumerate(random.sample(articles, 8)):
            drawn.mentions.append(self._claim(random, f"c{number:07x}{at:08x}", monday, article))

    def _article(self, number: int, at: int, monday: date) -> Row:
        day, outlet = monday + timedelta(days=at % 7), OUTLETS[at % len(OUTLETS)]
        return {
            "article_id": f"a-{number:08x}{at:08x}", "source_id": outlet, "external_id": f"{number}-{at}",
            "title": f"News of {day.isoformat()} from the valley, part {at}", "url": f"https://{outlet}.example/{number}/{at}",
            "language": "en", "published_at": day.isoformat(), "published_date": day, "week_start": monday,
            "raw_char_count": 2000, "char_count": 2000, "kept_spans": "[[0,2000]]",
            "text_sha256": sha256_text(f"{number}-{at}"), "duplicate_kind": "none", "input_name": f"{outlet}.jsonl",
            "input_record": number * ARTICLES_A_WEEK + at + 1, "invented": True,
        }  # fmt: skip

    def _coded(self, random: Random, day: date) -> Row:
        place, first, second = random.choice(self._places), random.choice(self._actors), random.choice(self._actors)
        event_type, sub_event_type = random.choice(self._types)
        return {
            "event_type": event_type, "sub_event_type": sub_event_type, "event_date_start": day, "event_date_end": day,
            "time_precision": 1, "actor1_id": first["actor_id"], "actor1_name": first["actor_name"],
            "actor1": first["actor_name"], "actor1_bloc": first["bloc"], "actor2_id": second["actor_id"],
            "actor2_name": second["actor_name"], "actor2": second["actor_name"], "actor2_bloc": second["bloc"],
            "place_id": place["place_id"], "place_name": place["place_name"], "place": place["place_name"],
            "admin1": place["admin1"], "admin2": place["admin2"], "latitude": place["latitude"],
            "longitude": place["longitude"], "geo_precision": 1, "civilian_targeting": random.random() < 0.3,
        }  # fmt: skip

    def _event(self, drawn: _Rows, random: Random, number: str, monday: date, articles: list[Row]) -> None:
        coded = self._coded(random, monday + timedelta(days=random.randrange(7)))
        told = random.sample(articles, random.choice((1, 1, 1, 2, 2, 3, 4, 5)))
        toll = random.choice((None, None, 0, 1, 2, 3, 5, 8, 13))
        outlets = {article["source_id"] for article in told}
        leanings = sorted(LEANINGS[OUTLETS.index(outlet)] for outlet in outlets)
        order = [code for code in _CONTRACT.codelists["leanings"]["code"] if code in leanings]
        drawn.events.append({
            **_of("events", coded), "event_id": f"e-{number}", "week_start": monday,
            "fatalities_low": toll, "fatalities_best": toll, "fatalities_high": None if toll is None else toll + 2,
            "mention_count": len(told), "source_count": len(outlets),
            "sources_by_leaning": ";".join(f"{leaning}:1" for leaning in order),
            "corroboration": "single_source" if len(outlets) == 1 else "several_sides", "confidence": 0.8,
            "denial_count": 0, "disputed": False, "founding_mention_id": f"m-{number[:-1]}0", "confirmed": False,
            "corrected": False,
        })  # fmt: skip
        for at, article in enumerate(told):
            mention = f"m-{number[:8]}{int(number[8:], 16) * 16 + at:08x}"
            if at == 0:
                drawn.events[-1]["founding_mention_id"] = mention
            drawn.mentions.append(_mention(coded, mention, article["article_id"], "reported", at))
            drawn.event_mentions.append({"mention_id": mention, "event_id": f"e-{number}", "relation": "reports"})
            if toll is not None:
                drawn.casualties.append(_casualty(mention, toll))

    def _claim(self, random: Random, number: str, monday: date, article: Row) -> Row:
        return _mention(self._coded(random, monday), f"m-{number}", article["article_id"], "prospective", 0)


def _mention(coded: Row, mention: str, article: str, status: str, at: int) -> Row:
    evidence = (
        f"{coded['actor1']} and {coded['actor2']} fought at {coded['place']} on {coded['event_date_start']}, people "
        f"of the place said in account {at}; roads were closed, and families left for villages in the south."
    )
    return {**_of("mentions", coded), "mention_id": mention, "article_id": article, "status": status,
            "attributed_to": "residents", "evidence": evidence, "char_start": 100 * at,
            "char_end": 100 * at + len(evidence), "confidence": 0.8, "extractor": "drawn-1"}  # fmt: skip


def _casualty(mention: str, toll: int) -> Row:
    quote = f"{toll} people were killed"
    return {"casualty_id": f"c{mention[1:]}", "mention_id": mention, "kind": "killed", "party": "unknown", "low": toll,
            "high": toll + 2, "approximate": False, "shared": False, "quote": quote, "char_start": 10,
            "char_end": 10 + len(quote)}  # fmt: skip


def _of(table: str, coded: Row) -> Row:
    return {name: value for name, value in coded.items() if name in _CONTRACT.tables[table].columns}
