"""The pages of the rows behind figures: they add up, the weeks' pages lead to them, and only what changed is new."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import polars as pl
import pytest

from pipeline.site.data import SiteData, open_site
from pipeline.site.section import PageFiles
from pipeline.site.trace_pages import TRACE
from pipeline.site.week_pages import WEEKS
from tests.brief.html_page import read
from tests.site.worlds import EARLY, LATE

KEYS = ("2021-W05", "2021-W06")


@pytest.fixture(scope="module")
def site(two_releases: Path) -> SiteData:
    return open_site(two_releases, "1.0.0")


@pytest.fixture(scope="module")
def pages(site: SiteData) -> dict[str, PageFiles]:
    assert sorted(TRACE.plan(site)) == list(KEYS)
    return dict(zip(KEYS, TRACE.render(site, KEYS), strict=True))


def test_each_week_shows_its_figures_with_their_rows(pages: dict[str, PageFiles]) -> None:
    twin: Any = pages["2021-W05"].twin
    (cell,) = twin["cells"]
    assert cell["figures"]["fatalities_best"] == 5
    assert cell["events"][0]["event_id"] == EARLY
    assert cell["adds_up"] is True
    late: Any = pages["2021-W06"].twin
    areas = {area["area"]: area for area in late["areas"]}
    assert areas["several governorates"]["shared_tolls"]


def test_only_copies_are_marked_as_copies(pages: dict[str, PageFiles]) -> None:
    for key in KEYS:
        twin: Any = pages[key].twin
        copies = sum(article["copy"] for article in twin["coverage"]["articles"])
        assert pages[key].html.count('<span class="small">copy</span>') == copies
        assert "built-in" not in pages[key].html


def test_the_pages_are_sound_and_lead_to_the_events(pages: dict[str, PageFiles]) -> None:
    for key, event in zip(KEYS, (EARLY, LATE), strict=True):
        page = read(pages[key].html.encode("utf-8"))
        assert page.faults == []
        assert len(page.ids) == len(set(page.ids))
        assert f"../events/{event}.html" in page.links
        assert f"../weeks/{key}.html" in page.links


def test_what_a_page_says_does_not_depend_on_the_pages_beside_it(site: SiteData, pages: dict[str, PageFiles]) -> None:
    for key in KEYS:
        (alone,) = TRACE.render(site, [key])
        assert alone == pages[key]


def test_the_weeks_pages_lead_to_the_rows_behind_their_figures(site: SiteData, pages: dict[str, PageFiles]) -> None:
    for week in WEEKS.render(site, KEYS):
        html = read(week.html.encode("utf-8"))
        links = [urlsplit(link) for link in html.links if link.startswith("../trace/")]
        assert links
        for link in links:
            key = link.path.removeprefix("../trace/").removesuffix(".html")
            assert link.fragment in read(pages[key].html.encode("utf-8")).ids


@pytest.mark.parametrize(
    ("table", "column", "value", "changed"),
    [
        ("events", "fatalities_high", 9, "2021-W05"),
        ("events", "place_name", "Elsewhere", "2021-W05"),
        ("weekly_tolls", "total_injured", 3, "2021-W05"),
        ("articles", "text_sha256", "0" * 64, "2021-W05"),
        ("weekly_coverage", "articles", 99, "2021-W05"),
        ("events", "mention_count", 4, None),
    ],
)
def test_a_digest_follows_what_a_page_shows(
    two_releases: Path, site: SiteData, table: str, column: str, value: object, changed: str | None
) -> None:
    other = open_site(two_releases, "1.0.0")
    first = pl.col("week_start") == date(2021, 2, 1)
    frame = other.frame(table)
    there = pl.when(first).then(pl.lit(value, frame.schema[column])).otherwise(pl.col(column)).alias(column)
    other._frames[table] = frame.with_columns(there)
    before, after = TRACE.plan(site), TRACE.plan(other)
    assert [key for key in KEYS if before[key] != after[key]] == ([changed] if changed else [])
