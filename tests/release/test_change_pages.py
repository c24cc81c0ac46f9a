"""The pages of changes are sound, read in order, stand alone, and show hostile words as words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from pipeline.inline_style import REPORTS
from pipeline.release.change_files import release_files
from pipeline.release.change_pages import amount_of
from pipeline.release.change_size import RULE
from pipeline.release.changes import Changes, compare_editions
from pipeline.release.markdown import TEMPLATES
from tests.brief.html_page import Page, read
from tests.brief.test_style import contrast
from tests.release.editions import changes_of, edition, rekeyed
from tests.release.factory import world
from tests.release.followed import HOSTILE, LOWER, followed

CSS = (REPORTS / "changes.css").read_text(encoding="utf-8")
HEAD = "<!-- Generated with the release; edit datapackage/CHANGES.md.j2 instead. -->"
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
)


def _pages(changes: Changes, version: str = "1.1.0", notice: str | None = None) -> tuple[str, Page]:
    files = release_files(changes, version, notice)
    return files["CHANGES.md"].decode(), read(files["changes.html"])


@pytest.fixture(scope="module")
def pages() -> tuple[str, Page]:
    return _pages(changes_of(world(), followed()), notice="INVENTED <data>")


def test_the_page_is_sound(pages: tuple[str, Page]) -> None:
    _, page = pages
    assert page.faults == []
    assert page.headings[0] == 1
    assert all(lower - upper <= 1 for upper, lower in zip(page.headings, page.headings[1:], strict=False))
    assert len(page.ids) == len(set(page.ids))
    targets = [link[1:] for link in page.links]
    assert all(link.startswith("#") for link in page.links), "nothing leads out of the page"
    assert {*targets} <= {*page.ids}
    labels = [value for _, name, value in page.attributes if name == "aria-labelledby"]
    assert {*labels} <= {*page.ids}


def test_it_reads_in_the_order_in_which_it_matters(pages: tuple[str, Page]) -> None:
    text = " ".join("".join(pages[1].text).split()).partition("Skip to the changes")[2]
    order = [
        "INVENTED <data>",
        "What changed from 1.0.0 to 1.1.0",
        "is a minor step",
        RULE[:40],
        "2 events differ",
        "Ids that went away 1 id of events is",
        "Reports that are of another event now One pair",
        "Corrections 1 correction by people is",
        "Tables All changes of rows are in",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert all(tag != "th" or "scope" in names for tag, names in pages[1].nodes)


def test_hostile_words_stay_words(pages: tuple[str, Page]) -> None:
    text, page = pages
    assert not any(tag == "script" for tag, _ in page.nodes)
    assert "<script>alert('x')</script> | *desk* \N{REPLACEMENT CHARACTER}[31m" in "".join(page.text)
    assert "\x1b" in HOSTILE
    assert "\x1b" not in text + "".join(page.text)
    shown = MarkdownIt().enable("table").render(text.split("\n", 1)[1])
    assert "<script" not in shown
    assert "<em>" not in shown
    assert "&lt;script&gt;alert" in shown


def test_the_markdown_has_sections_and_a_table(pages: tuple[str, Page]) -> None:
    text, _ = pages
    assert text.startswith(
        "<!-- Generated with the release; edit datapackage/CHANGES.md.j2 instead. -->\n# What changed"
    )
    assert re.findall(r"^## (.*)", text, re.M) == [
        "Events", "Ids that went away", "Reports that are of another event now", "Corrections", "Tables",
    ]  # fmt: skip
    assert "| events | 2 | 1 | 0 | 1 | 1 | fatalities\\_best 1, fatalities\\_high 1, corrected 1 |" in text
    assert f"* Gone: Air/drone strike, Lower Mill (South), 8 February 2021; it had no toll told. ({LOWER})" in text
    assert "\n\n\n" not in text
    assert text.endswith("largest first.\n")


def test_a_first_release_tells_its_rows_and_no_changes() -> None:
    text, page = _pages(compare_editions(None, edition(**world())), "1.0.0")
    assert "# What changed in 1.0.0\n\nVersion 1.0.0 is the first: all of its 179 rows in 19 tables are new." in text
    assert "there is none" in text
    assert (page.faults, "Largest first" in "".join(page.text)) == ([], False)


def test_a_release_without_changes_says_so() -> None:
    text, page = _pages(changes_of(world(), world()), "2.0.0")
    assert text.endswith(
        "Version 2.0.0 holds the same rows, columns and rules as 1.0.0. The changes ask for no new version; the "
        "maintainers declared 2.0.0.\n"
    )
    assert (page.faults, page.headings) == ([], [1])


def test_schema_changes_stand_first(first: Path) -> None:
    rows = edition(weekly_coverage=world()["weekly_coverage"])
    text, page = _pages(compare_editions(rows, rekeyed(rows, "weekly_coverage", "iso_week")), "2.0.0")
    assert "* Major: The key of weekly\\_coverage is iso\\_week, no longer week\\_start." in text
    assert page.faults == []
    assert page.ids.index("schema") < page.ids.index("tables")


@pytest.mark.parametrize(
    ("size", "unit", "says"),
    [(1.0, "persons", "1 person"), (1200.0, "persons", "1,200 persons"), (1.0, "articles", "1 article"),
     (0.25, "degrees north", "0.25 degrees north"), (1.0, "degrees north", "1 degrees north"), (2.0, None, "2"),
     (None, None, "")],
)  # fmt: skip
def test_sizes_have_their_unit(size: float | None, unit: str | None, says: str) -> None:
    assert amount_of(size, unit) == says


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("front", "ground"),
    [*((front, "paper") for front in ("ink", "muted", "accent", "alert", "good")), ("accent", "raised"),
     ("ink", "raised"), ("banner-ink", "banner")],
)  # fmt: skip
def test_text_stands_out(scheme: dict[str, str], front: str, ground: str) -> None:
    assert contrast(scheme[front], scheme[ground]) >= 4.5


def test_the_style_loads_nothing() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "</" not in CSS


def test_the_templates_say_where_to_edit() -> None:
    assert (TEMPLATES / "CHANGES.md.j2").read_text(encoding="utf-8").startswith(HEAD)
