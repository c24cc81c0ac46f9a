"""Tests that share what takes seconds to make are on one worker."""

from __future__ import annotations

from tests.conftest import TOGETHER
from tests.end_to_end.conftest import PROJECT


def test_every_place_that_is_named_holds_tests() -> None:
    for start in TOGETHER:
        file, _, name = start.partition("::")
        place = PROJECT / file
        files = sorted(place.glob("test_*.py")) if place.is_dir() else [place]
        text = "".join(path.read_text(encoding="utf-8") for path in files)
        assert f"class {name}:" in text if name else "def test_" in text, start
