"""The page on how well the coding agrees with articles coded by people: the table `accuracy`, with what it means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl

from pipeline.contracts import load_contract
from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.site.single import Said, SinglePage

WHOLE, CONFIDENCE = "all", "confidence"
MAIN = ("type_f1", "when_f1", "where_f1", "who_f1", "slot_killed", "false_alarms")
"""What a reader is told first."""
BY_PART = ("where_precision", "where_recall", "where_f1")
"""What is told of each part: whether type, date and governorate are right, as weekly figures need it."""
_SLICES = ("reading", "event_type", "sub_event_type", "leaning", "source")


def says(site: SiteData) -> Said:
    """Return what was measured, by gold set: main figures, all measures, parts, the reliability of confidence."""
    accuracy, contract = site.frame("accuracy"), load_contract()
    measures = {row["code"]: row for row in contract.codelists["measures"].iter_rows(named=True)}
    slices = {row["code"]: row for row in contract.codelists["slices"].iter_rows(named=True)}
    names = accuracy["gold_set"].unique().sort()
    return {
        "version": site.version,
        "gold_sets": [_gold_set(accuracy.filter(pl.col("gold_set") == name), measures, slices) for name in names],
    }


def _gold_set(
    rows: pl.DataFrame, measures: Mapping[str, Mapping[str, str]], slices: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    order = {code: at for at, code in enumerate(measures)}
    whole = {row["measure"]: _measure(row, measures) for row in _part(rows, WHOLE)}
    return {
        "name": rows["gold_set"][0],
        "digest": rows["gold_digest"][0],
        "coded_by": rows["extractor"][0],
        "main": [whole[code] for code in MAIN if code in whole],
        "measures": sorted(whole.values(), key=lambda row: order[row["measure"]]),
        "parts": [
            {"slice": name, "title": slices[name]["title"], "says": slices[name]["description"], "rows": found}
            for name in _SLICES
            if (found := list(_by_value(rows, name)))
        ],
        "reliability": list(_reliability(rows)),
    }


def _part(rows: pl.DataFrame, name: str) -> Iterator[dict[str, Any]]:
    yield from rows.filter(pl.col("slice") == name).sort("slice_value", "measure").iter_rows(named=True)


def _measure(row: Mapping[str, Any], measures: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    kept = ("measure", "count", "out_of", "score", "interval_low", "interval_high")
    known = measures[row["measure"]]
    return {**{name: row[name] for name in kept}, "title": known["title"], "says": known["description"]}


def _by_value(rows: pl.DataFrame, name: str) -> Iterator[dict[str, Any]]:
    """Yield each part with the scores of `BY_PART`; the number of cases is that of gold mentions in it."""
    values: dict[str, dict[str, Any]] = {}
    for row in _part(rows, name):
        if row["measure"] in BY_PART:
            values.setdefault(row["slice_value"], {})[row["measure"]] = row
    for value, found in values.items():
        cases = found["where_recall"]["out_of"] if "where_recall" in found else 0
        yield {"part": value, "cases": cases, **{code: found[code]["score"] for code in BY_PART if code in found}}


def _reliability(rows: pl.DataFrame) -> Iterator[dict[str, Any]]:
    """Yield what was claimed and what was right, by class of confidence."""
    classes: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in _part(rows, CONFIDENCE):
        classes.setdefault(row["slice_value"], {})[row["measure"]] = row
    for name, found in classes.items():
        if {"mean_confidence", "right"} <= found.keys():
            right = found["right"]
            yield {
                "confidence": name,
                "mentions": right["out_of"],
                "claimed": found["mean_confidence"]["score"],
                "right": right["score"],
                "interval_low": right["interval_low"],
                "interval_high": right["interval_high"],
            }


ACCURACY = SinglePage("accuracy", addresses.ACCURACY, "accuracy.html.j2", says)
