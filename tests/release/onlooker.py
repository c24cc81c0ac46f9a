"""A reader of releases who looks on while publishers work, die and meet: what is there must be whole, always."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import FieldledgerError
from pipeline.release import files
from pipeline.release.manifest import read_manifest
from pipeline.release.reader import version_key
from pipeline.version_numbers import VERSION

INDEX = frozenset({"feed.xml", "index.html", "index.json", "index.schema.json"})
UNPUBLISHED = frozenset({".lock", ".staging", ".latest-next", *INDEX, *(f".{name}-next" for name in INDEX)})
"""What a reader may see beside releases and `latest`."""


def whole(release: Path) -> bool:
    """Tell whether a folder holds exactly the files of its manifest, with their sizes and hashes."""
    try:
        manifest = read_manifest(files.read_file(release, "manifest.json"))
        sound = all(files.record_of(release, record.path) == record for record in manifest.files)
    except (OSError, FieldledgerError):
        return False
    there = files.listing(release)
    return sound and not there.others and set(there.files) == {"manifest.json", *(r.path for r in manifest.files)}


class Reader:
    """Somebody who looks at a folder of releases again and again, and remembers what was ever wrong."""

    def __init__(self, releases: Path) -> None:
        self.releases = releases
        self.whole: set[str] = set()
        self.latest: str | None = None
        self.wrong: list[str] = []

    def look(self) -> None:
        """Check every name that was not there before, and where `latest` leads."""
        if not self.releases.is_dir():
            return
        for name in {*os.listdir(self.releases)} - UNPUBLISHED - self.whole - {"latest"}:
            self._look_at(name)
        try:
            target = os.readlink(self.releases / "latest")
        except FileNotFoundError:
            if self.latest is not None:
                self.wrong.append(f"latest led to {self.latest} and is gone")
            return
        if target != self.latest:
            if self.latest is not None and version_key(target[1:]) < version_key(self.latest[1:]):
                self.wrong.append(f"latest led to {self.latest} and leads back to {target}")
            self.latest = target
            if target not in self.whole:
                self._look_at(target)

    def _look_at(self, name: str) -> None:
        if not VERSION.fullmatch(name.removeprefix("v")) or not whole(self.releases / name):
            self.wrong.append(f"{name} is seen, and is no whole release")
        self.whole.add(name)
