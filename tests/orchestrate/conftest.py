"""One small deployment that Dagster's own jobs have read and released, for all who look at what they left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import dagster as dg
import polars as pl
import pytest

from pipeline.definitions import INBOX, build_definitions
from pipeline.evaluate import assets as evaluate
from pipeline.evaluate.table import accuracy_frame
from pipeline.orchestrate.automation import all_weeks
from pipeline.run import SITE, open_instance
from pipeline.workbench import Workbench
from tests.orchestrate.deployment import deployment, run_job


@dataclass(frozen=True, slots=True)
class Deployed:
    """What the jobs left; the site is left out, which has tests of its own and takes longest."""

    bench: Workbench
    instance: dg.DagsterInstance
    read: dg.ExecuteInProcessResult
    released: dg.ExecuteInProcessResult
    graph: dg.AssetGraph


@pytest.fixture(scope="package")
def deployed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Deployed]:
    bench = deployment(tmp_path_factory.mktemp("deployed"))
    graph = build_definitions(bench).resolve_asset_graph()
    later = [key for key in graph.get_all_asset_keys() if key.path[-1] not in (*INBOX, SITE)]
    with open_instance(bench.settings) as instance, pytest.MonkeyPatch.context() as patch:
        patch.setattr(evaluate, "measure", _not_measured)
        read = run_job(bench, "read_inputs_job", instance)
        weeks = all_weeks(instance.get_dynamic_partitions("publication_week"))
        released = run_job(bench, "release_job", instance, tags=weeks, asset_selection=later)
        yield Deployed(bench, instance, read, released, graph)


def _not_measured(*_: Any) -> pl.DataFrame:
    return accuracy_frame(())
