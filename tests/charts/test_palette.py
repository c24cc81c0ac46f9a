"""What a colour tells, a shape tells too; and every colour shows on light and on dark grounds."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.charts import palette
from pipeline.charts.palette import LOOKS, contrast, luminance

GROUNDS = {"paper": "#ffffff", "light page": "#fcfbf8", "raised": "#f3f1ea", "dark page": "#15181b"}
TYPES = Path(__file__).parents[2] / "schemas" / "codelists" / "event_types.csv"


def test_every_type_of_the_code_list_has_a_look() -> None:
    with TYPES.open(encoding="utf-8", newline="") as file:
        assert {row["event_type"] for row in csv.DictReader(file)} == LOOKS.keys() - {palette.SEVERAL}


def test_every_type_has_a_shape_of_its_own() -> None:
    shapes = [look.shape for look in LOOKS.values()]
    assert len({*shapes, palette.OTHER.shape}) == len(shapes) + 1


@pytest.mark.parametrize("ground", GROUNDS)
def test_symbols_and_bars_stand_out_from_every_ground(ground: str) -> None:
    colours = {palette.SERIES, palette.OTHER.colour, *(look.colour for look in LOOKS.values())}
    assert {
        colour: round(contrast(colour, GROUNDS[ground]), 2)
        for colour in colours
        if contrast(colour, GROUNDS[ground]) < 3
    } == {}


def test_the_number_on_a_symbol_can_be_read() -> None:
    assert min(contrast(look.colour, "#ffffff") for look in LOOKS.values()) >= 4.5


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert luminance("#ff0000") == pytest.approx(0.2126)
