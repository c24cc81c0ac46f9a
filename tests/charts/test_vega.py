"""Vega draws offline and alike: in every process, time zone, locale and order of hashes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.charts import line, panels, symbols, vega

PICTURES = """
from datetime import date, timedelta
from pipeline.charts import MapPoint, Panel, load_geometry, small_multiples, trend, week_map
from pipeline.ids import sha256_text
from pipeline.regions import load_region
said = {"title": "t", "description": "d", "prefix": "p"}
weeks = [date(2020, 10, 5) + timedelta(7 * n) for n in range(26)]
values = [n * 7 % 11 if n % 6 else None for n in range(26)]
points = [MapPoint(36.63, 35.93, kind, "Attack", kind, 3, 2, "e.html") for kind in ("Battles", "Riots")]
print(sha256_text(week_map(load_geometry(load_region("syria")), points, **said)))
print(sha256_text(trend(weeks, values, low=values, high=values, **said)))
print(sha256_text(small_multiples([str(week) for week in weeks], [Panel("a", values)], **said)))
"""
ROOT = Path(__file__).parents[2]


def test_charts_are_the_same_bytes_in_another_process_time_zone_locale_and_hash_seed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    exec(PICTURES, {})
    here = capsys.readouterr().out
    other = {"TZ": "Pacific/Auckland", "LC_ALL": "ar_SY.UTF-8", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}
    there = subprocess.run(  # in that zone, a week's Monday in UTC is a Sunday, and summer time begins in the series
        [sys.executable, "-c", PICTURES],
        env=os.environ | other | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout == here
    assert len(here.split()) == 3


@pytest.mark.parametrize("design", [line._design, panels._design, symbols._design])
def test_a_design_names_no_address(design: object) -> None:
    assert callable(design)
    text = json.dumps({**design(), "$schema": ""})
    assert "url" not in text
    assert "http" not in text


def test_data_from_elsewhere_are_refused() -> None:
    sources = [
        {**source, "url": "http://127.0.0.1:9/x.json"} if source["name"] == "symbol" else source
        for source in symbols._design()["data"]
    ]
    with pytest.raises(ValueError, match="not allowed"):
        vega.draw({**symbols._design(), "data": sources}, {})


def test_what_does_not_draw_goes() -> None:
    group = vega.cleaned(
        '<svg xmlns="http://www.w3.org/2000/svg" width="12.345" height="7"><g class="mark" role="graphics-object">'
        '<path d="M1.234,5.678L-0.01,3" fill="red" style="x" aria-label="y"/><path d="M0,0" fill="transparent"/>'
        '<path d="M0,0" fill="red" opacity="0"/><text font-family="serif" font-size="9px">a &amp; b</text><text/>'
        '<g transform="translate(0,0)"><rect width="1" height="1" stroke="red"/></g></g><script>x</script></svg>'
    )
    assert vega.markup(group) == (
        '<path d="M1.2,5.7L0,3" fill="red"/><text font-size="9">a &amp; b</text>'
        '<rect height="1" stroke="red" width="1"/>'
    )
    assert vega.extent(group) == (12.345, 7)
