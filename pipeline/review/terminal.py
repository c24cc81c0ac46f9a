"""The queue on a terminal: one table, the first to look at first."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipeline.hostile_characters import visible
from pipeline.review.cards import Card


def draw(cards: Sequence[Card], total: int, console: Console) -> None:
    """Print the first items of a queue of ``total``."""
    if not cards:
        console.print("Nothing to look at: no event is disputed, unsure, or rests a high toll on one source.")
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("", justify="right")
    table.add_column("points", justify="right")
    table.add_column("event", no_wrap=True)
    for heading in ("what", "killed", "why"):
        table.add_column(heading, overflow="fold")
    for card in cards:
        ids = "\n".join(shown.event_id for shown in (card.event, card.other) if shown)
        what = "\n".join(
            f"{shown.row['sub_event_type']}, {shown.when}, {shown.where}" for shown in (card.event, card.other) if shown
        )
        cells = (str(card.rank), str(card.points), ids, what, card.event.killed, "; ".join(card.reasons))
        table.add_row(*(Text(visible(cell)) for cell in cells))
    console.print(table)
    if total > len(cards):
        console.print(f"{total - len(cards):,} more; --limit shows them")
