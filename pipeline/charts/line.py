"""A trend: one value a week as a line, with a band from low to high where there is one, over months or years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, Final

from pipeline.charts import time_axis
from pipeline.charts.palette import SERIES
from pipeline.charts.svg import Svg, picture
from pipeline.charts.vega import compiled, draw, extent, markup

WIDTH, HEIGHT = 360, 110
"""Size of the plot in units, without its axes."""
HALF = 7 * 24 * 3600 * 1000 // 2
"""Half a week in milliseconds: a silent week is hatched as far as its neighbours' halves."""
_LABEL = (
    "utcFormat(datum.value, domain('x')[1] - domain('x')[0] < 8e9 ? (datum.index ? '%-d %b' : '%-d %b %Y')"
    " : utcmonth(datum.value) == 0 && utcdate(datum.value) == 1 ? '%Y' : datum.index ? '%b' : '%b %Y')"
)
"""Days in a span of three months, else months, else years; the year is said with the first of them."""
DOTTED = 30
"""Weeks at most that are dots on their line, too."""
_TICKS = "length(data('weeks')) > 8 ? null : pluck(data('weeks'), 'week')"
"""Few weeks have a tick each: between them, there is nothing."""
_BROKEN: Final = "break-paths-show-path-domains"
"""What a line does where there is no value: it ends, and begins again."""


def trend(
    weeks: Sequence[date],
    values: Sequence[int | None],
    *,
    title: str,
    description: str,
    prefix: str,
    low: Sequence[int | None] | None = None,
    high: Sequence[int | None] | None = None,
) -> Svg:
    """Return ``values`` over ``weeks`` (their Mondays, oldest first) as a line, ``low`` to ``high`` as a band.

    A silent week (None) breaks the line and is hatched; a week between two silent ones is a dot, as are all of a
    short series.

    Raises:
        ValueError: there is no week, or a series has not one value for each.
    """
    lows, highs = low or [None] * len(weeks), high or [None] * len(weeks)
    if not weeks or not len(weeks) == len(values) == len(lows) == len(highs):
        raise ValueError(f"give every series one value for each of the {len(weeks)} weeks")
    rows = [
        {
            "week": time_axis.milliseconds(week),
            "from": time_axis.milliseconds(week) - HALF,
            "to": time_axis.milliseconds(week) + HALF,
            "value": value,
            "low": least,
            "high": most,
            "silent": value is None,
            "alone": value is not None and _alone(values, at),
            "dot": value is not None and (len(weeks) <= DOTTED or _alone(values, at)),
        }
        for at, (week, value, least, most) in enumerate(zip(weeks, values, lows, highs, strict=True))
    ]
    top = max(4, *(value or 0 for value in (*values, *highs)))
    drawn = draw(_design(), {"weeks": rows, "room": [{"top": top}]})
    body = time_axis.hatch(prefix) + markup(drawn).replace(time_axis.HATCH, f"url(#{prefix}-hatch)")
    width, height = extent(drawn)
    return picture(body, width=width, height=height, title=title, description=description, prefix=prefix, kind="trend")


def _alone(values: Sequence[int | None], at: int) -> bool:
    around = values[max(at - 1, 0) : at + 2]
    return sum(value is not None for value in around) == 1


@lru_cache(maxsize=1)
def _design() -> Mapping[str, Any]:
    import altair as alt

    scale = alt.Scale(type="utc", nice=False)
    axis = alt.Axis(tickCount=5, values=alt.expr(_TICKS), grid=False, labelExpr=_LABEL)
    start = alt.X("week:T", title=None, scale=scale, axis=axis)
    value = alt.Y("value:Q", title=None, axis=alt.Axis(tickCount=4, tickMinStep=1, format="d"))
    low, high = alt.Y("low:Q"), alt.Y2("high:Q")
    width = "length(data('weeks')) > 160 ? 1.2 : 2"
    base = alt.Chart(alt.NamedData("weeks"))
    silent = (
        base.transform_filter("datum.silent")
        .mark_rect(fill=time_axis.HATCH)
        .encode(x=alt.X("from:T", scale=scale), x2="to:T")
    )
    band = base.mark_area(fill=SERIES, fillOpacity=0.3, stroke=SERIES, strokeWidth=0.5, invalid=_BROKEN).encode(
        x=start, y=low, y2=high
    )
    line = base.mark_line(stroke=SERIES, strokeWidth=alt.expr(width), strokeJoin="round", invalid=_BROKEN).encode(
        x=start, y=value
    )
    lone = base.transform_filter("datum.alone")
    span = lone.mark_rule(stroke=SERIES, strokeOpacity=0.4, strokeWidth=3).encode(x=start, y=low, y2=high)
    dotted = base.transform_filter("datum.dot")
    dot = dotted.mark_point(filled=True, fill=SERIES, size=22, opacity=1).encode(x=start, y=value)
    room = alt.Chart(alt.NamedData("room")).mark_point(opacity=0).encode(y="top:Q")
    return compiled(alt.layer(silent, band, span, line, dot, room).properties(width=WIDTH, height=HEIGHT))
