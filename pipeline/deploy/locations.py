"""Several regions in one Dagster: a code location for each folder that has a `fieldledger.toml`.

A location works in its folder, as `fieldledger run` does there, so that paths in its file mean what they say.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import dagster as dg
import yaml

from pipeline.dagster_home import home_of
from pipeline.errors import InputError, cut
from pipeline.settings import SETTINGS_FILE, Settings, load_settings
from pipeline.storage import write_atomically

OF_ONE = ("DATA_DIR", "REGION", "INPUTS", "DAGSTER_PREFIX", "DAGSTER_HOME", "CORRECTIONS", "PUBLISH_TO", "BACKUP_TO")
"""Settings that no environment may give to several regions at once."""
MODULE = """\
# Written by `fieldledger dev`: the code location of one region.
from pipeline.deploy.locations import definitions_in

defs = definitions_in({folder!r})
"""


def settings_in(folder: Path) -> Settings:
    """Return the settings of the deployment in ``folder``, its paths whole; this process works there from now on.

    Raises:
        InputError: there is no file of settings there, or it cannot be used.
    """
    if not (folder / SETTINGS_FILE).is_file():
        raise InputError(f"{folder}: holds no {SETTINGS_FILE}; write one with region, data_dir and dagster_prefix")
    os.chdir(folder)
    settings = load_settings()
    return settings.model_copy(update={"data_dir": settings.data_dir.resolve(), "dagster_home": home_of(settings)})


def definitions_in(folder: str) -> dg.Definitions:
    """Return the definitions of the deployment in ``folder`` (Dagster's own processes call this)."""
    from pipeline.definitions import build_definitions
    from pipeline.workbench import open_workbench

    return build_definitions(open_workbench(settings_in(Path(folder))))


def check_apart(regions: Sequence[tuple[Path, Settings]]) -> None:
    """See that deployments can share one Dagster.

    Raises:
        InputError: two have the same data directory or prefix, or name another home for Dagster's records.
    """
    if said := [name for name in OF_ONE if f"FIELDLEDGER_{name}" in os.environ]:
        raise InputError(
            f"FIELDLEDGER_{said[0]} is set in the environment, and would count for all regions; set it in the "
            f"{SETTINGS_FILE} of each"
        )
    first_folder, first = regions[0]
    for number, (folder, settings) in enumerate(regions):
        if not settings.dagster_prefix:
            raise InputError(f"{folder / SETTINGS_FILE}: dagster_prefix is empty; give each region a word of its own")
        if settings.dagster_home != first.dagster_home:
            raise InputError(
                f"{folder / SETTINGS_FILE}: dagster_home is {settings.dagster_home}, but {first.dagster_home} in "
                f"{first_folder}; name one folder in both"
            )
        for other, others in regions[:number]:
            for field in ("data_dir", "dagster_prefix"):
                if getattr(settings, field) == getattr(others, field):
                    raise InputError(
                        f"{folder / SETTINGS_FILE}: {field} is {cut(str(getattr(settings, field)))}, as in {other}; "
                        "give each region its own"
                    )


def write_workspace(regions: Sequence[tuple[Path, Settings]]) -> Path:
    """Write a code location for each region, and the `workspace.yaml` that names them; return its path."""
    home = home_of(regions[0][1])
    entries = []
    for folder, settings in regions:
        file = home / "locations" / f"{settings.dagster_prefix}.py"
        write_atomically(file, MODULE.format(folder=str(folder)).encode())
        entries.append({"python_file": {"relative_path": str(file), "location_name": settings.dagster_prefix}})
    path = home / "workspace.yaml"
    write_atomically(path, yaml.safe_dump({"load_from": entries}, sort_keys=False).encode())
    return path


def open_regions(folders: Sequence[Path]) -> list[tuple[Path, Settings]]:
    """Return the settings of each deployment, which can share one Dagster.

    Raises:
        InputError: one cannot be used, or they are not apart.
    """
    here = Path.cwd()
    try:
        regions = [(folder.resolve(), settings_in(folder.resolve())) for folder in folders if not os.chdir(here)]  # type: ignore[func-returns-value]
    finally:
        os.chdir(here)
    check_apart(regions)
    return regions
