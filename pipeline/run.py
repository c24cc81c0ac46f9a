"""The main job: read the inputs, materialise every asset that is not up to date, tell what came of it.

Runs Dagster in this process, on an instance in the data directory that `fieldledger dev` shows too. What the assets
do is theirs; how the account looks on a screen is `screen`'s.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import dagster as dg
import polars as pl
from dagster._core.errors import DagsterAssetCheckFailedError

from pipeline.dagster_home import check_postgres, home_of, with_handler, with_storage
from pipeline.definitions import INBOX, assets_and_checks, resources
from pipeline.errors import FieldledgerError, InputError
from pipeline.history_form import check_files
from pipeline.history_repair import close_dead_runs, put_damaged_aside
from pipeline.ids import sha256_bytes, sha256_text
from pipeline.kept_apart import keys_of
from pipeline.lineage import code_version, code_versions, lock_version
from pipeline.orchestrate.automation import all_weeks
from pipeline.orchestrate.check_assets import told_warnings
from pipeline.orchestrate.instance import with_pools
from pipeline.orchestrate.limits import limits_for
from pipeline.orchestrate.run_account import alerting, failed_checks, run_ids_of
from pipeline.partitions import UNDATED, weeks_name
from pipeline.release.reader import released_versions
from pipeline.run_history import open_history
from pipeline.run_lock import only_run
from pipeline.settings import Settings
from pipeline.stale_weeks import in_ranges, stale_weeks
from pipeline.storage import write_atomically
from pipeline.workbench import Workbench

if TYPE_CHECKING:
    from collections.abc import Iterator

UPLOADS = "uploads"
"""The asset that carries releases elsewhere in runs that Dagster starts; here the command line does."""
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
BY_WEEK = ("weekly_articles", "weekly_coding")
"""The assets with weeks as partitions; only the weeks that changed are made again."""
AFTER_RELEASE = (SITE, UPLOADS)
"""Assets made of a release when it is there: whether it still stands does not rest on them."""
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
    warnings: tuple[str, ...] = ()
    """What the data checks warn of in the release, a line each."""
    damage: tuple[str, ...] = ()
    """What was found damaged in the store or in Dagster's records, a line each; it was put aside and made again."""


def open_instance(settings: Settings) -> dg.DagsterInstance:
    """Return the Dagster instance of the settings (runs, materialisations and checks).

    Raises:
        InputError: its file or its database cannot be used, or is of another Dagster.
    """
    home = home_of(settings)
    file = home / "dagster.yaml"
    there = file.read_text(encoding="utf-8") if file.exists() else None
    wanted = with_storage(DAGSTER_YAML if there is None else there, settings, str(file))
    wanted = with_handler(with_pools(wanted, str(file)))
    if wanted != there:
        write_atomically(file, wanted.encode())
    check_postgres(settings)
    check_files(home)
    return open_history(home)


@contextmanager
def _user_errors() -> Iterator[None]:
    """Let an error that a user can mend come out of Dagster as it went in."""
    try:
        yield
    except (dg.DagsterError, dg.Failure) as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, FieldledgerError):
                raise cause from None
            cause = cause.__cause__ or cause.__context__
        raise


def _materialise(
    bench: Workbench,
    instance: dg.DagsterInstance,
    selection: dg.AssetSelection,
    weeks: Sequence[str],
    tags: Mapping[str, str],
) -> tuple[str, ...]:
    """Make the assets; return what the data checks warn of."""
    with _user_errors(), _stopped(instance, tags):
        result = dg.materialize(
            assets_and_checks(bench),
            selection=selection,
            instance=instance,
            resources=resources(bench),
            run_config=QUIET,
            tags={**tags, **all_weeks(weeks)},
        )
    return told_warnings(result.get_asset_check_evaluations())


@contextmanager
def _stopped(instance: dg.DagsterInstance, tags: Mapping[str, str]) -> Iterator[None]:
    """Say of a run that checks stopped which they were."""
    try:
        yield
    except DagsterAssetCheckFailedError as error:
        failed = failed_checks(instance, run_ids_of(instance, tags)) or (str(error),)
        raise FieldledgerError(
            f"these checks failed: {', '.join(failed)}; `fieldledger dev` shows what they saw. Nothing was released"
        ) from None


