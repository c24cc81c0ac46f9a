"""Texts of charts drawn whole: weasyprint lays out each letter of a picture by itself, and makes each text that is not
anchored at its start a drawing of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from math import inf
from typing import Any

WHOLE = "data-whole"
"""Attribute of a text that has one place: what of it is at its place."""
BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a text comes before its place."""
WEIGHTS = {"normal": 400, "bold": 700}
_TEXT = re.compile(r"<text((?: [\w-]+=\"[^\"]*\")*)>(?=[^<]+</text>)")
_ANCHOR = re.compile(r' text-anchor="(\w+)"')
_LAID_OUT_BY_LETTER = re.compile(r" (?:[dr]x|[dr]y|rotate|textLength|[\w-]*baseline|style)=")
Draw = Callable[[Any, Any, float], None]


def told_whole(chart: str) -> str:
    """Return a chart in which texts that can be drawn as a whole say so; in one from right to left, none."""
    return chart if 'direction="rtl"' in chart else _TEXT.sub(_told, chart)


def _told(found: re.Match[str]) -> str:
    if _LAID_OUT_BY_LETTER.search(found[1]):
        return found[0]
    anchor = _ANCHOR.search(found[1])
    return f'<text{_ANCHOR.sub("", found[1])} {WHOLE}="{anchor[1] if anchor else "start"}">'


@lru_cache(maxsize=1)
def draw_texts_whole() -> None:
    """Have weasyprint draw a text that says so as a whole."""
    from weasyprint import svg

    by_letter = svg.text
    svg.text = _whole_where_told(by_letter)
    svg.TAGS |= {tag: svg.text for tag, draw in svg.TAGS.items() if draw is by_letter}  # what is a text is told by this


def _whole_where_told(by_letter: Draw) -> Draw:
    def draw(svg: Any, node: Any, font_size: float) -> None:
        (_draw_whole if WHOLE in node.attrib else by_letter)(svg, node, font_size)

    return draw


def _draw_whole(svg: Any, node: Any, font_size: float) -> None:
    """Write a text to the stream of a page, as `weasyprint.svg.text.text` does for each of its letters."""
    from weasyprint.draw.text import draw_first_line
    from weasyprint.layout.inline import split_first_line
    from weasyprint.matrix import Matrix
    from weasyprint.svg.text import TextBox

    style, stream = _style(svg.font_config, *_font(node), font_size), svg.stream
    layout, _, _, width, _, _ = split_first_line(node.text, style, svg.context, inf, 0)
    x, y = svg.point(node.get("x"), node.get("y"), font_size)
    stream.push_state()
    fill, stroke = svg.set_graphical_state(node, font_size)
    stream.begin_text()
    layout.reactivate(style)
    svg.fill_stroke(fill, stroke, text=True)
    place = Matrix(d=-1, e=x - width * BEFORE[node.get(WHOLE)], f=y)
    draw_first_line(stream, TextBox(layout, style), "none", "none", place)
    stream.end_text()
    stream.pop_state()


def _font(node: Any) -> tuple[str, str, str, str]:
    return (
        node.get("font-family", "sans-serif"),
        node.get("font-style", "normal"),
        node.get("font-weight", "normal"),
        node.get("letter-spacing", "normal"),
    )


@lru_cache(maxsize=64)
def _style(fonts: Any, families: str, slant: str, weight: str, spacing: str, size: float) -> Any:
    """Return the values of all properties for a text in a picture; ``fonts`` are those of the engine."""
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.svg.text import Style

    style = Style(INITIAL_VALUES)
    style.font_config = fonts
    style["font_family"] = [family.strip("\"'") for family in families.split(",")]
    style["font_style"], style["font_weight"], style["font_size"] = slant, WEIGHTS.get(weight) or int(weight), size
    style["letter_spacing"] = spacing if spacing == "normal" else float(spacing)
    return style
