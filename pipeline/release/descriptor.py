"""`datapackage.json`: what a release says about itself to people, catalogues and validators (Data Package v2).

Static words come from `schemas/package.yaml`, tables from the contract, hashes from the files written. The CSV files
are the resources; a Parquet twin is named in the property `fieldledger:parquet` of its CSV, so that validators that
cannot read Parquet pass. Nothing here reads or writes a release.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from pipeline.contracts import CONSTRAINTS, POLARS_TYPES, SCHEMAS, Field, ForeignKey, Table
from pipeline.errors import FieldledgerError, cut
from pipeline.regions.pack import RegionPack
from pipeline.release.files import FileRecord
from pipeline.release.manifest import TableRecord
from pipeline.release.tables import ESCAPED, escapable
from pipeline.yaml_text import read_yaml

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
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
    licenses: Sequence[Mapping[str, str]]
    contributors: Sequence[Mapping[str, Any]]
    keywords: Sequence[str]
    vocabularies: Sequence[Mapping[str, str]]
    citation_message: str
    limits: Sequence[str]

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
            f"schemas/package.yaml: {cut(str(error))}; see PackageWords in release/descriptor.py"
        ) from error


def invention(sources: pl.DataFrame) -> Invention:
    """Return whether all, some or none of the outlets in the table `sources` are invented."""
    if not sources["invented"].any():
        return "none"
    return "all" if sources["invented"].all() else "some"


def describe_table(table: Table) -> dict[str, Any]:
    """Return the resource of the table's CSV, without hash and size.

    The named checks of the contract, which a Table Schema cannot say, stand in `fieldledger:checks`. `maxLength` of
    the columns that the formula escape may touch is one more than the contract's, to leave room for the apostrophe.
    """
    resource = table.resource()
    for field, described in zip(table.fields, resource["schema"]["fields"], strict=True):
        if escapable(field) and "maxLength" in field.constraints:
            described["constraints"]["maxLength"] += 1
    return {**resource, "fieldledger:checks": list(table.checks)}


def table_of(resource: Mapping[str, Any]) -> Table:
    """Return the table that ``resource``, made by `describe_table`, describes: the contract that a release keeps to.

    Raises:
        FieldledgerError: it was not made by `describe_table`, or by a version that knows more.
    """
    try:
        schema = resource["schema"]
        return Table(
            name=resource["name"],
            title=resource["title"],
            description=resource["description"],
            published=True,
            fields=tuple(_field(described) for described in schema["fields"]),
            primary_key=tuple(schema["primaryKey"]),
            foreign_keys=tuple(
                ForeignKey(
                    k["fields"][0],
                    k["reference"]["resource"] or resource["name"],
                    k["reference"]["fields"][0],
                )
                for k in schema.get("foreignKeys", ())
            ),
            checks=tuple(resource["fieldledger:checks"]),
        )
    except (KeyError, TypeError, IndexError, ValueError) as error:
        raise FieldledgerError(
            f"datapackage.json: a resource is not described as fieldledger does it ({cut(repr(error))}); "
            "use the program that made the release"
        ) from error


def _field(described: Mapping[str, Any]) -> Field:
    constraints = dict(described.get("constraints", {}))
    field = Field(
        name=described["name"],
        type=described["type"],
        title=described["title"],
        description=described["description"],
        unit=described.get("unit"),
        example=described["example"],
        codelist=None,
        labels=MappingProxyType({str(c["value"]): c["label"] for c in described.get("categories", ())}),
        constraints=MappingProxyType(constraints),
    )
    if field.type not in POLARS_TYPES or not set(constraints) <= set(CONSTRAINTS):
        raise ValueError(f"cannot enforce type or constraints of {field.name}")
    if escapable(field) and "maxLength" in constraints:
        constraints["maxLength"] -= 1
    return field


def describe_package(
    contract: Sequence[Table],
    tables: Mapping[str, pl.DataFrame],
    records: Sequence[TableRecord],
    *,
    version: str,
    build_time: datetime,
    scope: Scope,
) -> dict[str, Any]:
    """Return the descriptor of a release.

    Args:
        contract: the published tables, in the order of the package.
        tables: their rows; `sources`, `places` and `weekly_coverage` give sources and coverage.
        records: the files of each table, as written.
        version: of the release.
        build_time: UTC; becomes `created`.
        scope: the region.
    """
    words, invented = package_words(), invention(tables["sources"])
    by_name = {record.name: record for record in records}
    return {
        "$schema": PROFILE,
        "name": f"{words.name}-{re.sub(r'[^a-z0-9._-]', '-', scope.name.lower())}",
        "title": words.title_for(scope, invented),
        "description": words.description_for(scope, invented),
        "version": version,
        "created": f"{build_time:%Y-%m-%dT%H:%M:%S}Z",
        "licenses": [dict(licence) for licence in words.licenses],
        "contributors": [dict(contributor) for contributor in words.contributors],
        "sources": _sources(words, tables),
        "keywords": [*words.keywords, scope.country, *(["invented data"] if invented == "all" else [])],
        "temporal": _temporal(tables["weekly_coverage"]),
        "spatial": _spatial(scope),
        "fieldledger:invented": invented,
        "fieldledger:csvEscape": {
            "description": (
                "A text that a spreadsheet would run as a formula has an apostrophe in front. To restore it, replace "
                "what the pattern matches by its group 1. maxLength counts the apostrophe. Parquet files hold the "
                "plain texts."
            ),
            "pattern": ESCAPED,
            "columns": {t.name: names for t in contract if (names := [f.name for f in t.fields if escapable(f)])},
        },
        "resources": [_resource(table, by_name[table.name]) for table in contract],
    }


def _resource(table: Table, record: TableRecord) -> dict[str, Any]:
    described = describe_table(table)
    schema = described.pop("schema")
    return {
        **described,
        **_proof(record.csv),
        "fieldledger:rows": record.rows,
        "fieldledger:parquet": {
            "path": record.parquet.path,
            "mediatype": "application/vnd.apache.parquet",
            **_proof(record.parquet),
        },
        "schema": schema,
    }


def _proof(file: FileRecord) -> dict[str, Any]:
    return {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


def _sources(words: PackageWords, tables: Mapping[str, pl.DataFrame]) -> list[dict[str, str]]:
    outlets = tables["sources"].sort("source_id").select("source_name", "invented").iter_rows()
    gazetteers = sorted(tables["places"]["coordinate_source"].unique().to_list())
    return [
        *({"title": f"{name} (invented outlet)" if invented else name} for name, invented in outlets),
        *({"title": f"Coordinates: {name}"} for name in gazetteers),
        *(dict(vocabulary) for vocabulary in words.vocabularies),
    ]


def _temporal(coverage: pl.DataFrame) -> dict[str, str | None]:
    """Return the days of the weeks covered, first and last included; null when no week is."""
    weeks = coverage["week_start"].sort().to_list()
    if not weeks:
        return {"start": None, "end": None}
    return {"start": weeks[0].isoformat(), "end": (weeks[-1] + timedelta(days=6)).isoformat()}


def _spatial(scope: Scope) -> dict[str, Any]:
    south, west, north, east = scope.bounding_box
    return {"name": scope.country, "iso_3166_1": scope.iso_code, "bbox": [west, south, east, north]}
