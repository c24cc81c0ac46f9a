"""Releases carried to the object store of the settings as a Dagster asset, for runs that Dagster starts.

`fieldledger run` does the same itself, at its end, tells of it on the terminal, and has Dagster record it.
"""

import dagster as dg
import polars as pl
from dagster._core.definitions.data_version import (
    CODE_VERSION_TAG,
    DATA_VERSION_IS_USER_PROVIDED_TAG,
    DATA_VERSION_TAG,
    NULL_EVENT_POINTER,
    get_input_data_version_tag,
    get_input_event_pointer_tag,
)

from pipeline.attempts import RELEASE_POOL, RETRIES, tried_again
from pipeline.kept_apart import key_of
from pipeline.lineage import code_version
from pipeline.orchestrate.preview import preview
from pipeline.orchestrate.shown_outputs import PREVIEW, ROW_COUNT
from pipeline.orchestrate.versions import asset_version
from pipeline.release.assets import releases_dir
from pipeline.release.upload import Uploaded
from pipeline.workbench import Workbench

NAME, BEFORE, STAGE = "uploads", "release", "release"
UPLOADS = pl.Schema({"store": pl.String(), "latest": pl.String(), "versions": pl.Int64(), "new_files": pl.Int64()})


@dg.asset(
    name=NAME,
    group_name=STAGE,
    code_version=code_version(STAGE),
    kinds={"s3"},
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
    pool=RELEASE_POOL,
    deps=[BEFORE],
)
@tried_again
def uploads(context: dg.AssetExecutionContext) -> pl.DataFrame:
    """The object store that releases were carried to: its address, latest version and new files; no row without one."""
    bench: Workbench = context.resources.workbench
    if bench.settings.publish_to is None:
        return frame_of(None)
    from pipeline.release.object_store import ObjectStore
    from pipeline.release.upload import upload

    return frame_of(upload(releases_dir(bench), ObjectStore(bench.settings.publish_to)))


def frame_of(done: Uploaded | None) -> pl.DataFrame:
    """Return what an upload did, in columns of `UPLOADS`: one row, or none where nothing is carried anywhere."""
    rows = [] if done is None else [(done.url, done.latest, done.versions, done.new)]
    return pl.DataFrame(rows, schema=UPLOADS, orient="row")


def record_upload(bench: Workbench, instance: dg.DagsterInstance, done: Uploaded | None) -> None:
    """Let Dagster show what the command line carried, or that it had nowhere to, as if the asset had been made.

    Without it the asset would be stale after each release of `fieldledger run`. What Dagster has already is not told
    again.
    """
    frame, key = frame_of(done), key_of(bench.settings.dagster_prefix, NAME)
    digest = bench.store.put(frame)
    bench.store.point(NAME, None, digest)
    tags = _versions(bench, instance, digest)
    last = instance.get_latest_materialization_event(key)
    known = (last.asset_materialization.tags if last and last.asset_materialization else None) or {}
    if tags.items() <= known.items():
        return
    shown = {ROW_COUNT: dg.MetadataValue.int(frame.height), PREVIEW: dg.MetadataValue.md(preview(frame))}
    instance.report_runless_asset_event(dg.AssetMaterialization(key, metadata=shown, tags=tags))


def _versions(bench: Workbench, instance: dg.DagsterInstance, digest: str) -> dict[str, str]:
    """Return what Dagster itself would note of an upload now: versions of code, of content, and of the release."""
    release = key_of(bench.settings.dagster_prefix, BEFORE)
    records = instance.fetch_materializations(release, limit=1).records
    return {
        CODE_VERSION_TAG: asset_version(NAME, code_version(STAGE), bench),
        DATA_VERSION_TAG: digest,
        DATA_VERSION_IS_USER_PROVIDED_TAG: "true",
        get_input_data_version_tag(release): bench.store.current(BEFORE, None),
        get_input_event_pointer_tag(release): str(records[0].storage_id) if records else NULL_EVENT_POINTER,
    }
