"""`fieldledger reproduce` and `--version`: a release made again, and what tells this program from another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli_exits import FOUND_WRONG, told

REPRODUCE_EXAMPLES = (
    "\b\nExamples:\n  fieldledger reproduce data/releases/latest\n"
    "  fieldledger reproduce downloads/v1.2.0 --store /srv/ledger/store\n"
    "  fieldledger reproduce v1.0.0 --input our-articles/ --work rebuilt/"
)


def reproduce(
    release: Annotated[Path, typer.Argument(metavar="RELEASE_DIR", help="Folder of one release.")],
    store: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Store that holds the raw inputs [default: that of the data directory]."),
    ] = None,
    data_dir: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Data directory that made the release [default: the one it lies in]."),
    ] = None,
    inputs: Annotated[
        list[Path] | None,
        typer.Option("--input", metavar="PATH", help="File or folder to look for raw inputs in, by their hash."),
    ] = None,
    work: Annotated[
        Path | None, typer.Option(metavar="DIR", help="New folder to work in, which stays [default: a temporary one].")
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Make all releases before it again too, from the first of the series on.")
    ] = False,
) -> None:
    """Make a release again from its raw inputs and compare it byte for byte.

    Says which input differs, or which step gave something else first. Exits with 0 when the release came out the same,
    1 when it did not, 2 when an input is missing or damaged.
    """
    from pipeline.reproduce.account import account
    from pipeline.reproduce.job import Order, store_of
    from pipeline.reproduce.job import reproduce as make_again
    from pipeline.screen import Bars

    with told():
        order = Order(release, store or store_of(release, data_dir), tuple(inputs or ()), work, whole)
        bars = Bars(Console(stderr=True, highlight=False))
        done = make_again(order, bars, lambda line: typer.echo(f"warning: {line}", err=True))
        typer.echo("\n".join(account(done)))
        if not done.holds:
            raise typer.Exit(FOUND_WRONG)


def _tell_version(asked: bool) -> None:
    if asked:
        from pipeline import lineage

        name, number = lineage.project_version()
        typer.echo(f"{name} {number}, sources {lineage.sources_digest()}, lock {lineage.lock_version()}")
        raise typer.Exit


def version(
    asked: Annotated[
        bool,
        typer.Option(
            "--version",
            callback=_tell_version,
            is_eager=True,
            help="Tell version, hash of the sources and of the dependency lock, as locks of releases name them.",
        ),
    ] = False,
) -> None:
    """Take options that are of no command."""
