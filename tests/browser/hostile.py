"""Books and releases in which every text that people write is one of a stranger who means harm."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from itertools import cycle
from typing import Any

import polars as pl

from pipeline.brief import render_briefings
from pipeline.contracts import load_contract
from tests.brief.book import TUESDAY, Book, context
from tests.release.factory import world

A_WEEK = 30
"""Payloads in one week of a book."""
LONG = 100_000
"""Characters of every article, so that any evidence lies in it."""
WRITTEN = {
    "actors": ("actor_name", "aliases"),
    "places": ("place_name", "place_name_ar", "alternative_names"),
    "sources": ("source_name",),
    "articles": ("external_id", "title", "url"),
    "mentions": ("actor1", "actor2", "place", "weapon", "attributed_to", "evidence"),
    "events": ("actor1_name", "actor2_name", "place_name", "note"),
    "casualties": ("quote",),
    "accounts": ("evidence",),
    "mention_slots": ("quote", "reason"),
    "corrections": ("original_value", "corrected_value", "correction_reason", "corrected_by", "message"),
    "rejections": ("record", "value", "message"),
}
"""Columns that hold what people write: articles, registries, corrections, names of files."""


def hostile_book(payloads: Sequence[str]) -> dict[str, bytes]:
    """Return the briefings of a book in which each payload is every text of an article and its outlet."""
    book = Book()
    for at, payload in enumerate(payloads):
        day = TUESDAY + timedelta(weeks=at // A_WEEK)
        outlet = book.source(f"outlet-{at}", payload)
        article = book.article(outlet, day, payload, url=payload)
        said: dict[str, Any] = {
            "place_id": None, "place": payload, "actor1": payload, "actor2": payload, "weapon": payload,
            "attributed_to": payload + "!", "event_date_start": day, "event_date_end": day,
        }  # fmt: skip
        told = book.mention(article, payload, **said)
        denial = book.mention(article, payload, status="denied", **said)
        book.mention(article, payload, status="prospective", **said)
        total = book.mention(article, payload, status="general", happenings_low=3, **said)
        for mention in (told, denial, total):
            book.casualty(mention, "killed", 1, 1, quote=payload)
        book.event(told, denied_by=(denial,), fatalities_low=1, fatalities_best=1, fatalities_high=1)
    return render_briefings(book.tables(), context(invented=False))


def hostile_world(payloads: Sequence[str]) -> dict[str, pl.DataFrame]:
    """Return the tables of the small world with payloads in every column of `WRITTEN`, each payload in some of them."""
    tables, source = world(), cycle(payloads)
    for name, columns in WRITTEN.items():
        frame, table = tables[name], load_contract().tables[name]
        for column in columns:
            most = int(str(table.field(column).constraints.get("maxLength", 300)))
            texts = [_joined(source, most) if value is not None else None for value in frame[column]]
            frame = frame.with_columns(pl.Series(column, texts, pl.String))
        tables[name] = _measured(frame)
    long = pl.lit(LONG, tables["articles"].schema["char_count"])
    tables["articles"] = tables["articles"].with_columns(
        long.alias("char_count"), long.alias("raw_char_count"), pl.lit(f"[[0,{LONG}]]").alias("kept_spans")
    )
    return tables


def _joined(source: Iterator[str], most: int) -> str:
    text = next(source)
    while len(text) < min(most, 300) - 80:
        text = f"{text} {next(source)}"
    return text.replace("\0", "")[:most]  # no table takes a NUL


def _measured(frame: pl.DataFrame) -> pl.DataFrame:
    """Let spans be as long as the words they are of."""
    words = "evidence" if "evidence" in frame.columns else "quote"
    if not {words, "char_start"} <= set(frame.columns):
        return frame
    end = pl.col("char_start") + pl.col(words).str.len_chars()
    return frame.with_columns(end.cast(frame.schema["char_end"]).alias("char_end"))
