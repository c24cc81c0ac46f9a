"""The region's knowledge as Dagster assets: the tables that every stage's keys point to."""

from collections.abc import Iterator

import dagster as dg
import polars as pl

from pipeline.contracts import event_types_frame, load_contract
from pipeline.dagster_tables import outputs, table_out
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
