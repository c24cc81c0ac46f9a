"""SVG as pages take it in: inline, labelled, without styles, in the colours and the type of the page around it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

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


def path(points: Iterable[tuple[float, float]], closed: bool = False) -> str:
    """Return path data in relative steps; points that fall together on a tenth are drawn once."""
    steps, last = [], None
    for x, y in points:
        here = (round(x * 10), round(y * 10))
        if last is None:
            steps.append(f"M{_tenths(here[0])} {_tenths(here[1])}")
        elif here != last:
            steps.append(
                ("l" if len(steps) == 1 else " ") + f"{_tenths(here[0] - last[0])} {_tenths(here[1] - last[1])}"
            )
        last = here
    return "".join(steps).replace(" -", "-") + ("z" if closed else "")


def _tenths(value: int) -> str:
    whole, tenth = divmod(abs(value), 10)
    text = f"{whole or ''}.{tenth}" if tenth else str(whole)
    return f"-{text}" if value < 0 else text


def picture(body: str, *, width: float, height: float, title: str, description: str, prefix: str, kind: str) -> Svg:
    """Return the drawing as one image for a screen reader, named by its title and told by its description.

    What lies inside is drawn in ``currentColor`` or in colours that hold on light and dark grounds. ``kind`` becomes a
    class, ``fl-`` before it, for the page's style sheet.
    """
    size = f"{number(width)} {number(height)}"
    return Svg(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{number(width)}" '
        f'height="{number(height)}" class="chart fl-{kind}" role="img" '
        f'aria-labelledby="{prefix}-title {prefix}-desc" fill="none" font-size="11">'
        f'<title id="{prefix}-title">{escape(title)}</title><desc id="{prefix}-desc">{escape(description)}</desc>'
        f"{body}</svg>"
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
