"""A run that its user interrupts: what is finished is kept, and the next run completes with the same bytes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor
from pipeline.run import run
from tests.drills.conftest import Series
from tests.end_to_end.articles import CLASH, files_below


def test_an_interrupted_run_keeps_what_is_finished_and_a_rerun_completes_with_the_same_bytes(
    series: Series, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = RuleExtractor.extract

    def stop_at_the_second(self: RuleExtractor, articles: Sequence[Article]) -> list[list[Mention]]:
        if any(article.title == CLASH["title"] for article in articles):
            raise KeyboardInterrupt
        return real(self, articles)

    data_dir = tmp_path / "data"
    monkeypatch.setattr("pipeline.extract.assets.ARTICLES_AT_A_TIME", 1)
    monkeypatch.setattr(RuleExtractor, "extract", stop_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        run(series.bench(data_dir, late=False))
    assert not (data_dir / "releases").exists()
    monkeypatch.setattr(RuleExtractor, "extract", real)
    bench = series.bench(data_dir, late=False)
    report = run(bench)
    assert bench.store.log["coding"] == (2, 1), "the week that was finished is not coded again"
    assert files_below(report.release) == files_below(series.home / "kept/releases/v1.0.0")
