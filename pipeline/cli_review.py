"""`fieldledger review`: the queue shown and written, and the decisions on it taken. Thin, as `cli` is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from pipeline.cli_exits import AT_FAULT, DataDir, fail, told
from pipeline.cli_files import write
from pipeline.settings import load_settings

EXAMPLES = (
    "\b\nExamples:\n  fieldledger review\n  fieldledger review --csv decisions.csv --html queue.html\n"
    '  fieldledger review --apply decisions.csv --who "Desk of the North" --date 2021-03-01'
)


def review(
    limit: Annotated[int, typer.Option(help="Items to show and write.", min=1)] = 50,
    csv: Annotated[Path | None, typer.Option(metavar="FILE", help="Write the queue as a sheet for decisions.")] = None,
    html: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write it as a page with evidence and form.")
    ] = None,
    apply: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Instead, turn the decisions in a sheet into corrections.")
    ] = None,
    who: Annotated[str | None, typer.Option(help="With --apply: who decides, where the sheet does not say.")] = None,
    date: Annotated[str | None, typer.Option(help="With --apply: the day, where the sheet does not say.")] = None,
    to: Annotated[
        Path | None, typer.Option(metavar="FILE", help="With --apply: file to write [default: in the corrections].")
    ] = None,
    data_dir: DataDir = None,
) -> None:
    """List what a person should look at first, and take their decisions."""
    _only(
        {"--who": who, "--date": date, "--to": to} if apply is None else {"--csv": csv, "--html": html}, apply is None
    )
    with told():
        settings = load_settings(data_dir=data_dir)
        if apply is not None:
            from pipeline.review.job import apply_decisions

            target, number = apply_decisions(apply, settings, who, date, to)
            things = "1 correction" if number == 1 else f"{number:,} corrections"
            typer.echo(f"{things} in {target}; `fieldledger run` applies them")
            return
        from pipeline.review.job import review_of
        from pipeline.review.page import page
        from pipeline.review.sheet import sheet
        from pipeline.review.terminal import draw

        found = review_of(settings, limit)
        draw(found.cards, found.total, Console(highlight=False))
        if csv is not None:
            write(str(csv), sheet(found.cards))
        if html is not None:
            write(str(html), page(found.cards, found.total))


def _only(options: Mapping[str, object], listing: bool) -> None:
    """Refuse options that belong to the other use of `review`."""
    if given := [name for name, said in options.items() if said is not None]:
        remedy = (
            "only with --apply; add that, or leave it out"
            if listing
            else "not with --apply, which shows nothing; leave one out"
        )
        fail(f"{' and '.join(given)} {remedy}", AT_FAULT)
