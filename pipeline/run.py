"""The main job: read the inputs, materialise every asset that is not up to date, tell what came of it.

Runs Dagster in this process, on an instance in the data directory that `fieldledger dev` shows too. What the assets
do is theirs; how the account looks on a screen is `screen`'s.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
import polars as pl

from pipeline.dagster_home import check_postgres, home_of, with_handler, with_storage
from pipeline.definitions import INBOX, assets_and_checks, resources
from pipeline.errors import FieldledgerError, InputError
from pipeline.ids import sha256_bytes, sha256_text
from pipeline.kept_apart import keys_of
from pipeline.lineage import code_version, code_versions, lock_version
from pipeline.partitions import UNDATED, weeks_name
from pipeline.release.reader import released_versions
from pipeline.run_history import open_history
from pipeline.settings import Settings
from pipeline.storage import fingerprint, write_atomically
from pipeline.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

DAGSTER_YAML = """\
# Written by fieldledger. Nothing is reported to anybody, and nobody is asked to sign up.
telemetry:
  enabled: false
nux:
  enabled: false
"""
QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
SITE = "site"
"""The asset that makes the site, and the folder that it makes."""
BOOKS = ("ingest_books", "extract_books", "resolve_books", "correct_books", "aggregate_books")


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did."""

    books: pl.DataFrame
    """Columns of `books.BOOKS_SCHEMA`, stages in order."""
    rejections: pl.DataFrame
    """The table `rejections`."""
    weeks: int
    """Weeks of publication that were read."""
    release: Path
    new_release: bool
    site: Path | None
    """Folder of the site; None where none was asked for."""
    worked: dict[str, tuple[int, int]]
    """For each kind of step how many pieces were done, and how many were found done."""


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """Return the Dagster instance of the settings (runs, materialisations and checks).

    Raises:
        InputError: its file or its database cannot be used.
    """
    home = home_of(settings)
    file = home / "dagster.yaml"
    there = file.read_text(encoding="utf-8") if file.exists() else None
    wanted = with_handler(with_storage(DAGSTER_YAML if there is None else there, settings, str(file)))
    if wanted != there:
        write_atomically(file, wanted.encode())
    check_postgres(settings)
    return open_history(home)


@contextmanager
def _user_errors() -> Iterator[None]:
    """Let an error that a user can mend come out of Dagster as it went in."""
    try:
        yield
    except dg.DagsterError as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, FieldledgerError):
                raise cause from None
            cause = cause.__cause__
        raise


def _materialise(
    bench: Workbench, instance: dg.DagsterInstance, selection: dg.AssetSelection, weeks: Sequence[str]
) -> None:
    span = (
        {"dagster/asset_partition_range_start": weeks[0], "dagster/asset_partition_range_end": weeks[-1]}
        if weeks
        else {}
    )
    with _user_errors():
        result = dg.materialize(
            assets_and_checks(bench),
            selection=selection,
            instance=instance,
            resources=resources(bench),
            run_config=QUIET,
            tags=span,
        )
    failed = [
        e for e in result.get_asset_check_evaluations() if not e.passed and e.severity == dg.AssetCheckSeverity.ERROR
    ]
    if failed:
        names = ", ".join(f"{e.check_name} of {e.asset_key.to_user_string()}" for e in failed)
        raise FieldledgerError(
            f"these checks failed: {names}; `fieldledger dev` shows what they saw. Nothing was released"
        )


def run(bench: Workbench, *, with_site: bool = False) -> RunReport:
    """Run all stages on the inputs of the settings; what was done before for the same inputs is not done again.

    Args:
        bench: the settings, the store and the region.
        with_site: whether the site of all releases is made as well.

    Raises:
        InputError: an input is not there, or nothing could be read.
        FieldledgerError: the disk is full, a check failed, a release or the site cannot be written.
    """
    _make_folder(bench.settings.data_dir)
    prefix = bench.settings.dagster_prefix
    with open_instance(bench.settings) as instance:
        _materialise(bench, instance, keys_of(prefix, *INBOX), ())
        weeks = instance.get_dynamic_partitions(weeks_name(prefix))
        state = _state(bench, weeks)
        before = _last_release(bench, state)
        if before is None:
            everything = dg.AssetSelection.all() - keys_of(prefix, *INBOX, SITE)
            _materialise(bench, instance, everything, weeks)
            _note(bench, state)
        else:
            bench.store.log["all later stages"] = (0, 1)
        site = _site(bench, instance) if with_site else None
    store = bench.store
    return RunReport(
        books=pl.concat(store.load(name) for name in BOOKS),
        rejections=store.load("rejections"),
        weeks=sum(week != UNDATED for week in weeks),
        release=latest_release(bench.settings.data_dir),
        new_release=before is None and bool(store.load("release")["new"].item()),
        site=site,
        worked=dict(store.log),
    )


def _site(bench: Workbench, instance: dg.DagsterInstance) -> Path:
    """Make the site of all releases, where the one that lies there is of others, or made by other code."""
    folder = bench.settings.data_dir / SITE
    note = bench.store.root / "last_site.json"
    release = latest_release(bench.settings.data_dir)
    manifest = sha256_bytes((release / "manifest.json").read_bytes())
    code = [code_version(SITE), lock_version()]
    state = json.dumps([manifest, released_versions(release.parent), code, bench.settings.site_url])
    if note.is_file() and note.read_text(encoding="utf-8") == state and (folder / "index.html").is_file():
        bench.store.log["site"] = (0, 1)
        return _shown(folder)
    try:
        _materialise(bench, instance, keys_of(bench.settings.dagster_prefix, SITE), ())
    except FieldledgerError as error:
        raise type(error)(f"{release} is published, but the site is not made of it yet: {error}") from error
    write_atomically(note, state.encode())
    return _shown(folder)


def _make_folder(data_dir: Path) -> None:
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(
            f"data directory {data_dir}: cannot be made ({error.strerror}); name a folder that may be written"
        ) from None


def latest_release(data_dir: Path) -> Path:
    """Return the folder of the newest release in ``data_dir``; FieldledgerError when there is none."""
    latest = data_dir / "releases" / "latest"
    if not latest.exists():
        raise FieldledgerError(f"{latest}: no release yet; `fieldledger run` makes one")
    return _shown(latest)


def _shown(path: Path) -> Path:
    """Return ``path`` as people read it: from where they are, or whole."""
    path = path.resolve()
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path


def _state(bench: Workbench, weeks: Sequence[str]) -> str:
    """Return a hash over all that the stages after the inbox depend on."""
    store = bench.store
    inbox = [fingerprint(store.load(name)) for name in INBOX]
    versions = [code_versions(), lock_version(), bench.region.digest()]
    return sha256_text(json.dumps([inbox, sorted(weeks), versions, bench.settings.entering()]))


def _last_release(bench: Workbench, state: str) -> str | None:
    """Return the version that the last complete run released from the same ``state``, if it still stands."""
    try:
        noted = json.loads((bench.store.root / "last_run.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    version = str(noted["release"])
    latest = bench.settings.data_dir / "releases" / "latest"
    same = noted["state"] == state and latest.exists() and latest.resolve().name == version
    return version if same else None


def _note(bench: Workbench, state: str) -> None:
    version = latest_release(bench.settings.data_dir).name
    write_atomically(bench.store.root / "last_run.json", json.dumps({"state": state, "release": version}).encode())
