"""Asset checks: every table keeps to its contract as it lies in the store, and every stage's books balance.

A check guards only the run it is part of, so the release stage validates once more what it reads back from disk.
"""

from collections.abc import Callable, Sequence

import dagster as dg
import polars as pl

from pipeline.books import unbalanced
from pipeline.contract_validation import split
from pipeline.contracts import Table, load_contract
from pipeline.workbench import Workbench

BOOKS = ("ingest_books", "extract_books", "resolve_books", "correct_books", "aggregate_books")
BALANCES = (
    "resolve_balances",
    "correct_balances",
    "shared_toll_balances",
    "account_balances",
    "aggregate_balances",
    "weekly_toll_balances",
    "retirement_balances",
    "change_balances",
)


def contract_check(table: Table) -> dg.AssetChecksDefinition:
    """Return the check that every row of ``table`` keeps to the contract and refers to rows that are there."""
    parents = sorted({key.parent for key in table.foreign_keys} - {table.name})

    @dg.asset_check(
        asset=table.name,
        name="keeps_to_contract",
        description=f"Types, constraints, named rules and keys of schemas/tables/{table.name}.yaml.",
        additional_deps=parents,
        required_resource_keys={"workbench"},
        blocking=True,
    )
    def check(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        load = _loader(context)
        frame = load(table.name)
        broken = split(table, frame, stage="aggregate", parents={name: load(name) for name in parents}).rejections
        first = "\n".join(broken["message"].head(5))
        return dg.AssetCheckResult(
            passed=broken.is_empty(), metadata={"rows": frame.height, "broken": broken.height, "first": first}
        )

    return check


def _loader(context: dg.AssetCheckExecutionContext) -> Callable[[str], pl.DataFrame]:
    bench: Workbench = context.resources.workbench
    return bench.store.load


def books_check(name: str) -> dg.AssetChecksDefinition:
    """Return the check that in = accepted + rejected + merged in every line of the books ``name``."""
    return _frame_check(name, "books_balance", "In = accepted + rejected + merged.", unbalanced)


def balances_check(name: str) -> dg.AssetChecksDefinition:
    """Return the check that both sides of every balance in the frame ``name`` are equal."""
    return _frame_check(name, "sums_agree", "Both sides of every balance are equal.", lambda f: f.filter(~pl.col("ok")))


def _frame_check(
    asset: str, name: str, description: str, wrong_rows: Callable[[pl.DataFrame], pl.DataFrame]
) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=asset, name=name, description=description, required_resource_keys={"workbench"}, blocking=True
    )
    def check(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        wrong = wrong_rows(_loader(context)(asset))
        return dg.AssetCheckResult(passed=wrong.is_empty(), metadata={"wrong": str(wrong.rows())})

    return check


def all_checks() -> Sequence[dg.AssetChecksDefinition]:
    """Return every check of the house."""
    tables = [contract_check(table) for table in load_contract().tables.values()]
    return [*tables, *map(books_check, BOOKS), *map(balances_check, BALANCES)]
