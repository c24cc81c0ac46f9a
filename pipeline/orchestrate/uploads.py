"""Releases carried to the object store of the settings as a Dagster asset, for runs that Dagster starts.

`fieldledger run` does the same itself, at its end, and tells of it on the terminal.
"""

import dagster as dg
import polars as pl

from pipeline.attempts import RELEASE_POOL, RETRIES, tried_again
from pipeline.lineage import code_version
from pipeline.release.assets import releases_dir
from pipeline.workbench import Workbench

UPLOADS = pl.Schema({"store": pl.String(), "latest": pl.String(), "versions": pl.Int64(), "new_files": pl.Int64()})


@dg.asset(
    group_name="release",
    code_version=code_version("release"),
    kinds={"s3"},
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
    pool=RELEASE_POOL,
    deps=["release"],
)
@tried_again
def uploads(context: dg.AssetExecutionContext) -> pl.DataFrame:
    """The object store that releases were carried to: its address, latest version and new files; no row without one."""
    bench: Workbench = context.resources.workbench
    if bench.settings.publish_to is None:
        return UPLOADS.to_frame()
    from pipeline.release.object_store import ObjectStore
    from pipeline.release.upload import upload

    done = upload(releases_dir(bench), ObjectStore(bench.settings.publish_to))
    return pl.DataFrame([(done.url, done.latest, done.versions, done.new)], schema=UPLOADS, orient="row")
