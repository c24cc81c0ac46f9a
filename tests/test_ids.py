"""Ids depend on content alone, and different content gives different ids."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from pipeline.ids import content_id

PARTS = st.lists(st.one_of(st.text(max_size=8), st.integers(), st.none()), max_size=4)


@given(PARTS, PARTS)
def test_different_parts_give_different_ids(one: list[str | int | None], other: list[str | int | None]) -> None:
    assert (content_id("a", *one) == content_id("a", *other)) == (one == other)


def test_an_id_is_the_same_in_every_process() -> None:
    code = "from pipeline.ids import content_id; print(content_id('m', 'text', 3, None))"
    seen = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}
        ).stdout.strip()
        for seed in ("1", "2")
    }
    assert seen == {content_id("m", "text", 3, None)}


def test_a_word_is_no_number() -> None:
    assert content_id("a", 1) != content_id("a", "1")
    assert content_id("a", True) != content_id("a", 1)
