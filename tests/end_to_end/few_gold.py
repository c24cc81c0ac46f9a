"""The coding measured on a few articles of the gold set: on all it takes longer than the release that is made.

`python -m tests.end_to_end.few_gold` is the command line, so measured.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from unittest.mock import patch

from pipeline.cli import app
from pipeline.evaluate import evaluation
from pipeline.evaluate.gold import Codings
from pipeline.evaluate.sets import Article, GoldSet, read_set
from pipeline.ingest.documents import Limits
from pipeline.regions import RegionPack

FEW = 6


@contextmanager
def few_articles() -> Iterator[None]:
    """Let a gold set end after its first articles."""

    def few(gold: GoldSet, region: RegionPack, limits: Limits) -> tuple[Codings, dict[str, Article]]:
        codings, articles = read_set(gold, region, limits)
        return dict(islice(codings.items(), FEW)), articles

    with patch.object(evaluation, "read_set", few):
        yield


if __name__ == "__main__":
    with few_articles():
        app()
