"""What `doctor` looks at on the machine: Python, packages, model, region, folders, disk, Dagster, object stores."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Mapping
from importlib import metadata, util
from pathlib import Path
from urllib.parse import urlsplit

from packaging.markers import Marker
from packaging.requirements import Requirement
from pydantic import SecretStr

from pipeline.deploy.doctor import OK, WARN, WRONG, Finding
from pipeline.errors import FieldledgerError
from pipeline.lineage import LOCK
from pipeline.settings import Settings

LEAST_PYTHON = (3, 11)
LEAST_BYTES = 500_000_000
"""What a data directory needs at least: a year of 50,000 articles takes about so much."""
TIMES_NEWEST = 3
"""A release is staged beside the newest, read back, and its site made: so many times its size should be free."""
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)(?: *; *([^\\]+))?", re.MULTILINE)


def python(settings: Settings) -> Iterable[Finding]:
    """Look at Python's version."""
    name = ".".join(map(str, sys.version_info[:3]))
    if tuple(sys.version_info[:2]) < LEAST_PYTHON:
        yield Finding(WRONG, "python", name, f"use Python {'.'.join(map(str, LEAST_PYTHON))} or newer")
    else:
        yield Finding(OK, "python", name)


def locked(text: str) -> Mapping[str, str]:
    """Return the versions that a lock pins here, by name."""
    return {name: version for name, version, marker in _PIN.findall(text) if not marker or Marker(marker).evaluate()}


def packages(settings: Settings) -> Iterable[Finding]:
    """Hold what is installed of the program's own dependencies, and of theirs, to the lock."""
    pins = locked(LOCK.read_text(encoding="utf-8"))
    other, missing = [], []
    for name in sorted(_needed(pins)):
        try:
            found = metadata.version(name)
        except metadata.PackageNotFoundError:
            missing.append(name)
            continue
        if found != pins[name]:
            other.append(f"{name} {found} (locked {pins[name]})")
    remedy = "make setup, or pip install --require-hashes -r requirements.lock"
    if missing:
        yield Finding(WRONG, "packages", f"not installed: {', '.join(missing)}", remedy)
    if other:
        yield Finding(WARN, "packages", f"other versions: {', '.join(other)}; bytes of a release may differ", remedy)
    if not missing and not other:
        yield Finding(OK, "packages", "as requirements.lock has them")


def _needed(pins: Mapping[str, str]) -> set[str]:
    """Return the names in the lock that the program needs: its direct dependencies and theirs that are installed."""
    from pipeline.lineage import _project

    waiting = [Requirement(text).name.lower() for text in _project()["dependencies"]]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop().replace("_", "-")
        if name in seen or name not in pins:
            continue
        seen.add(name)
        try:
            asked = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            continue
        for requirement in map(Requirement, asked):
            if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
                waiting.append(requirement.name.lower())
    return seen


def model(settings: Settings) -> Iterable[Finding]:
    """Look for the spaCy model; it is found, not loaded."""
    if util.find_spec(settings.model) is None and not Path(settings.model).is_dir():
        remedy = "install it, or name an installed one in the setting model"
        yield Finding(WRONG, "model", f"{settings.model} is not installed", remedy)
    else:
        yield Finding(OK, "model", settings.model)


def region(settings: Settings) -> Iterable[Finding]:
    """Read the region pack, and the gazetteers that are added."""
    from pipeline.regions import load_region

    pack = load_region(settings.region, settings.gazetteers)
    yield Finding(OK, "region", f"{pack.title}: {len(pack.actors):,} actors, {len(pack.places):,} places")


def inputs(settings: Settings) -> Iterable[Finding]:
    """See that what is read can be read."""
    for path in (*settings.inputs, *settings.gold, *filter(None, [settings.corrections])):
        if not path.exists():
            yield Finding(WRONG, "inputs", f"{path}: is not there", "correct the setting, or put it there")
        elif not os.access(path, os.R_OK):
            yield Finding(WRONG, "inputs", f"{path}: may not be read", "give the user that runs this permission")
    if not settings.inputs:
        yield Finding(WARN, "inputs", "none set: the invented sample is read", "name folders in the setting inputs")


