"""Whether quoted words can be where the tables say they are, as far as that can be told without the articles' texts.

The texts are not published, so that the words themselves are checked where the texts are (at extraction, and by
`reproduce`); here spans, lengths and what was kept of each article must agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

_SPANS = pl.List(pl.List(pl.Int64))


def broken_evidence(frames: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, str]]:
    """Yield (table, what is wrong) for `articles`, `mentions`, `casualties` and `mention_slots`.

    Each quote is as long as its span, in Unicode code points; each span ends inside the kept text of its article; and
    the spans kept of an article lie in order inside the text as it came in, and add up to the length of the kept text.
    """
    articles, mentions = frames.get("articles"), frames.get("mentions")
    if articles is None or mentions is None:
        return
    yield from _kept_spans(articles)
    lengths = articles.select("article_id", "char_count")
    placed = mentions.join(lengths, on="article_id", how="left", maintain_order="left")
    yield from _quotes("mentions", "mention_id", "evidence", placed)
    of_mention = placed.select("mention_id", "char_count")
    for table, key in (("casualties", "casualty_id"), ("mention_slots", "mention_id")):
        if (rows := frames.get(table)) is not None:
            quoted = rows.join(of_mention, on="mention_id", how="left", maintain_order="left")
            yield from _quotes(table, key, "quote", quoted)


def _quotes(table: str, key: str, quote: str, rows: pl.DataFrame) -> Iterator[tuple[str, str]]:
    span = pl.col("char_end") - pl.col("char_start")
    for says, wrong in (
        (f"{quote} is not as long as its span", span != pl.col(quote).str.len_chars()),
        ("char_end lies behind the end of the article", pl.col("char_end") > pl.col("char_count")),
    ):
        yield from _told(table, key, says, rows.filter(wrong))


def _kept_spans(articles: pl.DataFrame) -> Iterator[tuple[str, str]]:
    try:
        spans = articles.select(
            "article_id", "char_count", "raw_char_count", kept=pl.col("kept_spans").str.json_decode(_SPANS)
        )
    except pl.exceptions.PolarsError:
        yield "articles", "kept_spans is not a JSON list of spans"
        return
    edges = spans.explode("kept").with_columns(start=pl.col("kept").list.get(0), end=pl.col("kept").list.get(1))
    summed = edges.group_by("article_id", maintain_order=True).agg(
        kept_chars=(pl.col("end") - pl.col("start")).sum(),
        in_order=((pl.col("start") >= pl.col("end").shift(1, fill_value=0)) & (pl.col("start") <= pl.col("end"))).all(),
        last=pl.col("end").max(),
        char_count=pl.col("char_count").first(),
        raw_char_count=pl.col("raw_char_count").first(),
    )
    wrong = (
        ~pl.col("in_order")
        | (pl.col("last") > pl.col("raw_char_count"))
        | (pl.col("kept_chars") != pl.col("char_count"))
    )
    yield from _told(
        "articles", "article_id", "kept_spans do not add up to the text that was kept", summed.filter(wrong)
    )


def _told(table: str, key: str, says: str, rows: pl.DataFrame) -> Iterator[tuple[str, str]]:
    if rows.height:
        more = f", and {rows.height - 1} more" if rows.height > 1 else ""
        yield table, f"{rows[key][0]}{more}: {says}"
