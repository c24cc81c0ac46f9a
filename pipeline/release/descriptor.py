"""`datapackage.json`: what a release says about itself to people, catalogues and validators (Data Package v2).

The words come from `about`, tables from the contract, hashes from the files written. The CSV files are the resources; a
Parquet twin is named in the property `fieldledger:parquet` of its CSV, so that validators that cannot read Parquet
pass; where it is partitioned, its path is a pattern, and each part stands there with its year and hash. Columns with an
HXL tag have it in `fieldledger:hxl`; what each is made of stands in `fieldledger:derivedFrom`. Nothing here reads or
writes a release.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any

from pipeline.contracts import CONSTRAINTS, POLARS_TYPES, Field, ForeignKey, Table
from pipeline.errors import FieldledgerError, cut
from pipeline.release.about import About, Scope
from pipeline.release.files import FileRecord
from pipeline.release.manifest import TableRecord
from pipeline.release.partitions import all_parts, year_of_part
from pipeline.release.tables import ESCAPED, escapable

PROFILE = "https://datapackage.org/profiles/2.0/datapackage.json"
PARQUET = "fieldledger:parquet"
"""Property of a resource: its table in Parquet."""
_MEDIA_TYPE = "application/vnd.apache.parquet"


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

    `partition_by` is None where the release has the table in one file.

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
            partition_by=resource.get(PARQUET, {}).get("partitionedBy"),
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


def describe_package(about: About, records: Sequence[TableRecord]) -> dict[str, Any]:
    """Return the descriptor of the release that ``about`` tells of; ``records`` are the files of each table."""
    by_name = {record.name: record for record in records}
    return {
        "$schema": PROFILE,
        "name": about.name,
        "id": about.identifier,
        "title": about.title,
        "description": about.description,
        "version": about.version,
        "created": about.created,
        "licenses": [dict(licence) for licence in about.words.licenses],
        "contributors": [dict(contributor) for contributor in about.words.contributors],
        "sources": [dict(source) for source in about.sources],
        "keywords": about.keywords,
        "temporal": _temporal(about),
        "spatial": _spatial(about.scope),
        "fieldledger:invented": about.invented,
        "fieldledger:csvEscape": {
            "description": (
                "A text that a spreadsheet would run as a formula has an apostrophe in front. To restore it, replace "
                "what the pattern matches by its group 1. maxLength counts the apostrophe. Parquet and SQLite files "
                "hold the plain texts."
            ),
            "pattern": ESCAPED,
            "columns": {t.name: names for t in about.tables if (names := [f.name for f in t.fields if escapable(f)])},
        },
        "resources": [_resource(table, by_name[table.name], about.words.hxl) for table in about.tables],
    }


def _resource(table: Table, record: TableRecord, hxl: Mapping[str, str]) -> dict[str, Any]:
    described = describe_table(table)
    schema = described.pop("schema")
    for declared, field in zip(table.fields, schema["fields"], strict=True):
        if tag := hxl.get(field["name"]):
            field["fieldledger:hxl"] = tag
        field["fieldledger:derivedFrom"] = list(declared.derived_from)
    return {
        **described,
        **_proof(record.csv),
        "fieldledger:rows": record.rows,
        "fieldledger:rowsFrom": list(table.rows_from),
        PARQUET: describe_parquet(record, table.partition_by),
        "schema": schema,
    }


def describe_parquet(record: TableRecord, partition_by: object) -> dict[str, Any]:
    """Return what the descriptor says of the table in Parquet: its file, or its parts by the year of a column."""
    if not isinstance(record.parquet, tuple):
        return {"path": record.parquet.path, "mediatype": _MEDIA_TYPE, **_proof(record.parquet)}
    return {
        "path": all_parts(record.name),
        "mediatype": _MEDIA_TYPE,
        "partitionedBy": partition_by,
        "parts": [{"path": p.path, "year": year_of_part(p.path), **_proof(p)} for p in record.parquet],
    }


def _proof(file: FileRecord) -> dict[str, Any]:
    return {"bytes": file.bytes, "hash": f"sha256:{file.sha256}"}


def _temporal(about: About) -> dict[str, str | None]:
    """Return the days of the weeks covered, first and last included; null when no week is."""
    if not about.days:
        return {"start": None, "end": None}
    first, last = about.days
    return {"start": first.isoformat(), "end": last.isoformat()}


def _spatial(scope: Scope) -> dict[str, Any]:
    south, west, north, east = scope.bounding_box
    return {"name": scope.country, "iso_3166_1": scope.iso_code, "bbox": [west, south, east, north]}
