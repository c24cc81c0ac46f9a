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
from pipeline.kept_apart import kept_apart
from pipeline.orchestrate import uploads
from pipeline.orchestrate.automation import automation
from pipeline.orchestrate.check_assets import data_asset_checks
from pipeline.orchestrate.furnish import furnished
from pipeline.orchestrate.limits import limits_for
from pipeline.orchestrate.shown_outputs import ShownFrames, ShownValues
from pipeline.regions import assets as regions
from pipeline.release import assets as release
from pipeline.resolve import assets as resolve
from pipeline.resolve import event_assets
from pipeline.run_resources import behind_the_lock
from pipeline.settings import load_settings
from pipeline.site import assets as site
from pipeline.workbench import Workbench, open_workbench

ROOMS = (regions, ingest, extract, resolve, correct, event_assets, aggregate, evaluate, release, brief, site, uploads)
INBOX = (*ingest.INBOX_TABLES, "correction_files", "gazetteer_files", "gold_files")
"""Assets that read and archive what people give: articles, corrections, gazetteers and gold sets."""


_LAST: dict[str, tuple[Workbench, list[dg.AssetsDefinition | dg.AssetChecksDefinition]]] = {}
"""What was made for the workbench that was asked for last: a run asks several times, a third of a second each."""


def assets_and_checks(bench: Workbench) -> list[dg.AssetsDefinition | dg.AssetChecksDefinition]:
    """Return all assets, room by room, and all checks, as the deployment of ``bench`` has them."""
    known = _LAST.get("made")
    if known is None or known[0] is not bench:
        known = _LAST["made"] = (bench, _assets_and_checks(bench))
    return [*known[1]]


def _assets_and_checks(bench: Workbench) -> list[dg.AssetsDefinition | dg.AssetChecksDefinition]:
    assets = [asset for asset in dg.load_assets_from_modules(ROOMS) if isinstance(asset, dg.AssetsDefinition)]
    defined = [*furnished(assets, bench), *all_checks(), *data_asset_checks()]
    return kept_apart(defined, bench.settings.dagster_prefix)


def resources(bench: Workbench) -> Mapping[str, object]:
    """Return what the assets work with."""
    return {
        "workbench": bench,
        "io_manager": _io_manager(bench),
        "values": ShownValues(str(bench.store.root.resolve() / "values")),
    }


def _io_manager(bench: Workbench) -> dg.IOManagerDefinition:
    """Return the IO manager, which a process makes before it runs steps: lineage is followed from there on."""

    @dg.io_manager
    def store(context: dg.InitResourceContext) -> ShownFrames:
        from pipeline.run_lineage.listener import attach  # half a second: for processes that run steps alone

        attach(context, bench, assets_and_checks(bench))
        return ShownFrames(bench.store)

    return store


def build_definitions(bench: Workbench) -> dg.Definitions:
    """Return the definitions over ``bench``.

    One process works through a run: for work of seconds, a process a step would cost more than the step.
    """
    limits_for(bench.settings)  # what is wrong with them is told before anything is worked on
    defined = assets_and_checks(bench)
    starts = automation(bench.settings, INBOX)
    return dg.Definitions(
        assets=[one for one in defined if not isinstance(one, dg.AssetChecksDefinition)],
        asset_checks=[one for one in defined if isinstance(one, dg.AssetChecksDefinition)],
        resources=behind_the_lock(resources(bench), bench.settings.data_dir, bench.settings.run_wait_seconds),
        jobs=starts.jobs,
        sensors=starts.sensors,
        schedules=starts.schedules,
        executor=dg.in_process_executor,
    )


@dg.definitions
def defs() -> dg.Definitions:
    """Return the definitions for the settings of this deployment (Dagster's own processes call this)."""
    settings = load_settings()
    configure(settings)
    return build_definitions(open_workbench(settings))
