"""Coded mentions and gold sets of a few words, invented."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from pipeline.evaluate.gold import Coded
from pipeline.evaluate.sets import ARTICLES, MENTIONS
from tests.end_to_end.articles import CLASH, RAID, write_jsonl

Record = dict[str, Any]
BASE = Coded(
    article_id="a",
    sub_event_type="Air/drone strike",
    status="reported",
    date_start=date(2021, 2, 9),
    blocs=("civilians", "russia"),
    place="Ariha",
    admin1="Idlib",
    killed=(3, 3),
    injured=None,
    civilian_targeting=True,
    attributed_to="Civil Defence",
    evidence="two planes struck the market at noon",
    confidence=None,
    line=1,
)


def coded(**values: Any) -> Coded:
    """Return a mention that differs from `BASE` in ``values``."""
    return replace(BASE, **values)


def gold_record(**values: Any) -> Record:
    """Return a mention as a gold file writes it, one that fits the article `RAID`."""
    record = {
        "sub_event_type": "Air/drone strike", "status": "reported", "date_start": "2021-02-09",
        "date_end": "2021-02-09", "time_precision": 1,
        "actor1_bloc": "russia", "actor1": "Russian warplanes", "actor2_bloc": "civilians",
        "actor2": "three civilians", "place": "Ariha", "admin1": "Idlib", "geo_precision": 1, "killed": [3, 3],
        "injured": [5, 5], "civilian_targeting": True, "attributed_to": "Civil Defence", "evidence": RAID["text"],
    }  # fmt: skip
    return record | values


def clash_record(**values: Any) -> Record:
    """Return a gold mention that fits the article `CLASH`."""
    evidence = CLASH["text"].partition(". ")[0]
    return gold_record(
        sub_event_type="Armed clash", date_start="2021-02-15", date_end="2021-02-15", actor1_bloc="syrian_government",
        actor2_bloc="hts", place="Saraqib", killed=[4, None], injured=None, civilian_targeting=False,
        attributed_to="Observatory", evidence=evidence,
    ) | values  # fmt: skip


def write_set(folder: Path, gold: Mapping[str, list[Record]] | None = None) -> Path:
    """Write a gold set of the articles `RAID` and `CLASH` into ``folder`` and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    write_jsonl(folder / ARTICLES, RAID, CLASH)
    told = {"raid-1": [gold_record()], "clash-1": [clash_record()]} if gold is None else gold
    lines = (json.dumps({"article_id": key, "mentions": mentions}) + "\n" for key, mentions in told.items())
    (folder / MENTIONS).write_text("".join(lines), encoding="utf-8")
    return folder
