"""Small multiples: the same weeks as bars, a panel for each series, all on the same axes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pipeline.charts import time_axis
from pipeline.charts.palette import SERIES
from pipeline.charts.svg import Svg, picture
from pipeline.charts.vega import compiled, draw, extent, markup

COLUMNS, WIDTH, HEIGHT = 2, 168, 62
"""Panels side by side, and the size of one in units."""


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
    top = max(4, *(value or 0 for panel in panels for value in panel.values))
    rows = [
        {
            "panel": f"{at:03}{panel.title}",
            "week": week,
            "value": value,
            "silent": value is None,
            "last": week == weeks[-1],
            "top": top if week == weeks[0] else None,
        }
        for at, panel in enumerate(panels)
        for week, value in zip(weeks, panel.values, strict=True)
    ]
    drawn = draw(_design(), {"panels": rows})
    body = time_axis.hatch(prefix) + markup(drawn).replace(time_axis.HATCH, f"url(#{prefix}-hatch)")
    width, height = extent(drawn)
    return picture(body, width=width, height=height, title=title, description=description, prefix=prefix, kind="panels")


@lru_cache(maxsize=1)
def _design() -> Mapping[str, Any]:
    import altair as alt

    few = "round((1 - datum.index) * (length(domain('x')) - 1)) % 4 == 0 ? slice(datum.label, 5) : ''"
    week = alt.X(
        "week:O",
        title=None,
        scale=alt.Scale(paddingInner=0.12, paddingOuter=0.06),
        axis=alt.Axis(labelAngle=0, labelExpr=few, labelOverlap=False, ticks=False),
    )
    value = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=3, tickMinStep=1, format="d"))
    base = alt.Chart()
    silent = base.transform_filter("datum.silent").mark_rect(fill=time_axis.HATCH).encode(x=week)
    bars = base.transform_filter("!datum.silent").mark_bar(fill=SERIES).encode(x=week, y=value)
    said = (
        base.transform_filter("datum.last && !datum.silent")
        .mark_text(dy=-6, fontWeight="bold", align="left")
        .encode(x=alt.X("week:O", bandPosition=0), y=value, text=alt.Text("value:Q", format="d"))
    )
    room = base.mark_point(opacity=0).encode(y="top:Q")
    header = alt.Header(
        title=None, labelAnchor="start", labelFontSize=11, labelFontWeight="bold", labelColor="currentColor",
        labelExpr="slice(datum.label, 3)", labelPadding=4,
    )  # fmt: skip
    chart = alt.layer(silent, bars, said, room, data=alt.NamedData("panels")).properties(width=WIDTH, height=HEIGHT)
    return compiled(chart.facet(alt.Facet("panel:N", header=header), columns=COLUMNS).properties(spacing=14))
