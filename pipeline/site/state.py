"""What is known of a site from the last build: each page with the digest it was made for, and its files.

It lies beside the folder of the site, not in it. It is written once all pages are; so a build that died has only made
pages that the next one makes again, the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.release import files
from pipeline.release.swap import replace_files

_SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the site."""

    bytes: int
    follows_from: str | None = None
    """Of a late file, the digest that it was made for."""


@dataclass(frozen=True, slots=True)
class PageState:
    """A page as it was written."""

    digest: str
    """Over all that it was made of."""
    files: Mapping[str, Written]
    """By path from the root of the site; the page itself comes first."""


@dataclass(frozen=True, slots=True)
class State:
    """All pages of a site, by the name of the section and the key of the page, joined by `/`."""

    pages: Mapping[str, PageState] = field(default_factory=dict)

    def files(self) -> dict[str, Written]:
        """Return all files by path."""
        return {path: written for page in self.pages.values() for path, written in page.files.items()}


def state_file(out: Path) -> Path:
    """Return where the state of the site in the folder ``out`` is kept: beside it."""
    return out.with_name(f"{out.name}.json")


def read_state(path: Path) -> State | None:
    """Return the state that is kept at ``path``.

    None where there is none. One that cannot be read, or of another version of the program, knows no page.
    """
    try:
        content = json.loads(path.read_bytes())
        if content["schema_version"] != _SCHEMA_VERSION:
            return State()
        return State({name: _page(*page) for name, page in content["pages"].items()})
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return State()


def write_state(path: Path, state: State) -> None:
    """Keep ``state`` at ``path``, whole or not at all, through to the disk.

    Raises:
        FieldledgerError: it cannot be written.
    """
    pages = {name: [page.digest, _files(page)] for name, page in sorted(state.pages.items())}
    content = {"schema_version": _SCHEMA_VERSION, "pages": pages}
    data = (json.dumps(content, separators=(",", ":")) + "\n").encode("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace_files(path.parent, {path.name: data})
    except OSError as error:
        raise files.explain(error, path) from error


def _files(page: PageState) -> dict[str, list[Any]]:
    return {path: [f.bytes, *filter(None, (f.follows_from,))] for path, f in page.files.items()}


def _page(digest: str, files: Mapping[str, list[Any]]) -> PageState:
    return PageState(digest, {path: Written(*written) for path, written in files.items()})
