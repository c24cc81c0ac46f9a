"""A synthetic stream of reports with known truth: events of an invented war, told several times with noise in slots.

Seeded, so that a figure measured on it can be measured again. The share of each kind of noise stands in `Noise`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import polars as pl

from pipeline.contracts import load_contract
from pipeline.ids import content_id
from tests.resolve import stream_rows
from tests.resolve.corpus import AIR, CLASH, SHELLING, actors_frame
from tests.resolve.stream_rows import GOVERNORATES, OUTLETS, SITE, TOWN, TOWNS, VILLAGE, Row, place_id, toll

CHEMICAL = "Chemical weapon"
FIRST_DAY = date(2020, 1, 1)
KINDS = (
    AIR, AIR, SHELLING, SHELLING, CLASH, "Remote explosive/landmine/IED", "Attack", "Government regains territory",
    "Suicide bomb", CHEMICAL,
)  # fmt: skip
WEAKER = {"Government regains territory": CLASH, "Suicide bomb": "Remote explosive/landmine/IED", CHEMICAL: AIR}
REPEATED = (AIR, SHELLING, "Remote explosive/landmine/IED")
"""What hits one town twice on one day."""
SIDES = (
    ("army", "fighters"),
    ("army", "hts"),
    ("russia", "hts"),
    ("hts", "army"),
    ("sdf", "islamic-state"),
    ("islamic-state", "sdf"),
)
BLOCS = dict(actors_frame().select("actor_id", "bloc").iter_rows())
Told = tuple[Row, Row, list[Row]]


@dataclass(frozen=True)
class Noise:
    """Share of reports in which a slot is told otherwise than it was; counted, where they can be, in wire articles."""

    next_day: float = 0.04
    week_only: float = 0.04
    undated: float = 0.12
    """Dated by publication, to within a week."""
    governorate_only: float = 0.06
    weaker_type: float = 0.2
    """Of those that have a weaker word."""
    nobody_named: float = 0.15
    no_toll: float = 0.3
    other_toll: float = 0.3
    lower_bound: float = 0.35
    """Of the tolls, for which "at least" leaves the end open; half of these are early counts, far below."""
    wounded: float = 0.3
    copy: float = 0.1
    town_of_site: float = 0.4
    """Of what happened in a quarter of a town, told of the town."""
    near_town: float = 0.2
    """Of what happened in a village, told as near the town."""
    told_twice: float = 0.08
    """Told a second time further on in the article, with another place, toll or type than before."""
    second_strike: float = 0.03
    """Of the events that can be repeated: a true second one on the same day in the same place."""


@dataclass(frozen=True)
class Stream:
    """The tables that `resolve` takes, and for each mention the number of the event it tells."""

    tables: dict[str, pl.DataFrame]
    truth: dict[str, int]


def stream(events: int, *, days: int, seed: int = 1, most_reports: int = 12, noise: Noise | None = None) -> Stream:
    """Return a stream of ``events`` events over ``days`` days, each reported 1 to ``most_reports`` times."""
    noise, chance = noise or Noise(), Random(seed)
    made = _Made(noise, chance, [], [], [], {})
    number = 0
    while number < events:
        event = _event(chance, days)
        second = event["kind"] in REPEATED and number + 1 < events and chance.random() < noise.second_strike
        made.happened(number, event, _again(event, chance) if second else None, most_reports)
        number += 1 + second
    contract = load_contract()
    frames = {
        name: pl.DataFrame(rows, schema=contract.tables[name].polars_schema())
        for name, rows in (
            ("mentions", made.mentions),
            ("casualties", made.casualties),
            ("articles", made.articles),
            ("sources", stream_rows.sources()),
            ("places", stream_rows.places()),
        )
    }
    return Stream(frames | {"actors": actors_frame()}, made.truth)


def _event(chance: Random, days: int) -> Row:
    kind = chance.choice(KINDS)
    actor1, actor2 = chance.choice(SIDES)
    killed = chance.choice((None, 0, 1, 1, 2, 3, 4, 5, 7, 9, 14, 30))
    return {
        "kind": kind,
        "day": FIRST_DAY + timedelta(days=chance.randrange(days)),
        "governorate": chance.randrange(GOVERNORATES),
        # a few towns see most of the war
        "town": min(chance.randrange(TOWNS), chance.randrange(TOWNS)),
        "part": chance.choices((TOWN, SITE, VILLAGE), (6, 3, 1))[0],
        "actor1": actor1,
        "actor2": "civilians" if kind == "Attack" or (chance.random() < 0.4 and kind != CLASH) else actor2,
        "killed": killed,
        "injured": chance.choice((None, 2, 3 * (killed or 1), 4 + 2 * (killed or 0))),
    }


def _again(event: Row, chance: Random) -> Row:
    """Return a second strike on the same place, side and day, with dead of its own."""
    return event | {"killed": (event["killed"] or 0) + chance.choice((2, 4, 6)), "injured": None}


@dataclass
class _Made:
    noise: Noise
    chance: Random
    mentions: list[Row]
    casualties: list[Row]
    articles: list[Row]
    truth: dict[str, int]

    def struck(self, share: float) -> bool:
        return self.chance.random() < share

    def happened(self, number: int, event: Row, second: Row | None, most_reports: int) -> None:
        """Report an event, and a second one of the same day: in half of the articles beside the first, told as such."""
        told: list[Told] = []
        for _ in range(self._reports(most_reports)):
            if told and self.struck(self.noise.copy):
                self.copy(number, *self.chance.choice(told))
                continue
            told.append(self.report(number, event, "what happened"))
            if second is not None and self.struck(0.5):
                self.tell_second(number + 1, second, told[-1][0])
            elif self.struck(self.noise.told_twice):
                self.tell_again(number, event, told[-1])
        if second is not None:
            for _ in range(self._reports(most_reports // 3)):
                self.report(number + 1, second, "what happened")

    def _reports(self, most: int) -> int:
        return min(self.chance.randint(1, most), self.chance.randint(1, most))

    def report(self, number: int, event: Row, what: str) -> Told:
        """Tell an event in an article of its own."""
        first, last, precision, published = self._dates(event)
        about = stream_rows.article(len(self.articles), self.chance.randrange(OUTLETS), published)
        self.articles.append(about)
        dates = {"event_date_start": first, "event_date_end": last, "time_precision": precision}
        mention = self._mention(event, about, what) | dates
        return about, mention, self._add(number, mention, self._tolls(event, mention["mention_id"]))

    def tell_second(self, number: int, event: Row, about: Row) -> None:
        """Tell a second strike in the article of the first: by its word or by its own toll."""
        by_word = self.struck(0.5)
        mention = self._mention(event, about, "another strike" if by_word else "what happened")
        tolls = [] if by_word and self.struck(0.5) else [toll(mention["mention_id"], "killed", *[event["killed"]] * 2)]
        self._add(number, mention | _on(event["day"]) | _further_on(mention), tolls)

    def tell_again(self, number: int, event: Row, told: Told) -> None:
        """Tell a happening again further on in its article, with one of its slots otherwise."""
        about, before, tolls = told
        again = before | {name: self._mention(event, about, "it again")[name] for name in ("mention_id", "evidence")}
        again |= _further_on(again)
        how = self.chance.choice(("place", "toll", "type"))
        figures = [toll(again["mention_id"], row["kind"], row["low"], row["high"]) for row in tolls]
        if how == "place":
            town = -1 if self.struck(0.5) else event["town"]
            again |= self._place(event["governorate"], town, TOWN)
        elif how == "type" and before["sub_event_type"] in WEAKER:
            again["sub_event_type"] = WEAKER[before["sub_event_type"]]
        else:
            figures = [toll(again["mention_id"], "injured", 2, None)] if not tolls else []
        self._add(number, again, figures)

    def copy(self, number: int, about: Row, mention: Row, tolls: list[Row]) -> None:
        published = about["published_date"] + timedelta(days=self.chance.randrange(3))
        again = stream_rows.article(len(self.articles), self.chance.randrange(OUTLETS), published) | {
            "duplicate_kind": self.chance.choice(("exact", "near")),
            "duplicate_of": about["article_id"],
        }
        self.articles.append(again)
        mention = mention | {"mention_id": content_id("m", len(self.mentions)), "article_id": again["article_id"]}
        self._add(number, mention, [toll(mention["mention_id"], t["kind"], t["low"], t["high"]) for t in tolls])

    def _dates(self, event: Row) -> tuple[date, date, int, date]:
        """Return first and last day, precision, and the day of publication."""
        first = event["day"] + timedelta(days=self.struck(self.noise.next_day))
        if self.struck(self.noise.undated):
            told = event["day"] + timedelta(days=self.chance.choice((0, 0, 1, 1, 2)))
            return told, told, 2, told
        last, precision = first, 1
        if self.struck(self.noise.week_only):
            first, precision = first - timedelta(days=first.weekday()), 2
            last = first + timedelta(days=6)
        return first, last, precision, max(last, event["day"] + timedelta(days=self.chance.choice((0, 1, 1, 1, 2, 5))))

    def _mention(self, event: Row, about: Row, what: str) -> Row:
        noise, kind, part = self.noise, event["kind"], event["part"]
        if kind in WEAKER and self.struck(noise.weaker_type):
            kind = WEAKER[kind]
        near = part == VILLAGE and self.struck(noise.near_town)
        if near or (part == SITE and self.struck(noise.town_of_site)):
            part = TOWN
        town = -1 if self.struck(noise.governorate_only) else event["town"]
        actor1 = None if self.struck(noise.nobody_named) else event["actor1"]
        actor2 = None if event["actor2"] != "civilians" and self.struck(noise.nobody_named) else event["actor2"]
        evidence = f"Report {len(self.mentions)} of {what}."
        return {
            "mention_id": content_id("m", len(self.mentions)),
            "article_id": about["article_id"],
            "sub_event_type": kind,
            "status": "reported",
            "actor1_id": actor1,
            "actor1_bloc": BLOCS[actor1] if actor1 else "unidentified",
            "actor2_id": actor2,
            "actor2_bloc": BLOCS[actor2] if actor2 else "unidentified",
            **self._place(event["governorate"], town, part, near=near),
            "civilian_targeting": event["actor2"] == "civilians",
            "evidence": evidence,
            "char_start": 0,
            "char_end": len(evidence),
            "extractor": "stream",
        }

    @staticmethod
    def _place(governorate: int, town: int, part: str, *, near: bool = False) -> Row:
        return {
            "place_id": place_id(governorate, town, part),
            "place": "as named",
            "admin1": f"Governorate {governorate}",
            "geo_precision": 3 if town < 0 else 2 if near else 1,
        }

    def _tolls(self, event: Row, mention_id: str) -> list[Row]:
        tolls = []
        for kind, share in (("killed", 1 - self.noise.no_toll), ("injured", self.noise.wounded)):
            if event[kind] is None or not self.struck(share):
                continue
            low = event[kind]
            if self.struck(self.noise.other_toll):
                low = max(0, low + self.chance.choice((-2, -1, 1, 2, low // 3)))
            bound = self.struck(self.noise.lower_bound)
            if bound and self.struck(0.5):
                low -= low * self.chance.randrange(60) // 100
            tolls.append(toll(mention_id, kind, low, None if bound else low))
        return tolls

    def _add(self, number: int, mention: Row, tolls: list[Row]) -> list[Row]:
        self.mentions.append(mention)
        self.casualties.extend(tolls)
        self.truth[mention["mention_id"]] = number
        return tolls


def _on(day: date) -> Row:
    return {"event_date_start": day, "event_date_end": day, "time_precision": 1}


def _further_on(mention: Row) -> Row:
    return {"char_start": 50, "char_end": 50 + len(mention["evidence"])}
