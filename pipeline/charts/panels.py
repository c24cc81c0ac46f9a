"""Small multiples: the same weeks as bars, a panel for each series, all on the same axes."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from pipeline.charts import time_axis
from pipeline.charts.palette import SERIES
from pipeline.charts.svg import Svg, element, number, picture
from pipeline.charts.vega import compiled, draw, extent, markup

COLUMNS, WIDTH, HEIGHT = 2, 168, 62
"""Panels side by side, and the size of one in units."""
_INNER = 0.12
"""Of the room of a week, how much is between the bars."""
_MARK = "#010204"
"""Stands in the frame for the bars of a panel, which are drawn here."""
_SPACE = re.compile(rf'<path d="[^"]*" fill="{_MARK}"/>')
_NAME = re.compile(r'(?<=text-anchor="middle")([^>]*)>W(\d+)<')


@dataclass(frozen=True, slots=True)
class Panel:
    """A series: a value for each week, None where nothing was read."""

    title: str
    values: Sequence[int | None]


def small_multiples(weeks: Sequence[str], panels: Sequence[Panel], *, title: str, description: str, prefix: str) -> Svg:
    """Return a panel of bars for each series over ISO ``weeks`` (oldest first), on shared axes.

    A silent week (None) is hatched, so that it does not read as none; the last value is written out.

    Raises:
        ValueError: a panel has not one value for each week, or there is no panel or no week.
    """
    if not weeks or not panels or any(len(panel.values) != len(weeks) for panel in panels):
        raise ValueError(f"give every panel one value for each of the {len(weeks)} weeks")
    top = _rounded(max(4, *(value or 0 for panel in panels for value in panel.values)))
    frame, width, height = _frame(tuple(panel.title for panel in panels), len(weeks), top)
    marks = iter(_marks(panel.values, top) for panel in panels)
    body = _SPACE.sub(lambda _: next(marks), frame)
    body = time_axis.hatch(prefix) + _NAME.sub(lambda found: f"{found[1]}>{escape(weeks[int(found[2])][5:])}<", body)
    body = body.replace(time_axis.HATCH, f"url(#{prefix}-hatch)")
    return picture(body, width=width, height=height, title=title, description=description, prefix=prefix, kind="panels")


def _marks(values: Sequence[int | None], top: int) -> str:
    """Return the bars of one panel, the hatch of silent weeks below them, and the last value."""
    step = WIDTH / len(values)
    wide = number(step * (1 - _INNER))
    silent, bars, said = [], [], ""
    for at, value in enumerate(values):
        left = number(step * (at + _INNER / 2))
        if value is None:
            silent.append(element("path", d=f"M{left},0h{wide}v{HEIGHT}h-{wide}Z", fill=time_axis.HATCH))
            continue
        high = HEIGHT * value / top
        bars.append(element("path", d=f"M{left},{number(HEIGHT - high)}h{wide}v{number(high)}h-{wide}Z", fill=SERIES))
        if at == len(values) - 1:
            said = (
                '<text fill="currentColor" font-size="11" font-weight="bold" text-anchor="start" '
                f'transform="translate({left},{number(HEIGHT - high - 3)})">{value}</text>'
            )
    return "".join((*silent, *bars, said))


def _rounded(top: int) -> int:
    """Return the least end of an axis that holds ``top`` and is a tenth's multiple that reads well: 1, 2 or 5."""
    step, scale = 1, 1
    while top / step > 10 * math.sqrt(2):
        step = next(scale * ten for ten in (1, 2, 5, 10) if scale * ten > step)
        scale = scale * 10 if step == scale * 10 else scale
    return -(-top // step) * step


@lru_cache(maxsize=512)
def _frame(titles: tuple[str, ...], weeks: int, top: int) -> tuple[str, float, float]:
    """Return what Vega draws around the bars (titles, axes, grid), with its size: in hundreds of charts the same.

    The place of each panel's bars is held by `_MARK`, that of a week's name by its number.
    """
    names = [f"{at:05}W{at:02}" for at in range(weeks)]
    rows = [
        {"panel": f"{at:03}{title}", "week": week, "top": top, "first": week == names[0]}
        for at, title in enumerate(titles)
        for week in names
    ]
    drawn = draw(_design(), {"panels": rows})
    width, height = extent(drawn)
    return markup(drawn), width, height


@lru_cache(maxsize=1)
def _design() -> Mapping[str, Any]:
    import altair as alt

    few = "round((1 - datum.index) * (length(domain('x')) - 1)) % 4 == 0 ? slice(datum.label, 5) : ''"
    week = alt.X(
        "week:O",
        title=None,
        scale=alt.Scale(paddingInner=_INNER, paddingOuter=_INNER / 2),
        axis=alt.Axis(labelAngle=0, labelExpr=few, labelOverlap=False, ticks=False),
    )
    value = alt.Y("top:Q", title=None, axis=alt.Axis(tickCount=3, tickMinStep=1, format="d"))
    base = alt.Chart()
    first = base.transform_filter("datum.first")
    space = first.mark_rect(fill=_MARK).encode(x=week)
    start = alt.X("week:O", bandPosition=0)
    room = first.mark_text(dy=-6, fontWeight="bold", align="left", opacity=0).encode(x=start, y=value, text="top:Q")
    weeks = base.mark_point(opacity=0).encode(x=week)
    header = alt.Header(
        title=None, labelAnchor="start", labelFontSize=11, labelFontWeight="bold", labelColor="currentColor",
        labelExpr="slice(datum.label, 3)", labelPadding=0,
    )  # fmt: skip
    chart = alt.layer(space, room, weeks, data=alt.NamedData("panels")).properties(width=WIDTH, height=HEIGHT)
    return compiled(chart.facet(alt.Facet("panel:N", header=header), columns=COLUMNS).properties(spacing=14))
