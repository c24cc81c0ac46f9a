"""One week as a PDF of two to four A4 pages: what the week's page says, cut to what paper holds.

However much a week holds, lists and quotes are cut at the figures below and the cut is said, so that no week grows
beyond four pages; in a quiet week coverage, caveats and how to cite stand on a page of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import NamedTuple

from jinja2 import Environment

from pipeline.brief.context import BriefContext
from pipeline.brief.directions import Direction
from pipeline.brief.figures import Figures
from pipeline.brief.hostile_text import tidy
from pipeline.brief.links import NoLinks
from pipeline.brief.render import fixed_texts, week_values
from pipeline.brief.sentences import Sentence, text
from pipeline.brief.week_model import WeekBrief
from pipeline.site import chrome, print_pictures
from pipeline.site.digests import value_digest
from pipeline.site.print_engine import PICTURE, to_pdf, unavailable, versions
from pipeline.site.section import LateFile

MOST_PAGES = 4
SHEET = "print.css"


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
    return _printed(week_html(brief, context, charts, address=address), brief, context, charts, address)


def late_pdf(brief: WeekBrief, context: BriefContext, charts: Charts, *, address: str) -> LateFile | None:
    """Return the printed week as a file of the site that is made only where the one there says something else.

    None where no PDF can be made; `print_engine.unavailable` says why, once for all weeks.
    """
    if unavailable():
        return None
    html = week_html(brief, context, charts, address=address)
    return LateFile(
        digest=value_digest([html, *filter(None, charts), *versions().values()]),
        make=lambda: _printed(html, brief, context, charts, address),
    )


def _printed(html: str, brief: WeekBrief, context: BriefContext, charts: Charts, address: str) -> bytes:
    """Return a week as it is printed, shorter where ``html``, the week as usual, has too many pages."""
    drawn = pictures(charts)
    printed = to_pdf(html, SHEET, drawn)
    if printed.pages > MOST_PAGES:
        printed = to_pdf(week_html(brief, context, charts, address=address, limits=TIGHT), SHEET, drawn)
    return printed.content


def week_html(brief: WeekBrief, context: BriefContext, charts: Charts, *, address: str, limits: Limits = USUAL) -> str:
    """Return the document that is printed; its charts are pictures beside it (`pictures`)."""
    values = {
        **week_values(brief, context, NoLinks(), on_site=charts),
        "context": context,
        "address": address,
        "areas": areas(brief),
        "pictures": [(name, print_pictures.said(chart)) for name, chart in charts._asdict().items() if chart],
        "picture": PICTURE,
        "limits": limits,
    }
    return _environment().get_template("print.html.j2").render(values)


def pictures(charts: Charts) -> dict[str, str]:
    """Return the charts as they are printed, by the address that the document shows them with."""
    drawn = charts._asdict().items()
    return {f"{PICTURE}{name}": print_pictures.printable(chart) for name, chart in drawn if chart}


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
