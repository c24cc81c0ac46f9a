"""Mentions as tables: from what an extractor gives to `mentions` and `casualties` by the contract, books balanced.

Knows ids, columns and the rule that evidence must be in the text; knows nothing of how a mention is found.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.errors import cut
from pipeline.extract.model import Article, Extractor, Mention
from pipeline.ids import content_id

_PLAIN = tuple(field.name for field in fields(Mention) if field.name != "casualties")


def _casualty_type() -> pl.Struct:
    schema = load_contract().tables["casualties"].polars_schema()
    return pl.Struct({name: dtype for name, dtype in schema.items() if name != "mention_id"})


def coding_schema() -> pl.Schema:
    """Return the schema of a coding: the columns of `mentions`, and `casualties` as a list of rows in each."""
    return pl.Schema({**load_contract().tables["mentions"].polars_schema(), "casualties": pl.List(_casualty_type())})


def article_rows(frame: pl.DataFrame) -> list[Article]:
    """Return what of weekly articles is to be coded (takes the columns of `Article`, published_date for its date)."""
    names = ("article_id", "title", "text", "source_name", "leaning", "published_date")
    return [Article(i, title or "", *rest) for i, title, *rest in frame.select(names).iter_rows()]


def code(articles: Sequence[Article], extractor: Extractor) -> pl.DataFrame:
    """Return the coding of ``articles``: one row a mention, sorted by mention_id."""
    rows: list[dict[str, object]] = []
    for article, mentions in zip(articles, extractor.extract(articles), strict=True):
        ids = mention_ids(article.article_id, mentions)
        for mention_id, mention in zip(ids, mentions, strict=True):
            row = {name: getattr(mention, name) for name in _PLAIN}
            row |= {"mention_id": mention_id, "article_id": article.article_id, "extractor": extractor.name}
            row["casualties"] = list(_casualty_rows(mention_id, mention, ids))
            rows.append(row)
    return pl.DataFrame(rows, schema=coding_schema(), orient="row").sort("mention_id")


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


@dataclass(frozen=True, slots=True)
class Coded:
    """Tables by the contract: what was accepted, and why the rest was not."""

    mentions: pl.DataFrame
    casualties: pl.DataFrame
    rejections: pl.DataFrame


def accept(
    coding: pl.DataFrame,
    texts: pl.DataFrame,
    parents: dict[str, pl.DataFrame],
) -> Coded:
    """Divide a coding into rows that keep to the contract and rejections.

    A reported mention without a date or a governorate is rejected as undated or unplaced; so is a row whose quoted
    words are not what its span holds (codebook section 1), and casualties go with their mention.

    Args:
        coding: columns of `coding_schema`.
        texts: article_texts.
        parents: articles, event_types, actors, places.
    """
    contract = load_contract()
    real, unsupported = _supported(coding, texts, "evidence", "mentions", "mention_id")
    mentions = split(contract.tables["mentions"], real, stage="extract", parents=parents)
    rows = (
        coding.select("mention_id", "article_id", "casualties")
        .explode("casualties", empty_as_null=False)
        .filter(pl.col("casualties").is_not_null())
        .unnest("casualties")
    )
    kept = rows.join(mentions.accepted, on="mention_id", how="semi")
    fallen = _rejected(
        rows.join(mentions.accepted, on="mention_id", how="anti"),
        "casualties",
        "casualty_id",
        "mention_id",
        "parent_rejected",
        "its mention {mention_id} was rejected; see there",
    )
    quoted, unquoted = _supported(kept, texts, "quote", "casualties", "casualty_id")
    casualties = split(contract.tables["casualties"], quoted, stage="extract", parents={"mentions": mentions.accepted})
    rejections = pl.concat(
        [
            _with_origin(pl.concat([unsupported, mentions.rejections]), coding, "mention_id", "evidence", parents),
            _with_origin(pl.concat([fallen, unquoted, casualties.rejections]), rows, "casualty_id", "quote", parents),
        ]
    )
    return Coded(mentions.accepted, casualties.accepted, contract.tables["rejections"].conform(rejections))


def _with_origin(
    rejections: pl.DataFrame, rows: pl.DataFrame, key: str, quote: str, parents: dict[str, pl.DataFrame]
) -> pl.DataFrame:
    """Say of each rejected row which input record it came from, and which words of it."""
    articles = parents["articles"].select("article_id", "input_name", "input_record")
    origin = rows.select(pl.col(key).alias("record"), "article_id", pl.col(quote).alias("words")).join(
        articles, on="article_id", how="left"
    )
    told = pl.format(
        "{}, record {}: {} (the words: {})", "input_name", "input_record", "message", pl.col("words").str.slice(0, 120)
    )
    return (
        rejections.drop("input_name", "input_record")
        .join(origin.unique("record", keep="first", maintain_order=True), on="record", how="left")
        .with_columns(message=pl.coalesce(told, "message"))
        .select(rejections.columns)
    )


def _supported(
    rows: pl.DataFrame, texts: pl.DataFrame, quote: str, table: str, key: str
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part ``rows`` by whether the words in ``quote`` are the slice of the article's text that the span says."""
    sliced = pl.col("text").str.slice(pl.col("char_start"), pl.col("char_end") - pl.col("char_start"))
    joined = rows.join(texts.select("article_id", "text"), on="article_id", how="left", maintain_order="left")
    holds = (pl.col(quote) == sliced).fill_null(False)
    says = quote + " is not what characters {char_start} to {char_end} of the article hold; correct the extractor"
    wrong = joined.filter(~holds).drop("text")
    return joined.filter(holds).drop("text"), _rejected(wrong, table, key, quote, "unsupported_evidence", says)


def _rejected(rows: pl.DataFrame, table: str, key: str, field: str, rule: str, says: str) -> pl.DataFrame:
    """Return a rejection of each row for one rule; ``says`` is filled in from the row."""
    rejected = [
        {
            "rejection_id": content_id("r", "extract", table, row[key], rule),
            "stage": "extract",
            "table": table,
            "record": row[key],
            "field": field,
            "rule": rule,
            "value": cut(row[field]),
            "message": says.format(**row) + ".",
        }
        for row in rows.iter_rows(named=True)
    ]
    return pl.DataFrame(rejected, schema=load_contract().tables["rejections"].polars_schema())
