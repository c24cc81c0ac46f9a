"""How templates are read, the same for pages, briefings and the documents of a release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined


def environment(folder: Path, *, html: bool, finalize: Callable[[Any], Any] | None = None) -> Environment:
    """Return an environment for the templates of a folder: what is undefined is an error, `html` escapes everything.

    Args:
        folder: holds the templates.
        html: whether values are escaped as HTML; other formats escape by `finalize` or by filters.
        finalize: applied to every value before it is written.
    """
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=finalize,
    )
