"""A trace, from a text that asks for something to all that is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from pipeline.contracts import load_contract
from pipeline.errors import InputError
from pipeline.release.partitions import part_path
from pipeline.trace.cells import Cell, cell_figures, cell_parts, cell_values
from pipeline.trace.entered import PAGE, Addresses, entered, figure_pages
from pipeline.trace.file_lineage import file_lineage
from pipeline.trace.inputs import KIND as INPUT
from pipeline.trace.inputs import raw_inputs
from pipeline.trace.record import Figure, File, Node, Trace
from pipeline.trace.says import says, values_of
from pipeline.trace.subject import FileOf, Subject, find, subject_of
from pipeline.trace.versions import held
from pipeline.trace.volume import Row, Shelf, Volume
from pipeline.trace.walk import Graph, Key, explore, trees

WHOLE = ("fieldledger.sqlite", "datapackage.zip")
"""Files that hold every table."""
Trees = tuple[Node, ...]


def trace(shelf: Shelf, asked: str, addresses: Addresses, store: Path | None = None) -> Trace:
    """Return the trace of what ``asked`` names.

    Args:
        shelf: the releases.
        asked: an id, a figure, or a file of a release (`subject.KINDS`).
        addresses: where the site shows things.
        store: of the data directory, to say where raw inputs are archived; None for nowhere.

    Raises:
        InputError: there is no such thing; the message says what there is, and what is near.
        FieldledgerError: a table cannot be read.
    """
    volume, subject = _found(shelf, asked)
    if isinstance(subject, Cell):
        node, figures, up, down, findings = _of_cell(volume, subject, addresses, store)
    elif isinstance(subject, FileOf):
        node, up, down = file_lineage(volume, subject.path, addresses, store)
        figures, findings = (), ()
    else:
        node, figures, up, down, findings = _of_row(volume, subject, addresses, store)
    versions, damaged = held(shelf.volumes, subject)
    return Trace(
        asked=asked,
        version=volume.version,
        newest=shelf.volumes[0].version,
        subject=node,
        figures=figures,
        upwards=up,
        downwards=down,
        files=() if isinstance(subject, FileOf) else _files(volume, [node, *down]),
        versions=versions,
        left_out=(*shelf.left_out, *damaged),
        findings=findings,
    )


def _found(shelf: Shelf, asked: str) -> tuple[Volume, Subject]:
    """Return where to trace, and what; of a version that was chosen and does not have it, say which do."""
    try:
        return find(shelf.looked_in, asked)
    except InputError:
        others = [] if shelf.chosen is None else [v for v in shelf.volumes if v is not shelf.chosen]
        has = [v.version for v in others if isinstance(subject_of(v, asked), Cell | FileOf | tuple)]
        if not has or shelf.chosen is None:
            raise
        raise InputError(
            f"{asked}: is not in version {shelf.chosen.version}, but in {', '.join(has)}; "
            "leave --release out, or name one of them"
        ) from None


Parts = tuple[Node, tuple[Figure, ...], Trees, Trees, tuple[str, ...]]


def _of_row(volume: Volume, key: Key, addresses: Addresses, store: Path | None) -> Parts:
    table, ident = key
    (row,) = volume.rows(table, volume.key(table)[0], [ident])
    above, below = Graph({key: row}), Graph({key: row})
    (up,) = trees(explore(volume, [key], above, up=True), [key], raw_inputs(volume, store))
    explore(volume, [key], below, up=False)
    seen = Graph({key: row}) if table in volume.joins.wide else below
    (down,) = trees(below, [key], entered(volume, seen, addresses))
    return Node(table, ident, says(table, row), "", values_of(row)), (), up.nodes, down.nodes, ()


def _of_cell(volume: Volume, cell: Cell, addresses: Addresses, store: Path | None) -> Parts:
    parts = cell_parts(volume, cell)
    figures = cell_figures(volume, cell, parts)
    adds: dict[Key, dict[str, int | None]] = {}
    for figure, part, ident, number in parts.select("figure", "part", "part_id", "adds").iter_rows():
        adds.setdefault((part, ident), {})[figure] = number
    graph = Graph(_rows(volume, adds))
    explore(volume, adds, graph, up=True)
    up = trees(graph, sorted(adds), raw_inputs(volume, store), adds)
    values = {"week_start": str(cell.week_start), "iso_week": cell.iso_week, **cell.scope, **cell_values(volume, cell)}
    values |= {figure.column: figure.value for figure in figures}
    said = ", ".join(f"{figure.column} {_number(figure.value)}" for figure in figures)
    node = Node(cell.table, cell.address, said, "", values)
    down = figure_pages(volume, cell.iso_week, tuple(cell.scope.values()), addresses)
    return node, figures, up, down, tuple(_wrong(figure) for figure in figures if not figure.adds_up)


def _rows(volume: Volume, keys: Iterable[Key]) -> dict[Key, Row]:
    """Return the rows of ``keys``, looked up a table at a time."""
    by_table: dict[str, list[str]] = {}
    for table, ident in keys:
        by_table.setdefault(table, []).append(ident)
    found: dict[Key, Row] = {}
    for table, idents in by_table.items():
        (own,) = volume.key(table)
        found |= {(table, row[own]): row for row in volume.rows(table, own, idents)}
    return found


def _number(value: int | None) -> str:
    return "open" if value is None else f"{value:,}"


def _wrong(figure: Figure) -> str:
    return (
        f"{figure.column} is {_number(figure.value)}, but its {figure.parts:,} rows add up to {_number(figure.sum)}; "
        "run `fieldledger verify` on the release"
    )


def _files(volume: Volume, roots: Sequence[Node]) -> tuple[File, ...]:
    """Return the files of the release that hold the rows and figures of ``roots`` and below, and its own pages."""
    kinds: dict[str, set[str]] = {}
    for node in (node for root in roots for node in root.walk()):
        if node.kind in volume.release.tables:
            for path in _paths(volume, node):
                kinds.setdefault(path, set()).add(node.kind)
        elif node.kind == PAGE and node.id in volume.files:
            kinds.setdefault(node.id, set()).add(PAGE)
    every = sorted({kind for found in kinds.values() for kind in found} - {PAGE, INPUT})
    kinds |= {path: set(every) for path in WHOLE if every}
    return tuple(
        File(path, volume.files[path]["bytes"], volume.files[path]["sha256"], tuple(sorted(found)))
        for path, found in sorted(kinds.items()) if path in volume.files
    )  # fmt: skip


def _paths(volume: Volume, node: Node) -> tuple[str, ...]:
    """Return the files that hold a row: CSV, its twin with HXL tags, and Parquet, of its year where it is in parts."""
    table, name = volume.release.tables[node.kind], node.kind
    ours = load_contract().tables.get(name, table)
    day = node.values.get(ours.partition_by or "")
    part = part_path(name, None if day is None else int(str(day)[:4]))
    return (f"data/{name}.csv", f"data/{name}.hxl.csv", f"data/{name}.parquet", part)