def folders(settings: Settings) -> Iterable[Finding]:
    """See that the data directory and what is in it may be written."""
    top = settings.data_dir
    there = next(path for path in (top, *top.resolve().parents) if path.exists())
    if there.is_file():
        yield Finding(WRONG, "permissions", f"{there}: is a file", "name a folder in data_dir")
        return
    home = settings.dagster_home or top / "dagster"
    looked_at = [there, *(path for path in (top / "store", top / "releases", home) if path.exists())]
    closed = [path for path in looked_at if not os.access(path, os.R_OK | os.W_OK | os.X_OK)]
    for path in closed:
        yield Finding(WRONG, "permissions", f"{path}: may not be written", f"chown -R $(id -un) {path}")
    if not closed:
        yield Finding(OK, "permissions", f"{top} may be written")


def disk(settings: Settings) -> Iterable[Finding]:
    """Hold the free disk to what the next release needs."""
    top = settings.data_dir.resolve()
    free = shutil.disk_usage(next(path for path in (top, *top.parents) if path.exists())).free
    latest = top / "releases" / "latest"
    newest = sum(path.stat().st_size for path in latest.rglob("*") if path.is_file()) if latest.is_dir() else 0
    need = max(LEAST_BYTES, TIMES_NEWEST * newest)
    says = f"{free / 1e9:,.1f} GB free, {need / 1e9:,.1f} GB wanted"
    yield Finding(OK, "disk", says) if free >= need else Finding(WRONG, "disk", says, "free some, or move data_dir")


def dagster(settings: Settings) -> Iterable[Finding]:
    """See that Dagster's records can be opened and have the form that this Dagster writes."""
    from pipeline.dagster_home import home_of
    from pipeline.run import open_instance

    home = home_of(settings)
    if not (home / "dagster.yaml").exists() and settings.dagster_postgres_url is None:
        yield Finding(OK, "dagster", f"no records in {home} yet")
        return
    with open_instance(settings) as instance:
        instance.get_runs_count()
    where = "PostgreSQL" if settings.dagster_postgres_url else f"SQLite in {home}"
    yield Finding(OK, "dagster", f"records in {where}")


def automation(settings: Settings) -> Iterable[Finding]:
    """See that assets, checks, sensors and schedule can be made as the settings say: times, limits and owners."""
    from pipeline.definitions import build_definitions
    from pipeline.workbench import open_workbench

    build_definitions(open_workbench(settings))
    switched = "on" if settings.automatic else "off until switched on in Dagster's UI"
    yield Finding(OK, "automation", f"release_cron {settings.release_cron} (UTC), {switched}")


def object_stores(settings: Settings) -> Iterable[Finding]:
    """Ask each object store that is set."""
    from pipeline.deploy.backup import open_backup
    from pipeline.release.object_store import ObjectStore

    for name, url, opened in (
        ("publish_to", settings.publish_to, ObjectStore),
        ("backup_to", settings.backup_to, open_backup),
    ):
        if url:
            try:
                opened(url).read("index.json")
            except FieldledgerError as error:
                yield Finding(WRONG, name, str(error), "as the message says")
            else:
                yield Finding(OK, name, f"{url} answers")


def webhook(settings: Settings) -> Iterable[Finding]:
    """See that the address of alerts, where there is one, is an address; it is not called and not shown."""
    value = getattr(settings, "alert_webhook", None)
    if value is None:
        return
    parts = urlsplit(value.get_secret_value() if isinstance(value, SecretStr) else str(value))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        yield Finding(WRONG, "alert_webhook", "is no address (not shown)", "give https://HOST/PATH")
    elif parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        yield Finding(WARN, "alert_webhook", "is not encrypted", "give an https address")
    else:
        yield Finding(OK, "alert_webhook", "is an address")


LOOKS = (
    ("python", python),
    ("packages", packages),
    ("model", model),
    ("region", region),
    ("inputs", inputs),
    ("permissions", folders),
    ("disk", disk),
    ("dagster", dagster),
    ("automation", automation),
    ("object stores", object_stores),
    ("alert_webhook", webhook),
)
