"""What the contract declares of mentions beside the text: the day of publication, and the name of the outlet."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest

from pipeline.contracts import load_contract
from pipeline.extract.tables import article_rows, code
from tests.built_rules import built_rules

MENTIONS = load_contract().tables["mentions"]
ARTICLES = pl.DataFrame(
    {
        "article_id": ["a-0000000000000001", "a-0000000000000002"],
        "title": ["Air strike kills five in Ariha", "Shelling in Aleppo"],
        "text": [
            "Government warplanes bombed the town of Ariha in Idlib province on Tuesday, killing at least five "
            "civilians and wounding 12 others, residents said.",
            "Opposition fighters shelled the village of Nubl in Aleppo province on Monday. Three soldiers were killed.",
        ],
        "source_name": ["Northern Herald", "Gulf Meridian"],
        "leaning": ["independent", "opposition"],
        "published_date": [date(2021, 2, 10), date(2021, 2, 11)],
    }
)


def mentions(articles: pl.DataFrame) -> pl.DataFrame:
    return code(article_rows(articles), built_rules()).select(MENTIONS.columns).sort("article_id", "char_start")


@pytest.mark.parametrize(
    ("origin", "change"),
    [
        ("articles.published_date", pl.col("published_date") + timedelta(days=7)),
        ("sources.source_name", pl.lit("Bosphorus Lantern").alias("source_name")),
        ("sources.leaning", pl.lit("russia").alias("leaning")),
    ],
)
def test_columns_of_a_mention_follow_what_they_declare_and_nothing_else(origin: str, change: pl.Expr) -> None:
    before, after = mentions(ARTICLES), mentions(ARTICLES.with_columns(change))
    assert before.height == 2
    followed = {name for name in MENTIONS.columns if not before[name].equals(after[name])}
    assert followed == {field.name for field in MENTIONS.fields if origin in field.derived_from}


def test_every_mention_follows_the_text() -> None:
    other = ARTICLES.with_columns(pl.col("text").str.replace("Ariha", "Saraqib").str.replace("Nubl", "Azaz"))
    assert set(mentions(ARTICLES)["mention_id"]).isdisjoint(mentions(other)["mention_id"])
    assert {"article_texts.text", "article_texts.title"} <= set(MENTIONS.rows_from)
