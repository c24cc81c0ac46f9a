"""The release as Dagster assets: the plan of the next version, and its publication with the pages made of it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
import polars as pl

from pipeline.attempts import RELEASE_POOL, RETRIES, tried_again
from pipeline.books import BOOKS_SCHEMA
from pipeline.codebook import codebook_page
from pipeline.contracts import load_contract
from pipeline.dagster_tables import outputs, side_out, table_out
from pipeline.lineage import code_version
from pipeline.release.about import Scope
from pipeline.release.changes import OF_CHANGES
from pipeline.release.changes_table import change_balances, changes_table
from pipeline.release.lock import LOCK
from pipeline.release.locking import READ, made_from
from pipeline.release.manifest import Books
from pipeline.release.plan import ReleasePlan, build_time, plan_with_retired
from pipeline.release.predecessor import check_predecessor, past_founders, past_reports, predecessor
from pipeline.release.publish import publish
from pipeline.release.reader import Release, newest_release, open_release
from pipeline.release.retired import retirement_balances
from pipeline.release.whole import MANIFEST
from pipeline.workbench import Workbench

TABLES = tuple(table.name for table in load_contract().published)
OF_THE_PLAN = ("retired_events", OF_CHANGES)
"""Tables that follow from the release before."""
STAGE_BOOKS = ("ingest_books", "extract_books", "resolve_books", "correct_books", "aggregate_books")


def releases_dir(bench: Workbench) -> Path:
    """Return the folder of all releases."""
    return bench.settings.data_dir / "releases"


@dg.multi_asset(
    outs={
        "predecessor": side_out("release", "The newest release so far: its version and the hash of its descriptor."),
        "past_founders": side_out("release", "Every event id given so far, with the mention that founds the event."),
        "past_reports": side_out("release", "Which mention reported which event in the newest release so far."),
    },
    name="release_before",
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
    pool=RELEASE_POOL,
)
@tried_again
def release_before(context: dg.AssetExecutionContext) -> Iterator[dg.Output[pl.DataFrame]]:
    """What the newest release so far hands on to the next: its events, whose ids live on."""
    newest = _newest(context.resources.workbench)
    yield from outputs(
        {
            "predecessor": predecessor(newest),
            "past_founders": past_founders(newest),
            "past_reports": past_reports(newest),
        }
    )


def _newest(bench: Workbench) -> Release | None:
    newest = newest_release(releases_dir(bench))
    return open_release(newest) if newest else None


@dg.multi_asset(
    outs={
        "release_plan": dg.AssetOut(
            group_name="release",
            description="The version that follows from the difference to the newest release, its build time, and that "
            "difference.",
            code_version=code_version("release"),
            kinds={"python"},
            io_manager_key="values",
        ),
        "retired_events": table_out("retired_events", "release"),
        "retirement_balances": side_out("release", "Sums of event ids that must agree from release to release."),
        OF_CHANGES: table_out(OF_CHANGES, "release"),
        "change_balances": side_out("release", "Sums of rows that must agree from release to release."),
    },
    ins={name: dg.AssetIn() for name in (*(name for name in TABLES if name not in OF_THE_PLAN), "predecessor")},
    name="plan_release",
    required_resource_keys={"workbench"},
    pool=RELEASE_POOL,
)
def planned_release(
    context: dg.AssetExecutionContext, predecessor: pl.DataFrame, **tables: pl.DataFrame
) -> Iterator[dg.Output[Any]]:
    """The plan of the next release, and the tables that tell what became of ids and rows of the release before."""
    bench: Workbench = context.resources.workbench
    newest = _newest(bench)
    check_predecessor(newest, predecessor)
    epoch = bench.settings.source_date_epoch
    environment = {} if epoch is None else {"SOURCE_DATE_EPOCH": str(epoch)}
    plan, retired = plan_with_retired(
        tables,
        newest,
        build_time=build_time(tables["articles"], environment),
        declared=bench.settings.release_version,
    )
    changes = changes_table(plan.changes)
    yield dg.Output(plan, output_name="release_plan")
    yield dg.Output(retired, output_name="retired_events")
    yield dg.Output(retirement_balances(newest, tables["events"], retired), output_name="retirement_balances")
    yield dg.Output(changes, output_name=OF_CHANGES)
    yield dg.Output(change_balances(plan.changes, changes), output_name="change_balances")


@dg.asset(
    group_name="release",
    ins={name: dg.AssetIn() for name in (*TABLES, *STAGE_BOOKS, *READ)},
    code_version=code_version("release"),
    kinds={"frictionless"},
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
    pool=RELEASE_POOL,
)
@tried_again
def release(
    context: dg.AssetExecutionContext,
    release_plan: ReleasePlan,
    briefings: dict[str, bytes],
    **tables: pl.DataFrame,
) -> pl.DataFrame:
    """The published release: one row with its version, its folder and whether it is new."""
    bench: Workbench = context.resources.workbench
    published = publish(
        releases_dir(bench),
        {name: tables[name] for name in TABLES},
        release_plan,
        scope=Scope.of(bench.region),
        documents={**briefings, "CODEBOOK.md": codebook_page(load_contract()).encode()},
        books=stage_books(pl.concat(tables[name] for name in STAGE_BOOKS)),
        made_from=made_from(bench, tables),
        partition_rows=bench.settings.partition_rows,
    )
    for paper in (MANIFEST, LOCK):  # so that the series can be made again from the store alone
        bench.archive.keep(published.path / paper)
    context.add_output_metadata({"version": published.version, "path": str(published.path), "new": published.created})
    return pl.DataFrame({"version": [published.version], "path": [str(published.path)], "new": [published.created]})


def stage_books(books: pl.DataFrame) -> list[Books]:
    """Return the balance of each stage, in the order of the stages (columns of `books.BOOKS_SCHEMA` in)."""
    counts = [name for name, dtype in BOOKS_SCHEMA.items() if dtype == pl.Int64]
    sums = books.group_by("stage", maintain_order=True).agg(pl.col(counts).sum())
    return [Books(*row) for row in sums.select("stage", *counts).iter_rows()]
