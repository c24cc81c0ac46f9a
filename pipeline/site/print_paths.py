"""Outlines and places read once: weasyprint reads the letters of a path, and where a part of a picture is moved to, anew
in each document, and every week has the same map.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

MOST = 4096
"""Outlines that are kept, some kilobytes each."""
Draw = Callable[[Any, Any, float], None]


@lru_cache(maxsize=1)
def read_paths_once() -> None:
    """Have weasyprint draw a path that it has drawn before from what it wrote then, and remember what moves are."""
    from weasyprint import svg

    svg.TAGS["path"] = drawn_once(svg.TAGS["path"])
    svg.transform = lru_cache(maxsize=MOST)(svg.transform)


def drawn_once(draw: Draw) -> Draw:
    """Return ``draw``, which writes the operators of a path to the stream of a page, remembering what it wrote.

    They follow from the path's letters alone: our charts give lengths in units of the picture, and no markers.
    """
    known: dict[str, bytes] = {}

    def drawn(svg: Any, node: Any, font_size: float) -> None:
        letters, operators = node.get("d", ""), svg.stream.stream
        if letters in known:
            operators.append(known[letters])
            return
        before = len(operators)
        draw(svg, node, font_size)
        if len(known) < MOST:
            known[letters] = b"\n".join(operators[before:])

    return drawn
