"""Two releases of the small world, in the second of which a toll rose. Read them, change nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipeline.trace.volume import Shelf, open_shelf
from tests.release.factory import world
from tests.release.rows import with_values
from tests.site.worlds import EARLY, of_event, publish_all

CELL = "2021-W05/North/Shelling/artillery/missile attack"


def raised() -> dict[str, pl.DataFrame]:
    """Return the world with a best estimate of 7 in 2021-W05, in the event and in the figures that it entered."""
    tables = of_event(world(), EARLY, fatalities_best=7)
    cell = {
        "week_start": date(2021, 2, 1),
        "admin1": "North",
        "sub_event_type": "Shelling/artillery/missile attack",
    }
    area = {"week_start": date(2021, 2, 1), "area": "North"}
    return {
        **tables,
        "weekly_events": with_values(tables["weekly_events"], cell, fatalities_best=7),
        "weekly_tolls": with_values(tables["weekly_tolls"], area, fatalities_best=7, total_fatalities_best=7),
    }


@pytest.fixture(scope="package")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_all(tmp_path_factory.mktemp("traced") / "releases", world(), raised())


@pytest.fixture(scope="package")
def shelf(releases: Path) -> Shelf:
    return open_shelf(releases)
