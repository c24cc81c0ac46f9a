"""The order in which the pipeline makes the files of a release, so that what went another way first is told first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from graphlib import TopologicalSorter

import dagster as dg

from pipeline.contracts import load_contract
from pipeline.definitions import ROOMS
from pipeline.release.carried import DESCRIPTOR
from pipeline.release.discovery.documents import PATHS
from pipeline.release.forms import RESERVED
from pipeline.release.lock import LOCK
from pipeline.release.package_zip import PACKAGE
from pipeline.release.whole import MANIFEST

PAGES = "briefings"
LAST = ("CHANGES.md", "changes.html", "changes.json", DESCRIPTOR, LOCK, *RESERVED, MANIFEST)
"""Files about all the others, which differ as soon as one of those does."""
NAMING_THE_LOCK = frozenset({LOCK, PACKAGE, *PATHS, MANIFEST})
"""The lock, and the files that hold it, list it or tell what is in it: another program alone makes them differ."""


@lru_cache(maxsize=1)
def table_steps() -> dict[str, tuple[tuple[bool, int, int], str]]:
    """Return what sorts each table, and the stage that makes it.

    Tables come as far down as the line of assets that leads to them is long, those made at once after the tables that
    their keys lead to. How good the program is, is told after what it made.
    """
    assets = [each for each in dg.load_assets_from_modules(ROOMS) if isinstance(each, dg.AssetsDefinition)]
    stages = {key.to_user_string(): stage for each in assets for key, stage in each.group_names_by_key.items()}
    made_of = {key.to_user_string(): _names(each.asset_deps[key]) for each in assets for key in each.keys}
    contract = load_contract().tables.values()
    keys_to = {table.name: {key.parent for key in table.foreign_keys} - {table.name} for table in contract}
    line, parents = _depths(made_of), _depths(keys_to)
    return {
        name: ((stages[name] == "evaluate", line[name], parents[name]), stages[name])
        for name in keys_to
        if name in stages
    }


def _names(keys: Iterable[dg.AssetKey]) -> set[str]:
    return {key.to_user_string() for key in keys}


def _depths(above: Mapping[str, set[str]]) -> dict[str, int]:
    """Return how many steps each name lies below one that has nothing above it."""
    depths: dict[str, int] = {}
    for name in TopologicalSorter(above).static_order():
        depths[name] = 1 + max((depths[other] for other in above.get(name, ())), default=-1)
    return depths


def table_of(path: str) -> str | None:
    """Return the table that a file of a release holds, None when it is no table."""
    folder, _, name = path.partition("/")
    return name.split("/")[0].split(".")[0] if folder == "data" else None


def step_of(path: str) -> str:
    """Return the stage that makes a file of a release."""
    if (table := table_of(path)) in table_steps():
        return table_steps()[str(table)][1]
    return "brief" if path.startswith(f"{PAGES}/") else "release"


def place_of(path: str) -> tuple[int, tuple[int, ...], str]:
    """Return what sorts the files of a release as they are made: tables, pages, documents, then what lists them."""
    if (table := table_of(path)) in table_steps():
        return 0, table_steps()[str(table)][0], path
    if path in LAST:
        return 3, (LAST.index(path),), path
    return (1 if path.startswith(f"{PAGES}/") else 2), (), path
