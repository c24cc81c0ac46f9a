"""Pages of actors and governorates: neutral names, roles, the other side, and when nothing was read."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Any

import polars as pl
import pytest

from pipeline.charts import Svg
from pipeline.regions.pack import Actor, Alias
from pipeline.site import governorate_pages, list_words
from pipeline.site.actor_pages import ActorPages
from pipeline.site.actor_view import ActorView, actor_views
from pipeline.site.governorate_pages import INDEX, GovernoratePages
from pipeline.site.section import PageFiles, Section
from tests.brief.book import MONDAY, TUESDAY, Book
from tests.brief.html_page import read
from tests.site.pages_book import site_of


@pytest.fixture(autouse=True)
def undrawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw no chart: how charts look is a matter of their own tests."""
    monkeypatch.setattr(governorate_pages, "trend_chart", drawn)


def drawn(*_series: object, prefix: str, **_words: object) -> Svg:
    return Svg(f'<svg id="{prefix}-svg"></svg>')


def war() -> Book:
    """Return a book in which army and front fight, and the air wing helps once."""
    book = Book()
    clash: dict[str, Any] = {"actor2_id": "front", "actor2_bloc": "opposition", "sub_event_type": "Armed clash"}
    book.reported(actor1_associate_id="air-wing", killed=(2, 3, 4), **clash)
    book.reported(day=MONDAY, **clash)
    book.reported(actor1_id="front", actor1_bloc="opposition", actor2_id=None, actor2_bloc="unidentified",
                  sub_event_type="Armed clash", place_id="salt-market", admin1="Aleppo")  # fmt: skip
    return book


def view_of(actor_id: str, pack: tuple[Actor, ...] = ()) -> ActorView:
    book = war()
    return actor_views(site_of(book).frame, pack)[actor_id]


def test_roles_and_the_other_sides_are_counted_both_ways() -> None:
    army, front = view_of("army"), view_of("front")
    assert army.roles == {"actor1": 2, "associate": 0, "actor2": 0}
    assert front.roles == {"actor1": 1, "associate": 0, "actor2": 2}
    assert [(each.name, each.as_actor1, each.as_actor2) for each in front.against] == [
        ("Northern Army", 0, 2), ("an unidentified actor", 1, 0),
    ]  # fmt: skip
    assert view_of("air-wing").roles["associate"] == 1
    assert view_of("civilians").against == ()


def test_a_wording_has_its_time_and_the_outlets_that_mean_it() -> None:
    loaded = Alias("the invaders", date(2020, 1, 1), None, outlets=("opposition", "gulf"))
    pack = (Actor("army", "Northern Army", "syrian_government", "state_forces", aliases=(loaded,), successor="front"),)
    book = war()
    tables = site_of(book).frame
    actors = tables("actors").with_columns(aliases=_aliases("Northern Army;the invaders;the boys"))
    views = actor_views(lambda name: actors if name == "actors" else tables(name), pack)
    said = [(each.text, list_words.validity(each.valid_from, each.valid_to), list_words.outlets(each))
            for each in views["army"].names]  # fmt: skip
    assert said == [("the invaders", "from 1 January 2020", "Opposition and Gulf states"),
                    ("the boys", "at any time", "any perspective")]  # fmt: skip
    assert views["army"].successor == ("front", "River Front")
    assert views["front"].predecessors == (("army", "Northern Army"),)


def _aliases(text: str) -> Any:
    return pl.when(pl.col("actor_id") == "army").then(pl.lit(text)).otherwise(pl.lit(None, pl.String))


def test_the_lead_of_an_actor_says_side_roles_and_the_latest_event() -> None:
    assert list_words.actor_lead(view_of("front")) == (
        "Non-state group of the side “Opposition”; the name holds at any time. "
        "3 events name it: 1 as actor and 2 as the other side. The latest is of Tuesday 2 February 2021."
    )
    assert list_words.actor_lead(view_of("civilians")).endswith("No event names it.")


@pytest.mark.parametrize("section", [GovernoratePages(), ActorPages()], ids=lambda section: section.name)
def test_pages_are_sound_and_their_links_relative(section: Section) -> None:
    for page in pages(section, war()):
        found = read(page.html.encode())
        assert found.faults == []
        assert found.headings[0] == 1
        assert all(later - earlier <= 1 for earlier, later in pairwise(found.headings))
        assert len(found.ids) == len(set(found.ids))
        assert not [link for link in found.links if link.startswith("/")]
        assert page.twin


def pages(section: Section, book: Book) -> list[PageFiles]:
    site = site_of(book)
    return list(section.render(site, sorted(section.plan(site))))


def test_a_governorate_says_what_is_known_and_lists_its_events() -> None:
    found = {page.path: page for page in pages(GovernoratePages(), war())}
    assert set(found) == {f"governorates/{name}.html" for name in ("aleppo", "hama", "idlib", INDEX)}
    text = " ".join("".join(read(found["governorates/idlib.html"].html.encode()).text).split())
    assert "2 events are known in Idlib governorate. The number killed is given as 2–4, best estimate 3." in text
    assert "No event is known in Hama governorate." in found["governorates/hama.html"].html
    assert found["governorates/idlib.html"].html.count('href="../events/e-') == 2


def test_a_governorate_that_nothing_changed_keeps_its_digest() -> None:
    before = GovernoratePages().plan(site_of(war()))
    book = war()
    book.reported(day=TUESDAY)
    after = GovernoratePages().plan(site_of(book))
    assert {name for name in before if before[name] != after[name]} == {"Idlib", INDEX}
