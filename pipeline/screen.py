"""What a user sees: progress bars on a terminal, and at the end of a run its account in plain text."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import polars as pl
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from pipeline.contracts import load_contract
from pipeline.progress import Advance

if TYPE_CHECKING:
    from pipeline.run import RunReport


SHOWN_CORRECTIONS = 5
"""Corrections that were left out and are told one by one."""


class Bars:
    """Progress bars on a terminal, from the first second on; nothing elsewhere."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def task(self, label: str, total: int) -> Iterator[Advance]:
        """Show a bar for a task of ``total`` pieces once it has taken a second."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        with Progress(*columns, console=self._console, transient=True, disable=not self._console.is_terminal) as bars:
            began = time.monotonic()
            task = bars.add_task(label, total=total, visible=False)

            def advance(pieces: int) -> None:
                bars.update(task, advance=pieces, visible=time.monotonic() - began > 1)

            yield advance


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return ``rows`` as lines with columns under each other: numbers to the right, words to the left."""
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = (
            cell.rjust(width) if cell.replace(",", "").isdigit() else cell.ljust(width)
            for cell, width in zip(row, widths, strict=True)
        )
        lines.append("  " + "  ".join(cells).rstrip())
    return lines


def account(report: RunReport) -> list[str]:
    """Return the lines that end a run: what came in, what came out, what was rejected and why, and where it lies."""
    return [
        *_books(report.books),
        "",
        *_rejections(report.rejections),
        "",
        *_corrections(report.rejections),
        *_warnings(report.warnings),
        *_saved(report.worked),
        *_damage(report.damage),
        *_places(report),
    ]


def _books(books: pl.DataFrame) -> list[str]:
    head = ("stage", "records", "in", "accepted", "rejected", "merged")
    rows = [(stage, records, *(f"{n:,}" for n in counts)) for stage, records, *counts in books.iter_rows()]
    lines = aligned([head, *rows])
    return ["Books (in = accepted + rejected + merged)", *lines]


def _rejections(rejections: pl.DataFrame) -> list[str]:
    if rejections.is_empty():
        return ["Nothing was rejected."]
    where = pl.format("{}, record {}", "input_name", "input_record").fill_null(pl.col("record"))
    counts = (
        rejections.with_columns(where=where).group_by("stage", "rule").agg(pl.len(), pl.col("where").sort().first())
    )
    rules = load_contract().codelists["rejection_rules"].select("code", "description")
    why = dict(rules.iter_rows())
    lines = ["Rejected, and what to do (each record, with the words at fault: data/rejections.csv of the release)"]
    for stage, rule, number, place in counts.sort("len", "stage", "rule", descending=[True, False, False]).iter_rows():
        lines += [f"  {number:,} {rule} in {stage}: {why[rule]}", f"      such as {place}"]
    return lines


def _corrections(rejections: pl.DataFrame) -> list[str]:
    """Return the corrections that were left out, in full: their authors think that the release follows them."""
    left_out = rejections.filter(pl.col("table") == "corrections")["message"].sort()
    more = [f"  and {left_out.len() - SHOWN_CORRECTIONS:,} more"] if left_out.len() > SHOWN_CORRECTIONS else []
    lines = [f"  {message}" for message in left_out.head(SHOWN_CORRECTIONS)]
    return ["Corrections left out, the release says what the coding does", *lines, *more, ""] if lines else []


def _warnings(warnings: Sequence[str]) -> list[str]:
    lines = [f"  {warning}" for warning in warnings]
    return ["Look at these; the release is made all the same (docs/operations.md)", *lines, ""] if lines else []


def _saved(worked: dict[str, tuple[int, int]]) -> list[str]:
    found = [f"{step} ({reused:,})" for step, (_, reused) in worked.items() if reused]
    done = [f"{step} ({made:,})" for step, (made, _) in worked.items() if made]
    lines = [f"Done: {', '.join(done)}."] if done else []
    return [*lines, f"Not needed again, nothing had changed: {', '.join(found)}."] if found else lines


def _damage(damage: Sequence[str]) -> list[str]:
    return ["Found damaged and made again; look at the disk", *(f"  {line}" for line in damage)] if damage else []


def _places(report: RunReport) -> list[str]:
    state = "new" if report.new_release else "unchanged, nothing to release"
    return [
        f"Release {report.release.name} ({state}), from {report.weeks:,} weeks of publication",
        f"  package    {report.release / 'datapackage.json'}",
        f"  briefings  {report.release / 'briefings' / 'index.html'}",
        *([f"  site       {report.site / 'index.html'}"] if report.site else []),
    ]
