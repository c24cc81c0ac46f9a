"""The index for people: `index.html`, which stands alone, and `feed.xml`, an Atom feed (RFC 4287).

All links are relative.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pipeline.hostile_characters import visible
from pipeline.inline_style import REPORTS, inline_style
from pipeline.plain_words import count, date_only, number
from pipeline.release.about import package_words
from pipeline.release.index import INDEX, SCHEMA_FILE, SCHEMA_NAME, Entry, Index
from pipeline.templates import environment

_STEP = 1000
_UNITS = ("bytes", "kB", "MB", "GB", "TB")


def index_files(index: Index) -> Mapping[str, bytes]:
    """Return every file of the index by name; `index.json`, which programs read, comes last."""
    return {
        SCHEMA_NAME: SCHEMA_FILE.read_bytes(),
        "index.html": html_page(index).encode(),
        "feed.xml": atom_feed(index).encode(),
        INDEX: index.to_bytes(),
    }


def html_page(index: Index) -> str:
    """Return `index.html`."""
    return _environment().get_template("releases.html.j2").render(_words(index), **inline_style("changes.css"))


def atom_feed(index: Index) -> str:
    """Return `feed.xml`: an entry a release, whose id is the hash of its manifest."""
    updated = max(entry.build_time for entry in index.releases)
    authors = [contributor["title"] for contributor in package_words().contributors]
    series = index.newest.id.removesuffix(f"-{index.newest.version}")
    return _environment().get_template("releases.xml.j2").render(
        _words(index), updated=updated, authors=authors, series=f"urn:fieldledger:{series}"
    )  # fmt: skip


def _words(index: Index) -> dict[str, Any]:
    newest = index.newest
    return {
        "index": index,
        "newest": newest,
        "title": f"Releases: {newest.title}",
        "notice": package_words().notice(newest.invented),
    }


def size_words(size: int) -> str:
    """Return a size in bytes for people: "1 byte", "999 bytes", "1.2 MB"."""
    if size < _STEP:
        return "1 byte" if size == 1 else f"{size} bytes"
    value, unit = float(size), 0
    while value >= _STEP - 0.05 and unit < len(_UNITS) - 1:
        value, unit = value / _STEP, unit + 1
    return f"{value:.1f} {_UNITS[unit]}"


def _holds(entry: Entry) -> str:
    return f"{count(entry.rows, 'row')} in {count(entry.tables, 'table')}, {number(entry.files)} files"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    pages = environment(REPORTS, html=True, finalize=_shown)
    pages.filters["size"] = size_words
    pages.filters["holds"] = _holds
    pages.filters["day"] = lambda time: date_only(date.fromisoformat(time[:10]))
    return pages


def _shown(value: object) -> object:
    """Show what texts hide; markup made here stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
