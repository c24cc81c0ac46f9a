"""From an altair chart to lean SVG: compiled once a process, filled with data and drawn by Vega as often as needed.

Compiling a chart takes half a second and drawing one some milliseconds, so a design is compiled once and only its data
are changed. Vega's markup is then cleaned: roles and labels of single marks (one image has one label), fonts, styles
and classes go, and coordinates are rounded. Nothing is ever fetched: data are in the specification, every address is
refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from lxml import etree

from pipeline.charts.svg import tidy

if TYPE_CHECKING:
    import altair

INK = "currentColor"
CONFIG: dict[str, Any] = {
    "background": None,
    "padding": 0,
    "view": {"stroke": None},
    "axis": {
        "domainColor": INK, "domainOpacity": 0.6, "tickColor": INK, "tickOpacity": 0.6, "tickSize": 4,
        "gridColor": INK, "gridOpacity": 0.15, "labelColor": INK, "labelFontSize": 11, "titleColor": INK,
    },
    "axisY": {"minExtent": 32, "maxExtent": 32},
    "text": {"color": INK, "fontSize": 11},
}  # fmt: skip
"""Everything is drawn in the ink of the page, save what has a meaning; plots begin at the same place."""
_LENGTHS = frozenset(("d", "height", "transform", "width", "x", "x1", "x2", "y", "y1", "y2"))
_KEPT = _LENGTHS | {
    "fill", "fill-opacity", "font-size", "font-weight", "opacity", "stroke", "stroke-dasharray", "stroke-linecap",
    "stroke-linejoin", "stroke-opacity", "stroke-width", "text-anchor",
}  # fmt: skip
_CIRCLE = re.compile(r"M([\d.]+),0A\1,\1,0,1,1,-\1,0A\1,\1,0,1,1,\1,0")
"""How Vega writes a circle around the origin, which has an element of its own."""
_NOTHING = {"fill": "transparent", "stroke": "transparent", "opacity": "1"}
"""Said of a mark, they change nothing: no colour is the rule of the picture."""
_DRAWN = frozenset(("path", "rect", "line", "text", "circle"))


def compiled(chart: altair.TopLevelMixin) -> Mapping[str, Any]:
    """Return the chart as a Vega specification, to be filled by ``draw``."""
    import vl_convert

    result: Mapping[str, Any] = vl_convert.vegalite_to_vega(chart.to_dict(), config=CONFIG)
    return result


def draw(specification: Mapping[str, Any], values: Mapping[str, Sequence[Mapping[str, Any]]]) -> etree._Element:
    """Return what Vega draws of the data sets in ``values``, by name, cleaned: one ``g`` of the marks.

    Data sets that the design names and ``values`` does not stay as they are.
    """
    import vl_convert

    data = [
        {**source, "values": list(values[source["name"]])} if source["name"] in values else source
        for source in specification["data"]
    ]
    return cleaned(vl_convert.vega_to_svg({**specification, "data": data}, allowed_base_urls=[]))


def cleaned(markup: str) -> etree._Element:
    """Return the root group of Vega's markup with nothing but what draws, and the picture's width and height on it."""
    root = etree.fromstring(markup.encode(), etree.XMLParser(resolve_entities=False, no_network=True))
    group = etree.Element("g", {side: root.get(side, "0") for side in ("width", "height")})
    for child in root:
        group.extend(_clean(child))
    return group


def _clean(node: etree._Element) -> list[etree._Element]:
    name = etree.QName(node).localname
    attributes = {
        key: tidy(value) if key in _LENGTHS else value.removesuffix("px")
        for key, value in sorted(node.attrib.items())
        if key in _KEPT and _NOTHING.get(key) != value
    }
    if attributes.get("transform") == "translate(0,0)":
        del attributes["transform"]
    children: list[etree._Element] = []
    if name == "g":
        attributes.pop("fill", None)
        children = [kept for child in node for kept in _clean(child)]
        if not attributes or not children:
            return children
    elif not _draws(name, node.text, attributes):
        return []
    if circle := _CIRCLE.fullmatch(attributes.get("d", "")):
        name, attributes = "circle", {key: value for key, value in attributes.items() if key != "d"} | {"r": circle[1]}
    kept = etree.Element(name, attributes)
    kept.text = node.text if name == "text" else None
    kept.extend(children)
    return [kept]


def _draws(name: str, words: str | None, attributes: Mapping[str, str]) -> bool:
    if attributes.get("opacity") == "0":
        return False
    return bool(words) if name == "text" else name in _DRAWN and ("fill" in attributes or "stroke" in attributes)


def extent(group: etree._Element) -> tuple[float, float]:
    """Return width and height of what Vega drew, axes included."""
    return float(group.get("width", "0")), float(group.get("height", "0"))


def markup(group: etree._Element) -> str:
    """Return the group as text, without its own tag."""
    return "".join(etree.tostring(child, encoding="unicode") for child in group)
