"""Column lineage as the contract declares it: what each column is made of, and what decides which rows there are.

`derivedFrom` of a field names the columns (`TABLE.COLUMN`) whose values enter its own; `rowsFrom` of a table names
those that decide which rows it has and which rows of other tables go into each, and so can alter any of its columns. A
source outside the contract (`SOURCES`) is named without a column, and so is a table of which any column can enter.
Nothing here knows the code that fills a table; `tests/run_lineage` holds both to each other.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Protocol

from pipeline.errors import FieldledgerError, cut

TABLES = "tables"
"""The source that stands for every table: all that a release holds beside what is told of it."""
SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "inputs": "the articles given",
        "correction_files": "the corrections given",
        "gazetteer_files": "the gazetteers given",
        "gold_files": "the gold sets",
        "region": "the knowledge of the region",
        "codelists": "the code lists of the contract",
        "release_before": "the release before",
        TABLES: "the tables of this release",
        "program": "the program and its settings",
    }
)
"""What tables are made of that is no table of the contract, in words for people."""
CONTENT = "sha256"
"""The column that stands for the whole content of such a source, or of a table."""


class DeclaresField(Protocol):
    """A field of the contract, as far as it is looked at here."""

    @property
    def name(self) -> str:
        """Name of the column."""

    @property
    def derived_from(self) -> tuple[str, ...]:
        """What its values are made of."""


class Declares(Protocol):
    """A table of the contract, as far as it is looked at here."""

    @property
    def name(self) -> str:
        """Name of the table."""

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of its columns."""

    @property
    def fields(self) -> Sequence[DeclaresField]:
        """Its columns."""

    @property
    def rows_from(self) -> tuple[str, ...]:
        """What decides on its rows."""


def read_origins(raw: Any, where: str) -> tuple[str, ...]:
    """Return what a `derivedFrom` or `rowsFrom` names: one name, a list of names, or a mapping of table to columns.

    Raises:
        FieldledgerError: it has another form, or names a thing twice.
    """
    if isinstance(raw, str):
        raw = [raw]
    if isinstance(raw, Mapping):
        raw = [f"{table}.{column}" for table, columns in raw.items() for column in columns]
    if not isinstance(raw, list) or not all(isinstance(name, str) for name in raw) or len(set(raw)) < len(raw):
        raise FieldledgerError(f"{where}: {cut(repr(raw))}: name each column it comes from once, as TABLE.COLUMN")
    return tuple(raw)


def check_origins(tables: Collection[Declares]) -> None:
    """Hold what tables declare against the columns that there are.

    Raises:
        FieldledgerError: a name is neither a column nor a table of the contract, nor a source outside it.
    """
    known = {f"{table.name}.{column}" for table in tables for column in table.columns} | set(SOURCES)
    known |= {table.name for table in tables}
    for table in tables:
        of_fields = ((f"field {field.name}: derivedFrom", field.derived_from) for field in table.fields)
        for what, names in (("rowsFrom", table.rows_from), *of_fields):
            for name in names:
                if name not in known:
                    raise FieldledgerError(
                        f"schemas/tables/{table.name}.yaml: {what}: {name} is no column (TABLE.COLUMN) "
                        f"or table of the contract and none of {', '.join(SOURCES)}; name what it is made of"
                    )


def parted(origin: str) -> tuple[str, str]:
    """Return dataset and column that ``origin`` names; of a whole table, and of a source outside, `CONTENT`."""
    table, _, column = origin.partition(".")
    return table, column or CONTENT
