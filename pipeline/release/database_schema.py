"""The contract in SQL: how the database declares tables, keys, checks and indexes, and its dictionary. Pure.

What SQLite cannot say (patterns, the named checks over several columns) is left to the contract; filling the database
belongs to `database`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from pipeline.contracts import Field, FieldType, Table
from pipeline.release.about import About
from pipeline.release.views import View

TYPES: Mapping[FieldType, str] = MappingProxyType(
    {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN", "date": "DATE"}
)
"""Declared types. SQLite itself knows neither DATE nor BOOLEAN, but drivers of DuckDB, R and Java turn them into dates
and truth values; a STRICT table could not declare them."""
_STORED = {"string": "text", "integer": "integer", "number": "real"}
_ISO_DATE = "[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]"

DICTIONARY: Mapping[str, str] = MappingProxyType(
    {
        "about_release": "property TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL",
        "about_tables": (
            "table_name TEXT NOT NULL PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('table', 'view')), "
            "title TEXT NOT NULL, description TEXT NOT NULL"
        ),
        "about_columns": (
            "table_name TEXT NOT NULL REFERENCES about_tables (table_name), column_name TEXT NOT NULL, "
            "position INTEGER NOT NULL, type TEXT NOT NULL, unit TEXT, title TEXT NOT NULL, description TEXT NOT NULL, "
            "example TEXT NOT NULL, hxl TEXT, PRIMARY KEY (table_name, column_name)"
        ),
        "about_codes": (
            "table_name TEXT NOT NULL, column_name TEXT NOT NULL, code TEXT NOT NULL, label TEXT NOT NULL, "
            "PRIMARY KEY (table_name, column_name, code), "
            "FOREIGN KEY (table_name, column_name) REFERENCES about_columns (table_name, column_name)"
        ),
    }
)
"""Columns of the tables that explain the others, by name."""


def quoted(name: str) -> str:
    """Return ``name`` as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: object) -> str:
    """Return a text or a number as an SQL literal."""
    return "'" + value.replace("'", "''") + "'" if isinstance(value, str) else repr(value)


def create_table(table: Table) -> str:
    """Return the CREATE TABLE of a table of the contract: types, NOT NULL, UNIQUE, CHECK, primary and foreign keys."""
    lines = [
        *(_column(field, table.primary_key == (field.name,)) for field in table.fields),
        f"PRIMARY KEY ({', '.join(map(quoted, table.primary_key))})",
        *(
            f"FOREIGN KEY ({quoted(k.field)}) REFERENCES {quoted(k.parent)} ({quoted(k.parent_field)})"
            for k in table.foreign_keys
        ),
    ]
    return f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(lines) + "\n)"


def _column(field: Field, is_key: bool) -> str:
    words = [quoted(field.name), TYPES[field.type]]
    words += ["NOT NULL"] if field.required or is_key else []
    words += ["UNIQUE"] if field.constraints.get("unique") and not is_key else []
    return " ".join([*words, f"CHECK ({' AND '.join(_checks(field))})"])


def _checks(field: Field) -> Iterator[str]:
    name, limits = quoted(field.name), field.constraints
    if field.type == "boolean":
        yield f"{name} IN (0, 1)"
    elif field.type == "date":
        yield f"{name} GLOB '{_ISO_DATE}'"
    else:
        yield f"typeof({name}) IN ('{_STORED[field.type]}', 'null')"
    if "enum" in limits:
        yield f"{name} IN ({', '.join(map(literal, limits['enum']))})"
    for limit, left, sign in (
        ("minimum", name, ">="),
        ("maximum", name, "<="),
        ("minLength", f"length({name})", ">="),
        ("maxLength", f"length({name})", "<="),
    ):
        if limit in limits:
            yield f"{left} {sign} {literal(str(limits[limit]) if field.type == 'date' else limits[limit])}"


def create_indexes(table: Table) -> list[str]:
    """Return an index for every foreign key and date that the primary key does not begin with."""
    sought = {key.field: None for key in table.foreign_keys} | {f.name: None for f in table.fields if f.type == "date"}
    return [
        f"CREATE INDEX {quoted(f'{table.name}_{column}')} ON {quoted(table.name)} ({quoted(column)})"
        for column in sorted(sought)
        if column != table.primary_key[0] and not table.field(column).constraints.get("unique")
    ]


def create_view(view: View) -> str:
    """Return the CREATE VIEW, its description in a comment above the SELECT."""
    return f"CREATE VIEW {quoted(view.name)} AS\n-- {' '.join(view.description.split())}\n{view.sql.strip()}"


def dictionary_rows(about: About, views: tuple[View, ...]) -> dict[str, list[tuple[object, ...]]]:
    """Return the rows of each table of `DICTIONARY`, columns in order, sorted by primary key."""
    licence = about.words.licenses[0]
    release = {
        "name": about.name,
        "title": about.title,
        "version": about.version,
        "created": about.created,
        "description": about.description,
        "license": licence["name"],
        "license_url": licence["path"],
        "citation": about.citation,
    }
    columns = [(table, place, field) for table in about.tables for place, field in enumerate(table.fields, start=1)]
    rows: dict[str, list[tuple[object, ...]]] = {
        "about_release": list(release.items()),
        "about_tables": [
            *((t.name, "table", t.title, t.description) for t in about.tables),
            *((view.name, "view", view.title, view.description) for view in views),
        ],
        "about_columns": [
            (t.name, f.name, n, f.type, f.unit, f.title, f.description, f.example_text, about.words.hxl.get(f.name))
            for t, n, f in columns
        ],
        "about_codes": [(t.name, f.name, code, label) for t, _, f in columns for code, label in f.labels.items()],
    }
    return {name: sorted(listed, key=lambda row: tuple(map(str, row[:3]))) for name, listed in rows.items()}
