"""The map of a week: events by type and size over the ground of the region, with what lies elsewhere and a key.

The large map shows the region's focus. Events outside of it are neither dropped nor moved to its edge: the small map of
the whole region below, which always shows where the large one lies, carries them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from pipeline.charts import map_parts
from pipeline.charts.palette import LOOKS, SEVERAL
from pipeline.charts.points import MapPoint, Mark, marks
from pipeline.charts.projection import WIDTH, View
from pipeline.charts.svg import Svg, element, number, picture, text
from pipeline.charts.symbols import LARGEST, Symbol
from pipeline.charts.words import ENGLISH, MapWords
from pipeline.regions.geometry import Geometry

INSET, GUTTER, ROW, LEAST_REACH = 176, 14, 17, 9.0
"""Width of the small map, room between parts, height of a row of the key, least reach of a pointer, in units."""


def week_map(
    geometry: Geometry,
    points: Sequence[MapPoint],
    *,
    title: str,
    description: str,
    prefix: str,
    words: MapWords = ENGLISH,
) -> Svg:
    """Return the map of ``points``; their order does not change it, and every one is in it or counted under it.

    Symbols link to their events' pages for a pointer; readers without one have the table (``map_rows``).
    """
    found = marks(points)
    large = View(geometry.focus, WIDTH)
    top = large.height + GUTTER
    inner = [(mark, *large.xy(mark.lon, mark.lat)) for mark in found if geometry.focus.holds(mark.lon, mark.lat)]
    rest = [mark for mark in found if not geometry.focus.holds(mark.lon, mark.lat)]
    boxes = [_symbol(mark).box(x, y) for mark, x, y in inner]
    body = [map_parts.framed(geometry, large, prefix, boxes, words), *(_linked(*placed, words) for placed in inner)]
    views: tuple[View, ...] = (large,)
    left, bottom = 0.0, top
    if geometry.focus != geometry.region:
        small = View(geometry.region, INSET)
        outer = [mark for mark in rest if geometry.region.holds(mark.lon, mark.lat)]
        rest = [mark for mark in rest if mark not in outer]
        body.append(map_parts.inset(geometry, small, prefix, top, words.elsewhere.format(n=_events(outer))))
        body += [_linked(mark, x, y + top, words) for mark in outer for x, y in [small.xy(mark.lon, mark.lat)]]
        views, left, bottom = (large, small), INSET + GUTTER, top + small.height + 20
    key, end = _key(found, left + 8, top, words)
    lines, below = map_parts.line_key(geometry, views, bottom if left else end, words.disputed, words.ceasefire)
    height = max(below, end)
    if rest:
        height += ROW
        body.append(text(0, height - 5, words.beyond.format(n=_events(rest))))
    body += [lines, key]
    return picture(
        "".join(body),
        width=WIDTH,
        height=height,
        title=title,
        description=description,
        prefix=prefix,
        kind="map",
        links=True,
    )


def _symbol(mark: Mark) -> Symbol:
    return Symbol(mark.kind, mark.killed, mark.exact, len(mark.points))


def _events(found: Sequence[Mark]) -> int:
    return sum(len(mark.points) for mark in found)


def _linked(mark: Mark, x: float, y: float, words: MapWords) -> str:
    """Return the symbol with what a pointer is told; one event is a link, several have the table."""
    symbol = _symbol(mark)
    reach = max(LEAST_REACH, symbol.radius)
    target = element("circle", cx=x, cy=y, r=number(reach), fill="none", pointer_events="all")
    inside = f"<title>{escape(mark.title(words))}</title>{symbol.at(x, y)}{target}"
    if len(mark.points) > 1 or not mark.points[0].href:
        return f"<g>{inside}</g>"
    return f'<a href="{escape(mark.points[0].href)}" tabindex="-1">{inside}</a>'


def _key(found: Sequence[Mark], x: float, y: float, words: MapWords) -> tuple[str, float]:
    """Return the key with where it ends: the kinds that the map shows, and what size and outline say where they do."""
    parts = []
    for symbol, said in _rows(found, words):
        step = max(ROW, 2 * symbol.radius + 3)
        parts += [symbol.at(x + 8, y + step / 2), text(x + 29, y + step / 2 + 4, said)]
        y += step
    return "".join(parts), y


def _rows(found: Sequence[Mark], words: MapWords) -> Iterator[tuple[Symbol, str]]:
    kinds = {mark.kind for mark in found}
    for kind in (*LOOKS, *sorted(kinds - LOOKS.keys())):
        if kind in kinds:
            yield Symbol(kind, 5), words.several if kind == SEVERAL else words.type(kind)
    for shown, symbol, said in (
        (any(mark.killed == 0 for mark in found), Symbol("", 0), words.none_killed),
        (any(mark.killed for mark in found), Symbol("", 10), words.killed.format(n=10)),
        (any((mark.killed or 0) > 10 for mark in found), Symbol("", LARGEST), words.or_more.format(n=LARGEST)),
        (any(mark.killed is None for mark in found), Symbol("", None), words.not_known),
        (not all(mark.exact for mark in found), Symbol("", 5, exact=False), words.approximate),
        (any(len(mark.points) > 1 for mark in found), Symbol(SEVERAL, 5, count=3), words.at_one_place),
    ):
        if shown:
            yield symbol, said
