"""The rows that some rows rest on, or that rest on them, step by step along the joins, as trees.

Rows are looked up a table at a time, not one by one: a figure of hundreds of events takes as many look-ups as one of a
single event. A row that stands further up in a tree is named again, and not laid out again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pipeline.trace.joins import Join
from pipeline.trace.record import Node
from pipeline.trace.says import says, values_of
from pipeline.trace.volume import Row, Volume

Key = tuple[str, str]
"""A table, and the key of a row in it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A way from a row to another."""

    to: Key
    via: str
    leaf: bool
    """Whether nothing is asked of what is under it."""


@dataclass(frozen=True, slots=True)
class Graph:
    """Rows by key, and the ways between them."""

    rows: dict[Key, Row] = field(default_factory=dict)
    edges: dict[Key, list[Edge]] = field(default_factory=lambda: defaultdict(list))


def key_of(volume: Volume, table: str, row: Row) -> Key:
    """Return the key of a row: the values of its primary key, parted by `/`."""
    return table, "/".join(str(row[name]) for name in volume.key(table))


def explore(volume: Volume, starts: Iterable[Key], graph: Graph, *, up: bool) -> Graph:
    """Add to ``graph`` all that the rows ``starts``, which are in it, rest on, or that rests on them."""
    waiting = set(starts)
    done: set[Key] = set()
    while waiting:
        done |= waiting
        by_table: dict[str, list[Key]] = defaultdict(list)
        for key in sorted(waiting):
            by_table[key[0]].append(key)
        waiting = set()
        for table, keys in sorted(by_table.items()):
            for join in (volume.joins.up if up else volume.joins.down)[table]:
                found = _follow(volume, graph, keys, join, leaf=False)
                waiting |= set() if table in volume.joins.wide else found - done
            for join in volume.joins.quotes[table] if up else ():
                _follow(volume, graph, keys, join, leaf=True)
    return graph


def _follow(volume: Volume, graph: Graph, keys: Sequence[Key], join: Join, *, leaf: bool) -> set[Key]:
    """Add the edges of one join from rows of one table; return where they lead."""
    values = {key: graph.rows[key][join.column] for key in keys if graph.rows[key].get(join.column) is not None}
    if not values:
        return set()
    wanted = sorted(set(values.values()))
    if join.link is None:
        pairs = [(row[join.field], join.via, row) for row in volume.rows(join.table, join.field, wanted)]
    else:
        pairs = _through(volume, join, wanted)
    reached: dict[object, list[tuple[str, Row]]] = defaultdict(list)
    for value, via, row in pairs:
        reached[value].append((via, row))
    found = set()
    for key, value in values.items():
        for via, row in reached[value]:
            to = key_of(volume, join.table, row)
            graph.rows.setdefault(to, row)
            if to not in [edge.to for edge in graph.edges[key]]:
                graph.edges[key].append(Edge(to, via, leaf))
            found.add(to)
    return found


def _through(volume: Volume, join: Join, wanted: Sequence[object]) -> list[tuple[object, str, Row]]:
    """Return what a table between leads to: the value looked up, what the table says of the pair, the row."""
    assert join.link is not None
    links = volume.rows(join.link, join.field, wanted)
    (own,) = volume.key(join.table)
    rows = {row[own]: row for row in volume.rows(join.table, own, sorted({link[join.onward] for link in links}))}
    said = []
    for link in links:
        words = [str(cell) for name, cell in link.items() if name not in (join.field, join.onward) and cell is not None]
        said.append((link[join.field], ": ".join((join.link, *words)), rows[link[join.onward]]))
    return said


def trees(
    graph: Graph,
    starts: Sequence[Key],
    more: Callable[[Key, Row], Sequence[Node]],
    adds: Mapping[Key, Mapping[str, int | None]] | None = None,
) -> tuple[Node, ...]:
    """Return the trees below ``starts``.

    Args:
        graph: from `explore`.
        starts: rows that the trees begin with.
        more: returns what stands under a row beside other rows.
        adds: what the rows of ``starts`` add to the figures that were asked for.
    """
    seen: set[Key] = set()

    def grow(key: Key, via: str, *, leaf: bool, adding: Mapping[str, int | None]) -> Node:
        row, repeated = graph.rows[key], key in seen and not leaf
        if repeated or leaf:
            return Node(*key, says(key[0], row), via, values_of(row), adding, repeated)
        seen.add(key)
        nodes = [grow(edge.to, edge.via, leaf=edge.leaf, adding={}) for edge in graph.edges.get(key, ())]
        return Node(*key, says(key[0], row), via, values_of(row), adding, False, (*nodes, *more(key, row)))

    return tuple(grow(key, "", leaf=False, adding=(adds or {}).get(key, {})) for key in starts)
