"""The contract: `schemas/` read into tables, code lists and everything derived from them.

YAML is the source (a Frictionless Table Schema for each table); this module derives the polars schema, the pandera
schema, Dagster's table schema and the Frictionless resource. Enforcing it is `contract_validation`, the checks that
YAML cannot say are `contract_checks`, the page for people is `codebook`. Nothing here knows a stage.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal

import polars as pl

from pipeline.column_lineage import check_origins, read_origins
from pipeline.errors import FieldledgerError
from pipeline.yaml_text import read_yaml

SCHEMAS = Path(__file__).resolve().parents[1] / "schemas"

FieldType = Literal["string", "integer", "number", "boolean", "date"]

POLARS_TYPES: Mapping[str, pl.DataType] = MappingProxyType(
    {"string": pl.String(), "integer": pl.Int64(), "number": pl.Float64(), "boolean": pl.Boolean(), "date": pl.Date()}
)
CONSTRAINTS = ("required", "unique", "enum", "pattern", "minimum", "maximum", "minLength", "maxLength")


@dataclass(frozen=True, slots=True)
class Field:
    """A column: type, words for people, and what its values must keep to."""

    name: str
    type: FieldType
    title: str
    description: str
    unit: str | None
    example: str | int | float | bool
    codelist: str | None
    labels: Mapping[str, str]
    """Code to label, for fields with a code list of code and title."""
    constraints: Mapping[str, Any]
    """Table Schema constraints; `enum` is filled in from the code list."""
    derived_from: tuple[str, ...] = ()
    """What its values are made of (`column_lineage`); empty for what follows from the rows alone."""

    @property
    def required(self) -> bool:
        """Whether the value must be given in every row."""
        return bool(self.constraints.get("required"))

    @property
    def example_text(self) -> str:
        """The example as it stands in a CSV: Table Schema wants a string, whatever the type."""
        return str(self.example).lower() if isinstance(self.example, bool) else str(self.example)

    @property
    def dtype(self) -> pl.DataType:
        """The polars type of the column."""
        return POLARS_TYPES[self.type]


@dataclass(frozen=True, slots=True)
class ForeignKey:
    """``field`` holds values of ``parent_field`` in the table ``parent``."""

    field: str
    parent: str
    parent_field: str


@dataclass(frozen=True, eq=False)
class Table:
    """One table of the contract; two are the same only if they are one object, so that what is derived can be kept."""

    name: str
    title: str
    description: str
    published: bool
    fields: tuple[Field, ...]
    primary_key: tuple[str, ...]
    foreign_keys: tuple[ForeignKey, ...]
    checks: tuple[str, ...]
    """Names of the cross-column checks in `contract_checks`."""
    correctable: tuple[str, ...] = ()
    """Columns that a declared correction may override; what follows from them is computed anew."""
    partition_by: str | None = None
    """The date by whose year a release parts a large table in Parquet; None when it never does."""
    rows_from: tuple[str, ...] = ()
    """What decides which rows there are, and which rows of other tables go into each (`column_lineage`)."""
    stage: str | None = None
    """The stage that makes it; None of a table read from a release."""

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """Column names in their order."""
        return tuple(field.name for field in self.fields)

    def field(self, name: str) -> Field:
        """Return the column ``name``; KeyError if the table has none of that name."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(f"table {self.name} has no column {name}")

    def polars_schema(self) -> pl.Schema:
        """Return the polars schema, columns in order."""
        return pl.Schema({field.name: field.dtype for field in self.fields})

    def empty(self) -> pl.DataFrame:
        """Return the table without rows."""
        return pl.DataFrame(schema=self.polars_schema())

    def conform(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return ``frame`` with exactly the table's columns, order and types, sorted by primary key.

        Raises:
            FieldledgerError: a column is missing.
        """
        missing = [name for name in self.columns if name not in frame.columns]
        if missing:
            raise FieldledgerError(f"table {self.name}: no column {', '.join(missing)}; add it where the table is made")
        return frame.select(pl.col(f.name).cast(f.dtype) for f in self.fields).sort(self.primary_key).rechunk()

    def resource(self) -> dict[str, Any]:
        """Return the Frictionless resource of the table's CSV: path and schema, without hash and size.

        `categories` (labels) stand beside `enum`, because validators ignore the former.
        """
        return {
            "name": self.name,
            "type": "table",
            "title": self.title,
            "description": self.description,
            "path": f"data/{self.name}.csv",
            "scheme": "file",
            "format": "csv",
            "mediatype": "text/csv",
            "encoding": "utf-8",
            "dialect": {"header": True, "delimiter": ",", "lineTerminator": "\r\n", "doubleQuote": True},
            "schema": {
                "fields": [_descriptor(field) for field in self.fields],
                "missingValues": [""],
                "primaryKey": list(self.primary_key),
                **(
                    {"foreignKeys": [_key_descriptor(self, key) for key in self.foreign_keys]}
                    if self.foreign_keys
                    else {}
                ),
            },
        }


@dataclass(frozen=True, slots=True)
class Contract:
    """All tables, parents before children, and all code lists."""

    tables: Mapping[str, Table]
    codelists: Mapping[str, pl.DataFrame]
    rules: str = ""
    """How figures follow from other figures, in words (Markdown)."""

    @property
    def published(self) -> tuple[Table, ...]:
        """The tables that go into a release, in order."""
        return tuple(table for table in self.tables.values() if table.published)


def _descriptor(field: Field) -> dict[str, Any]:
    descriptor: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "title": field.title,
        "description": field.description,
        "example": field.example_text,
    }
    if field.unit:
        descriptor["unit"] = field.unit
    if field.labels and field.type in ("string", "integer"):
        cast = int if field.type == "integer" else str
        descriptor["categories"] = [{"value": cast(code), "label": label} for code, label in field.labels.items()]
    if field.type == "boolean":
        descriptor |= {"trueValues": ["true"], "falseValues": ["false"]}
    if field.constraints:
        descriptor["constraints"] = dict(field.constraints)
    return descriptor


def _key_descriptor(table: Table, key: ForeignKey) -> dict[str, Any]:
    parent = "" if key.parent == table.name else key.parent
    return {"fields": [key.field], "reference": {"resource": parent, "fields": [key.parent_field]}}


def _read_field(raw: Mapping[str, Any], where: str, codelists: Mapping[str, pl.DataFrame], origin: object) -> Field:
    for word in ("name", "type", "title", "description", "example"):
        if raw.get(word) in (None, ""):
            raise FieldledgerError(f"{where}: field {raw.get('name', '?')} has no {word}; every field states it")
    constraints = dict(raw.get("constraints", {}))
    unknown = sorted(set(constraints) - set(CONSTRAINTS))
    if unknown or raw["type"] not in POLARS_TYPES:
        raise FieldledgerError(
            f"{where}: field {raw['name']}: cannot enforce {unknown or raw['type']}; see pipeline/contracts.py"
        )
    labels: dict[str, str] = {}
    if codelist := raw.get("codelist"):
        name, _, column = codelist.partition(":")
        if name not in codelists:
            raise FieldledgerError(f"{where}: field {raw['name']}: no code list schemas/codelists/{name}.csv")
        frame = codelists[name]
        codes = frame[column or frame.columns[0]].unique(maintain_order=True).to_list()
        constraints["enum"] = [int(code) for code in codes] if raw["type"] == "integer" else codes
        if not column and "title" in frame.columns:
            labels = dict(zip(frame["code"], frame["title"], strict=True))
    return Field(
        name=raw["name"],
        type=raw["type"],
        title=raw["title"],
        description=raw["description"].strip(),
        unit=raw.get("unit"),
        example=raw["example"],
        codelist=raw.get("codelist"),
        labels=MappingProxyType(labels),
        constraints=MappingProxyType(constraints),
        derived_from=read_origins(raw.get("derivedFrom", origin), f"{where}: field {raw['name']}: derivedFrom"),
    )


def _read_table(path: Path, codelists: Mapping[str, pl.DataFrame]) -> Table:
    where = f"schemas/tables/{path.name}"
    raw = read_yaml(path.read_text(encoding="utf-8"))
    keys = tuple(
        ForeignKey(k["fields"][0], k["reference"]["resource"] or raw["name"], k["reference"]["fields"][0])
        for k in raw.get("foreignKeys", ())
    )
    fields = tuple(_read_field(field, where, codelists, raw.get("derivedFrom")) for field in raw["fields"])
    partition_by = raw.get("partitionBy")
    if partition_by is not None and (partition_by, "date") not in [(field.name, field.type) for field in fields]:
        raise FieldledgerError(f"{where}: partitionBy {partition_by}: no column of type date; name one or none")
    return Table(
        name=raw["name"],
        title=raw["title"],
        description=raw["description"].strip(),
        published=raw.get("published", True),
        fields=fields,
        primary_key=tuple(raw["primaryKey"]),
        foreign_keys=keys,
        checks=tuple(raw.get("checks", ())),
        correctable=tuple(raw.get("correctable", ())),
        partition_by=partition_by,
        stage=raw["stage"],
        rows_from=read_origins(raw.get("rowsFrom"), f"{where}: rowsFrom"),
    )


def _parents_first(tables: Mapping[str, Table]) -> dict[str, Table]:
    ordered: dict[str, Table] = {}

    def place(name: str, below: tuple[str, ...]) -> None:
        if name in ordered:
            return
        if name in below or name not in tables:
            raise FieldledgerError(
                f"schemas/tables: foreign keys lead from {' to '.join((*below, name))}; mend the reference"
            )
        for key in tables[name].foreign_keys:
            if key.parent != name:
                place(key.parent, (*below, name))
        ordered[name] = tables[name]

    for name in sorted(tables):
        place(name, ())
    return ordered


@lru_cache(maxsize=4)
def load_contract(root: Path = SCHEMAS) -> Contract:
    """Read `schemas/` into a contract.

    Raises:
        FieldledgerError: a file of the contract is incomplete or contradicts another.
    """
    codelists = {
        path.stem: pl.read_csv(path, infer_schema=False) for path in sorted((root / "codelists").glob("*.csv"))
    }
    tables = {path.stem: _read_table(path, codelists) for path in sorted((root / "tables").glob("*.yaml"))}
    check_origins(tables.values())
    rules = (root / "rules.md").read_text(encoding="utf-8")
    return Contract(MappingProxyType(_parents_first(tables)), MappingProxyType(codelists), rules)


def event_types_frame(contract: Contract) -> pl.DataFrame:
    """Return the table `event_types`, which is the code list of that name in the contract's types."""
    frame = contract.codelists["event_types"]
    return contract.tables["event_types"].conform(frame.with_columns(pl.col("extension") == "true"))
