"""SVG as pages take it in: inline, labelled, without styles, in the colours and the type of the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import pairwise

_NUMBER = re.compile(r"-?\d*\.?\d+(?:e-?\d+)?")


class Svg(str):
    """Markup that is safe to print as it stands: every text in it has been escaped."""

    __slots__ = ()

    def __html__(self) -> str:
        """Tell Jinja and markupsafe that it needs no escaping."""
        return str(self)


def tidy(numbers: str) -> str:
    """Return path data or a transform with its numbers to one decimal."""
    return _NUMBER.sub(lambda match: number(float(match[0])), numbers)


def number(value: float) -> str:
    """Return a coordinate to one decimal, without a trailing zero or a negative nought."""
    return f"{value:.1f}".removesuffix(".0").replace("-0.0", "0") if abs(value) >= 0.05 else "0"


def path(points: Iterable[tuple[float, float]], closed: bool = False, least: float = 0.1) -> str:
    """Return path data in relative steps; points nearer than ``least`` to the last are left out."""
    kept: list[tuple[int, int]] = []
    skipped: tuple[int, int] | None = None
    for x, y in points:
        here = round(x * 10), round(y * 10)
        near = bool(kept) and max(abs(here[0] - kept[-1][0]), abs(here[1] - kept[-1][1])) < least * 10
        skipped = here if near else None
        if not near:
            kept.append(here)
    if skipped and not closed and skipped != kept[-1]:
        kept.append(skipped)
    steps = " ".join(f"{_tenths(b[0] - a[0])} {_tenths(b[1] - a[1])}" for a, b in pairwise(kept))
    start = f"M{_tenths(kept[0][0])} {_tenths(kept[0][1])}" if kept else ""
    return (f"{start}l{steps}" if steps else start).replace(" -", "-") + ("z" if closed else "")


def _tenths(value: int) -> str:
    whole, tenth = divmod(abs(value), 10)
    text = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{text}" if value < 0 else text


def picture(
    body: str, *, width: float, height: float, title: str, description: str, prefix: str, kind: str, links: bool = False
) -> Svg:
    """Return the drawing as one image for a screen reader, named by its title and told by its description.

    What lies inside is drawn in ``currentColor`` or in colours that hold on light and dark grounds. ``kind`` becomes a
    class, ``fl-`` before it, for the page's style sheet. With ``links`` in it, it is a group, since nothing in an image
    may take a pointer; they are hidden from a screen reader, which reads the table that goes with the picture.
    """
    w, h = number(width), number(height)
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        f'class="chart fl-{kind}" role="{"group" if links else "img"}" '
        f'aria-labelledby="{prefix}-title" aria-describedby="{prefix}-desc" '
        'direction="ltr" fill="none" font-size="11" overflow="visible">'
        f'<title id="{prefix}-title">{escape(title)}</title><desc id="{prefix}-desc">{escape(description)}</desc>'
        f'<g aria-hidden="true">{body}</g></svg>'
    )


def text(x: float, y: float, words: str, **attributes: str | float) -> str:
    """Return a text in the page's ink; names of attributes are given with ``_`` for ``-``."""
    return (
        f'<text x="{number(x)}" y="{number(y)}"{_attributes(fill="currentColor", **attributes)}>{escape(words)}</text>'
    )


def element(name: str, **attributes: str | float) -> str:
    """Return an element without content; names of attributes are given with ``_`` for ``-``."""
    return f"<{name}{_attributes(**attributes)}/>"


def _attributes(**attributes: str | float) -> str:
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{number(value) if isinstance(value, float) else escape(str(value))}"'
        for name, value in sorted(attributes.items())
    )
