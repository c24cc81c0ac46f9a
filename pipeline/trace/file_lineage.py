"""A file of a release: the files, figures and raw inputs that it rests on, and the files that rest on it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from pipeline.aggregate.parts import ROWS_OF, figures_of
from pipeline.trace.cells import TABLES
from pipeline.trace.entered import Addresses, figure_node
from pipeline.trace.inputs import raw_inputs
from pipeline.trace.record import Node
from pipeline.trace.says import values_of
from pipeline.trace.volume import Volume

KIND = "file"
_BRIEFING = re.compile(r"briefings/(\d{4}-W\d{2})\.(?:html|md)")


def file_lineage(
    volume: Volume, path: str, addresses: Addresses, store: Path | None
) -> tuple[Node, tuple[Node, ...], tuple[Node, ...]]:
    """Return a file of a release, what it rests on and what rests on it.

    A table rests on the tables that its rows rest on, and on the raw inputs; the briefing of a week on its figures.
    """
    record, table = volume.files[path], _table(volume, path)
    rows = f"table {table}, {volume.frame(table).height:,} rows, " if table else ""
    node = Node(KIND, path, f"{rows}sha256 {record['sha256']}", "", values_of({"table": table, **record}))
    if briefing := _BRIEFING.fullmatch(path):
        return node, _figures(volume, briefing.group(1), addresses), ()
    named = raw_inputs(volume, store)
    inputs = [named(("", ""), {"input_name": name})[0] for name in volume.inputs]
    below = _below(volume)
    up = [_file(volume, name) for name in sorted(below.get(table or "", ()))]
    down = [_file(volume, name) for name, rests_on in sorted(below.items()) if table in rests_on]
    return node, (*up, *inputs), tuple(down)


def _table(volume: Volume, path: str) -> str | None:
    """Return the table that a file holds rows of."""
    folder, _, file = path.rpartition("/")
    if not f"{folder}/".startswith("data/"):
        return None
    return next((name for name in volume.release.tables if file.startswith((f"{name}.", f"{name}-"))), None)


def _below(volume: Volume) -> Mapping[str, set[str]]:
    """Return for each table those that its rows rest on, or that say which of them belong together."""
    found = {name: {*ROWS_OF.get(name, ())} for name in volume.release.tables}
    for name, joins in volume.joins.up.items():
        found[name] |= {other for join in joins for other in (join.table, join.link) if other}
    for name, joins in volume.joins.quotes.items():
        for join in joins:
            found[join.table].add(name)
    return {name: {other for other in rests_on if other != name} for name, rests_on in found.items()}


def _file(volume: Volume, table: str) -> Node:
    path = str(volume.release.resources[table]["path"])
    return Node(KIND, path, f"sha256 {volume.files[path]['sha256']}", "", values_of(volume.files[path]))


def _figures(volume: Volume, iso_week: str, addresses: Addresses) -> tuple[Node, ...]:
    """Return the rows of figures of a week that are not all zero."""
    found = []
    for table in TABLES:
        frame = volume.frame(table)
        figures = figures_of(table, frame.columns)
        rows = frame.filter((pl.col("iso_week") == iso_week) & pl.any_horizontal(pl.col(figures).fill_null(1) != 0))
        for row in rows.iter_rows(named=True):
            found.append(figure_node(volume, table, row, {name: row[name] for name in figures}, addresses))
    return tuple(found)
