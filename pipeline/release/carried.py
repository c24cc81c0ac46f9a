"""The contract that a release carries in its descriptor, read back by somebody who trusts nobody.

Whether the rows keep to it is `verify`; how a contract is written into a descriptor is `descriptor`.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

import polars as pl

from pipeline.contracts import Table
from pipeline.errors import FieldledgerError, cut
from pipeline.release.descriptor import table_of

DESCRIPTOR = "datapackage.json"


def _is_number(value: object) -> bool:
    return type(value) in (int, float) and math.isfinite(value)  # type: ignore[arg-type]


def _is_length(value: object) -> bool:
    return type(value) is int and 0 <= value < 1 << 32


def _is_pattern(value: object) -> bool:
    """Tell whether both that enforce it take ``value`` as a pattern: pandera by Python's rules, polars by Rust's."""
    try:
        re.compile(str(value))
        pl.Series([""]).str.contains(str(value))
    except (re.error, RecursionError, OverflowError, UnicodeError, pl.exceptions.PolarsError):
        return False
    return isinstance(value, str)


_SHAPES: Mapping[str, Callable[[Any], bool]] = {
    "required": lambda value: type(value) is bool,
    "unique": lambda value: type(value) is bool,
    "enum": lambda value: isinstance(value, list) and {type(code) for code in value} in ({str}, {int}),
    "pattern": _is_pattern,
    "minimum": _is_number,
    "maximum": _is_number,
    "minLength": _is_length,
    "maxLength": _is_length,
}
"""What the values of `contracts.CONSTRAINTS` must be."""


def is_ours(descriptor: Mapping[str, Any]) -> bool:
    """Tell whether ``descriptor`` is of this program, whatever its version, and not of another tool."""
    return any(key.startswith("fieldledger:") for key in descriptor)


def carried_tables(descriptor: Mapping[str, Any]) -> tuple[Table, ...]:
    """Return the tables that ``descriptor`` describes, in its order; they can be enforced as they stand.

    Raises:
        FieldledgerError: it is not made by this program, or by a version of it that knows more, or it contradicts
            itself: a table or a column twice, or a key over columns that there are not.
    """
    resources = descriptor.get("resources")
    if not isinstance(resources, list) or not all(isinstance(resource, dict) for resource in resources):
        raise FieldledgerError(f"{DESCRIPTOR}: lists no resources as fieldledger does; name the folder of a release")
    tables = tuple(map(_table, resources))
    for table in tables:
        if fault := _fault(table, [other.name for other in tables]):
            raise FieldledgerError(f"{DESCRIPTOR}: table {cut(table.name)} {fault}; fetch the release again")
    return tables


def _table(resource: Mapping[str, Any]) -> Table:
    try:
        return table_of(resource)
    except AttributeError as error:  # a list or a text where an object is meant
        raise FieldledgerError(
            f"{DESCRIPTOR}: a resource is not described as fieldledger does it ({cut(str(error))}); "
            "use the program that made the release"
        ) from error


def _fault(table: Table, names: list[str]) -> str | None:
    texts = [table.name, *table.columns, *table.primary_key, *table.checks]
    texts += [text for key in table.foreign_keys for text in (key.field, key.parent, key.parent_field)]
    if not all(isinstance(text, str) and text and text.isprintable() for text in texts):
        return "has a name that is no text"
    if names.count(table.name) > 1 or len(set(table.columns)) < len(table.columns):
        return "is described twice, or a column of it"
    if table.partition_by is not None and (table.partition_by, "date") not in [(f.name, f.type) for f in table.fields]:
        return "is partitioned by what is no column of dates"
    keys = {*table.primary_key, *(key.field for key in table.foreign_keys)}
    if not table.primary_key or not keys <= {*table.columns}:
        return "has a key over columns that it does not have"
    for field in table.fields:
        for name, value in field.constraints.items():
            if not _SHAPES[name](value):
                return f"has a constraint that cannot be enforced: {cut(field.name)} {name} {cut(value)}"
    return None
