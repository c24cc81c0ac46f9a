"""Figures as people write them, `2022-W40/Idlib/Air/drone strike/fatalities_best`: read, found, added up again.

A name of a type or governorate may hold a slash itself, so that the text is held against the names that there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import polars as pl

from pipeline.aggregate.counts import COUNTS, NAMED_IN, count_parts
from pipeline.aggregate.parts import KEYS, counted, figures_of, parts_of, sums
from pipeline.trace.record import Figure
from pipeline.trace.volume import Volume

COUNTED = "counts"
"""In place of a table, for counts that a week's page tells and no table of figures has."""
WEEK = re.compile(r"(\d{4})-W(\d{2})(?=/|$)")
_MONDAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?=/|$)")
TABLES = ("weekly_coverage", "weekly_tolls", "weekly_events")
"""In the turn in which a figure is looked for: each figure is the same in all tables that have it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One or several rows of a table of figures, and the columns of it that are meant; or a count of a week's page."""

    table: str
    """`COUNTED` for a count, which is the only column then."""
    iso_week: str
    week_start: date
    scope: Mapping[str, str]
    """Key columns beside the week, as far as they are given; rows are summed over the others."""
    columns: tuple[str, ...]

    @property
    def address(self) -> str:
        """Week and what else of the key is given: `2022-W40/Idlib/Air/drone strike`."""
        return "/".join((self.iso_week, *self.scope.values()))

    def rows(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the rows of ``frame``, which has the key columns of the table, that are meant."""
        here = [pl.col(name) == value for name, value in self.scope.items()]
        return frame.filter(pl.col("week_start") == self.week_start, *here)


def cell_of(volume: Volume, asked: str) -> Cell | str | None:
    """Return the figure that ``asked`` names; None where it names none; else what is wrong with it, in words."""
    table, rest = None, asked
    for name in KEYS:
        if asked.startswith(f"{name}/"):
            table, rest = name, asked.removeprefix(f"{name}/")
    monday = _monday(rest)
    if monday is None:
        return None
    year, number, _ = monday.isocalendar()
    iso_week, parts = f"{year}-W{number:02d}", rest.split("/", 1)[1:]
    coverage = volume.frame("weekly_coverage").filter(pl.col("week_start") == monday)
    if coverage.is_empty():
        return f"the week {iso_week} is not covered; covered are {_covered(volume)}"
    place, _, last = (parts[0] if parts else "").rpartition("/")
    if table is None and last in COUNTS:
        scope = _counted_scope(volume, last, place)
        return scope if isinstance(scope, str) else Cell(COUNTED, iso_week, monday, scope, (last,))
    tables = [name for name in TABLES if table in (None, name) and volume.has(name)]
    found = _places(volume, parts[0] if parts else "", tables)
    if isinstance(found, str):
        return found
    name, scope, columns = found
    return Cell(name, iso_week, monday, scope, columns)


def _monday(text: str) -> date | None:
    try:
        if found := WEEK.match(text):
            return date.fromisocalendar(int(found.group(1)), int(found.group(2)), 1)
        if found := _MONDAY.match(text):
            day = date.fromisoformat(found.group(0))
            return day - timedelta(days=day.weekday())
    except ValueError:
        return None
    return None


def _covered(volume: Volume) -> str:
    weeks = volume.frame("weekly_coverage").sort("week_start")["iso_week"].to_list()
    return f"{weeks[0]} to {weeks[-1]}" if weeks else "none"


def _places(volume: Volume, text: str, tables: Sequence[str]) -> tuple[str, dict[str, str], tuple[str, ...]] | str:
    """Read what follows the week: area, type and column, each if it is given."""
    for table in tables:
        columns = figures_of(table, volume.release.tables[table].columns)
        head, _, last = text.rpartition("/")
        chosen = (last,) if last in columns else columns
        scopes = _scope(volume, table, head if last in columns else text)
        if scopes is not None and (len(scopes) + 1 == len(KEYS[table]) or chosen != columns):
            return table, scopes, chosen
    return _reason(volume, text, tables)


def _scope(volume: Volume, table: str, text: str) -> dict[str, str] | None:
    """Return the values of the key columns beside the week that ``text`` names, in their order; None for others."""
    scope: dict[str, str] = {}
    for column in KEYS[table][1:]:
        if not text:
            return scope
        names = volume.frame(table)[column].unique().to_list()
        fitting = [name for name in names if text == name or text.startswith(f"{name}/")]
        if not fitting:
            return None
        scope[column] = max(fitting, key=len)
        text = text[len(scope[column]) + 1 :]
    return scope if not text else None


def _counted_scope(volume: Volume, figure: str, text: str) -> dict[str, str] | str:
    """Return what a count is asked for beside its week; else what is wrong with it, in words."""
    scope: dict[str, str] = {}
    rest = text
    for column in COUNTS[figure].scope:
        known = volume.frame(NAMED_IN[column])[column].unique()
        names = [name for name in known if rest == name or rest.startswith(f"{name}/")]
        if names:
            scope[column] = max(names, key=len)
            rest = rest[len(scope[column]) + 1 :]
    if not rest:
        return scope
    asked = " and ".join(f"{column} of the table {NAMED_IN[column]}" for column in COUNTS[figure].scope)
    return f"no {figure} for {text!r} in that week; it is counted by {asked}"


def _reason(volume: Volume, text: str, tables: Sequence[str]) -> str:
    columns = sorted({c for table in tables for c in figures_of(table, volume.release.tables[table].columns)})
    areas = volume.frame("weekly_events")["admin1"].unique().sort().to_list()
    return (
        f"no figure {text!r} in that week; a figure is WEEK/GOVERNORATE/TYPE/COLUMN, WEEK/AREA/COLUMN or WEEK/COLUMN, "
        f"with a governorate ({', '.join(areas)}), a sub-event type of the codebook, and a column "
        f"({', '.join(columns)}); or a count of the week's page ({', '.join(COUNTS)})"
    )


def cell_parts(volume: Volume, cell: Cell) -> pl.DataFrame:
    """Return the parts of the figures of ``cell``, as `aggregate.parts` has them, such that they sum up."""
    if cell.table == COUNTED:
        (figure,) = cell.columns
        here = [pl.col(name) == value for name, value in cell.scope.items()]
        parts = counted(count_parts(volume.frame, figure, cell.week_start).filter(*here))
        by_row = parts.group_by("figure", "part", "part_id", maintain_order=True)  # a row may bring several actors
        return by_row.agg(pl.col("adds").sum(), pl.col("one_of").first())
    parts = cell.rows(parts_of(volume.frame, cell.table, [cell.week_start]))
    return counted(parts.filter(pl.col("figure").is_in(list(cell.columns))))


def cell_values(volume: Volume, cell: Cell) -> dict[str, int | None]:
    """Return the figures as the release has them, summed over the rows; None is open. A count is in no table."""
    if cell.table == COUNTED:
        return {}
    rows = cell.rows(volume.frame(cell.table))
    return {name: None if rows[name].null_count() else int(rows[name].sum()) for name in cell.columns}


def cell_figures(volume: Volume, cell: Cell, parts: pl.DataFrame) -> tuple[Figure, ...]:
    """Return each figure of ``cell`` beside what its parts add up to."""
    values, totals = cell_values(volume, cell), sums(parts)
    sizes = dict(parts.group_by("figure").len().iter_rows())
    once = {*parts.filter(pl.col("one_of").is_not_null())["figure"]}
    if cell.table == COUNTED:
        return tuple(Figure(name, totals.get(name, 0), sizes.get(name, 0), totals.get(name, 0), False)
                     for name in cell.columns)  # fmt: skip
    several = cell.rows(volume.frame(cell.table)).height > 1
    return tuple(
        Figure(name, total if several and name in once else values[name], sizes.get(name, 0), total,
               not (several and name in once))
        for name in cell.columns for total in (totals.get(name, 0),)
    )  # fmt: skip
