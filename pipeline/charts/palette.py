"""How a map tells kinds of events apart: a shape and a colour for each, so that neither is needed.

The colours hold 4.5 to 1 against white and 3 to 1 against the dark ground of the site, and stay apart for readers who
see no red, no green or no blue; in black and white, the shapes do the work (``tests/charts/test_palette.py``).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A symbol of Vega (its name, or a path in a square from -1 to 1) and its colour."""

    shape: str
    colour: str


SEVERAL = "Several types"
LOOKS = {
    "Explosions/Remote violence": Look("triangle-up", "#c2410c"),
    "Battles": Look("square", "#1d6fb8"),
    "Violence against civilians": Look("diamond", "#bd3a80"),
    "Protests": Look("M0,-1L0.9511,-0.309L0.5878,0.809L-0.5878,0.809L-0.9511,-0.309Z", "#0f7a5a"),
    "Riots": Look("triangle-down", "#8a6400"),
    "Strategic developments": Look("cross", "#6b6f76"),
    SEVERAL: Look("circle", "#7a5cc0"),
}  # fmt: skip
OTHER = Look("wye", "#6b6f76")
"""For a type that the code list does not have (yet)."""
SERIES = "#2d7390"
"""The colour of bars, lines and bands."""


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` (WCAG 2.2)."""
    channels = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2), 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
