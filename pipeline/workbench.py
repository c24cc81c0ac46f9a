"""What every asset works with: the settings, the store, the region's knowledge and whoever watches the progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import polars as pl

from pipeline.archive import Archive
from pipeline.lineage import code_version, lock_version
from pipeline.progress import Progress, Unwatched
from pipeline.regions import RegionPack, load_region
from pipeline.settings import Settings
from pipeline.storage import Frames, Store, fingerprint


@dataclass(frozen=True)
class Given:
    """Raw inputs of a release that is made again, in place of those that settings name."""

    archive: Archive
    """Holds them; it is read, never written to."""
    inputs: pl.DataFrame
    """Columns `ingest.archived.LISTED`."""
    sample: bool
    """Whether they are the region's sample corpus."""
    correction_files: pl.DataFrame
    """Columns `correct.files.FILES`."""


@dataclass(frozen=True)
class Workbench:
    """Handed to the assets as the Dagster resource `workbench`."""

    settings: Settings
    store: Store
    region: RegionPack
    progress: Progress = field(default_factory=Unwatched)
    given: Given | None = None

    @property
    def archive(self) -> Archive:
        """Where raw inputs are kept."""
        return Archive(self.store.root)

    @property
    def reads_sample(self) -> bool:
        """Whether the articles are the region's sample corpus, which is invented as a whole."""
        return self.given.sample if self.given else not self.settings.inputs

    def remember(
        self, step: str, room: str, tables: Sequence[pl.DataFrame], compute: Callable[[], Frames], *also: str
    ) -> Frames:
        """Return what a step of ``room`` gives for ``tables``, computed only where something it rests on is new.

        It rests on the content of the tables, on the code of the room, on the lock file, and on ``also``.
        """
        inputs = [*map(fingerprint, tables), *also, code_version(room), lock_version()]
        return self.store.remember(step, inputs, compute)


def open_workbench(settings: Settings, progress: Progress | None = None, given: Given | None = None) -> Workbench:
    """Open the store of ``settings`` and load its region pack; raw inputs are those ``given``, else what settings name.

    Raises:
        FieldledgerError: there is no region pack of that name, or it contradicts itself.
        InputError: a supplied gazetteer cannot be used.
    """
    region = load_region(settings.region, settings.gazetteers)
    return Workbench(settings, Store(settings.data_dir / "store"), region, progress or Unwatched(), given)
