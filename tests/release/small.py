"""The smallest release there is: four narrow tables under a contract of their own, published in milliseconds.

For tests that publish by the hundred, on disks that fail and by processes that are killed. Its contract is literal and
its frames are made without polars' threads, so that a process that has imported all this may still be forked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import polars as pl

from pipeline import contract_validation
from pipeline.contracts import Contract, Field, FieldType, ForeignKey, Table
from pipeline.ids import sha256_bytes
from pipeline.release.about import Scope
from pipeline.release.lock import Code, Dependencies, Knowledge, Lock, Previous, RawInput
from pipeline.release.manifest import Books
from pipeline.release.plan import ReleasePlan, plan_release
from pipeline.release.publish import Published, publish
from pipeline.release.reader import newest_release, open_release

SCOPE = Scope("smalland", "War in Smalland", "Smalland", "SL", (32.0, 35.0, 37.5, 42.5))
BOOKS = (Books("ingest", 2, 2, 0, 0),)
MADE_FROM = Lock(
    Code("fieldledger", "0.1.0", "c" * 64, {}, "rules"), Dependencies("d" * 64, "CPython 3.11.0", {}),
    {"source_date_epoch": None}, Knowledge("smalland", "e" * 64, ()), False,
    (RawInput("articles.jsonl", "jsonl", "a" * 64, None, None),), (), (), None,
)  # fmt: skip
DOCUMENTS = MappingProxyType({"CODEBOOK.md": b"# Codebook\n", "briefings/2021-W05.md": b"# Week 5\n"})
NEXT = "v1.0.1"
"""What the second release is called: its only change is a correction."""


def _column(name: str, kind: FieldType = "string", **constraints: object) -> Field:
    examples: dict[FieldType, str | float] = {"string": "x", "integer": 1, "number": 0.5, "boolean": True}
    example = examples.get(kind, "2021-02-01")
    rules = MappingProxyType({"required": True, **constraints})
    return Field(name, kind, name, f"The {name}.", None, example, None, MappingProxyType({}), rules)


def _table(
    name: str,
    key: str,
    *fields: Field,
    parents: tuple[ForeignKey, ...] = (),
    checks: tuple[str, ...] = (),
    published: bool = True,
    partition_by: str | None = None,
) -> Table:
    words = f"The table {name}."
    return Table(name, name, words, published, fields, (key,), parents, checks, partition_by=partition_by)


TABLES = (
    _table(
        "sources", "source_id", _column("source_id", unique=True), _column("source_name"),
        _column("invented", "boolean"),
    ),
    _table(
        "places", "place_id", _column("place_id"), _column("coordinate_source", enum=["invented", "survey"]),
        _column("source_id"), parents=(ForeignKey("source_id", "sources", "source_id"),),
    ),
    _table(
        "weekly_coverage", "week_start", _column("week_start", "date"), _column("articles", "integer", minimum=0),
        _column("duplicates", "integer", minimum=0),
        checks=("week_start_is_monday", "duplicates_not_above_articles"), partition_by="week_start",
    ),
    _table(
        "accuracy", "measure", _column("measure"), _column("gold_set"), _column("slice"), _column("slice_value"),
        _column("score", "number"), _column("out_of", "integer"),
    ),
    _table(
        "rejections", "rejection_id",
        *(_column(name) for name in ("rejection_id", "stage", "table", "record", "field", "rule", "value", "message")),
        published=False,
    ),
)  # fmt: skip
CONTRACT = Contract(
    MappingProxyType({table.name: table for table in TABLES}),
    MappingProxyType(
        {"rejection_rules": pl.DataFrame({"code": ["cross_check"], "description": ["Rules over columns."]})}
    ),
)


def use_no_other_contract() -> None:
    """Let validation, in this process, account for bad rows with this contract; reading the whole one takes longer."""
    contract_validation.load_contract = lambda: CONTRACT  # type: ignore[assignment,attr-defined]


@lru_cache
def tables(step: int) -> Mapping[str, pl.DataFrame]:
    """Return all tables; they differ from step to step in one figure."""
    rows: dict[str, dict[str, list[object]]] = {
        "sources": {"source_id": ["a-wire"], "source_name": ["A Wire"], "invented": [True]},
        "places": {"place_id": ["upper-mill"], "coordinate_source": ["invented"], "source_id": ["a-wire"]},
        "weekly_coverage": {"week_start": [date(2021, 2, 1)], "articles": [2 + step], "duplicates": [0]},
        "accuracy": {},
    }
    schemas = {name: CONTRACT.tables[name].polars_schema() for name in rows}
    return {name: pl.DataFrame(columns, schema=schemas[name]) for name, columns in rows.items()}


def plan_step(releases: Path, step: int) -> ReleasePlan:
    """Return the plan of the tables of ``step`` after the newest release below ``releases``."""
    newest = newest_release(releases)
    previous = open_release(newest) if newest else None
    return plan_release(tables(step), previous, build_time=datetime(2021, 2, 12, tzinfo=UTC), contract=CONTRACT)


def publish_plan(releases: Path, step: int, plan: ReleasePlan, partition_rows: int | None = None) -> Published:
    """Publish the tables of ``step`` as planned."""
    newest = newest_release(releases)
    before = newest if newest and newest.name != f"v{plan.version}" else None
    return publish(
        releases, tables(step), plan, scope=SCOPE, documents=DOCUMENTS, books=BOOKS, made_from=_after(before),
        contract=CONTRACT, partition_rows=partition_rows,
    )  # fmt: skip


def _after(before: Path | None) -> Lock:
    if before is None:
        return MADE_FROM
    manifest = (before / "manifest.json").read_bytes()
    return replace(MADE_FROM, previous=Previous(before.name.removeprefix("v"), sha256_bytes(manifest)))


def publish_step(releases: Path, step: int, partition_rows: int | None = None) -> Published:
    """Plan and publish the tables of ``step`` after the newest release below ``releases``."""
    return publish_plan(releases, step, plan_step(releases, step), partition_rows)
