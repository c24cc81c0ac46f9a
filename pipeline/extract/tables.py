"""Mentions as rows: from what an extractor gives, held against the articles, to the coding of a week.

Knows ids and columns; knows nothing of how a mention is found, nor of the contract's rules (`accepted.py`).
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, fields

import polars as pl

from pipeline.contracts import load_contract
from pipeline.extract.evidence import Refusal, extract_verified
from pipeline.extract.model import Article, Extractor, Mention
from pipeline.ids import content_id

_LOG = logging.getLogger(__name__)
_CHILDREN = ("casualties", "slots")
_PLAIN = tuple(field.name for field in fields(Mention) if field.name not in _CHILDREN)
_REFUSAL = pl.Struct({"field": pl.String, "value": pl.String})


def _child_type(table: str) -> pl.List:
    schema = load_contract().tables[table].polars_schema()
    return pl.List(pl.Struct({name: dtype for name, dtype in schema.items() if name != "mention_id"}))


def coding_schema() -> pl.Schema:
    """Return the schema of a coding.

    The columns of `mentions`; `casualties` and `slots` as lists of rows of their tables; `refusals` (field, value),
    what the extractor said and the article does not hold.
    """
    return pl.Schema(
        {
            **load_contract().tables["mentions"].polars_schema(),
            "casualties": _child_type("casualties"),
            "slots": _child_type("mention_slots"),
            "refusals": pl.List(_REFUSAL),
        }
    )


def article_rows(frame: pl.DataFrame) -> list[Article]:
    """Return what of weekly articles is to be coded (takes the columns of `Article`, published_date for its date)."""
    names = ("article_id", "title", "text", "source_name", "leaning", "published_date")
    return [Article(i, title or "", *rest) for i, title, *rest in frame.select(names).iter_rows()]


def code(articles: Sequence[Article], extractor: Extractor) -> pl.DataFrame:
    """Return the coding of ``articles``: one row a mention, sorted by mention_id; each refusal is logged."""
    rows: list[dict[str, object]] = []
    for article, found in zip(articles, extract_verified(extractor, articles), strict=True):
        ids = mention_ids(article.article_id, [verified.mention for verified in found])
        for mention_id, verified in zip(ids, found, strict=True):
            mention = verified.mention
            row = {name: getattr(mention, name) for name in _PLAIN}
            row |= {"mention_id": mention_id, "article_id": article.article_id, "extractor": extractor.name}
            row["casualties"] = list(_casualty_rows(mention_id, mention, ids))
            row["slots"] = [asdict(slot) for slot in mention.slots]
            row["refusals"] = [asdict(refusal) for refusal in verified.refusals]
            log_refusals(article.article_id, verified.refusals)
            rows.append(row)
    return pl.DataFrame(rows, schema=coding_schema(), orient="row").sort("mention_id")


def log_refusals(article_id: str, refusals: Iterable[Refusal]) -> None:
    """Say of each refused value which article and field it was given for; the value itself is kept with rejections."""
    for refusal in refusals:
        _LOG.warning("article %s: %s is not in its text; refused", article_id, refusal.field)


def mention_ids(article_id: str, mentions: Iterable[Mention]) -> list[str]:
    """Return the id of each mention: a hash over article, span and what was coded; equal ones are numbered."""
    seen: Counter[tuple[object, ...]] = Counter()
    ids = []
    for mention in mentions:
        start = mention.event_date_start
        key = (
            article_id,
            mention.char_start,
            mention.char_end,
            mention.sub_event_type,
            mention.status,
            mention.place_id or mention.place,
            start.isoformat() if start else None,
        )
        ids.append(content_id("m", *key, seen[key]))
        seen[key] += 1
    return ids


def _casualty_rows(mention_id: str, mention: Mention, ids: Sequence[str]) -> Iterable[dict[str, object]]:
    seen: Counter[tuple[object, ...]] = Counter()
    for casualty in mention.casualties:
        key = (casualty.kind, casualty.party, casualty.char_start, casualty.char_end)
        yield {
            "casualty_id": content_id("c", mention_id, *key, seen[key]),
            "kind": casualty.kind,
            "party": casualty.party,
            "low": casualty.low,
            "high": casualty.high,
            "approximate": casualty.approximate,
            "shared": casualty.shared,
            "shared_with": ";".join(ids[index] for index in casualty.shared_with) or None,
            "quote": casualty.quote,
            "char_start": casualty.char_start,
            "char_end": casualty.char_end,
        }
        seen[key] += 1
