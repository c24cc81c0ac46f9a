"""The region's knowledge as Dagster assets: the tables that every stage's keys point to."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.attempts import RETRIES, tried_again
from pipeline.contracts import event_types_frame, load_contract
from pipeline.dagster_tables import outputs, table_out
from pipeline.errors import InputError
from pipeline.lineage import code_version
from pipeline.workbench import Workbench


@dg.multi_asset(
    outs={name: table_out(name, "regions", kinds=("yaml", "polars")) for name in ("actors", "places", "event_types")},
    name="region_tables",
    required_resource_keys={"workbench"},
)
def region_tables(context: dg.AssetExecutionContext) -> Iterator[dg.Output[pl.DataFrame]]:
    """The actor registry and the gazetteer of the region pack, and the event types of the codebook."""
    bench: Workbench = context.resources.workbench
    contract = load_contract()
    for note in bench.region.notes:
        context.log.info(note)
    yield from outputs(
        {
            "actors": contract.tables["actors"].conform(bench.region.actors_frame()),
            "places": contract.tables["places"].conform(bench.region.places_frame()),
            "event_types": event_types_frame(contract),
        }
    )


@dg.asset(
    group_name="regions",
    code_version=code_version("regions"),
    kinds={"polars"},
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
)
@tried_again
def gazetteer_files(context: dg.AssetExecutionContext) -> pl.DataFrame:
    """The gazetteer files that a user supplied, as they were archived, with their hashes, in their order."""
    bench: Workbench = context.resources.workbench
    rows = [(_printable(path), _kept(path, sha256, bench)) for path, sha256 in bench.region.supplied]
    return pl.DataFrame(rows, schema={"input_name": pl.String, "sha256": pl.String}, orient="row")


def _printable(path: Path) -> str:
    return path.name.encode("utf-8", "backslashreplace").decode("utf-8")


def _kept(path: Path, sha256: str, bench: Workbench) -> str:
    try:
        kept = bench.archive.keep(path)
    except OSError as error:
        raise InputError(f"{path}: cannot be read any more ({error.strerror}); put it back, then run again") from None
    if kept != sha256:
        raise InputError(f"{path}: changed while it was used; run again")
    return kept
