"""A synthetic stream of reports with known truth: events of an invented war, told several times with noise in slots.

Seeded, so that a figure measured on it can be measured again. The share of each kind of noise stands in `Noise`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

import polars as pl

from pipeline.contracts import load_contract
from pipeline.ids import content_id
from tests.resolve.corpus import AIR, CLASH, SHELLING, actors_frame

Row = dict[str, Any]

GOVERNORATES = 14
TOWNS = 40
"""In each governorate."""
OUTLETS = 30
FIRST_DAY = date(2020, 1, 1)
KINDS = (
    AIR,
    SHELLING,
    CLASH,
    "Remote explosive/landmine/IED",
    "Attack",
    "Government regains territory",
    "Suicide bomb",
)
WEAKER = {"Government regains territory": CLASH, "Suicide bomb": "Remote explosive/landmine/IED"}
SIDES = (
    ("army", "fighters"),
    ("army", "hts"),
    ("russia", "hts"),
    ("hts", "army"),
    ("sdf", "islamic-state"),
    ("islamic-state", "sdf"),
)
BLOCS = dict(actors_frame().select("actor_id", "bloc").iter_rows())


@dataclass(frozen=True)
class Noise:
    """Share of reports in which a slot is told otherwise than it was."""

    next_day: float = 0.04
    week_only: float = 0.04
    governorate_only: float = 0.06
    weaker_type: float = 0.2
    """Of those that have a weaker word."""
    nobody_named: float = 0.15
    no_toll: float = 0.3
    other_toll: float = 0.3
    copy: float = 0.1


@dataclass(frozen=True)
class Stream:
    """The tables that `resolve` takes, and for each mention the number of the event it tells."""

    tables: dict[str, pl.DataFrame]
    truth: dict[str, int]


def stream(events: int, *, days: int, seed: int = 1, most_reports: int = 12, noise: Noise | None = None) -> Stream:
    """Return a stream of ``events`` events over ``days`` days, each reported 1 to ``most_reports`` times."""
    noise, chance = noise or Noise(), Random(seed)
    made = _Made([], [], [], {})
    for number in range(events):
        event = _event(chance, days)
        told: list[tuple[Row, Row, Row | None]] = []
        for _ in range(min(chance.randint(1, most_reports), chance.randint(1, most_reports))):
            if told and chance.random() < noise.copy:
                made.copy(number, *chance.choice(told), chance=chance)
            else:
                told.append(made.report(number, event, noise, chance))
    contract = load_contract()
    frames = {
        name: pl.DataFrame(rows, schema=contract.tables[name].polars_schema())
        for name, rows in (
            ("mentions", made.mentions),
            ("casualties", made.casualties),
            ("articles", made.articles),
            ("sources", [_source(n) for n in range(OUTLETS)]),
            ("places", [_place(g, t) for g in range(GOVERNORATES) for t in range(-1, TOWNS)]),
        )
    }
    return Stream(frames | {"actors": actors_frame()}, made.truth)


def _event(chance: Random, days: int) -> Row:
    kind = chance.choice(KINDS)
    actor1, actor2 = chance.choice(SIDES)
    return {
        "kind": kind,
        "day": FIRST_DAY + timedelta(days=chance.randrange(days)),
        "governorate": chance.randrange(GOVERNORATES),
        # a few towns see most of the war
        "town": min(chance.randrange(TOWNS), chance.randrange(TOWNS)),
        "actor1": actor1,
        "actor2": "civilians" if kind == "Attack" or (chance.random() < 0.4 and kind != CLASH) else actor2,
        "killed": chance.choice((None, 0, 1, 1, 2, 3, 4, 5, 7, 9, 14, 30)),
    }


@dataclass
class _Made:
    mentions: list[Row]
    casualties: list[Row]
    articles: list[Row]
    truth: dict[str, int]

    def report(self, number: int, event: Row, noise: Noise, chance: Random) -> tuple[Row, Row, Row | None]:
        def struck(share: float) -> bool:
            return chance.random() < share

        count = len(self.mentions)
        kind, first = event["kind"], event["day"]
        if kind in WEAKER and struck(noise.weaker_type):
            kind = WEAKER[kind]
        late = struck(noise.next_day)
        first += timedelta(days=late)
        last, precision = first, 1
        if struck(noise.week_only):
            first, precision = first - timedelta(days=first.weekday()), 2
            last = first + timedelta(days=6)
        town = -1 if struck(noise.governorate_only) else event["town"]
        actor1 = None if struck(noise.nobody_named) else event["actor1"]
        actor2 = None if event["actor2"] != "civilians" and struck(noise.nobody_named) else event["actor2"]
        published = max(last, event["day"] + timedelta(days=chance.choice((0, 1, 1, 1, 2, 5))))
        article = _article(count, chance.randrange(OUTLETS), published)
        evidence = f"Report {count} of what happened."
        mention = {
            "mention_id": content_id("m", count),
            "article_id": article["article_id"],
            "sub_event_type": kind,
            "status": "reported",
            "event_date_start": first,
            "event_date_end": last,
            "time_precision": precision,
            "actor1_id": actor1,
            "actor1_bloc": BLOCS[actor1] if actor1 else "unidentified",
            "actor2_id": actor2,
            "actor2_bloc": BLOCS[actor2] if actor2 else "unidentified",
            "place_id": _place_id(event["governorate"], town),
            "place": "as named",
            "admin1": f"Governorate {event['governorate']}",
            "geo_precision": 3 if town < 0 else 1,
            "civilian_targeting": event["actor2"] == "civilians",
            "evidence": evidence,
            "char_start": 0,
            "char_end": len(evidence),
            "extractor": "stream",
        }
        toll = None
        if event["killed"] is not None and not struck(noise.no_toll):
            low = event["killed"]
            if struck(noise.other_toll):
                low = max(0, low + chance.choice((-2, -1, 1, 2, low // 3)))
            toll = _toll(mention["mention_id"], low, None if struck(0.2) else low)
        self._add(number, article, mention, toll)
        return article, mention, toll

    def copy(self, number: int, article: Row, mention: Row, toll: Row | None, *, chance: Random) -> None:
        count = len(self.mentions)
        published = article["published_date"] + timedelta(days=chance.randrange(3))
        again = _article(count, chance.randrange(OUTLETS), published) | {
            "duplicate_kind": chance.choice(("exact", "near")),
            "duplicate_of": article["article_id"],
        }
        mention = mention | {"mention_id": content_id("m", count), "article_id": again["article_id"]}
        self._add(number, again, mention, toll and _toll(mention["mention_id"], toll["low"], toll["high"]))

    def _add(self, number: int, article: Row, mention: Row, toll: Row | None) -> None:
        self.articles.append(article)
        self.mentions.append(mention)
        self.truth[mention["mention_id"]] = number
        if toll is not None:
            self.casualties.append(toll)


def _article(count: int, outlet: int, published: date) -> Row:
    return {
        "article_id": content_id("a", count),
        "source_id": f"outlet-{outlet}",
        "language": "en",
        "published_at": published.isoformat(),
        "published_date": published,
        "week_start": published - timedelta(days=published.weekday()),
        "raw_char_count": 100,
        "char_count": 100,
        "kept_spans": "[[0,100]]",
        "text_sha256": "0" * 64,
        "duplicate_kind": "none",
        "duplicate_of": None,
        "input_name": "stream.jsonl",
        "input_record": count + 1,
        "invented": True,
    }


def _toll(mention_id: str, low: int, high: int | None) -> Row:
    return {
        "casualty_id": content_id("c", mention_id),
        "mention_id": mention_id,
        "kind": "killed",
        "party": "unknown",
        "low": low,
        "high": high,
        "approximate": False,
        "shared": False,
        "quote": "so many",
        "char_start": 0,
        "char_end": 7,
    }


def _source(number: int) -> Row:
    return {"source_id": f"outlet-{number}", "source_name": f"Outlet {number}", "leaning": "unknown", "invented": True}


def _place_id(governorate: int, town: int) -> str:
    return f"g{governorate}" if town < 0 else f"g{governorate}-t{town}"


def _place(governorate: int, town: int) -> Row:
    wide = town < 0
    return {
        "place_id": _place_id(governorate, town),
        "place_name": _place_id(governorate, town),
        "place_kind": "governorate" if wide else "town",
        "admin1": f"Governorate {governorate}",
        "admin2": None,
        "latitude": 33.0 + governorate / 4 + max(town, 0) / 200,
        "longitude": 37.0,
        "geo_precision": 3 if wide else 1,
        "coordinate_source": "invented",
        "coordinate_error_km": 50.0 if wide else 1.0,
    }


@dataclass(frozen=True)
class Score:
    """How well a clustering of mentions meets the truth."""

    pair_precision: float
    pair_recall: float
    cubed_precision: float
    """B-cubed: averaged over mentions, the share of a mention's cluster that belongs there."""
    cubed_recall: float

    @property
    def pair_f1(self) -> float:
        return _mean(self.pair_precision, self.pair_recall)

    @property
    def cubed_f1(self) -> float:
        return _mean(self.cubed_precision, self.cubed_recall)


def _mean(one: float, other: float) -> float:
    return 2 * one * other / (one + other) if one + other else 0.0


def score(found: Mapping[str, str], truth: Mapping[str, int]) -> Score:
    """Compare ``found`` (mention to event id) with ``truth`` (mention to event number), over the mentions of both."""
    both: Counter[tuple[str, int]] = Counter()
    by_found, by_truth = defaultdict[str, int](int), defaultdict[int, int](int)
    for mention_id, event_id in found.items():
        both[event_id, truth[mention_id]] += 1
        by_found[event_id] += 1
        by_truth[truth[mention_id]] += 1
    right = _pairs(both.values())
    total = sum(both.values())
    return Score(
        right / max(1, _pairs(by_found.values())),
        right / max(1, _pairs(by_truth.values())),
        sum(n * n / by_found[event_id] for (event_id, _), n in both.items()) / total,
        sum(n * n / by_truth[number] for (_, number), n in both.items()) / total,
    )


def _pairs(sizes: Iterable[int]) -> int:
    return sum(n * (n - 1) // 2 for n in sizes)