def run(bench: Workbench, *, with_site: bool = False, wait: float = 0.0) -> RunReport:
    """Run all stages on the inputs of the settings; what was done before for the same inputs is not done again.

    Args:
        bench: the settings, the store and the region.
        with_site: whether the site of all releases is made as well.
        wait: seconds to wait for another run on the same data directory to end.

    Raises:
        InputError: an input is not there, nothing could be read, or another run is at work.
        FieldledgerError: the disk is full, a check failed, a release or the site cannot be written.
    """
    _make_folder(bench.settings.data_dir)
    limits_for(bench.settings)  # what is wrong with them is told before anything is worked on
    prefix = bench.settings.dagster_prefix
    with (
        only_run(bench.settings.data_dir, wait),
        _records(bench) as instance,
        alerting(bench.settings, instance) as tags,
    ):
        warnings = _materialise(bench, instance, keys_of(prefix, *INBOX), (), tags)
        weeks = instance.get_dynamic_partitions(weeks_name(prefix))
        state = _state(bench, weeks)
        before = _last_release(bench, state)
        if before is None:
            for row in in_ranges(stale_weeks(bench, weeks), weeks):
                warnings += _materialise(bench, instance, keys_of(prefix, *BY_WEEK), row, tags)
            everything = dg.AssetSelection.all() - keys_of(prefix, *INBOX, *BY_WEEK, SITE, UPLOADS)
            warnings += _materialise(bench, instance, everything, (), tags)
            _note(bench, state, warnings)
        else:
            warnings = _noted_warnings(bench)
            bench.store.log["all later stages"] = (0, 1)
        site = _site(bench, instance, tags) if with_site else None
    store = bench.store
    return RunReport(
        books=pl.concat(store.load(name) for name in BOOKS),
        rejections=store.load("rejections"),
        weeks=sum(week != UNDATED for week in weeks),
        release=latest_release(bench.settings.data_dir),
        new_release=before is None and bool(store.load("release")["new"].item()),
        site=site,
        worked=dict(store.log),
        warnings=warnings,
        damage=tuple(store.damage),
    )


@contextmanager
def _records(bench: Workbench) -> Iterator[dg.DagsterInstance]:
    """Open Dagster's records: what is damaged of them is put aside, and runs that died are told to have failed."""
    bench.store.damage.extend(put_damaged_aside(home_of(bench.settings), bench.store.root))
    with open_instance(bench.settings) as instance:
        close_dead_runs(instance)
        yield instance


def _site(bench: Workbench, instance: dg.DagsterInstance, tags: Mapping[str, str] | None = None) -> Path:
    """Make the site of all releases, where the one that lies there is of others, or made by other code."""
    folder = bench.settings.data_dir / SITE
    note = bench.store.root / "last_site.json"
    release = latest_release(bench.settings.data_dir)
    manifest = sha256_bytes((release / "manifest.json").read_bytes())
    code = [code_version(SITE), lock_version()]
    state = json.dumps([manifest, released_versions(release.parent), code, bench.settings.site_url])
    if note.is_file() and note.read_bytes() == state.encode() and (folder / "index.html").is_file():
        bench.store.log["site"] = (0, 1)
        return _shown(folder)
    try:
        _materialise(bench, instance, keys_of(bench.settings.dagster_prefix, SITE), (), tags or {})
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
    inbox = [store.current(name, None) for name in INBOX]
    versions = [code_versions(), lock_version(), bench.region.digest()]
    return sha256_text(json.dumps([inbox, sorted(weeks), versions, bench.settings.entering()]))


def _last_release(bench: Workbench, state: str) -> str | None:
    """Return the version that the last complete run released from the same ``state``, if all it made still stands.

    Every value in the store is held to its hash: what is damaged or lost is made again by this run.
    """
    try:
        noted = json.loads((bench.store.root / "last_run.json").read_bytes())
        version, same = str(noted["release"]), noted["state"] == state
        values = noted["values"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    latest = bench.settings.data_dir / "releases" / "latest"
    stands = same and latest.exists() and latest.resolve().name == version
    return version if stands and bench.store.standing(AFTER_RELEASE) == values else None


def _note(bench: Workbench, state: str, warnings: Sequence[str]) -> None:
    version = latest_release(bench.settings.data_dir).name
    noted = {
        "state": state,
        "release": version,
        "warnings": warnings,
        "values": bench.store.standing(AFTER_RELEASE),
    }
    write_atomically(bench.store.root / "last_run.json", json.dumps(noted).encode())


def _noted_warnings(bench: Workbench) -> tuple[str, ...]:
    """Return what the run warned of that made the release which still stands."""
    noted = json.loads((bench.store.root / "last_run.json").read_bytes())
    return tuple(noted.get("warnings", ()))
