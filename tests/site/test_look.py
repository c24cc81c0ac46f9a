"""The sheet of the site keeps the contrast of WCAG 2.2 AA in both themes, loads nothing else, and knows every class."""

from __future__ import annotations

import re

import pytest

from pipeline.inline_style import REPORTS
from pipeline.site.sitemap import files as sitemap_files
from pipeline.site.static_files import style
from tests.brief.test_style import GRAPHICS, TEXT, contrast

CSS = (REPORTS / "site.css").read_text(encoding="utf-8")
_BLOCKS = re.findall(r":root(?:\[data-theme=\"dark\"\]|:not\(\[data-theme=\"light\"\]\))? \{(.*?)\}", CSS, re.S)
LIGHT, DARK, CHOSEN = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in _BLOCKS[:3])
ALSO = (("good", "paper"), ("muted", "paper"), ("ink", "alert-paper"))
EDGES = (*GRAPHICS, ("field", "paper"))


def test_the_theme_chosen_is_the_theme_of_the_system() -> None:
    assert CHOSEN == DARK
    assert LIGHT.keys() == DARK.keys()


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), [*TEXT, *ALSO])
def test_text_stands_out(scheme: dict[str, str], front: str, ground: str) -> None:
    assert contrast(scheme[front], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), EDGES)
def test_marks_and_fields_stand_out(scheme: dict[str, str], front: str, ground: str) -> None:
    assert contrast(scheme[front], scheme[ground]) >= 3


def test_the_sheet_loads_its_typefaces_and_nothing_else() -> None:
    assert all(address.startswith('"fonts/') for address in re.findall(r"url\(([^)]*)\)", style().decode()))
    assert "@import" not in style().decode()


def test_class_names_of_the_briefings_still_mean_something() -> None:
    brief = (REPORTS / "brief.css").read_text(encoding="utf-8")
    names = re.compile(r"\.([a-z][\w-]*)")
    without_media = re.sub(r"\{[^{}]*\}", "{}", brief)
    missing = set(names.findall(without_media)) - set(names.findall(re.sub(r"\{[^{}]*\}", "{}", CSS)))
    assert not missing


def test_a_sitemap_of_too_many_pages_is_in_parts() -> None:
    made = sitemap_files("https://example.org/", (f"events/e-{number:016x}.html" for number in range(50_001)))
    assert list(made) == ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]
    assert made["sitemap-2.xml"].count(b"<loc>") == 1
    assert b"https://example.org/sitemap-1.xml" in made["sitemap.xml"]
