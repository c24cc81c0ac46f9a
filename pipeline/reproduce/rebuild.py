"""One release made again: the pipeline as it is, on the raw inputs of a lock, in a folder of its own."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from pipeline.archive import Archive
from pipeline.errors import FieldledgerError, InputError, cut
from pipeline.progress import Progress
from pipeline.release.lock import Lock
from pipeline.release.reader import newest_release
from pipeline.reproduce.materials import Shelves, gather, gazetteers, given, gold_sets
from pipeline.run import run
from pipeline.settings import OF_THIS_MACHINE, Settings
from pipeline.workbench import Workbench, open_workbench


@dataclass(frozen=True, slots=True)
class Workshop:
    """A clean folder in which releases are made again, one after the other."""

    folder: Path

    @property
    def data_dir(self) -> Path:
        """The data directory of the pipeline."""
        return self.folder / "data"

    @property
    def releases(self) -> Path:
        """Where what is made lies."""
        return self.data_dir / "releases"

    @property
    def archive(self) -> Archive:
        """Where raw inputs are gathered."""
        return Archive(self.data_dir / "store")

    def lay(self, release: Path) -> None:
        """Copy a release that the next one is to follow."""
        shutil.copytree(release, self.releases / release.name, symlinks=True)

    def bench(self, lock: Lock, shelves: Shelves, progress: Progress) -> Workbench:
        """Gather what ``lock`` names, and return the workbench on which its release is made.

        Raises:
            InputError: a raw input is missing or damaged; this program knows no such region or setting.
        """
        gather(lock, shelves, self.archive)
        place = self.folder / "named" / str(len(list(self.releases.glob("v*"))))
        settings = _settings(
            lock,
            data_dir=self.data_dir,
            inputs=(),
            gazetteers=gazetteers(lock, self.archive, place),
            gold=gold_sets(lock, self.archive, place),
            corrections=None,
            publish_to=None,
        )
        try:
            return open_workbench(settings, progress, given(lock, self.archive))
        except FieldledgerError as error:
            raise InputError(str(error)) from error

    def make(self, bench: Workbench) -> Path | None:
        """Run the pipeline and return the folder of the release that came of it; None when there was none to make.

        Raises:
            FieldledgerError: a check failed, the disk is full.
        """
        before = newest_release(self.releases)
        run(bench)
        after = newest_release(self.releases)
        return None if after == before else after


def _settings(lock: Lock, **of_this_machine: object) -> Settings:
    """Return the settings of ``lock``. Neither environment nor settings file has a say: every field is given."""
    defaults = {name: field.default for name, field in Settings.model_fields.items() if name not in OF_THIS_MACHINE}
    try:
        return Settings(**{**defaults, **lock.settings, **of_this_machine})
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(map(str, first["loc"])) or "settings"
        raise InputError(
            f"setting {cut(name)} of the lock: {first['msg']} (given: {cut(first.get('input'))}); "
            "use the program that made the release"
        ) from None
