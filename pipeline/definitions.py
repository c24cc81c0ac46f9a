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
from pipeline.happenings import configure
from pipeline.ingest import assets as ingest
from pipeline.kept_apart import kept_apart, keys_of
from pipeline.regions import assets as regions
from pipeline.release import assets as release
from pipeline.resolve import assets as resolve
from pipeline.resolve import event_assets
from pipeline.settings import load_settings
from pipeline.site import assets as site
from pipeline.storage import StoreIOManager
from pipeline.workbench import Workbench, open_workbench

ROOMS = (regions, ingest, extract, resolve, correct, event_assets, aggregate, evaluate, release, brief, site)
INBOX = (*ingest.INBOX_TABLES, "correction_files", "gazetteer_files", "gold_files")
"""Assets that read and archive what people give: articles, corrections, gazetteers and gold sets."""


def assets_and_checks(bench: Workbench) -> list[dg.AssetsDefinition | dg.AssetChecksDefinition]:
    """Return all assets, room by room, and all checks, as the deployment of ``bench`` has them."""
    assets = [asset for asset in dg.load_assets_from_modules(ROOMS) if isinstance(asset, dg.AssetsDefinition)]
    return kept_apart([*assets, *all_checks()], bench.settings.dagster_prefix)


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
    defined = assets_and_checks(bench)
    return dg.Definitions(
        assets=[one for one in defined if not isinstance(one, dg.AssetChecksDefinition)],
        asset_checks=[one for one in defined if isinstance(one, dg.AssetChecksDefinition)],
        resources=resources(bench),
        jobs=[
            dg.define_asset_job("read_inputs_job", keys_of(bench.settings.dagster_prefix, *INBOX)),
        ],
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions for the settings of this deployment (Dagster's own processes call this)."""
    settings = load_settings()
    configure(settings)
    return build_definitions(open_workbench(settings))
