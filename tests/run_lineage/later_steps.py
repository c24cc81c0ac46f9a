"""Corrections, what a release tells of the one before, and accuracy, each on a few invented rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from pipeline.correct.apply import apply_corrections
from pipeline.correct.declared import declared
from pipeline.correct.outcome import correct_rejections, corrections_table
from pipeline.correct.standing import Sources, Standing
from pipeline.evaluate.evaluation import evaluate_extractor
from pipeline.evaluate.sets import all_sets
from pipeline.evaluate.table import accuracy_frame
from pipeline.extract.model import Article, Mention
from pipeline.ingest.documents import Limits
from pipeline.progress import Unwatched
from pipeline.regions.pack import Outlet, RegionPack
from pipeline.release.changes_table import changes_table
from pipeline.release.plan import plan_with_retired
from pipeline.release.retired import retired_events
from pipeline.resolve.identity import NO_FOUNDERS, NO_REPORTS
from pipeline.resolve.resolve import resolve
from tests.correct.desk import Record, event, file_of, files, merge, record
from tests.evaluate.makers import clash_record, gold_record, write_set
from tests.extract.small_region import REGION
from tests.release.editions import Kept, edition
from tests.release.factory import BUILD_TIME, CONTRACT, event_id, mention_id, with_values, world
from tests.release.test_retired import LOWER, UPPER, one_event
from tests.resolve.corpus import Corpus
from tests.run_lineage.taint import Change, Example, Frames, Given, Step

TOLD_BY = ("mentions", "casualties", "articles", "sources", "places", "actors")
FIRST, SECOND = "other account", "second"
"""The mentions that found the events which are corrected."""


def _corpus() -> Corpus:
    told = Corpus()
    for label, outlet in (("one account", "herald"), (FIRST, "courier")):
        told.mention(label, killed=(3, 5), injured=(1, 2), place="ariha", actor2="hts", outlet=outlet)
    told.mention(SECOND, on="02-20", place="saraqib")
    told.mention("third", on="02-22", place="al-bab")
    told.mention("fourth", on="02-25", place="nahlaya")
    return told


def _override(label: str, was: Record, right: Record, **more: Any) -> Record:
    return record("override", label, values=was, set=right, **more)


SAID: tuple[Record, ...] = (
    _override(FIRST, {"fatalities_best": 4}, {"fatalities_best": 5}),
    _override(FIRST, {"place_id": "ariha", "actor2_id": "hts"}, {"place_id": "saraqib", "actor2_id": "sdf"}),
    _override(SECOND, {"actor1_id": "army"}, {"actor1_id": "russia"}),
    _override(SECOND, {"geo_precision": 1}, {"geo_precision": 9}),
    _override(SECOND, {"fatalities_best": 77}, {"fatalities_best": 5}),
    record("confirm", FIRST, members=("one account", FIRST)),
    record("note", SECOND, members=(SECOND,), note="Seen on film."),
    merge("third", "fourth", members=("third", "fourth")),
    {"action": "unheard of", "event": event(FIRST), "reason": "seen", "who": "the desk", "date": "2021-03-01"},
)
CODED: Record = {
    "sub_event_type": "Air/drone strike", "event_date_start": "2021-02-06", "event_date_end": "2021-02-06",
    "time_precision": 1, "actor1_id": "army", "actor1_bloc": "syrian_government", "actor1_associate_id": None,
    "actor2_id": "hts", "actor2_bloc": "hts", "place_id": "ariha", "place_name": "Ariha", "admin1": "Idlib",
    "admin2": "Ariha", "geo_precision": 1, "fatalities_low": 3, "fatalities_best": 4, "fatalities_high": 5,
    "injured_low": 1, "injured_high": 2, "civilian_targeting": False,
}  # fmt: skip
RIGHT: Record = {
    "sub_event_type": "Attack", "event_date_start": "2021-02-15", "event_date_end": "2021-02-17", "time_precision": 2,
    "actor1_id": "russia", "actor1_bloc": "russia", "actor1_associate_id": "tigers", "actor2_id": "clan-a",
    "actor2_bloc": "other", "place_id": "al-bab", "place_name": "Farms of al-Bab", "admin1": "Aleppo", "admin2": "Azaz",
    "geo_precision": 2, "fatalities_low": 6, "fatalities_best": 7, "fatalities_high": 8, "injured_low": 9,
    "injured_high": 10, "civilian_targeting": True,
}  # fmt: skip
"""Every field that people may correct."""
OTHERWISE: tuple[Record, ...] = (
    _override(FIRST, CODED, RIGHT, reason="heard", who="me", date="2021-03-02"),
    record("confirm", SECOND, members=(SECOND,)),
    record("note", FIRST, members=("one account", FIRST), note="Not seen on film."),
    record("withdraw", "fourth", members=("fourth",)),
    {"action": "split", "event": event("third"), "reason": "seen", "who": "the desk", "date": 3},
)


def _files(said: Sequence[Record], name: str = "desk") -> pl.DataFrame:
    return files(**{name: file_of(*said)})


def _named_otherwise(_: object) -> tuple[pl.DataFrame, pl.DataFrame]:
    """A release before in which every mention founded an event of another name."""
    founders = _corpus().tables()["mentions"]["mention_id"].sort()
    known = [(f"e-00000000000000f{number}", founder, True, False) for number, founder in enumerate(founders)]
    return pl.DataFrame(known, schema=NO_FOUNDERS.schema, orient="row"), NO_REPORTS


def _corrected(given: Given) -> Frames:
    tables = {name: given[name] for name in TOLD_BY}
    founders, reports = given["release_before"]
    coded = given.get("coded") or resolve(**tables, past_founders=founders, past_reports=reports)
    said = declared(given["correction_files"])
    standing = Standing.of(coded.events, coded.event_mentions, founders)
    made = apply_corrections(standing, said.corrections, Sources(**tables))
    return {
        "events": made.events,
        "event_mentions": made.links,
        "corrections": corrections_table(said, made),
        "rejections": correct_rejections(said, made),
    }


def _changed_files(*said: Sequence[Record]) -> dict[str, tuple[Change, ...]]:
    """Return the change of the files of corrections to each of ``said``, and to the same under another name."""
    others = (lambda _, records=records: _files(records) for records in said)
    return {"correction_files": (*others, lambda _: _files(SAID, "other"))}


def correct_step() -> Step:
    """Coding and what people say of it: what fits, what does not, and what contradicts the contract."""
    before = {"correction_files": _files(SAID), "release_before": (NO_FOUNDERS, NO_REPORTS)}
    said = (OTHERWISE, (_override(FIRST, {"fatalities_best": 4}, {"fatalities_best": 3}), *SAID[1:]))
    changes = {**_changed_files(*said), "release_before": (_named_otherwise,)}
    tables = _corpus().tables()
    sources = tables.pop("sources")
    example = Example({**tables, **before}, changes)
    return Step(lambda given: _corrected({**given, "sources": sources}), (example,), ("corrections", "rejections"))


def override_step() -> Step:
    """What follows in events from what people say, and from what the region knows of places and actors they name."""
    tables = _corpus().tables()
    fixed: Given = {name: tables[name] for name in TOLD_BY if name not in {"places", "actors"}}
    fixed = {**fixed, "coded": resolve(**tables), "release_before": (NO_FOUNDERS, NO_REPORTS)}
    given = {"correction_files": _files(SAID[1:2]), "places": tables["places"], "actors": tables["actors"]}
    example = Example(given, {"correction_files": (lambda _: _files((*OTHERWISE, SAID[2])),)})
    known = frozenset(f"{name}.{column}" for name in ("places", "actors") for column in tables[name].columns)
    return Step(lambda given: _corrected({**given, **fixed}), (example,), ("events", "event_mentions"), known)


def _before(changed: Frames, version: str = "1.0.0") -> Kept:
    return replace(edition(**{**world(), **changed}), version=version)


def _retired(name: str) -> pl.DataFrame:
    row = {
        "event_id": event_id(name), "founding_mention_id": mention_id(name), "version": "0.9.0",
        "retirement_reason": "merged", "merged_into": UPPER, "current_event_id": UPPER,
    }  # fmt: skip
    return pl.DataFrame([row], schema=CONTRACT.tables["retired_events"].polars_schema())


def retired_step() -> Step:
    """What became of the events of the release before: two have turned out to be one."""
    founderless = with_values(world()["events"], {"event_id": LOWER}, founding_mention_id=mention_id("m9"))
    left = world()["event_mentions"].filter(pl.col("event_id") != LOWER)
    known = {"retired_events": _retired("m7")}
    given = {
        **{name: one_event()[name] for name in ("events", "event_mentions")},
        "release_before": _before(known),
        "program": "1.1.0",
    }
    changes = {
        "release_before": (
            lambda _: _before({"retired_events": _retired("m8")}),
            lambda _: _before({"events": founderless, "event_mentions": left, **known}),
        ),
        "program": (lambda _: "2.0.0",),
    }

    def run(given: Given) -> Frames:
        before, version = given["release_before"], given["program"]
        return {"retired_events": retired_events(before, given["events"], given["event_mentions"], version)}

    return Step(run, (Example(given, changes),), ("retired_events",))


def _planned(given: Given) -> Frames:
    before, lowest = given["release_before"], given["program"]
    plan, retired = plan_with_retired(given["tables"], before, build_time=BUILD_TIME, declared=lowest)
    return {"retired_events": retired, "changes": changes_table(plan.changes)}


def changes_step() -> Step:
    """Every change since the release before; the version that follows stands in `retired_events`."""
    given = {"tables": one_event(), "release_before": _before({}), "program": None}
    figures = world()["weekly_coverage"].with_columns(pl.col("articles") + 40)
    changes = {
        "tables": (
            lambda tables: {**tables, "weekly_coverage": figures},
            lambda tables: {**tables, "actors": tables["actors"].head(1)},
        ),
        "release_before": (
            lambda _: _before({}, "3.0.0"),
            lambda _: _before({"weekly_coverage": figures}),
            lambda _: _before({"actors": world()["actors"].head(1)}),
        ),
        "program": (lambda _: "9.0.0",),
    }
    return Step(_planned, (Example(given, changes),), ("retired_events", "changes"))


class _Coder:
    """An extractor that finds the first place of its region in each article, and an attack there."""

    def __init__(self, region: RegionPack, name: str, kind: str, confidence: float) -> None:
        self._region, self.name, self._kind, self._confidence = region, name, kind, confidence

    def extract(self, articles: Sequence[Article]) -> list[list[Mention]]:
        return [[self._mention(article)] for article in articles]

    def _mention(self, article: Article) -> Mention:
        place = next((place for place in self._region.places if f"of {place.name}" in article.text), None)
        said = article.text.partition(". ")[0]
        nobody: Any = dict.fromkeys(
            ("actor1_id", "actor1", "actor1_associate_id", "actor2_id", "actor2", "actor2_bloc")
        )
        unsaid: Any = dict.fromkeys(("admin2", "weapon", "happenings_low", "happenings_high", "attributed_to"))
        undated: Any = dict.fromkeys(("event_date_start", "event_date_end", "time_precision"))
        where: Any = {
            "place_id": place and place.place_id,
            "place": place and place.name,
            "admin1": place and place.admin1,
        }
        return Mention(
            sub_event_type=self._kind, status="reported", actor1_bloc="unidentified",
            geo_precision=1, civilian_targeting=False, evidence=said, char_start=0, char_end=len(said),
            casualties=(), confidence=self._confidence, **undated, **nobody, **unsaid, **where,
        )  # fmt: skip


def _measured(given: Given) -> Frames:
    gold, region = given["gold_files"], given["region"]
    with TemporaryDirectory() as folder:
        region = replace(region, directory=Path(folder) / "region")
        write_set(region.directory / "gold", GOLD)
        write_set(Path(folder) / gold["name"], gold["mentions"])
        sets = all_sets(region, [Path(folder) / gold["name"]])
        coder = _Coder(region, *given["program"])
        made = [evaluate_extractor(one, region, coder, Limits(), Unwatched()) for one in sets]
    return {"accuracy": accuracy_frame(made)}


GOLD = {"raid-1": [gold_record()], "clash-1": [clash_record()]}
OTHER_GOLD = {"raid-1": [gold_record(), gold_record(sub_event_type="Attack")], "clash-1": [clash_record(admin1="Homs")]}
GAZETTE = Outlet("gazette", "Gazette", "turkey", ("Test Gazette",))


def accuracy_step() -> Step:
    """The measures of a coder on the region's gold set and on one that a deployment names."""
    given = {
        "gold_files": {"name": "theirs", "mentions": GOLD},
        "region": REGION,
        "program": ("coder-1", "Armed clash", 0.9),
    }
    changes = {
        "gold_files": (
            lambda gold: {**gold, "name": "others"},
            lambda gold: {**gold, "mentions": OTHER_GOLD},
        ),
        "region": (
            lambda region: replace(region, name="large"),
            lambda region: replace(region, outlets=(GAZETTE,)),
            lambda region: replace(region, places=()),
        ),
        "program": (lambda _: ("coder-2", "Armed clash", 0.9), lambda _: ("coder-1", "Attack", 0.4)),
    }
    return Step(_measured, (Example(given, changes),), ("accuracy",))
