"""YAML of strangers as plain data: no aliases, no key twice, dates as they are written."""

from __future__ import annotations

from typing import Any

import yaml
from yaml.constructor import ConstructorError

_BASE: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20
"""Levels of nesting; a correction has five."""


class NotPlain(Exception):
    """The text is no YAML, or more than plain data; says why and where."""


class _Loader(_BASE):  # type: ignore[misc]
    """A safe loader that takes no second value for a key, and leaves dates as text."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML declares it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in _BASE.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    raise ConstructorError(None, None, f"{key.value!r} stands twice", key.start_mark)
                seen.add(key.value)
        return super().construct_mapping(node, deep)


def _line(mark: Any) -> str:
    return f"line {mark.line + 1}: " if mark else ""


def plain_data(text: str) -> Any:
    """Return what one YAML document says.

    Raises:
        NotPlain: it cannot be read, holds anchors, tags, a key twice, or is nested too deep.
    """
    try:
        depth = 0
        for event in yaml.parse(text, _Loader):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent):
                raise NotPlain(f"{_line(event.start_mark)}uses an alias (*{event.anchor}); write it out")
            if depth > DEEPEST:
                raise NotPlain(f"{_line(event.start_mark)}is nested deeper than {DEEPEST} levels; flatten it")
        return yaml.load(text, _Loader)
    except yaml.MarkedYAMLError as error:
        raise NotPlain(f"{_line(error.problem_mark)}{error.problem}; mend the YAML") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise NotPlain(f"{str(error).splitlines()[0]}; mend the YAML") from None
