"""The only file that assembles Dagster's definitions: all assets, their checks and what they work with."""

from __future__ import annotations

from collections.abc import Mapping

import dagster as dg

from pipeline.aggregate import assets as aggregate
from pipeline.brief import assets as brief
from pipeline.checks import all_checks
from pipeline.correct import assets as correct
from pipeline.evaluate import assets as evaluate
from pipeline.extract import assets as extract
from pipeline.ingest import assets as ingest
from pipeline.regions import assets as regions
from pipeline.release import assets as release
from pipeline.resolve import assets as resolve
from pipeline.resolve import event_assets
from pipeline.run_resources import behind_the_lock
from pipeline.settings import load_settings
from pipeline.site import assets as site
from pipeline.storage import StoreIOManager
from pipeline.workbench import Workbench, open_workbench

ROOMS = (regions, ingest, extract, resolve, correct, event_assets, aggregate, evaluate, release, brief, site)
INBOX = (*ingest.INBOX_TABLES, "correction_files", "gazetteer_files", "gold_files")
"""Assets that read and archive what people give: articles, corrections, gazetteers and gold sets."""


def assets_and_checks() -> list[dg.AssetsDefinition | dg.AssetChecksDefinition]:
    """Return all assets, room by room, and all checks."""
    return [*dg.load_assets_from_modules(ROOMS), *all_checks()]  # type: ignore[list-item]


def resources(bench: Workbench) -> Mapping[str, object]:
    """Return what the assets work with."""
    return {
        "workbench": bench,
        "io_manager": StoreIOManager(bench.store),
        "values": dg.FilesystemIOManager(base_dir=str(bench.store.root.resolve() / "values")),
    }


def build_definitions(bench: Workbench) -> dg.Definitions:
    """Return the definitions over ``bench``.

    One process works through a run: for work of seconds, a process a step would cost more than the step.
    """
    return dg.Definitions(
        assets=dg.load_assets_from_modules(ROOMS),
        asset_checks=all_checks(),
        resources=behind_the_lock(resources(bench), bench.settings.data_dir),
        jobs=[
            dg.define_asset_job("read_inputs_job", dg.AssetSelection.assets(*INBOX)),
        ],
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions for the settings of this deployment (Dagster's own processes call this)."""
    return build_definitions(open_workbench(load_settings()))
