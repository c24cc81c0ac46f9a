"""What differs between two schemas of a table, and how much that matters to people who build on it.

A schema is the Frictionless resource of a table, as a release's `datapackage.json` carries it, so that any two
releases can be compared whatever the contract says today. Rows are compared in `changes`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from pipeline.release.manifest import json_bytes

Level = Literal["none", "patch", "minor", "major"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""From what concerns nobody to what breaks programs."""
Kind = Literal[
    "table_added", "table_removed", "primary_key_changed", "foreign_key_added", "foreign_key_removed", "check_added",
    "check_removed", "column_added", "column_removed", "column_moved", "type_changed", "unit_changed",
    "constraint_tightened", "constraint_loosened", "words_changed",
]  # fmt: skip
_LEVEL_OF: Mapping[Kind, Level] = {
    "table_added": "minor",
    "table_removed": "major",
    "primary_key_changed": "major",
    "foreign_key_added": "major",
    "foreign_key_removed": "minor",
    "check_added": "major",
    "check_removed": "minor",
    "column_added": "minor",
    "column_removed": "major",
    "column_moved": "minor",
    "type_changed": "major",
    "unit_changed": "major",
    "constraint_tightened": "major",
    "constraint_loosened": "minor",
    "words_changed": "patch",
}
_LOWER_IS_LOOSER = ("minimum", "minLength")
_HIGHER_IS_LOOSER = ("maximum", "maxLength")


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """One difference between two schemas."""

    table: str
    column: str | None
    kind: Kind
    old: str | None
    """What stood there before, as JSON; None when nothing did."""
    new: str | None

    @property
    def level(self) -> Level:
        """What the change asks of the version number (architecture, Release as a transaction)."""
        return _LEVEL_OF[self.kind]


def highest(levels: Iterator[Level]) -> Level:
    """Return the level that matters most, "none" when there is none."""
    return max(levels, key=LEVELS.index, default="none")


def compare_schemas(
    old: Mapping[str, Mapping[str, Any]], new: Mapping[str, Mapping[str, Any]]
) -> tuple[SchemaChange, ...]:
    """Return every difference between two sets of resources by table name, sorted by table, column and kind."""
    found: list[SchemaChange] = []
    for table in sorted({*old, *new}):
        if table not in old:
            found.append(SchemaChange(table, None, "table_added", None, _text(table)))
        elif table not in new:
            found.append(SchemaChange(table, None, "table_removed", _text(table), None))
        else:
            found += _table_changes(table, old[table], new[table])
    return tuple(sorted(found, key=lambda change: (change.table, change.column or "", change.kind, change.old or "")))


def _text(value: object) -> str | None:
    return None if value is None else json_bytes(value).decode("utf-8").strip()


def _table_changes(table: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    before, after = old["schema"], new["schema"]
    if before["primaryKey"] != after["primaryKey"]:
        yield SchemaChange(table, None, "primary_key_changed", _text(before["primaryKey"]), _text(after["primaryKey"]))
    yield from _list_changes(table, "foreign_key", before.get("foreignKeys", []), after.get("foreignKeys", []))
    yield from _list_changes(table, "check", old["fieldledger:checks"], new["fieldledger:checks"])
    for word in ("title", "description"):
        if old[word] != new[word]:
            yield SchemaChange(table, None, "words_changed", _text(old[word]), _text(new[word]))
    columns = {field["name"]: field for field in before["fields"]}
    others = {field["name"]: field for field in after["fields"]}
    for name in columns.keys() - others.keys():
        yield SchemaChange(table, name, "column_removed", _text(columns[name]["type"]), None)
    for name in others.keys() - columns.keys():
        yield SchemaChange(table, name, "column_added", None, _text(others[name]["type"]))
    both = [name for name in columns if name in others]
    for name, there in zip(both, [name for name in others if name in columns], strict=True):
        if name != there:
            yield SchemaChange(table, name, "column_moved", None, None)
        yield from _column_changes(table, name, columns[name], others[name])


def _list_changes(
    table: str, what: Literal["foreign_key", "check"], old: list[Any], new: list[Any]
) -> Iterator[SchemaChange]:
    added: Kind = "foreign_key_added" if what == "foreign_key" else "check_added"
    removed: Kind = "foreign_key_removed" if what == "foreign_key" else "check_removed"
    yield from (SchemaChange(table, None, removed, _text(entry), None) for entry in old if entry not in new)
    yield from (SchemaChange(table, None, added, None, _text(entry)) for entry in new if entry not in old)


def _column_changes(table: str, name: str, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[SchemaChange]:
    if old["type"] != new["type"]:
        yield SchemaChange(table, name, "type_changed", _text(old["type"]), _text(new["type"]))
    if old.get("unit") != new.get("unit"):
        yield SchemaChange(table, name, "unit_changed", _text(old.get("unit")), _text(new.get("unit")))
    for word in ("title", "description", "example", "categories"):
        if old.get(word) != new.get(word):
            yield SchemaChange(table, name, "words_changed", _text(old.get(word)), _text(new.get(word)))
    before, after = old.get("constraints", {}), new.get("constraints", {})
    for constraint in sorted({*before, *after}):
        was, now = before.get(constraint), after.get(constraint)
        if was != now:
            kind: Kind = "constraint_loosened" if _looser(constraint, was, now) else "constraint_tightened"
            yield SchemaChange(table, name, kind, _text({constraint: was}), _text({constraint: now}))


def _looser(constraint: str, was: Any, now: Any) -> bool:
    """Tell whether every value that was allowed still is. What cannot be told counts as tighter."""
    if now is None or now is False:
        return True
    if was is None or was is False:
        return False
    if constraint == "enum":
        return set(was) <= set(now)
    if constraint in _LOWER_IS_LOOSER:
        return bool(now <= was)
    return constraint in _HIGHER_IS_LOOSER and bool(now >= was)
