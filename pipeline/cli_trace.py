"""`fieldledger trace`: a figure, an event or an article followed both ways. Thin, as `cli` is."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli_exits import FOUND_WRONG, DataDir, told
from pipeline.settings import load_settings

TRACE_EXAMPLES = (
    "\b\nExamples:\n  fieldledger trace e-0026fb1252c46d0e\n"
    '  fieldledger trace "2021-W09/Aleppo/Air/drone strike/fatalities_best"\n'
    "  fieldledger trace 2021-W09/total_fatalities_best --json\n"
    "  fieldledger trace data/events.csv --release downloads/v1.2.0"
)

UNCUT = 100_000
"""Width where there is no terminal: each thing is on one line, whole, for other programs."""


def trace(
    asked: Annotated[
        str, typer.Argument(metavar="ID_OR_FIGURE", help="An id, a weekly figure, or a file of a release.")
    ],
    release: Annotated[
        str | None,
        typer.Option(metavar="V|PATH", help="Version, or folder of a release [default: the newest that has it]."),
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print all of it as JSON (schemas/trace.schema.json).")] = False,
    show: Annotated[int, typer.Option(help="Of each kind below one thing, print so many; 0 for all.", min=0)] = 12,
    data_dir: DataDir = None,
) -> None:
    """Follow a figure to its quotes and articles, and a row to the figures, pages and versions that it entered.

    Needs nothing but releases. Exits with 1 when a figure is not what its rows add up to, with 2 when there is no such
    thing: then it says what there is, and what is near.
    """
    from pipeline.site import addresses
    from pipeline.trace.job import trace as follow
    from pipeline.trace.terminal import draw
    from pipeline.trace.volume import chosen_release, open_shelf

    with told():
        home = load_settings(data_dir=data_dir).data_dir
        store = home / "store"
        found = follow(
            open_shelf(home / "releases", chosen_release(release)), asked, addresses, store if store.is_dir() else None
        )
        if json:
            typer.echo(found.to_bytes().decode("utf-8"), nl=False)
        else:
            console = Console(highlight=False)
            draw(found, console if console.is_terminal else Console(highlight=False, width=UNCUT), show)
        if found.findings:
            raise typer.Exit(FOUND_WRONG)
