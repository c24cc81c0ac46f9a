"""A series of two releases, with their papers in the store beside them."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from pipeline.archive import Archive
from tests.release.factory import publish_world, with_values, world


def corrected() -> dict[str, pl.DataFrame]:
    """Return the tables of the second release: the world with one figure corrected."""
    return {**world(), "events": with_values(world()["events"], {"place_name": "Upper Mill"}, fatalities_best=6)}


def publish_series(data_dir: Path) -> Path:
    """Publish both below ``data_dir``, and return the folder of the second, 1.0.1."""
    archive = Archive(data_dir / "store")
    for tables in (world(), corrected()):
        release = publish_world(data_dir / "releases", tables).path
        for paper in ("manifest.json", "lock.json"):
            archive.keep(release / paper)
    return release
