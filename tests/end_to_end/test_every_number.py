"""Every number on a week's page of the sample leads to rows, and every row to quotes that stand in the stored texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import pytest

from pipeline.archive import Archive
from pipeline.ids import sha256_text
from pipeline.release.reader import open_release
from pipeline.site import addresses
from pipeline.site.data import SiteData, open_site
from pipeline.site.trace_pages import TRACE
from pipeline.site.week_pages import WEEKS
from pipeline.storage import Store
from pipeline.trace.job import trace
from pipeline.trace.record import Node, Trace
from pipeline.trace.volume import Shelf, open_shelf
from tests.end_to_end.conftest import SampleRun

WEEK = "2021-W09"
QUOTES = {"mentions": "evidence", "casualties": "quote", "mention_slots": "quote", "accounts": "evidence"}


@dataclass(frozen=True)
class Number:
    """A number on a page with the figures, by their address in a trace, one of which it must be."""

    text: str
    figures: tuple[str, ...]


class Figures(HTMLParser):
    """Reads what a page says in elements with `data-figure`, below rows with `data-cell` and `data-week`."""

    def __init__(self, iso_week: str) -> None:
        super().__init__(convert_charrefs=True)
        self.iso_week = iso_week
        self.found: list[Number] = []
        self.plain: list[str] = []
        """Cells without `data-figure`."""
        self._row: dict[str, str] = {}
        self._open: tuple[str, str] | None = None
        self._text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if tag == "tr":
            self._row = values
        if tag in ("td", "dd") and self._open is None:
            self._open, self._text = (tag, values.get("data-figure", "")), ""

    def handle_data(self, data: str) -> None:
        self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "tr":
            self._row = {}
        if self._open is None or tag != self._open[0]:
            return
        (_, columns), self._open = self._open, None
        if columns:
            place = (self._row.get("data-week", self.iso_week), *filter(None, [self._row.get("data-cell")]))
            self.found.append(Number(self._text.strip(), tuple("/".join((*place, name)) for name in columns.split())))
        else:
            self.plain.append(self._text.strip())


@pytest.fixture(scope="module")
def site(sample_run: SampleRun) -> SiteData:
    return open_site(sample_run.data_dir / "releases")


@pytest.fixture(scope="module")
def shelf(sample_run: SampleRun) -> Shelf:
    return open_shelf(sample_run.data_dir / "releases")


@pytest.fixture(scope="module")
def numbers(site: SiteData) -> list[Number]:
    (page,) = WEEKS.render(site, [WEEK])
    reader = Figures(WEEK)
    reader.feed(page.html)
    return reader.found


@pytest.fixture(scope="module")
def traces(shelf: Shelf, sample_run: SampleRun, numbers: list[Number]) -> dict[str, Trace]:
    """Return the trace of each figure that the page prints."""
    asked = dict.fromkeys(figure for number in numbers for figure in number.figures)
    return {figure: trace(shelf, figure, addresses, sample_run.data_dir / "store") for figure in asked}


def said(text: str) -> list[int]:
    return [int(number.replace(",", "")) for number in re.findall(r"\d[\d,]*", text)]


def test_every_number_is_the_figure_that_it_names_and_that_figure_the_sum_of_rows(
    numbers: list[Number], traces: dict[str, Trace]
) -> None:
    assert len(numbers) > 60
    for number in numbers:
        values = set()
        for figure in number.figures:
            found = traces[figure]
            (one,) = found.figures
            assert one.adds_up, figure
            assert not found.findings
            assert one.parts == len(found.upwards), figure
            values.add(one.value)
        for shown in said(number.text):
            assert shown in values, number
        if not said(number.text):
            assert number.text in ("", "none", "no figure"), number
            assert values <= {0, None}, number


def test_every_cell_of_the_tables_of_figures_is_among_them(site: SiteData) -> None:
    """No number of the table by governorate and type is left without a figure that it names."""
    (page,) = WEEKS.render(site, [WEEK])
    table = page.html.partition('<table class="figures">')[2].partition("</table>")[0]
    reader = Figures(WEEK)
    reader.feed(table)
    cells = site.frame("weekly_events").filter(site.frame("weekly_events")["iso_week"] == WEEK)
    assert len(reader.found) >= 6 * cells.filter(cells["events"] > 0).height + 6
    assert not any(said(text) for text in reader.plain)


def test_every_row_leads_to_quotes_that_slice_out_of_the_stored_texts(
    sample_run: SampleRun, traces: dict[str, Trace]
) -> None:
    texts = dict(
        Store(sample_run.data_dir / "store").load("article_texts").select("article_id", "text").iter_rows()
    )  # fmt: skip
    mentions = {row["mention_id"]: row["article_id"] for row in sample_run.table("mentions").iter_rows(named=True)}
    walked = 0
    for found in traces.values():
        for root in found.upwards:
            quoted = [node for node in root.walk() if node.kind in QUOTES]
            assert quoted or root.kind == "articles", root
            for node in quoted:
                walked += _slices(node, texts, mentions)
    assert walked > 500


def _slices(node: Node, texts: dict[str, str], mentions: dict[str, str]) -> bool:
    quote, start, end = (node.values.get(name) for name in (QUOTES[node.kind], "char_start", "char_end"))
    if quote is None:
        assert node.kind == "mention_slots", "only a slot may rest on no words of its own"
        return False
    article = node.values.get("article_id") or mentions[str(node.values["mention_id"])]
    assert isinstance(start, int)
    assert isinstance(end, int)
    assert texts[str(article)][start:end] == quote, node
    return True


def test_every_article_leads_to_its_text_by_hash_and_to_an_archived_input(
    sample_run: SampleRun, traces: dict[str, Trace]
) -> None:
    store = Store(sample_run.data_dir / "store")
    texts = dict(store.load("article_texts").select("article_id", "text").iter_rows())
    archive = Archive(sample_run.data_dir / "store")
    walked = set()
    for node in _nodes(traces):
        if node.kind == "articles" and not node.repeated and node.id not in walked:
            walked.add(node.id)
            assert sha256_text(texts[node.id]) == node.values["text_sha256"]
            (raw,) = [below for below in node.nodes if below.kind == "raw_input"]
            assert archive.fault(str(raw.values["sha256"])) is None
            path = archive.store / str(raw.values["archived_as"])
            assert path == archive.path(str(raw.values["sha256"]))
    assert len(walked) >= 10


def _nodes(traces: dict[str, Trace]) -> Iterator[Node]:
    for found in traces.values():
        for root in found.upwards:
            yield from root.walk()


def test_every_event_of_the_week_leads_back_to_the_figures_that_it_entered(
    sample_run: SampleRun, shelf: Shelf, traces: dict[str, Trace]
) -> None:
    events = sample_run.table("events")
    weeks = open_release(sample_run.first.release).frame("weekly_coverage")
    (monday,) = weeks.filter(weeks["iso_week"] == WEEK)["week_start"]
    for event in events.filter(events["week_start"] == monday)["event_id"].head(3):
        down = trace(shelf, event, addresses).downwards
        entered = {node.id: node.adds for root in down for node in root.walk() if node.kind == "weekly_events"}
        ((cell, adds),) = [(ident, adds) for ident, adds in entered.items() if ident.startswith(WEEK)]
        for figure, number in adds.items():
            if figure == "distinct_sources":
                continue
            (mine,) = [root for root in traces[f"{cell}/{figure}"].upwards if root.id == event]
            assert mine.adds == {figure: number}


def test_the_pages_of_rows_say_what_a_trace_says(site: SiteData, traces: dict[str, Trace]) -> None:
    (page,) = TRACE.render(site, [WEEK])
    twin: Any = page.twin
    for cell in twin["cells"]:
        assert cell["adds_up"]
        place = f"{WEEK}/{cell['governorate']}/{cell['sub_event_type']}"
        for name, value in cell["figures"].items():
            assert traces[f"{place}/{name}"].figures[0].value == value
