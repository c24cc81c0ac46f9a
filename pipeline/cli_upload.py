"""`fieldledger upload`, and the end of a run where `publish_to` is set: releases carried to an object store."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli_exits import AT_FAULT, DataDir, fail, told
from pipeline.errors import FieldledgerError
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from pipeline.release.object_store import ObjectStore
    from pipeline.release.upload import Uploaded
    from pipeline.workbench import Workbench

UPLOAD_EXAMPLES = (
    "\b\nExamples:\n  fieldledger upload --to s3://our-bucket/ledger\n"
    "  AWS_ENDPOINT_URL=https://objects.example.org fieldledger upload --to s3://ledger --data-dir /srv/ledger"
)


def upload(
    to: Annotated[
        str | None, typer.Option("--to", metavar="URL", help="s3://BUCKET/PREFIX [default: the setting publish_to].")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Carry all releases to an object store that speaks S3; a run does so too where publish_to is set.

    What is there is never overwritten, a rerun completes an upload. Credentials come from the AWS_ variables.
    """
    with told():
        settings = load_settings(publish_to=to, data_dir=data_dir)
        if (store := store_of(settings)) is None:
            fail("no place to publish to; name one with --to s3://BUCKET/PREFIX or the setting publish_to", AT_FAULT)
        typer.echo("\n".join(carried(settings.data_dir / "releases", store).lines()))


def store_of(settings: Settings) -> ObjectStore | None:
    """Return the object store of `publish_to`, which is not asked yet; None where none is set.

    Raises:
        InputError: the setting or the environment cannot be used.
    """
    if not settings.publish_to:
        return None
    from pipeline.release.object_store import ObjectStore

    return ObjectStore(settings.publish_to)


def carried(releases: Path, store: ObjectStore) -> Uploaded:
    """Carry all releases to ``store``; return what came of it.

    Raises:
        InputError: there are no credentials or no bucket, or they may not.
        FieldledgerError: a version is there with other bytes, another publisher won, the store cannot be reached.
    """
    from pipeline.release.upload import upload as carry

    return carry(releases, store)


def also_elsewhere(bench: Workbench, store: ObjectStore | None) -> list[str]:
    """Carry what a run published to ``store``, where there is one, and have Dagster record it; return it in lines.

    Raises:
        FieldledgerError: as `carried`; the message says that the releases are published here.
    """
    from pipeline.orchestrate.uploads import record_upload
    from pipeline.run import open_instance

    releases = bench.settings.data_dir / "releases"
    try:
        done = carried(releases, store) if store is not None else None
    except FieldledgerError as error:
        raise type(error)(f"published in {releases}, but not there yet: {error}") from error
    with open_instance(bench.settings) as instance:
        record_upload(bench, instance, done)
    return done.lines() if done is not None else []
