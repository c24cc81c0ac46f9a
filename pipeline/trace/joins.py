"""Which rows rest on which: joins between tables, read from the foreign keys of the contract that a release carries.

Keys say which rows belong together, not which of them is the evidence of the other: that is `EVIDENCE`, the one list
here. All joins follow from both, so that a table or a key added to the contract is followed without a line of code.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.aggregate.parts import KEYS
from pipeline.contracts import ForeignKey, Table

EVIDENCE = ("sources", "articles", "mentions", "casualties", "accounts", "events", "shared_tolls")
"""From evidence to what rests on it: a row rests on rows of tables before its own."""
DECLARED = "corrections"
"""Table that names events without a key, because it tells of those as well that there are no more."""
QUOTED = ("quote", "char_start", "char_end")
"""Columns of a table that says which words of a mention stand for what."""


@dataclass(frozen=True, slots=True)
class Join:
    """How rows of one table lead to rows of another."""

    column: str
    """Of the row that is left, whose value is looked up."""
    table: str
    """Where it leads."""
    field: str
    """Column of that table, or of the table between, that holds the value."""
    link: str | None = None
    """Table between, whose column `onward` holds the primary key of ``table``."""
    onward: str = ""

    @property
    def via(self) -> str:
        """What makes the join, for people: a column, or the table between."""
        return self.link or max(self.column, self.field, key=len)


@dataclass(frozen=True, slots=True)
class Joins:
    """All joins of a contract, by the table that they leave."""

    up: Mapping[str, tuple[Join, ...]]
    """To what a row rests on."""
    down: Mapping[str, tuple[Join, ...]]
    """To what rests on a row."""
    quotes: Mapping[str, tuple[Join, ...]]
    """To the words quoted for a row."""
    subjects: tuple[str, ...]
    """Tables whose rows have an id of their own, so that they can be asked for."""
    registries: tuple[str, ...]
    """Tables that rows name things of, such as actors and places; they are no evidence."""

    @property
    def wide(self) -> tuple[str, ...]:
        """Tables whose rows lead down to so many that only these are told, and not what rests on them in turn."""
        return (*self.registries, EVIDENCE[0])


def joins_of(tables: Mapping[str, Table]) -> Joins:
    """Return the joins between ``tables``, which are those of a release."""
    known = [name for name in EVIDENCE if name in tables]
    up: dict[str, list[Join]] = {name: [] for name in tables}
    down: dict[str, list[Join]] = {name: [] for name in tables}
    for upper, lower, there, back in _pairs(tables, known):
        up[upper].append(there)
        down[lower].append(back)
    referred = {key.parent for table in tables.values() for key in table.foreign_keys}
    apart = {*known, *KEYS}
    registries = tuple(sorted(name for name in referred - apart if not tables[name].foreign_keys))
    for name in tables:
        if name not in known and _has_id(tables[name]):
            down[name] += [
                Join(k.field, k.parent, k.parent_field) for k in tables[name].foreign_keys if k.parent in known
            ]
    if {"events", DECLARED} <= {*tables}:
        up["events"].append(Join("event_id", DECLARED, "event_id"))
    for name in known:
        for key in tables[name].foreign_keys:
            if key.parent in registries and known.index(name) > known.index("mentions"):
                down[key.parent].append(_backward(name, key))
    return Joins(
        {name: _links_first(found) for name, found in up.items()},
        {name: _links_first(found) for name, found in down.items()},
        {name: tuple(_quotes(tables, name)) for name in tables},
        tuple(dict.fromkeys(name for name in (*reversed(known), *tables) if _has_id(tables[name]))),
        registries,
    )


def _pairs(tables: Mapping[str, Table], known: Sequence[str]) -> Iterator[tuple[str, str, Join, Join]]:
    """Yield what rests, what it rests on, and the joins there and back."""
    for name in known:
        for key in tables[name].foreign_keys:
            if key.parent not in known or _is_beside(key, tables[name]):
                continue
            forward, backward = Join(key.field, key.parent, key.parent_field), _backward(name, key)
            if known.index(key.parent) <= known.index(name):
                yield name, key.parent, forward, backward
            else:
                yield key.parent, name, backward, forward
    for link in _links(tables, known):
        for a, b in ((a, b) for a in link.foreign_keys for b in link.foreign_keys):
            if {a.parent, b.parent} <= {*known} and known.index(a.parent) > known.index(b.parent):
                there = Join(a.parent_field, b.parent, a.field, link.name, b.field)
                yield a.parent, b.parent, there, Join(b.parent_field, a.parent, b.field, link.name, a.field)


def _links_first(joins: Sequence[Join]) -> tuple[Join, ...]:
    """Let the table that says why rows belong together come before a key that says only that they do."""
    return tuple(sorted(joins, key=lambda join: join.link is None))


def _is_beside(key: ForeignKey, table: Table) -> bool:
    """Tell whether another key to the same table bears its key's own name, such as `event_id` beside a rival's."""
    own = [other.field for other in table.foreign_keys if other.parent == key.parent != table.name]
    return key.parent_field in own and key.field != key.parent_field


def _backward(child: str, key: ForeignKey) -> Join:
    return Join(key.parent_field, child, key.field)


def _links(tables: Mapping[str, Table], known: Sequence[str]) -> list[Table]:
    """Return the tables that say nothing but which rows of two others belong together."""
    return [
        table for name, table in tables.items() if name not in known
        and len({key.parent for key in table.foreign_keys if key.parent in known}) > 1
    ]  # fmt: skip


def _has_id(table: Table) -> bool:
    """Tell whether rows are told by one text that is not the key of another row."""
    if len(table.primary_key) > 1 or table.field(table.primary_key[0]).type != "string":
        return False
    return table.primary_key[0] not in [key.field for key in table.foreign_keys]


def _quotes(tables: Mapping[str, Table], name: str) -> Iterator[Join]:
    for other in tables.values():
        if {*QUOTED} <= {*other.columns}:
            yield from (_backward(other.name, key) for key in other.foreign_keys if key.parent == name)
