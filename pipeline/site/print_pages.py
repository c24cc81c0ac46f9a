"""One week as a PDF of two to four A4 pages: what the week's page says, cut to what paper holds.

However much a week holds, lists and quotes are cut at the figures below and the cut is said, so that no week grows
beyond four pages; in a quiet week coverage, caveats and how to cite stand on a page of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from jinja2 import Environment
from markupsafe import Markup

from pipeline.brief.context import BriefContext
from pipeline.brief.directions import Direction
from pipeline.brief.figures import Figures
from pipeline.brief.hostile_text import tidy
from pipeline.brief.links import NoLinks
from pipeline.brief.render import fixed_texts, week_values
from pipeline.brief.sentences import Sentence, text
from pipeline.brief.week_model import WeekBrief
from pipeline.site import chrome
from pipeline.site.digests import value_digest
from pipeline.site.print_engine import to_pdf, unavailable, versions
from pipeline.site.section import LateFile

MOST_PAGES = 4


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a week is printed: characters of texts, entries of lists."""

    quote: int
    title: int
    """Characters of a title, a name or an address."""
    line: int
    """Characters of what is said of one event."""
    note: int
    """Characters of one sentence or note."""
    rows: int
    """Governorates in the table, outlets in the list."""
    events: int
    entries: int
    """Movements, and changed events."""


USUAL = Limits(quote=320, title=140, line=420, note=600, rows=20, events=8, entries=6)
TIGHT = Limits(quote=130, title=50, line=150, note=200, rows=10, events=4, entries=2)
"""For a week that does not fit on `MOST_PAGES` pages otherwise."""


_LINK = re.compile(r"</?a(?: [^>]*)?>")
_MARK_TITLE = re.compile(r"<title>[^<]*</title>")
_PATHS = re.compile(r'<path d="[^"]*"(?P<look>[^>]*)/>(?:<path d="[^"]*"(?P=look)/>)+')
_PATH_DATA = re.compile(r'<path d="([^"]*)"')


class Charts(NamedTuple):
    """The charts of a week as inline SVG with a title, or None where there is none."""

    map: str | None
    multiples: str | None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One governorate: its figures over all types of events, and in which direction it went."""

    direction: Direction
    figures: Figures


def week_pdf(brief: WeekBrief, context: BriefContext, charts: Charts, *, address: str) -> bytes:
    """Return the printed week, the same bytes whenever and wherever it is made with the same libraries.

    Args:
        brief: what the week says.
        context: the release; its build time is the date of the document.
        charts: printed below the table.
        address: of the full page, printed on each page.

    Raises:
        FieldledgerError: pango is missing (`print_engine.unavailable`), or a chart asks for a file.
    """
    printed = to_pdf(week_html(brief, context, charts, address=address), "print.css")
    if printed.pages > MOST_PAGES:
        printed = to_pdf(week_html(brief, context, charts, address=address, limits=TIGHT), "print.css")
    return printed.content


def late_pdf(brief: WeekBrief, context: BriefContext, charts: Charts, *, address: str) -> LateFile | None:
    """Return the printed week as a file of the site that is made only where the one there says something else.

    None where no PDF can be made; `print_engine.unavailable` says why, once for all weeks.
    """
    if unavailable():
        return None
    html = week_html(brief, context, charts, address=address)
    return LateFile(
        digest=value_digest([html, *versions().values()]),
        make=lambda: week_pdf(brief, context, charts, address=address),
    )


def week_html(brief: WeekBrief, context: BriefContext, charts: Charts, *, address: str, limits: Limits = USUAL) -> str:
    """Return the document that is printed."""
    values = {
        **week_values(brief, context, NoLinks(), on_site=charts),
        "context": context,
        "address": address,
        "areas": areas(brief),
        "charts": Charts(*(printable(chart) if chart else None for chart in charts)),
        "limits": limits,
    }
    return _environment().get_template("print.html.j2").render(values)


def printable(chart: str) -> Markup:
    """Return a chart without links and titles of its marks, neighbours of one look drawn as one: cheaper to print."""
    head, body = chart.partition("</desc>")[::2] if "</desc>" in chart else chart.partition("</title>")[::2]
    closed = "</desc>" if "</desc>" in chart else "</title>"
    plain = _MARK_TITLE.sub("", _LINK.sub("", body))
    return Markup(head + closed + _PATHS.sub(_joined, plain))


def _joined(found: re.Match[str]) -> str:
    return f'<path d="{" ".join(_PATH_DATA.findall(found[0]))}"{found["look"]}/>'


def areas(brief: WeekBrief) -> tuple[AreaRow, ...]:
    """Return the governorates with events, in the order of the page's table; outlets do not add up and are left out."""
    ways = {direction.admin1: direction for direction in brief.directions}
    by_name = groupby(brief.cells, key=lambda cell: cell.admin1)
    return tuple(AreaRow(ways[name], _sum([cell.figures for cell in cells])) for name, cells in by_name)


def _sum(figures: Sequence[Figures]) -> Figures:
    killed = figures[0].killed
    for each in figures[1:]:
        killed = killed.plus(each.killed)
    return Figures(
        events=sum(each.events for each in figures),
        killed=killed,
        killed_events=sum(each.killed_events for each in figures),
        injured=sum(each.injured for each in figures),
        injured_events=sum(each.injured_events for each in figures),
        civilian_targeting=sum(each.civilian_targeting for each in figures),
        sources=0,
    )


def cut(words: str | Sentence, length: int) -> str:
    """Return words, a stranger's or ours, on one line and at most ``length`` characters long, the cut shown."""
    line = tidy(words if isinstance(words, str) else text(words)).strip()
    return line if len(line) <= length else f"{line[: length - 1].rstrip()}…"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    page = chrome.pages().overlay()
    page.filters = {**page.filters, "cut": cut}
    page.globals = {**page.globals, "t": fixed_texts("en")}
    return page
