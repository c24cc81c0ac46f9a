"""What a release says of itself, before a file of it is written: one account, which every format repeats.

Static words come from `schemas/package.yaml`, tables from the contract, outlets and weeks from the tables' rows. The
descriptor, README, citation and everything in `discovery` are made of the account; none of them words or counts
anything itself. Nothing here knows a format, or reads or writes a release.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import polars as pl

from pipeline.contracts import SCHEMAS, Field, Table
from pipeline.errors import FieldledgerError, cut
from pipeline.regions.pack import RegionPack
from pipeline.yaml_text import read_yaml

Invention = Literal["all", "some", "none"]


@dataclass(frozen=True, slots=True)
class Scope:
    """The region that a release is about."""

    name: str
    title: str
    country: str
    iso_code: str
    bounding_box: tuple[float, float, float, float]
    """South, west, north, east in decimal degrees."""

    @classmethod
    def of(cls, region: RegionPack) -> Scope:
        """Return the scope of a region pack."""
        return cls(region.name, region.title, region.country, region.iso_code, region.bounding_box)


@dataclass(frozen=True, slots=True)
class PackageWords:
    """The static words of every package, from `schemas/package.yaml`."""

    name: str
    title: str
    title_invented: str
    description: str
    notice_invented: str
    notice_mixed: str
    language: str
    """BCP 47."""
    licenses: Sequence[Mapping[str, str]]
    contributors: Sequence[Mapping[str, Any]]
    keywords: Sequence[str]
    vocabularies: Sequence[Mapping[str, str]]
    citation_message: str
    measurement_technique: str
    limits: Sequence[str]
    files: Mapping[str, str]
    """What each file beside the tables is, by path; a path that ends in `/` is a folder."""
    figures: Sequence[str]
    """Tables of figures: those that have a twin with HXL tags, and whose measures catalogues are told."""
    hxl: Mapping[str, str]
    """HXL hashtag with its attributes of a column, by name: a name means the same in every table."""

    def title_for(self, scope: Scope, invented: Invention) -> str:
        """Return the title of the package; one without any real article says so first."""
        return (self.title_invented if invented == "all" else self.title).format(region=scope.title)

    def notice(self, invented: Invention) -> str | None:
        """Return what a reader must be told before any figure; None when every outlet is real."""
        return {"all": self.notice_invented, "some": self.notice_mixed, "none": None}[invented]

    def summary(self, country: str) -> str:
        """Return what the package holds, without the notice."""
        return self.description.format(country=country)

    def description_for(self, scope: Scope, invented: Invention) -> str:
        """Return the description of the package, behind the notice."""
        return " ".join(filter(None, (self.notice(invented), self.summary(scope.country))))


@lru_cache(maxsize=2)
def package_words(root: Path = SCHEMAS) -> PackageWords:
    """Read `package.yaml`.

    Raises:
        FieldledgerError: an entry is missing or unknown.
    """
    raw = read_yaml((root / "package.yaml").read_text(encoding="utf-8"))
    try:
        return PackageWords(**raw)
    except TypeError as error:
        raise FieldledgerError(
            f"schemas/package.yaml: {cut(str(error))}; see PackageWords in release/about.py"
        ) from error


def invention(sources: pl.DataFrame) -> Invention:
    """Return whether all, some or none of the outlets in the table `sources` are invented."""
    if not sources["invented"].any():
        return "none"
    return "all" if sources["invented"].all() else "some"


@dataclass(frozen=True, slots=True)
class About:
    """The account of one release."""

    words: PackageWords
    scope: Scope
    invented: Invention
    version: str
    previous_version: str | None
    build_time: datetime
    """UTC, without a fraction of a second."""
    tables: tuple[Table, ...]
    """The contract of the published tables, parents before children."""
    sources: tuple[Mapping[str, str], ...]
    """`title`, and `path` where there is one, of outlets, gazetteers and vocabularies."""
    days: tuple[date, date] | None
    """First and last day of the weeks covered; None when no week is."""

    @property
    def name(self) -> str:
        """The name of the package for machines."""
        return f"{self.words.name}-{re.sub(r'[^a-z0-9._-]', '-', self.scope.name.lower())}"

    @property
    def identifier(self) -> str:
        """The name with the version: no other release has it."""
        return f"{self.name}-{self.version}"

    @property
    def title(self) -> str:
        """The title for people."""
        return self.words.title_for(self.scope, self.invented)

    @property
    def description(self) -> str:
        """What the package holds, behind the notice where there is one."""
        return self.words.description_for(self.scope, self.invented)

    @property
    def keywords(self) -> list[str]:
        """Words that people search for."""
        return [*self.words.keywords, self.scope.country, *(["invented data"] if self.invented == "all" else [])]

    @property
    def created(self) -> str:
        """The build time in ISO 8601, UTC."""
        return f"{self.build_time:%Y-%m-%dT%H:%M:%SZ}"

    @property
    def released(self) -> str:
        """The day of the build time in ISO 8601."""
        return f"{self.build_time:%Y-%m-%d}"

    @property
    def creators(self) -> list[str]:
        """The names of those who made it."""
        return [contributor["title"] for contributor in self.words.contributors]

    @property
    def citation(self) -> str:
        """How to cite the release, in one sentence."""
        return f"{', '.join(self.creators)} ({self.build_time:%Y}). {self.title} (version {self.version}) [Data set]."

    @property
    def figures(self) -> tuple[Table, ...]:
        """The tables of figures that `package.yaml` names."""
        return tuple(table for table in self.tables if table.name in self.words.figures)

    @property
    def measures(self) -> list[Field]:
        """The numbers that the tables of figures hold, each name once."""
        numeric = {f.name: f for t in self.figures for f in t.fields if f.type in ("integer", "number") and f.unit}
        return list(numeric.values())


def about_release(
    contract: Sequence[Table],
    tables: Mapping[str, pl.DataFrame],
    *,
    version: str,
    previous_version: str | None,
    build_time: datetime,
    scope: Scope,
) -> About:
    """Return the account of a release.

    Args:
        contract: the published tables, in the order of the package.
        tables: their rows; `sources`, `places` and `weekly_coverage` give sources and coverage.
        version: of the release.
        previous_version: of the release before, None for the first.
        build_time: UTC.
        scope: the region.
    """
    words = package_words()
    return About(
        words=words,
        scope=scope,
        invented=invention(tables["sources"]),
        version=version,
        previous_version=previous_version,
        build_time=build_time,
        tables=tuple(contract),
        sources=_sources(words, tables),
        days=_days(tables["weekly_coverage"]),
    )


def _sources(words: PackageWords, tables: Mapping[str, pl.DataFrame]) -> tuple[Mapping[str, str], ...]:
    outlets = tables["sources"].sort("source_id").select("source_name", "invented").iter_rows()
    gazetteers = sorted(tables["places"]["coordinate_source"].unique().to_list())
    return (
        *({"title": f"{name} (invented outlet)" if invented else name} for name, invented in outlets),
        *({"title": f"Coordinates: {name}"} for name in gazetteers),
        *(dict(vocabulary) for vocabulary in words.vocabularies),
    )


def _days(coverage: pl.DataFrame) -> tuple[date, date] | None:
    weeks = coverage["week_start"].sort().to_list()
    return (weeks[0], weeks[-1] + timedelta(days=6)) if weeks else None
