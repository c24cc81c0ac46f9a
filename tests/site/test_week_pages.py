from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pipeline.brief.ledger import group_tables
from pipeline.brief.tallies import tallies
from pipeline.brief.week import brief_of
from pipeline.release.manifest import json_bytes
from pipeline.site.data import SiteData, open_site
from pipeline.site.section import PageFiles
from pipeline.site.week_changes import earlier, issues_of, versions
from pipeline.site.week_pages import WEEKS, Issue, OnSite, page
from tests.brief.book import MONDAY, TUESDAY, Book, context
from tests.brief.html_page import read
from tests.release.factory import world
from tests.site.worlds import LATE, of_event, publish_all

FIFTH, SIXTH = date(2021, 2, 1), date(2021, 2, 8)


@pytest.fixture(scope="module")
def site(two_releases: Path) -> SiteData:
    return open_site(two_releases)


@pytest.fixture(scope="module")
def before(two_releases: Path, site: SiteData) -> SiteData:
    return open_site(two_releases, site.editions[1].version)


@pytest.fixture(scope="module")
def pages(site: SiteData) -> dict[str, PageFiles]:
    keys = sorted(WEEKS.plan(site), reverse=True)
    return dict(zip(keys, WEEKS.render(site, keys), strict=True))


def test_every_covered_week_has_a_page_in_the_order_asked_for(site: SiteData, pages: dict[str, PageFiles]) -> None:
    assert {key: made.path for key, made in pages.items()} == {
        iso_week: f"weeks/{iso_week}.html" for _, iso_week in site.weeks
    }


def test_pages_are_balanced_with_unique_ids_ordered_headings_and_relative_links(pages: dict[str, PageFiles]) -> None:
    for made in pages.values():
        found = read(made.html.encode())
        assert not found.faults
        assert len(found.ids) == len(set(found.ids))
        assert found.headings[0] == 1
        assert all(later - sooner <= 1 for sooner, later in pairwise(found.headings))
        inside = [link for link in found.links if not link.startswith(("https://", "http://"))]
        assert not [link for link in inside if link.startswith("/")]
        assert {f"#{anchor}" for anchor in found.ids} >= {link for link in inside if link.startswith("#")}
        assert not [name for _, name, _ in found.attributes if name == "style" or name.startswith("on")]


def test_figures_of_the_headline_lead_to_rows_and_events_to_their_pages(pages: dict[str, PageFiles]) -> None:
    links = read(pages["2021-W05"].html.encode()).links
    assert "#figures-events" in links
    assert any(link.startswith("../events/e-") for link in links)
    assert any(link.startswith("../governorates/") for link in links)
    assert any(link.startswith("../actors/") for link in links)


def test_the_newest_week_is_known_of_each_version(site: SiteData, before: SiteData) -> None:
    assert WEEKS.plan(before)["2021-W05"] != WEEKS.plan(site)["2021-W05"]
    assert [edition.version for edition in issues_of(before)[SIXTH]] == [before.version]
    assert [edition.version for edition in issues_of(site)[SIXTH]] == [before.version, site.version]
    assert issues_of(site)[FIFTH] == ()


def test_a_release_that_leaves_a_week_as_it_is_leaves_its_page_as_it_is(tmp_path: Path) -> None:
    publish_all(tmp_path, world(), of_event(world(), LATE, fatalities_high=9))
    after = open_site(tmp_path)
    before = open_site(tmp_path, after.editions[1].version)
    plans = WEEKS.plan(before), WEEKS.plan(after)
    assert [plans[0][week] == plans[1][week] for week in ("2021-W05", "2021-W06")] == [True, False]
    (old,), (new,) = WEEKS.render(before, ["2021-W05"]), WEEKS.render(after, ["2021-W05"])
    assert (old.html, old.twin) == (new.html, new.twin)


def test_a_revised_week_says_so_and_names_the_version_that_changed_it(
    site: SiteData, pages: dict[str, PageFiles]
) -> None:
    text = "".join(read(pages["2021-W05"].html.encode()).text)
    assert "Revised." in text
    assert site.newest.build_id in text
    assert f"since version {site.editions[1].version}" in text
    assert "Killed, at most: 9, was" in text


def test_versions_of_a_page_lead_into_the_releases(site: SiteData, pages: dict[str, PageFiles]) -> None:
    told = versions(site, FIFTH, "2021-W05")
    assert [(each.version, each.changed) for each in told] == [
        (site.version, "1 event changed"),
        (site.editions[1].version, "the first"),
    ]
    assert f"../releases/v{site.version}/briefings/2021-W05.html" in read(pages["2021-W05"].html.encode()).links


def test_the_newest_week_tells_what_changed_in_earlier_ones(site: SiteData, before: SiteData) -> None:
    newest_in = issues_of(site)
    found = earlier(site, SIXTH, newest_in[SIXTH])
    assert found is not None
    assert [(week.iso_week, week.changed, week.is_new) for week in found.weeks] == [("2021-W05", 1, False)]
    assert found.since == before.version
    assert earlier(before, SIXTH, issues_of(before)[SIXTH]) is None
    assert earlier(site, FIFTH, newest_in[FIFTH]) is None


def test_the_twin_says_what_the_page_says(pages: dict[str, PageFiles]) -> None:
    made = pages["2021-W05"]
    assert made.twin is not None
    twin = json.loads(json_bytes(made.twin))
    text = "".join(read(made.html.encode()).text)
    assert all(sentence in text for sentence in twin["summary"])
    assert all(event["event_id"] in made.html for event in twin["week"]["notable"])
    assert {card["key"] for card in twin["cards"]} == {"events", "killed", "civilians", "actors"}
    assert twin["week"]["changes"]["changed"]


def test_pages_are_the_same_bytes_alone_and_together(site: SiteData, pages: dict[str, PageFiles]) -> None:
    for key, made in pages.items():
        (alone,) = WEEKS.render(site, [key])
        assert (alone.html, alone.twin) == (made.html, made.twin)


def crowded() -> Book:
    """Return a week with 130 events, each told by two outlets at some length."""
    book = Book()
    told = "Shells fired from the hills hit the lower mill and the houses around it, killing a man, they said. " * 3
    for number in range(130):
        first = book.mention(book.article("mill-gazette", TUESDAY + timedelta(days=number % 5)), told)
        second = book.mention(book.article("salt-post", TUESDAY), told)
        book.event(first, second, fatalities_low=1, fatalities_best=1 + number % 3, fatalities_high=4)
    return book


def test_a_week_of_many_events_stays_light_and_still_has_every_event(site: SiteData) -> None:
    ledger = group_tables(crowded().tables())
    brief = brief_of(ledger, tallies(ledger), MONDAY, context())
    made = page(site, Issue(brief, context(), OnSite("0" * 12, None, None, (), ())))
    assert len(made.encode()) < 170_000
    assert all(f"../events/{event.event_id}.html" in made for event in brief.events)


def test_a_page_without_an_edition_before_has_no_list_of_earlier_weeks(site: SiteData) -> None:
    ledger = group_tables(crowded().tables())
    brief = replace(brief_of(ledger, tallies(ledger), MONDAY, context(previous_version=None)), earlier=None)
    release = context(previous_version=None)
    made = page(site, Issue(brief, release, OnSite("0" * 12, None, None, (), ())))
    assert 'id="earlier"' not in made
