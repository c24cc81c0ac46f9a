"""What the command line carried is recorded by Dagster as its own run would have it, so that nothing looks stale."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import polars as pl
import pytest

from pipeline.definitions import assets_and_checks, resources
from pipeline.kept_apart import keys_of
from pipeline.orchestrate.uploads import frame_of, record_upload
from pipeline.release.upload import Uploaded
from pipeline.run import QUIET
from tests.orchestrate.deployment import deployment

DONE = Uploaded("s3://ledger/releases", "1.1.0", 2, 89, 178, ())


def last(instance: dg.DagsterInstance, key: dg.AssetKey) -> dg.AssetMaterialization:
    entry = instance.get_latest_materialization_event(key)
    assert entry is not None
    assert entry.asset_materialization is not None
    return entry.asset_materialization


@pytest.mark.parametrize("prefix", ["", "north"])
def test_what_the_command_line_carried_bears_the_versions_that_dagster_would_give_it(
    tmp_path: Path, prefix: str
) -> None:
    bench = deployment(tmp_path, dagster_prefix=prefix)
    key, before = (dg.AssetKey([*filter(None, [prefix]), name]) for name in ("uploads", "release"))
    version = bench.store.put(pl.DataFrame({"version": ["1.1.0"]}))
    bench.store.point("release", None, version)
    with dg.DagsterInstance.ephemeral() as instance:
        tags = {"dagster/data_version": version}
        instance.report_runless_asset_event(dg.AssetMaterialization(before, tags=tags))
        dg.materialize(
            assets_and_checks(bench), selection=keys_of(prefix, "uploads"), instance=instance,
            resources=resources(bench), run_config=QUIET,
        )  # fmt: skip
        own = last(instance, key)
        record_upload(bench, instance, None)
        assert last(instance, key) == own, "nothing is carried: Dagster knows it already"
        record_upload(bench, instance, DONE)
        told = last(instance, key)
    version_of = "dagster/data_version"
    assert {**(told.tags or {}), version_of: ""} == {**(own.tags or {}), version_of: ""}
    assert told.metadata["dagster/row_count"].value == 1
    assert bench.store.load("uploads").equals(frame_of(DONE))
