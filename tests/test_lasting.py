"""What lasts is set up without the collector, and the collector is left as it was."""

from __future__ import annotations

import gc

import pytest

from pipeline.lasting import lasting


def test_no_collection_meanwhile_and_none_of_what_was_built() -> None:
    before = gc.get_freeze_count()
    with lasting():
        assert not gc.isenabled()
        built = [[number] for number in range(1000)]
    assert gc.isenabled()
    assert gc.get_freeze_count() >= before + len(built)


def test_the_collector_comes_back_after_an_error() -> None:
    with pytest.raises(ValueError, match="broken"), lasting():
        raise ValueError("broken")
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with lasting():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
