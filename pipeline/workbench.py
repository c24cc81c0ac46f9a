"""What every asset works with: the settings, the store, the region's knowledge and whoever watches the progress."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.progress import Progress, Unwatched
from pipeline.regions import RegionPack, load_region
from pipeline.settings import Settings
from pipeline.storage import Store


@dataclass(frozen=True)
class Workbench:
    """Handed to the assets as the Dagster resource `workbench`."""

    settings: Settings
    store: Store
    region: RegionPack
    progress: Progress = field(default_factory=Unwatched)


def open_workbench(settings: Settings, progress: Progress | None = None) -> Workbench:
    """Open the store of ``settings`` and load its region pack.

    Raises:
        FieldledgerError: there is no region pack of that name, or it contradicts itself.
        InputError: a supplied gazetteer cannot be used.
    """
    region = load_region(settings.region, settings.gazetteers)
    return Workbench(settings, Store(settings.data_dir / "store"), region, progress or Unwatched())
