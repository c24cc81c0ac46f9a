"""Every number on a week's page of the sample leads to rows, and every row to quotes that stand in the stored texts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
import pytest

from pipeline.archive import Archive
from pipeline.ids import sha256_text
from pipeline.release.reader import open_release
from pipeline.site import addresses
from pipeline.site.data import SiteData, open_site
from pipeline.site.trace_pages import TRACE
from pipeline.site.week_pages import WEEKS
from pipeline.storage import Store
from pipeline.trace.cells import Cell, cell_figures, cell_of, cell_parts
from pipeline.trace.job import trace
from pipeline.trace.record import Node, Trace
from pipeline.trace.volume import Shelf, open_shelf
from tests.end_to_end.conftest import SampleRun
from tests.end_to_end.page_numbers import Said, numbers_of

WEEK = "2021-W09"
QUOTES = {"mentions": "evidence", "casualties": "quote", "mention_slots": "quote", "accounts": "evidence"}


@pytest.fixture(scope="module")
def site(sample_run: SampleRun) -> SiteData:
    return open_site(sample_run.data_dir / "releases")


@pytest.fixture(scope="module")
def shelf(sample_run: SampleRun) -> Shelf:
    return open_shelf(sample_run.data_dir / "releases")


@pytest.fixture(scope="module")
def said(site: SiteData) -> list[Said]:
    """Return every text of the week's page that holds a number, dates and versions aside."""
    (page,) = WEEKS.render(site, [WEEK])
    return numbers_of(page.html, WEEK)


@pytest.fixture(scope="module")
def numbers(said: list[Said]) -> list[Said]:
    """Return those that name their figures."""
    return [each for each in said if each.figures]


@pytest.fixture(scope="module")
def traces(shelf: Shelf, sample_run: SampleRun, numbers: list[Said]) -> dict[str, Trace]:
    """Return the trace of each figure that the page prints."""
    asked = dict.fromkeys(figure for number in numbers for figure in number.figures)
    return {figure: trace(shelf, figure, addresses, sample_run.data_dir / "store") for figure in asked}


def test_every_number_is_the_figure_that_it_names_and_that_figure_the_sum_of_rows(
    numbers: list[Said], traces: dict[str, Trace]
) -> None:
    assert len(numbers) > 100
    for number in numbers:
        values = set()
        for figure in number.figures:
            found = traces[figure]
            (one,) = found.figures
            assert one.adds_up, figure
            assert not found.findings
            assert one.parts == len(found.upwards), figure
            values.add(one.value)
        assert {*number.counts} <= values if number.counts else values <= {0, None}, number


@pytest.fixture(scope="module")
def comparisons(shelf: Shelf, site: SiteData) -> dict[str, set[float]]:
    """Return what sentences of the page may say."""
    return compared(shelf, site)


def test_no_number_of_the_page_is_left_out(
    said: list[Said], site: SiteData, shelf: Shelf, comparisons: dict[str, set[float]]
) -> None:
    """What names no figure is of an event, of the sentences that compare weeks, or a measure of the coding."""
    events: dict[str, set[float]] = {}
    known = {"accuracy": measures(site), **comparisons}
    for each in said:
        if each.event is not None:
            if each.event not in events:
                events[each.event] = numbers_of_event(trace(shelf, each.event, addresses))
            assert {*each.counts} <= events[each.event], each
        elif not each.figures:
            assert each.section in known, f"a number that nothing is known of: {each}"
            assert {*each.counts} <= known[each.section], each
    (monday,) = site.frame("weekly_coverage").filter(pl.col("iso_week") == WEEK)["week_start"]
    assert {*events} == {*site.frame("events").filter(pl.col("week_start") == monday)["event_id"]}


def test_a_wrong_number_is_found(site: SiteData, comparisons: dict[str, set[float]]) -> None:
    (page,) = WEEKS.render(site, [WEEK])
    wrong = page.html.replace("9 events against a mean", "8 events against a mean")
    assert wrong != page.html
    (changed,) = {*numbers_of(wrong, WEEK)} - {*numbers_of(page.html, WEEK)}
    assert not {*changed.counts} <= comparisons[changed.section]


def numbers_of_event(found: Trace) -> set[float]:
    """Return what its page may say of an event: its own numbers, and those of the tolls that it rests on."""
    rows = [found.subject, *(node for root in found.upwards for node in root.walk() if node.kind == "casualties")]
    numbers = {float(v) for row in rows for v in row.values.values() if isinstance(v, int | float)}
    return numbers | {float(round(100 * number)) for number in numbers if 0 <= number <= 1}


def measures(site: SiteData) -> set[float]:
    """Return the numbers of the table of accuracy, shares in percent."""
    rows = site.frame("accuracy")
    whole = {float(v) for name in ("count", "out_of") for v in rows[name].drop_nulls()}
    missed = {float(v) for v in (rows["out_of"] - rows["count"]).drop_nulls()}
    shares = [share for v in rows["score"].drop_nulls() if v <= 1 for share in (v, 1 - v)]
    return whole | missed | {float(round(100 * share)) for share in shares}


def compared(shelf: Shelf, site: SiteData) -> dict[str, set[float]]:
    """Return what sentences may say, by section: figures of the week, of the four before, and means of those."""
    weeks = site.frame("weekly_coverage").sort("week_start")["iso_week"].to_list()
    at = weeks.index(WEEK)

    def value(week: str, *place: str) -> int:
        cell = cell_of(shelf.volumes[0], "/".join((week, *place)))
        assert isinstance(cell, Cell)
        (figure,) = cell_figures(shelf.volumes[0], cell, cell_parts(shelf.volumes[0], cell))
        assert figure.adds_up
        return figure.value or 0

    def over_weeks(*place: str) -> set[float]:
        past = [value(week, *place) for week in weeks[max(0, at - 4) : at]]
        means = {float(f"{sum(past[-n:]) / n + 1e-9:.1f}") for n in range(2, len(past) + 1)}
        return {float(value(WEEK, *place)), float(past[-1]), *means}

    figures = ("events", "events_with_deaths", "total_fatalities_best", "civilian_targeting_events", "actors_involved")
    week = {number for figure in figures for number in over_weeks(figure)}
    cells = site.frame("weekly_events").filter(pl.col("iso_week") == WEEK, pl.col("events") > 0)
    areas = cells["admin1"].unique().to_list()
    names = site.frame("weekly_events")["admin1"].n_unique()
    here = {area: over_weeks(area, "events") for area in site.frame("weekly_events")["admin1"].unique()}
    for area, kind in cells.select("admin1", "sub_event_type").iter_rows():
        here[area].add(float(value(WEEK, area, kind, "events")))
    quiet = {float(n) for n in range(1, names + 1 - len(areas))}
    most = max(value(WEEK, area, "events") for area in areas)
    return {
        "summary": week | {float(len(areas)), float(value(WEEK, "events_with_toll")), float(most)},
        "headline": week,
        "directions": quiet,
        **{f"directions/{area}": numbers for area, numbers in here.items()},
        "figures": {float(names - len(areas))},
    }  # fmt: skip


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
        known = {name: traces[f"{place}/{name}"] for name in cell["figures"] if f"{place}/{name}" in traces}
        assert "events" in known
        for name, found in known.items():
            assert found.figures[0].value == cell["figures"][name]
