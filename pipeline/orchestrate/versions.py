"""The code version of each asset: its code, and the knowledge, settings and libraries that its result rests on.

Dagster shows an asset as stale once this changes. Inputs are not in it: their content is their data version. The memory
of finished work (`storage.Store`) is keyed by the same things, each where it is used; releases say them in their lock.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from pipeline.extract.backends import backend_version
from pipeline.ids import sha256_text
from pipeline.lineage import code_version, lock_version
from pipeline.workbench import Workbench

REGION = "region"
"""Knowledge of the region: actors, gazetteers, outlets, words."""
CODING = ("extractor", "model", REGION)
RESTS_ON: Mapping[str, tuple[str, ...]] = {
    "actors": (REGION,),
    "places": (REGION,),
    "gazetteer_files": (REGION,),
    **dict.fromkeys(
        ("inbox", "ingest_rejections", "ingest_books", "inputs"), (REGION, "max_record_bytes", "latest_date")
    ),
    "correction_files": ("max_record_bytes",),
    "gold_files": (REGION,),
    "coding_backend": ("extractor",),
    "weekly_coding": CODING,
    **dict.fromkeys(("weekly_coverage", "weekly_events", "aggregate_books", "aggregate_balances"), (REGION,)),
    "accuracy": (*CODING, "max_record_bytes", "latest_date"),
    **dict.fromkeys(
        ("release_plan", "retired_events", "retirement_balances", "changes", "change_balances"),
        ("source_date_epoch", "release_version"),
    ),
    "briefings": (REGION,),
    "release": (REGION, "partition_rows"),
    "site": ("site_url",),
    "uploads": ("publish_to",),
}
"""Which settings an asset reads itself, and whether it asks the region; what comes through other assets is theirs."""
ALSO_CODE: Mapping[str, tuple[str, ...]] = {"accuracy": ("extract", "ingest"), "site": ("site",)}
"""Stages whose code an asset runs beside that of its own group."""


def asset_version(name: str, own: str, bench: Workbench) -> str:
    """Return the version of the asset ``name``, whose own code has the version ``own``: 16 hex digits."""
    rests_on = RESTS_ON.get(name, ())
    said = {word: _said(word, bench) for word in rests_on}
    code = [own, *map(code_version, ALSO_CODE.get(name, ())), lock_version()]
    return sha256_text(json.dumps([code, said], sort_keys=True))[:16]


def _said(word: str, bench: Workbench) -> str:
    if word == REGION:
        return bench.region.digest()
    value = getattr(bench.settings, word)
    return f"{value} {backend_version(value)}" if word == "extractor" else str(value)
