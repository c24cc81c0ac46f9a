"""What every asset works with: the settings, the store, the region's knowledge and whoever watches the progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from pipeline.lineage import code_version, lock_version
from pipeline.progress import Progress, Unwatched
from pipeline.regions import RegionPack, load_region
from pipeline.settings import Settings
from pipeline.storage import Frames, Store, fingerprint


@dataclass(frozen=True)
class Workbench:
    """Handed to the assets as the Dagster resource `workbench`."""

    settings: Settings
    store: Store
    region: RegionPack
    progress: Progress = field(default_factory=Unwatched)

    def remember(
        self, step: str, room: str, tables: Sequence[pl.DataFrame], compute: Callable[[], Frames], *also: str
    ) -> Frames:
        """Return what a step of ``room`` gives for ``tables``, computed only where something it rests on is new.

        It rests on the content of the tables, on the code of the room, on the lock file, and on ``also``.
        """
        inputs = [*map(fingerprint, tables), *also, code_version(room), lock_version()]
        return self.store.remember(step, inputs, compute)


def open_workbench(settings: Settings, progress: Progress | None = None) -> Workbench:
    """Open the store of ``settings`` and load its region pack.

    Raises:
        FieldledgerError: there is no region pack of that name, or it contradicts itself.
        InputError: a supplied gazetteer cannot be used.
    """
    region = load_region(settings.region, settings.gazetteers)
    return Workbench(settings, Store(settings.data_dir / "store"), region, progress or Unwatched())
