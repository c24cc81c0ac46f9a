"""The colours of the style sheet keep the contrast that WCAG 2.2 AA asks for, in light and in dark."""

from __future__ import annotations

import re

import pytest

from pipeline.inline_style import REPORTS

CSS = (REPORTS / "brief.css").read_text(encoding="utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in re.findall(r":root \{(.*?)\}", CSS, re.S)[:2]
)
TEXT = (
    ("ink", "paper"),
    ("ink", "raised"),
    ("ink", "alert-paper"),
    ("muted", "paper"),
    ("muted", "raised"),
    ("muted", "alert-paper"),
    ("accent", "paper"),
    ("accent", "raised"),
    ("accent", "alert-paper"),
    ("alert", "paper"),
    ("alert", "alert-paper"),
    ("banner-ink", "banner"),
)
GRAPHICS = (("bar", "paper"), ("silent", "paper"), ("strong-line", "paper"))


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours."""
    dark, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), TEXT)
def test_text_stands_out(scheme: dict[str, str], front: str, ground: str) -> None:
    assert contrast(scheme[front], scheme[ground]) >= 4.5


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "ground"), GRAPHICS)
def test_marks_stand_out(scheme: dict[str, str], front: str, ground: str) -> None:
    assert contrast(scheme[front], scheme[ground]) >= 3


def test_the_style_loads_nothing() -> None:
    assert "url(" not in CSS
    assert "@import" not in CSS
    assert "</" not in CSS
