"""How templates are read, the same for pages, briefings and the documents of a release."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

_DICTS = (dict, MappingProxyType)
_NONE = object()


class _NamesFirst(Environment):
    """Takes `words.copy` for the word of that name, where there is one: Jinja takes it for the method of a dict."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return the value under a name of a dict, else what Jinja finds; asked a hundred times for a page."""
        if isinstance(obj, _DICTS):
            if attribute in obj:
                return obj[attribute]
        elif (found := getattr(obj, attribute, _NONE)) is not _NONE:
            return found
        return super().getattr(obj, attribute)


def environment(folder: Path, *, html: bool, finalize: Callable[[Any], Any] | None = None) -> Environment:
    """Return an environment for the templates of a folder: what is undefined is an error, `html` escapes everything.

    Args:
        folder: holds the templates.
        html: whether values are escaped as HTML; other formats escape by `finalize` or by filters.
        finalize: applied to every value before it is written.
    """
    return _NamesFirst(
        loader=FileSystemLoader(folder),
        autoescape=html,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=finalize,
        auto_reload=False,
    )
