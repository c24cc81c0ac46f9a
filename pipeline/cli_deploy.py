"""What maintainers ask: `fieldledger doctor`, `status`, `backup`, `recover`, `rollback` and `dev`. Thin."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli_exits import AT_FAULT, FOUND_WRONG, DataDir, fail, told
from pipeline.collector import undisturbed
from pipeline.errors import FieldledgerError
from pipeline.settings import Settings, load_settings

if TYPE_CHECKING:
    from pipeline.release.object_store import ObjectStore

DOCTOR_EXAMPLES = "\b\nExamples:\n  fieldledger doctor\n  fieldledger doctor --deep --json --data-dir /srv/ledger"
STATUS_EXAMPLES = "\b\nExamples:\n  fieldledger status\n  fieldledger status --json --data-dir /srv/ledger"
BACKUP_EXAMPLES = "\b\nExample:\n  fieldledger backup --to s3://our-bucket/copies"
RECOVER_EXAMPLES = "\b\nExample:\n  fieldledger recover --from s3://our-bucket/copies --data-dir /srv/ledger"
ROLLBACK_EXAMPLES = "\b\nExample:\n  fieldledger rollback v1.0.0"
AsJson = Annotated[bool, typer.Option("--json", help="Print it as JSON.")]


def doctor(
    deep: Annotated[bool, typer.Option("--deep", help="Read every object and release, not a sample.")] = False,
    json: AsJson = False,
    data_dir: DataDir = None,
) -> None:
    """Look whether a deployment is sound, and say what to mend; exits with 1 when something is wrong."""
    from pipeline.deploy.doctor import as_json, examine, lines, wrong

    found = examine(data_dir, deep=deep)
    typer.echo(as_json(found) if json else "\n".join(lines(found)))
    if wrong(found):
        raise typer.Exit(FOUND_WRONG)


def status(json: AsJson = False, data_dir: DataDir = None) -> None:
    """Show what is made, what is stale, what failed, the newest release, and what is due next."""
    with told(), undisturbed():  # most of it is imports, which the garbage collector would walk again and again
        from pipeline.deploy.status import as_json, lines, status_of

        found = status_of(load_settings(data_dir=data_dir))
        typer.echo(as_json(found) if json else "\n".join(lines(found)))


def backup(
    to: Annotated[
        str | None, typer.Option("--to", metavar="URL", help="s3://BUCKET/PREFIX [default: the setting backup_to].")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Copy store and releases to an object store that speaks S3; a run does so too where backup_to is set."""
    from pipeline.deploy.backup import back_up

    with told():
        settings = load_settings(backup_to=to, data_dir=data_dir)
        store = backup_of(settings)
        if store is None:
            fail("no place to copy to; name one with --to s3://BUCKET/PREFIX or the setting backup_to", AT_FAULT)
        typer.echo(back_up(settings.data_dir, store).line(store.url))


def recover(
    source: Annotated[
        str | None, typer.Option("--from", metavar="URL", help="s3://BUCKET/PREFIX [default: the setting backup_to].")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """Put back what a data directory has lost, or all of it on a new machine, from a backup; every hash is checked."""
    from pipeline.deploy.backup import recover as put_back

    with told():
        settings = load_settings(backup_to=source, data_dir=data_dir)
        store = backup_of(settings)
        if store is None:
            fail("no place to recover from; name one with --from s3://BUCKET/PREFIX or backup_to", AT_FAULT)
        typer.echo(put_back(settings.data_dir, store).line(str(settings.data_dir)))


def rollback(
    version: Annotated[str, typer.Argument(metavar="VERSION", help="Version that `latest` shall lead to.")],
    data_dir: DataDir = None,
) -> None:
    """Let `latest` lead to an earlier release until a newer one comes; no release is altered or removed."""
    from pipeline.release.rolled_back import roll_back

    with told():
        releases = load_settings(data_dir=data_dir).data_dir / "releases"
        target = roll_back(releases, version)
        typer.echo(f"{releases / 'latest'} leads to {target.name}; the next new release moves it on")


def backup_of(settings: Settings) -> ObjectStore | None:
    """Return the object store of `backup_to`, which is not asked yet; None where none is set.

    Raises:
        InputError: the setting or the environment cannot be used.
    """
    if not settings.backup_to:
        return None
    from pipeline.deploy.backup import open_backup

    return open_backup(settings.backup_to)


def begin_with_backup(settings: Settings, store: ObjectStore | None) -> None:
    """Let a machine without data begin with what was copied, where something was.

    Raises:
        FieldledgerError: a copy cannot be used.
    """
    if store is None or (settings.data_dir / "store").exists() or (settings.data_dir / "releases").exists():
        return
    from pipeline.deploy.backup import SNAPSHOT
    from pipeline.deploy.backup import recover as put_back

    if store.read(SNAPSHOT) is not None:
        typer.echo(put_back(settings.data_dir, store).line(str(settings.data_dir)), err=True)


def also_backed_up(settings: Settings, store: ObjectStore | None) -> list[str]:
    """Copy what a run left to ``store``, where there is one; return what came of it, in lines.

    Raises:
        FieldledgerError: it cannot be copied; the message says that the run itself is done.
    """
    if store is None:
        return []
    from pipeline.deploy.backup import back_up

    try:
        return [back_up(settings.data_dir, store).line(f"Copied to {store.url}")]
    except FieldledgerError as error:
        raise type(error)(f"the run is done in {settings.data_dir}, but not copied yet: {error}") from error


def dev(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 3000,
    data_dir: DataDir = None,
    location: Annotated[
        list[Path] | None,
        typer.Option(metavar="DIR", help="Folder with a fieldledger.toml, for several regions; may be repeated."),
    ] = None,
) -> None:
    """Open Dagster's UI with all assets, on this machine only."""
    from pipeline.deploy.locations import open_regions, write_workspace
    from pipeline.run import open_instance

    with told():
        if location and data_dir is not None:
            fail("--data-dir and --location do not go together; each location has a data_dir in its file", AT_FAULT)
        regions = open_regions(location) if location else []
        settings = regions[0][1] if regions else load_settings(data_dir=data_dir)
        with open_instance(settings) as instance:
            home = instance.root_directory
        what = ["-w", str(write_workspace(regions))] if regions else ["-m", "pipeline.definitions"]
        os.environ |= {
            "DAGSTER_HOME": home,
            "DAGSTER_DISABLE_TELEMETRY": "yes",
            "PYTHONWARNINGS": "ignore::FutureWarning",
        } | ({} if regions else {"FIELDLEDGER_DATA_DIR": str(settings.data_dir.resolve())})
        typer.echo(f"Dagster's UI on http://127.0.0.1:{port} (Ctrl-C stops it)")
        program = str(Path(sys.executable).with_name("dagster"))
        os.execv(program, [program, "dev", *what, "-h", "127.0.0.1", "-p", str(port)])
