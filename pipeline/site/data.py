"""What the pages of the site are made of: the newest release, the history of all, and facts that every page shares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.brief.context import BriefContext
from pipeline.errors import FieldledgerError
from pipeline.regions import load_region
from pipeline.regions.geometry import Geometry, load_geometry
from pipeline.release import files
from pipeline.release.about import Invention, package_words
from pipeline.release.carried import DESCRIPTOR
from pipeline.release.index import Index, LeftOut, make_index
from pipeline.release.index_entry import entry_of
from pipeline.release.index_pages import index_files
from pipeline.release.manifest import json_object
from pipeline.site import addresses
from pipeline.site.editions import Edition, open_editions
from pipeline.site.history import History, read_history

DEFAULT_URL = "http://127.0.0.1:8765/"
"""Where `fieldledger serve` shows the site."""


@dataclass(frozen=True, eq=False)
class SiteData:
    """The releases of a folder, opened; tables are read when they are asked for, and kept."""

    releases: Path
    """Holds one folder a version."""
    editions: tuple[Edition, ...]
    """Newest first; at least one."""
    left_out: tuple[tuple[str, str], ...] = ()
    """Folders of releases that cannot be read, each with the reason."""
    site_url: str = DEFAULT_URL
    """Where the site will be found, ending in `/`: for feeds and the sitemap, which must name whole addresses."""
    _frames: dict[str, pl.DataFrame] = field(default_factory=dict, repr=False)

    @property
    def newest(self) -> Edition:
        """The release that the site shows."""
        return self.editions[0]

    @property
    def version(self) -> str:
        """Version of that release."""
        return self.newest.version

    def frame(self, name: str) -> pl.DataFrame:
        """Return the rows of a table of the newest release, sorted by primary key.

        Raises:
            InputError: the file is missing, or not the one that the descriptor announces.
        """
        if name not in self._frames:
            self._frames[name] = self.newest.frame(name)
        return self._frames[name]

    def forget(self) -> None:
        """Let go of the tables that were read; whoever asks again reads them again."""
        self._frames.clear()

    def tables(self) -> dict[str, pl.DataFrame]:
        """Return all tables of the newest release."""
        return {name: self.frame(name) for name in self.newest.release.tables}

    @cached_property
    def history(self) -> History:
        """What each version changed, by events and weeks."""
        return read_history(self.editions, self, self.left_out)

    @cached_property
    def descriptor(self) -> Mapping[str, Any]:
        """What the newest release says about itself, from its `datapackage.json`."""
        return json_object(files.read_file(self.newest.release.path, DESCRIPTOR), DESCRIPTOR)

    @property
    def title(self) -> str:
        """Title of the data package."""
        return str(self.descriptor["title"])

    @property
    def invention(self) -> Invention:
        """Whether all, some or none of the outlets are invented."""
        found: Invention = self.descriptor["fieldledger:invented"]
        return found

    @property
    def invented(self) -> bool:
        """Whether every outlet is invented, so that each page says so at the top."""
        return self.invention == "all"

    @cached_property
    def invented_outlets(self) -> tuple[str, ...]:
        """Names of the outlets that are invented, where others are not."""
        if self.invention != "some":
            return ()
        return tuple(self.frame("sources").filter("invented").sort("source_name")["source_name"])

    @property
    def region_title(self) -> str:
        """Title of the region, such as "War in Syria"."""
        words = package_words()
        title = self.title
        for pattern in (words.title_invented, words.title):
            title = title.removeprefix(pattern.partition("{region}")[0])
        return title

    @property
    def region(self) -> str:
        """Name of the region pack that the newest release was made with, from its name: `syria`."""
        return str(self.descriptor["name"]).removeprefix(f"{package_words().name}-")

    @cached_property
    def geometry(self) -> Geometry | None:
        """The shapes of the region for maps; None where the program has no pack of that region, or it has no shapes."""
        try:
            return load_geometry(load_region(self.region))
        except FieldledgerError:
            return None

    @property
    def context(self) -> BriefContext:
        """What pages are told about the newest release; what changed is in `history`."""
        return self.context_of(self.newest)

    def context_of(self, edition: Edition) -> BriefContext:
        """Return what a page is told about the release that it belongs to, such as the one that changed it last."""
        licence = self.descriptor["licenses"][0]
        creator = self.descriptor["contributors"][0]["title"]
        return BriefContext(
            title=self.title,
            region_title=self.region_title,
            version=edition.version,
            previous_version=edition.previous_version,
            build_time=edition.build_time,
            invented=self.invented,
            licence=licence["title"],
            licence_url=licence["path"],
            citation=f"{creator} ({edition.build_time[:4]}). {self.title}, version {edition.version}.",
        )

    @cached_property
    def index(self) -> Index:
        """What the releases tell of themselves, newest first: sizes, hashes, what changed."""
        entries, left_out = [], [LeftOut(f"{folder}/", why) for folder, why in self.left_out]
        for edition in self.editions:
            try:
                entries.append(entry_of(edition.release.path, edition.version))
            except FieldledgerError as error:
                left_out.append(LeftOut(f"{edition.release.path.name}/", str(error)))
        if not entries:
            raise FieldledgerError(f"{self.releases}: {left_out[0].path}: {left_out[0].why}; fetch the release again")
        return make_index(entries, left_out)

    @property
    def index_files(self) -> Mapping[str, bytes]:
        """The index that lies beside the releases, by name."""
        return index_files(self.index)

    @cached_property
    def weeks(self) -> tuple[tuple[date, str], ...]:
        """The weeks covered, oldest first: their Monday, and how they are called."""
        return tuple(self.frame("weekly_coverage").sort("week_start").select("week_start", "iso_week").iter_rows())

    @staticmethod
    def root(path: str) -> str:
        """Return what leads from the page at ``path`` to the root of the site."""
        return addresses.root(path)


def open_site(releases: Path, upto: str | None = None, site_url: str = DEFAULT_URL) -> SiteData:
    """Open the releases of a folder.

    Args:
        releases: holds one folder a version.
        upto: version that counts as the newest; None for the highest.
        site_url: where the site will be found.

    Raises:
        InputError: there is no release that can be read, or ``upto`` is not there.
    """
    editions, left_out = open_editions(releases, upto)
    return SiteData(releases, tuple(editions), tuple(left_out), site_url)
