"""What lasts is set up, and a stretch of work done, without the collector; it is left as it was."""

from __future__ import annotations

import gc
from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest

from pipeline.collector import lasting, seldom, undisturbed

Kept = Callable[[], AbstractContextManager[None]]
both = pytest.mark.parametrize("kept", [lasting, undisturbed])


def test_what_is_built_to_last_is_never_looked_through() -> None:
    before = gc.get_freeze_count()
    with lasting():
        built = [[number] for number in range(1000)]
    assert gc.get_freeze_count() >= before + len(built)


def test_what_a_stretch_of_work_leaves_is_looked_through_later() -> None:
    before = gc.get_freeze_count()
    with undisturbed():
        left = [[number] for number in range(1000)]
    assert gc.get_freeze_count() <= before  # what others froze may go meanwhile
    assert left


@both
def test_no_collection_meanwhile(kept: Kept) -> None:
    with kept():
        assert not gc.isenabled()
    assert gc.isenabled()


@both
def test_the_collector_comes_back_after_an_error(kept: Kept) -> None:
    with pytest.raises(ValueError, match="broken"), kept():
        raise ValueError("broken")
    assert gc.isenabled()


@both
def test_a_collector_that_was_off_stays_off(kept: Kept) -> None:
    gc.disable()
    try:
        with kept():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_a_long_stretch_of_work_has_few_collections() -> None:
    before = gc.get_threshold()
    with seldom():
        assert gc.isenabled()
        assert gc.get_threshold()[0] > before[0]
    assert gc.get_threshold() == before
    with pytest.raises(ValueError, match="broken"), seldom():
        raise ValueError("broken")
    assert gc.get_threshold() == before
