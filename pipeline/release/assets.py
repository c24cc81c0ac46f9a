"""The release as Dagster assets: the plan of the next version, and its publication with the pages made of it."""

from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.books import BOOKS_SCHEMA
from pipeline.codebook import codebook_page
from pipeline.contracts import load_contract
from pipeline.ids import sha256_text
from pipeline.lineage import code_version, code_versions, lock_version
from pipeline.release.descriptor import Scope
from pipeline.release.manifest import Books, Provenance
from pipeline.release.plan import ReleasePlan, build_time, plan_release
from pipeline.release.publish import publish
from pipeline.release.reader import newest_release, open_release
from pipeline.workbench import Workbench

TABLES = tuple(table.name for table in load_contract().published)
STAGE_BOOKS = ("ingest_books", "extract_books", "resolve_books", "correct_books", "aggregate_books")


def releases_dir(bench: Workbench) -> Path:
    """Return the folder of all releases."""
    return bench.settings.data_dir / "releases"


@dg.asset(
    group_name="release",
    ins={name: dg.AssetIn() for name in TABLES},
    code_version=code_version("release"),
    io_manager_key="values",
    required_resource_keys={"workbench"},
)
def release_plan(context: dg.AssetExecutionContext, **tables: pl.DataFrame) -> ReleasePlan:
    """The version that follows from the difference to the newest release, its build time, and that difference."""
    bench: Workbench = context.resources.workbench
    newest = newest_release(releases_dir(bench))
    epoch = bench.settings.source_date_epoch
    environment = {} if epoch is None else {"SOURCE_DATE_EPOCH": str(epoch)}
    return plan_release(
        tables,
        open_release(newest) if newest else None,
        build_time=build_time(tables["articles"], environment),
    )


@dg.asset(
    group_name="release",
    ins={name: dg.AssetIn() for name in (*TABLES, *STAGE_BOOKS, "inputs", "correction_files")},
    code_version=code_version("release"),
    required_resource_keys={"workbench"},
)
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
        made_from=provenance(bench, tables["inputs"], tables["correction_files"]),
    )
    context.add_output_metadata({"version": published.version, "path": str(published.path), "new": published.created})
    return pl.DataFrame({"version": [published.version], "path": [str(published.path)], "new": [published.created]})


def stage_books(books: pl.DataFrame) -> list[Books]:
    """Return the balance of each stage, in the order of the stages (columns of `books.BOOKS_SCHEMA` in)."""
    counts = [name for name, dtype in BOOKS_SCHEMA.items() if dtype == pl.Int64]
    sums = books.group_by("stage", maintain_order=True).agg(pl.col(counts).sum())
    return [Books(*row) for row in sums.select("stage", *counts).iter_rows()]


def provenance(bench: Workbench, inputs: pl.DataFrame, correction_files: pl.DataFrame) -> Provenance:
    """Return what a release is made from: hashes of code, dependencies, knowledge, settings and inputs."""
    settings = bench.settings.model_dump_json(exclude={"data_dir", "inputs", "gold", "gazetteers", "corrections"})
    corrections = correction_files.select(
        input_name=pl.concat_str(pl.lit("corrections/"), "input_name"), sha256="sha256"
    )
    return Provenance(
        code_version=sha256_text("\n".join(f"{stage} {version}" for stage, version in code_versions().items())),
        lock_sha256=lock_version(),
        region=bench.region.name,
        region_digest=bench.region.digest(),
        settings_digest=sha256_text(settings),
        inputs=dict(pl.concat([inputs.select("input_name", "sha256"), corrections]).iter_rows()),
    )
