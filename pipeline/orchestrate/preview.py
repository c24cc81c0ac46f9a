"""The first rows of a frame as a table in Markdown, for Dagster's pages: never the words of an article.

Which strings are shown is decided by the contract: those that it holds to a pattern or a code list, and few names that
are not taken from articles. All others are left out, also in frames that no table of the contract tells of, since a
name means the same thing in every table. What is shown comes from strangers all the same, and is escaped.
"""

from __future__ import annotations

from functools import lru_cache

import polars as pl

from pipeline.brief.hostile_text import escape_markdown, excerpt
from pipeline.contracts import load_contract

ROWS, COLUMNS, LENGTH = 5, 12, 60
"""Of a preview: rows, columns, and characters of a cell."""
NAMES = frozenset(
    {
        "actor_name", "place_name", "place_name_ar", "admin1", "admin2", "area", "source_name", "iso_week",
        "stage", "records", "balance", "table", "field", "extractor", "version", "gold_set", "slice_value", "measure",
        "input_name", "format", "path", "store", "latest", "page", "actor1_name", "actor2_name", "actor1_id",
        "actor2_id", "actor1_associate_id", "actor2_associate_id", "place_id", "blamed_actor_id", "size_unit",
    }
)  # fmt: skip
"""Strings without a pattern that are shown: names of the registries and of outlets and files, and our own words."""
NEVER = frozenset({"value", "message", "quote", "evidence", "text", "title", "reason", "note"})
"""Words of articles and of people, whatever the contract comes to say about them."""


def preview(frame: pl.DataFrame) -> str:
    """Return at most `ROWS` rows and `COLUMNS` columns of ``frame`` as Markdown, and what was left out."""
    shown = [name for name in frame.columns if _may_be_shown(name, frame.schema[name])]
    hidden = [name for name in frame.columns if name not in shown]
    cells = shown[:COLUMNS]
    rows = frame.select(cells).head(ROWS).iter_rows()
    lines = [_row(cells), _row(["---"] * len(cells)), *(_row(list(map(_cell, row))) for row in rows)] if cells else []
    told = [f"{min(ROWS, frame.height):,} of {frame.height:,} rows."]
    if len(shown) > COLUMNS:
        told.append(f"{len(shown) - COLUMNS} more columns.")
    if hidden:
        told.append(f"Texts are not shown: {', '.join(escape_markdown(name) for name in hidden)}.")
    return "\n".join([*lines, "", " ".join(told)])


def _may_be_shown(name: str, dtype: pl.DataType) -> bool:
    if name in NEVER or dtype.is_nested() or dtype == pl.Binary:
        return False
    return dtype != pl.String or name in NAMES or name in limited()


@lru_cache(maxsize=1)
def limited() -> frozenset[str]:
    """Return the string columns that hold codes, hashes or ids wherever the contract has them."""
    limits: dict[str, bool] = {}
    for table in load_contract().tables.values():
        for field in table.fields:
            bound = "pattern" in field.constraints or "enum" in field.constraints
            limits[field.name] = limits.get(field.name, True) and bound
    return frozenset(name for name, bound in limits.items() if bound)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return escape_markdown(excerpt(f"{value:.4g}" if isinstance(value, float) else str(value), LENGTH))


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
