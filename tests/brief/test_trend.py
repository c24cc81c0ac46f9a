from __future__ import annotations

import pytest

from pipeline.brief.trend import HEIGHT, MARK, UNITS, WIDTH, WeekCount, trend


def test_the_highest_week_fills_the_chart_and_others_keep_its_scale() -> None:
    chart = trend([WeekCount("2021-W05", 4, False), WeekCount("2021-W06", 2, False)])
    assert chart is not None
    assert [bar.height for bar in chart.bars] == [HEIGHT * UNITS, HEIGHT * UNITS // 2]
    assert all(bar.y + bar.height == chart.height for bar in chart.bars)


def test_silence_is_marked_and_said() -> None:
    chart = trend([WeekCount("2021-W05", 0, True), WeekCount("2021-W06", 0, False)])
    assert chart is not None
    assert [bar.silent for bar in chart.bars] == [True, False]
    assert all(bar.height == MARK * UNITS for bar in chart.bars)
    assert chart.text.endswith("for 1 week nothing was read.")


def test_the_text_says_what_the_bars_show() -> None:
    chart = trend([WeekCount("2021-W05", 4, False), WeekCount("2021-W06", 2, False)])
    assert chart is not None
    assert chart.text == ("Events a week over 2 weeks, 2021-W05 to 2021-W06: the most 4 (2021-W05), the latest 2.")


@pytest.mark.parametrize("weeks", [1, 7, 400, 2000])
def test_bars_stay_inside_the_chart_however_many_there_are(weeks: int) -> None:
    chart = trend([WeekCount("2021-W05", n % 5, False) for n in range(weeks)])
    assert chart is not None
    assert chart.pixels <= WIDTH
    assert all(bar.width > 0 for bar in chart.bars)
    assert max(bar.x + bar.width for bar in chart.bars) <= chart.width


def test_without_weeks_there_is_no_chart() -> None:
    assert trend([]) is None
