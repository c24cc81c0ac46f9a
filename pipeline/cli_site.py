"""`fieldledger site` and `fieldledger serve`: the static site built, and shown on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from pipeline.cli_exits import DataDir, told
from pipeline.settings import load_settings

if TYPE_CHECKING:
    from pipeline.site.builder import Built

SITE_EXAMPLES = (
    "\b\nExamples:\n  fieldledger site\n  fieldledger site --data-dir /srv/ledger --out /var/www/ledger\n"
    "  FIELDLEDGER_SITE_URL=https://ledger.example.org/ fieldledger site"
)
SERVE_EXAMPLES = "\b\nExamples:\n  fieldledger serve\n  fieldledger serve --port 8080"


def site(
    data_dir: DataDir = None,
    out: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Folder for the site [default: site in the data directory].")
    ] = None,
    release: Annotated[
        str | None, typer.Option(metavar="VERSION", help="Version to show as the newest [default: the newest].")
    ] = None,
) -> None:
    """Build the static site of all releases; a run does so too. Only what changed is written again."""
    from rich.console import Console

    from pipeline.screen import Bars
    from pipeline.site.assets import FOLDER
    from pipeline.site.builder import build_site
    from pipeline.site.data import open_site

    with told():
        settings = load_settings(data_dir=data_dir)
        opened = open_site(settings.data_dir / "releases", upto=release, site_url=settings.site_url)
        bars = Bars(Console(stderr=True, highlight=False))
        built = build_site(opened, out or settings.data_dir / FOLDER, progress=bars)
        typer.echo(in_words(built))


def in_words(built: Built) -> str:
    """Return what a build did, and in a second line why there are no PDFs where none can be made."""
    from pipeline.site.print_engine import unavailable

    done = f"{built.made:,} made, {built.removed:,} files removed" if built.changed else "nothing had changed"
    line = f"Site of version {built.version} in {built.out}: {built.pages:,} pages, {done}"
    return "\n".join([line, *filter(None, [unavailable()])])


def serve(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1.", min=1, max=65535)] = 8765,
    data_dir: DataDir = None,
) -> None:
    """Show the site on this machine only, at http://127.0.0.1:8765/; Ctrl-C stops it."""
    from pipeline.site.assets import FOLDER
    from pipeline.site.server import HOST, site_server

    with told():
        settings = load_settings(data_dir=data_dir)
        with site_server(settings.data_dir / FOLDER, port) as server:
            typer.echo(f"The site is on http://{HOST}:{port}/ (Ctrl-C stops it)")
            server.serve_forever()
