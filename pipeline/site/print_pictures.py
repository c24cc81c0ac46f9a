"""A chart made cheap to print: without what only a screen needs, and no finer than paper shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html import unescape

from pipeline.charts.svg import path
from pipeline.site.print_texts import told_whole

LEAST = 2.2
"""Units between the points of a line: half a millimetre at the width that a map is printed with."""
_LINK = re.compile(r"</?a(?: [^>]*)?>")
_MARK_TITLE = re.compile(r"<title>[^<]*</title>")
_TARGET = re.compile(r'<circle [^>]*pointer-events="all"[^>]*/>')
_PATHS = re.compile(r'<path d="[^"]*"(?P<look>[^>]*)/>(?:<path d="[^"]*"(?P=look)/>)+')
_PATH_DATA = re.compile(r'<path d="([^"]*)"')
_MOVED = re.compile(r'<g transform="([^"]*)"><(path|circle) ([^>]*)/></g>')
_RUNS = re.compile(r'(?<=<path d=")(?:M[\d. -]+(?:l[\d. -]+)?z?)+(?=")')
_RUN = re.compile(r"M([\d. -]+)(?:l([\d. -]+))?(z?)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
_TITLE = re.compile(r"<title[^>]*>([^<]*)</title>")


def said(chart: str) -> str:
    """Return the title of a chart: what it is to those who do not see it."""
    found = _TITLE.search(chart)
    return unescape(found[1]) if found else ""


def printable(chart: str) -> str:
    """Return a chart without links, titles and targets of its marks, neighbours of one look drawn as one."""
    closed = "</desc>" if "</desc>" in chart else "</title>"
    head, _, body = chart.partition(closed)
    plain = _PATHS.sub(_joined, _TARGET.sub("", _MARK_TITLE.sub("", _LINK.sub("", body))))
    plain = _MOVED.sub(r'<\2 \3 transform="\1"/>', plain)
    return head + closed + told_whole(_RUNS.sub(lambda found: _thinned(found[0]), plain))


def _joined(found: re.Match[str]) -> str:
    return f'<path d="{" ".join(_PATH_DATA.findall(found[0]))}"{found["look"]}/>'


@lru_cache(maxsize=256)
def _thinned(runs: str) -> str:
    """Return path data in relative steps without the points that are nearer than `LEAST` to the one before."""
    return "".join(_path(*found.groups()) for found in _RUN.finditer(runs))


def _path(start: str, steps: str | None, end: str) -> str:
    drawn = path(_points(start + " " + (steps or "")), closed=bool(end), least=LEAST)
    return drawn if "l" in drawn else ""  # an islet, or a bend of a border, smaller than what is seen


def _points(numbers: str) -> Iterator[tuple[float, float]]:
    x = y = 0.0
    found = [float(number) for number in _NUMBER.findall(numbers)]
    for dx, dy in zip(found[::2], found[1::2], strict=True):
        x, y = x + dx, y + dy
        yield x, y
