"""A line of text is measured once for all that it is laid out by, and each box gets its own."""

from __future__ import annotations

import inspect
import re
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.site import print_engine
from pipeline.site.print_lines import ASKED, measured_once


class _Style(dict[str, Any]):
    font_config = "fonts"


def _style(**told: Any) -> _Style:
    return _Style({name: "normal" for name in ASKED} | told)


def test_a_line_is_measured_once_and_another_look_room_or_place_is_another_line() -> None:
    measured: list[Any] = []

    def measure(text: str, style: Any, context: Any, room: float | None, *further: Any, **told: bool) -> tuple[Any, ...]:
        measured.append((text, room))
        return SimpleNamespace(text=text), len(text), None, float(len(measured)), 9.0, 7.0

    once = measured_once(measure)
    lines = {
        once("two words", style, None, room, *further, **told)[3]
        for style in (
            _style(font_family=["Noto Sans"]), _style(font_family=["Noto Serif"]),
            _style(text_decoration_line={"underline"}),
        )
        for room in (40.0, None)
        for further, told in (((0,), {}), ((0,), {"is_line_start": False}), ((1,), {}))
        for _ in range(2)
    }  # fmt: skip
    assert lines == {float(n) for n in range(1, 19)}
    assert len(measured) == 18


def test_what_a_box_does_to_its_line_is_not_seen_by_the_next() -> None:
    once = measured_once(lambda text, *_: (SimpleNamespace(text=text), 1))
    first, _ = once("Idlib", _style(), None, None)
    first.text = "Idl…"
    assert once("Idlib", _style(), None, None)[0].text == "Idlib"


@pytest.mark.skipif(print_engine.unavailable() is not None, reason="no pango")
def test_all_properties_that_weasyprint_lays_lines_out_by_are_known() -> None:
    from weasyprint.text import fonts, line_break

    told = inspect.getsource(line_break) + inspect.getsource(fonts.get_font_description)
    for_height_alone = {"line_height"}
    assert set(re.findall(r"style\['(\w+)'\]", told)) - for_height_alone == set(ASKED)
    assert not re.findall(r"style\[(?!')", told)
    assert set(re.findall(r"style\.(\w+)", told)) == {"font_config", "cache", "copy"}  # the latter for units
    assert set(re.findall(r"context\.(\w+)", inspect.getsource(line_break.split_first_line))) == {"dictionaries"}
