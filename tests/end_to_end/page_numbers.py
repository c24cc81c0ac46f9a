"""Reads the numbers that a week's page says, each with the figures that it names, or the event or section it is of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser

_APART = ("time", "code", "blockquote", "svg", "nav", "header", "footer")
"""Elements whose numbers are no counts: days, ids, words of articles, pictures (whose numbers stand in a table too)."""
_RULES = ("small", "dateline", "citation", "edition")
"""Classes of published rules, dates and versions."""
_OTHER = ("changes", "cite")
"""Sections of versions, ids and dates."""
_VOID = ("br", "wbr", "img", "meta", "link", "input", "hr")
_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DATE = re.compile(rf"\d{{1,2}}(?: {_MONTH})?(?: ?(?:–|to \w+) ?\d{{1,2}})? {_MONTH} \d{{4}}|\d{{4}}-W\d{{2}}")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


@dataclass(frozen=True)
class Said:
    """A text that holds numbers, or says in the place of a figure that there is none."""

    text: str
    counts: tuple[float, ...]
    figures: tuple[str, ...]
    """Addresses of the figures, one of which each number must be; none where the text names none."""
    event: str | None
    """The event that the text tells of."""
    section: str
    """Id of the heading of its section; with the governorate, actor or outlet of a row of a table after a slash."""


def numbers_of(html: str, iso_week: str) -> list[Said]:
    """Return every text in the page's main part that holds a number, dates aside, in their order."""
    reader = _Reader(iso_week)
    reader.feed(html[html.index("<main") : html.index("</main>")])
    return reader.found


class _Reader(HTMLParser):
    """Keeps the open elements; `data-week`, `data-cell`, `data-in` and `data-figure` make the address of a figure."""

    def __init__(self, iso_week: str) -> None:
        super().__init__(convert_charrefs=True)
        self.iso_week = iso_week
        self.found: list[Said] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._linked: str | None = None
        self._figure = ""
        """The figure named last, which `data-in` asks for in one governorate."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag in ("li", "tr", "section"):
            self._linked = None
        link = re.search(r"\be-[0-9a-f]{16}", values.get("href", ""))
        self._linked = link.group() if link else self._linked
        if tag not in _VOID:
            self._open.append((tag, values))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        counts = tuple(float(number.replace(",", "")) for number in _NUMBER.findall(_DATE.sub("", data)))
        section = self._value("aria-labelledby", of="section") or ""
        classes = {name for _, values in self._open for name in values.get("class", "").split()}
        apart = any(tag in _APART for tag, _ in self._open) or section in _OTHER or not classes.isdisjoint(_RULES)
        inside = self._value("data-in")
        columns = [self._figure] if inside else (self._value("data-figure") or "").split()
        self._figure = columns[0] if columns else self._figure
        says_none = columns and not counts and data.strip() and self._open[-1][0] in ("td", "dd", "a")
        if not (counts or says_none) or apart or not section:
            return
        ids = [values["id"] for _, values in self._open if values.get("id", "").startswith("e-")]
        cell = [each for each in [self._value("data-cell"), inside] if each]
        figures = tuple("/".join((self._value("data-week") or self.iso_week, *cell, name)) for name in columns)
        event = None if figures else (ids[-1] if ids else self._linked)
        self.found.append(Said(data.strip(), counts, figures, event, "/".join((section, *cell))))

    def _value(self, name: str, of: str | None = None) -> str | None:
        found = [values[name] for tag, values in self._open if name in values and of in (None, tag)]
        return found[-1] if found else None
