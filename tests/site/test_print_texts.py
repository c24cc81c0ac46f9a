"""Texts of printed charts: drawn whole, each at its place; a text with places for its letters is left to weasyprint."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from pypdf import PdfReader

from pipeline.site import print_engine
from pipeline.site.print_texts import told_whole

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100" width="200" height="100">'
ENDS = ("start", "middle", "end")


def test_a_text_with_one_place_says_what_of_it_is_there() -> None:
    assert told_whole('<text x="1" text-anchor="end" fill="#000">50</text>') == (
        '<text x="1" fill="#000" data-whole="end">50</text>'
    )
    assert told_whole("<text>a &amp; b</text>") == '<text data-whole="start">a &amp; b</text>'


@pytest.mark.parametrize(
    "chart",
    [
        '<text x="1" dy="3">a</text>',
        '<text rotate="9">a</text>',
        '<text dominant-baseline="middle">a</text>',
        '<text text-anchor="end"><tspan>a</tspan></text>',
        '<svg direction="rtl"><text>a</text></svg>',
        "<text></text>",
    ],
)
def test_any_other_text_is_left_as_it_is(chart: str) -> None:
    assert told_whole(chart) == chart


@pytest.mark.skipif(print_engine.unavailable() is not None, reason="no pango")
def test_texts_stand_where_they_are_anchored_and_spaced_ones_are_wider() -> None:
    texts = "".join(f'<text x="100" y="50" text-anchor="{end}">Aleppo</text>' for end in ENDS)
    wide = 52.73
    assert _starts(texts) == pytest.approx([100, 100 - wide / 2, 100 - wide], abs=0.01)
    spaced = '<text x="100" y="50" text-anchor="end" letter-spacing="2">Aleppo</text>'
    assert _starts(spaced) == pytest.approx([100 - wide - 2 * len("Aleppo")], abs=2.1)  # the last space may count or not


@pytest.mark.skipif(print_engine.unavailable() is not None, reason="no pango")
def test_a_text_is_written_at_once_and_not_by_letter() -> None:
    chart = '<text x="100" y="50">Aleppo</text>'
    whole, by_letter = (_page(each).get_contents().get_data().count(b" Tm") for each in (told_whole(chart), chart))
    assert by_letter - whole == len("Aleppo") - 1


@pytest.mark.skipif(print_engine.unavailable() is not None, reason="no pango")
def test_a_text_in_parts_is_still_drawn_by_weasyprint() -> None:
    parts = '<text x="100" y="50" text-anchor="end">Alep<tspan dy="3">po</tspan></text>'
    assert "Alep" in _page(told_whole(parts)).extract_text().replace("\n", "")


def _page(texts: str) -> Any:
    """Return the page with a picture of texts."""
    html = '<html lang="en"><title>t</title><img src="picture:x" alt="x">'
    content = print_engine.to_pdf(html, "print.css", {"picture:x": f"{SVG}{texts}</svg>"}).content
    return PdfReader(io.BytesIO(content)).pages[0]


def _starts(texts: str) -> list[float]:
    """Return from where on texts at the height of 50 are drawn, in units of the picture."""
    written = _page(told_whole(texts)).get_contents().get_data()
    return [float(x) for x in re.findall(rb"1 0 0 -1 (\S+) 50 Tm", written)]
