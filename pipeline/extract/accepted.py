"""A coding divided: rows that keep to the contract, and rejections that say what became of the others.

Mentions, their casualties and their slots; what is refused of a mention, and what goes with a rejected one, is
accounted for row by row. How mentions become rows is `tables.py`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.errors import cut
from pipeline.extract.record import record
from pipeline.ids import content_id

_EVIDENCE, _FIGURES = "evidence", "casualties"
_REFUSED = "{field} is not in the article's text: correct the extractor"


@record
class Coded:
    """Tables by the contract: what was accepted, and why the rest was not."""

    mentions: pl.DataFrame
    casualties: pl.DataFrame
    slots: pl.DataFrame
    rejections: pl.DataFrame


def records_in(coding: pl.DataFrame) -> dict[str, int]:
    """Return how many records of each table the extractor gave, those refused included."""
    refused = _refusals(coding)["table"].value_counts()
    counts = dict(refused.iter_rows())
    return {
        "mentions": coding.height,
        "casualties": int(coding["casualties"].list.len().sum()) + counts.get("casualties", 0),
        "mention_slots": int(coding["slots"].list.len().sum()) + counts.get("mention_slots", 0),
    }


def accept(coding: pl.DataFrame, texts: pl.DataFrame, parents: Mapping[str, pl.DataFrame]) -> Coded:
    """Divide a coding into rows that keep to the contract and rejections.

    A reported mention without a date or a governorate is rejected as undated or unplaced; what the article does not
    hold as unsupported evidence (codebook section 1); and casualties and slots go with their mention. Quotes are held
    against the texts once more, whatever the coding says of itself.

    Args:
        coding: columns of `tables.coding_schema`.
        texts: article_texts.
        parents: articles, event_types, actors, places.
    """
    tables = load_contract().tables
    refusals = _refusals(coding)
    refused = refusals.filter(pl.col("table") == "mentions")
    sound = coding.join(refused, left_on="mention_id", right_on="record", how="anti")
    quoted, unquoted = _supported(sound, texts, "evidence", "mentions", pl.col("mention_id"))
    mentions = split(tables["mentions"], quoted, stage="extract", parents=parents)
    of_mentions = [_rows_of_refusals(refused), unquoted, mentions.rejections]
    figures = _children(coding, "casualties", "casualties", pl.col("casualty_id"), "quote", mentions.accepted, texts)
    key = pl.concat_str("mention_id", "slot", separator="/")
    slots = _children(coding, "slots", "mention_slots", key, "quote", mentions.accepted, texts)
    others = [_rows_of_refusals(refusals.filter(pl.col("table") == name)) for name in ("casualties", "mention_slots")]
    origin = _origins(coding, figures.rows, slots.rows, refusals)
    rejections = pl.concat([*of_mentions, figures.rejections, slots.rejections, *others])
    return Coded(
        mentions.accepted,
        figures.accepted,
        slots.accepted,
        tables["rejections"].conform(_with_origin(rejections, origin, parents["articles"])),
    )


@record
class _Children:
    rows: pl.DataFrame
    """All that the coding holds, with `record` and `words`."""
    accepted: pl.DataFrame
    rejections: pl.DataFrame


def _children(
    coding: pl.DataFrame, column: str, table: str, key: pl.Expr, quote: str, mentions: pl.DataFrame, texts: pl.DataFrame
) -> _Children:
    """Unfold the rows of a list column and divide them; those of a rejected mention go with it."""
    rows = (
        coding.select("mention_id", "article_id", column)
        .explode(column, empty_as_null=False)
        .filter(pl.col(column).is_not_null())
        .unnest(column)
        .with_columns(record=key, words=pl.col(quote))
    )
    kept = rows.join(mentions, on="mention_id", how="semi")
    orphans = _rejected(
        rows.join(mentions, on="mention_id", how="anti"), table, "mention_id", "parent_rejected",
        "its mention {mention_id} was rejected; see there",
    )  # fmt: skip
    quoted, unquoted = _supported(kept, texts, quote, table, pl.col("record"))
    divided = split(
        load_contract().tables[table], quoted.drop("record", "words"), stage="extract", parents={"mentions": mentions}
    )
    return _Children(rows, divided.accepted, pl.concat([orphans, unquoted, divided.rejections]))


def _refusals(coding: pl.DataFrame) -> pl.DataFrame:
    """Return what was refused: mention_id, article_id, field, value, its words, its table and record there."""
    rows = (
        coding.select("mention_id", "article_id", "refusals")
        .explode("refusals", empty_as_null=False)
        .filter(pl.col("refusals").is_not_null())
        .unnest("refusals")
    )
    numbered = pl.concat_str("mention_id", "field", pl.int_range(pl.len()).over("mention_id"), separator="/")
    evidence = pl.col("field") == _EVIDENCE
    return rows.with_columns(
        table=pl.when(evidence).then(pl.lit("mentions"))
        .when(pl.col("field") == _FIGURES).then(pl.lit("casualties"))
        .otherwise(pl.lit("mention_slots")),
        record=pl.when(evidence).then("mention_id").otherwise(numbered),
        words=pl.col("value"),
    )  # fmt: skip


def _rows_of_refusals(refusals: pl.DataFrame) -> pl.DataFrame:
    table = refusals["table"].first() if refusals.height else ""
    return _rejected(refusals, str(table), None, "unsupported_evidence", _REFUSED)


def _origins(coding: pl.DataFrame, figures: pl.DataFrame, slots: pl.DataFrame, refusals: pl.DataFrame) -> pl.DataFrame:
    """Return of each record that can be rejected the article and the words: record, article_id, words."""
    mentions = coding.select(pl.col("mention_id").alias("record"), "article_id", pl.col("evidence").alias("words"))
    columns = ("record", "article_id", "words")
    kept = [frame.select(columns) for frame in (mentions, figures, slots, refusals)]
    return pl.concat(kept).unique("record", keep="first", maintain_order=True)


def _with_origin(rejections: pl.DataFrame, origin: pl.DataFrame, articles: pl.DataFrame) -> pl.DataFrame:
    """Say of each rejected row which input record it came from, and which words of it."""
    sources = origin.join(
        articles.select("article_id", "input_name", "input_record"), on="article_id", how="left", maintain_order="left"
    )
    words = pl.coalesce(pl.format(" (the words: {})", pl.col("words").str.slice(0, 120)), pl.lit(""))
    told = pl.format("{}, record {}: {}{}", "input_name", "input_record", "message", words)
    return (
        rejections.drop("input_name", "input_record")
        .join(sources, on="record", how="left", maintain_order="left")
        .with_columns(message=pl.coalesce(told, "message"))
        .select(rejections.columns)
    )


def _supported(
    rows: pl.DataFrame, texts: pl.DataFrame, quote: str, table: str, record: pl.Expr
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Part ``rows`` by whether the words in ``quote`` are the slice of the article's text that the span says."""
    sliced = pl.col("text").str.slice(pl.col("char_start"), pl.col("char_end") - pl.col("char_start"))
    joined = rows.join(texts.select("article_id", "text"), on="article_id", how="left", maintain_order="left")
    # words outside the text (title, date of publication) have no span; that this is so only there, the contract checks
    holds = (pl.col(quote) == sliced).fill_null(pl.col(quote).is_null() & pl.col("char_start").is_null())
    wrong = joined.filter(~holds).drop("text").with_columns(record=record)
    says = quote + " is not what characters {char_start} to {char_end} of the article hold; correct the extractor"
    return joined.filter(holds).drop("text"), _rejected(wrong, table, quote, "unsupported_evidence", says)


def _rejected(rows: pl.DataFrame, table: str, field: str | None, rule: str, says: str) -> pl.DataFrame:
    """Return a rejection of each row for one rule; ``says`` is filled in from the row.

    Args:
        rows: with a column `record`, the id of the row; without a ``field``, also with `field` and `value`.
        table: the table that the rows would have gone to.
        field: the column at fault, None where each row says its own.
        rule: code of `rejection_rules`.
        says: the message.
    """
    rejected: Sequence[Mapping[str, object]] = [
        {
            "rejection_id": content_id("r", "extract", table, row["record"], rule),
            "stage": "extract",
            "table": table,
            "record": row["record"],
            "field": field or row["field"],
            "rule": rule,
            "value": cut(row[field] if field else row["value"]),
            "message": says.format(**row) + ".",
        }
        for row in rows.iter_rows(named=True)
    ]
    return pl.DataFrame(rejected, schema=load_contract().tables["rejections"].polars_schema())
