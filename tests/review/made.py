"""A small corpus as the review sees it: its tables after a run in which nothing was corrected yet."""

from __future__ import annotations

import polars as pl

from pipeline.contracts import load_contract
from pipeline.review.cards import Card, cards
from pipeline.review.queue import review_queue
from tests.resolve.corpus import Corpus


def tables_of(corpus: Corpus, **texts: str) -> dict[str, pl.DataFrame]:
    """Return the tables of a corpus; ``texts`` are texts of articles by label."""
    made = corpus.resolve()
    known = [{"article_id": corpus.articles[label]["article_id"], "text": text} for label, text in texts.items()]
    given = corpus.tables()
    return {
        **given,
        "events": made.events,
        "event_mentions": made.event_mentions,
        "near_merges": made.near_merges,
        "article_texts": pl.DataFrame(known, schema=load_contract().tables["article_texts"].polars_schema()),
    }


def queue_of(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    return review_queue(*(tables[name] for name in ("events", "event_mentions", "near_merges")))


def cards_of(tables: dict[str, pl.DataFrame]) -> list[Card]:
    return cards(queue_of(tables), tables)
