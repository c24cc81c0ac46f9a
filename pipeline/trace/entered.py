"""Where rows went: the weekly figures that they entered, and the pages that show them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, Protocol

import polars as pl

from pipeline.aggregate.parts import KEYS, counted, parts_of
from pipeline.brief.register import anchor
from pipeline.trace.cells import TABLES
from pipeline.trace.record import Node
from pipeline.trace.says import values_of
from pipeline.trace.volume import Row, Volume
from pipeline.trace.walk import Graph, Key

PAGE = "page"


class Addresses(Protocol):
    """Where the site shows things; `pipeline.site.addresses`."""

    def week(self, iso_week: str) -> str:
        """Return the address of a week's page."""

    def event(self, event_id: str) -> str:
        """Return the address of an event's page."""

    def governorate(self, name: str) -> str:
        """Return the address of a governorate's page."""

    def actor(self, actor_id: str) -> str:
        """Return the address of an actor's page."""

    def trace(self, iso_week: str) -> str:
        """Return the address of the rows behind a week's figures."""


def entered(volume: Volume, graph: Graph, addresses: Addresses) -> Callable[[Key, Row], Sequence[Node]]:
    """Return what gives a row of ``graph`` the pages that show it, and the figures that it entered with theirs.

    A row that is not in ``graph`` gets none.
    """
    weeks = _weeks(volume, graph)
    keys = pl.DataFrame(sorted(graph.rows), schema={"part": pl.String, "part_id": pl.String}, orient="row")
    figures: dict[Key, list[Node]] = {}
    for table in TABLES if weeks else ():
        if volume.has(table):
            for key, node in _figures(volume, table, weeks, keys, addresses):
                figures.setdefault(key, []).append(node)

    def more(key: Key, row: Row) -> Sequence[Node]:
        if key not in graph.rows:
            return ()
        pages = [Node(PAGE, address) for address in _pages_of(key[0], row, addresses)]
        return (*pages, *figures.get(key, ()))

    return more


def _weeks(volume: Volume, graph: Graph) -> list[date]:
    """Return the weeks in whose figures rows of ``graph`` can be."""
    found = {row["week_start"] for row in graph.rows.values() if row.get("week_start") is not None}
    told_in = sorted({row["article_id"] for (table, _), row in graph.rows.items() if table == "mentions"})
    found |= {row["week_start"] for row in volume.rows("articles", "article_id", told_in)} - {None}
    return sorted(found)


def _figures(
    volume: Volume, table: str, weeks: Sequence[date], keys: pl.DataFrame, addresses: Addresses
) -> Sequence[tuple[Key, Node]]:
    """Return for each of ``keys`` the rows of a table of figures that it entered, with what it adds to each figure."""
    about = list(KEYS[table])
    parts = parts_of(volume.frame, table, weeks)
    rows = parts.join(keys, on=["part", "part_id"], how="semi").select(about).unique()
    whole = counted(parts.join(rows, on=about, how="semi"), about)
    mine = whole.join(keys, on=["part", "part_id"], how="semi")
    stored = {tuple(row[name] for name in about): row for row in volume.rows(table, "week_start", weeks)}
    found = []
    for (*key, part, part_id), group in mine.group_by([*about, "part", "part_id"], maintain_order=True):
        row = stored[tuple(key)]
        adds = dict(group.sort("figure").select("figure", "adds").iter_rows())
        found.append(((str(part), str(part_id)), figure_node(volume, table, row, adds, addresses)))
    return sorted(found, key=lambda pair: (pair[0], pair[1].id))


def figure_node(
    volume: Volume, table: str, row: Mapping[str, Any], adds: Mapping[str, int | None], addresses: Addresses
) -> Node:
    """Return a row of a table of figures, with the pages that print it."""
    iso_week, rest = row["iso_week"], [row[name] for name in KEYS[table][1:]]
    said = ", ".join(f"{name} {'open' if number is None else f'+{number}'}" for name, number in adds.items())
    pages = figure_pages(volume, iso_week, rest, addresses)
    return Node(table, "/".join((iso_week, *rest)), said, "", values_of(row), adds, False, pages)


def figure_pages(volume: Volume, iso_week: str, rest: Sequence[str], addresses: Addresses) -> tuple[Node, ...]:
    """Return the pages that print figures of a week: of the site, and of the release itself."""
    where = f"{addresses.trace(iso_week)}#{anchor(*rest)}" if rest else addresses.trace(iso_week)
    own = [path for path in (f"briefings/{iso_week}.html", f"briefings/{iso_week}.md") if path in volume.files]
    return tuple(
        Node(PAGE, path, said)
        for path, said in ((addresses.week(iso_week), "site"), (where, "site"), *((path, "release") for path in own))
    )


def _pages_of(table: str, row: Row, addresses: Addresses) -> Sequence[str]:
    if table == "events":
        sides = dict.fromkeys(row.get(f"{side}_id") for side in ("actor1", "actor1_associate", "actor2"))
        actors = [addresses.actor(side) for side in sides if side]
        return (addresses.event(row["event_id"]), addresses.governorate(row["admin1"]), *actors)
    if table == "retired_events":
        return (addresses.event(row["event_id"]),)
    if table == "actors":
        return (addresses.actor(row["actor_id"]),)
    return ()
