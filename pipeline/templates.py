"""How templates are read, the same for pages, briefings and the documents of a release."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import FunctionType, MappingProxyType
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context
from markupsafe import Markup, escape

_DICTS = (dict, MappingProxyType)
_NONE = object()
_MARKUP = re.compile(r"[&<>\"']")


class _ShownAtOnce(CodeGenerator):
    """Finalizes and escapes a value by one call (`shown`), where Jinja makes Markup of each, which only slows."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _at_once(frame, finalize):
            self.write("environment.shown(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def _output_child_post(self, node: Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        if _at_once(frame, finalize):
            self.write(")")
        else:
            super()._output_child_post(node, frame, finalize)


def _at_once(frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> bool:
    return frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is not None


class _PlainCalls(Context):
    """Calls a plain function straight away, where Jinja asks it four times whether it wants the context."""

    def call(self, obj: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Return what ``obj`` returns."""
        if type(obj) is not FunctionType or hasattr(obj, "jinja_pass_arg"):
            return super().call(obj, *args, **kwargs)
        kwargs.pop("_block_vars", None)  # what a loop or block adds for those who want the context
        kwargs.pop("_loop_vars", None)
        return obj(*args, **kwargs)


class _NamesFirst(Environment):
    """Takes `words.copy` for the word of that name, where there is one: Jinja takes it for the method of a dict."""

    code_generator_class = _ShownAtOnce
    context_class = _PlainCalls

    def shown(self, value: object) -> str:
        """Return ``value`` as a page shows it: finalized, and escaped unless it is markup."""
        final = self.finalize(value) if self.finalize else value
        if type(final) is str:
            return escape(final) if _MARKUP.search(final) else final
        return final if type(final) is Markup else escape(final)

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
