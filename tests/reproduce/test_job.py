"""One release after the other is made again, up to the first that is not the one named.

The pipeline is played by a press that publishes ready tables; the pipeline itself is put to it in `tests/end_to_end`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import polars as pl
import pytest

from pipeline.progress import Unwatched
from pipeline.reproduce import job
from pipeline.reproduce.job import Order, Reproduction, reproduce, store_of
from pipeline.reproduce.rebuild import Workshop
from tests.release.factory import TEXTS, article_id, publish_world, world
from tests.reproduce.series import corrected

Tables = dict[str, pl.DataFrame]
Press = Callable[..., Reproduction]
RIGHT = pl.DataFrame({"article_id": [article_id(name) for name in TEXTS], "text": list(TEXTS.values())})


@pytest.fixture
def press(series: Path, monkeypatch: pytest.MonkeyPatch) -> Press:
    def pressed(*editions: Tables, whole: bool = False, texts: pl.DataFrame = RIGHT) -> Reproduction:
        waiting = list(editions)

        def make(shop: Workshop, bench: object) -> Path | None:
            made = publish_world(shop.releases, waiting.pop(0))
            return made.path if made.created else None

        bench = SimpleNamespace(store=SimpleNamespace(load=lambda name: texts))
        monkeypatch.setattr(Workshop, "bench", lambda *_: bench)
        monkeypatch.setattr(Workshop, "make", make)
        monkeypatch.setattr(job, "differing", lambda *_: ("package polars: 1 there, 2 here",))
        told: list[str] = []
        done = reproduce(Order(series, store_of(series, None), whole=whole), Unwatched(), told.append)
        assert told == [f"release {version}: package polars: 1 there, 2 here" for version in done.made]
        assert not waiting
        return done

    return pressed


def test_from_the_first_on(press: Press) -> None:
    done = press(world(), corrected(), whole=True)
    assert (done.holds, done.base, done.made) == (True, None, ("1.0.0", "1.0.1"))


@pytest.mark.parametrize("gone", [False, True], ids=["beside it", "papers alone"])
def test_a_predecessor_that_comes_out_differently_ends_it(press: Press, series: Path, gone: bool) -> None:
    if gone:
        shutil.rmtree(series.parent / "v1.0.0")
    done = press(corrected(), whole=True)
    assert (done.holds, done.version, done.wanted, done.made) == (False, "1.0.0", "1.0.1", ("1.0.0",))
    assert done.comparison is not None
    first = done.comparison.different[0]
    assert first.path == "data/events.csv"
    assert first.says.startswith("SHA-256 is" if gone else "row e-")


def test_nothing_new_to_release_is_told(press: Press) -> None:
    done = press(world())
    assert (done.holds, done.comparison) == (False, None)


def test_quotes_are_held_against_the_texts_made_again(press: Press) -> None:
    done = press(corrected(), texts=RIGHT.with_columns(pl.col("text").str.replace("Shells", "Shouts")))
    assert done.comparison is not None
    assert (done.holds, done.comparison.holds) == (False, True)
    assert (done.base, done.made) == ("1.0.0", ("1.0.1",)), "after the predecessor taken as it is"
    assert done.misquoted[0].startswith("articles: a-")
    assert "text_sha256 is not the hash of its text" in done.misquoted[0]
