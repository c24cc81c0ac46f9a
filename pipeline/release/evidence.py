"""Whether quoted words are where the tables say they are.

The texts are not published, so that of a release alone spans, lengths and what was kept of each article must agree
(`broken_evidence`); the words themselves are held against the texts where those are (`broken_quotes`): at extraction,
in a release that carries them, and when a release is made again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from pipeline.ids import sha256_text

_SPANS = pl.List(pl.List(pl.Int64))
_ROWS_AT_A_TIME = 20_000
"""Each brings a whole text along."""


def broken_evidence(frames: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, str]]:
    """Yield (table, what is wrong) for `articles`, `mentions`, `casualties` and `mention_slots`.

    Where there is the table `article_texts`, the words are checked too.

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
    if "article_texts" in frames:
        yield from broken_quotes(frames, frames["article_texts"])


def broken_quotes(frames: Mapping[str, pl.DataFrame], texts: pl.DataFrame) -> Iterator[tuple[str, str]]:
    """Yield (table, what is wrong) where ``texts`` (columns `article_id`, `text`) are not those that were quoted.

    Each article has a text with its hash, and each quote is the text from `char_start` to `char_end`, in code points.
    """
    hashes = [sha256_text(text) for text in texts["text"]]
    told = frames["articles"].join(
        texts.select("article_id", there=pl.Series(hashes, dtype=pl.String)), on="article_id", how="left"
    )
    differs = told.filter(pl.col("there").ne_missing(pl.col("text_sha256")))
    yield from _told("articles", "article_id", "text_sha256 is not the hash of its text", differs)
    mentions = frames["mentions"]
    yield from _misquotes("mentions", "mention_id", "evidence", mentions, texts)
    of_mention = mentions.select("mention_id", "article_id")
    for table, key in (("casualties", "casualty_id"), ("mention_slots", "mention_id")):
        if (rows := frames.get(table)) is not None:
            yield from _misquotes(table, key, "quote", rows.join(of_mention, on="mention_id", how="left"), texts)


def _misquotes(table: str, key: str, quote: str, rows: pl.DataFrame, texts: pl.DataFrame) -> Iterator[tuple[str, str]]:
    span = pl.col("text").str.slice(pl.col("char_start"), pl.col("char_end") - pl.col("char_start"))
    wrong = [
        part.join(texts.select("article_id", "text"), on="article_id", how="left", maintain_order="left")
        .filter(pl.col(quote).is_not_null() & span.ne_missing(pl.col(quote)))
        .select(key)
        for part in rows.select(key, "article_id", "char_start", "char_end", quote).iter_slices(_ROWS_AT_A_TIME)
    ]
    if wrong:
        yield from _told(table, key, f"{quote} is not what the article says there", pl.concat(wrong))


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
