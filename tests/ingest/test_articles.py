"""Documents into tables: ids, books, merging, and what is rejected here."""

from __future__ import annotations

import dataclasses
import json
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.ingest.articles import ArticlesResult, normalised, to_articles, week_start
from pipeline.ingest.copies import with_copies
from pipeline.ingest.documents import Document
from pipeline.regions.pack import Outlet
from tests.ingest.makers import REGION, TEXT, document

OTHER = "A mine killed a shepherd near the lake on Monday, his family said, and his brother lost a leg in the blast."
GERMAN = "Granaten trafen am Dienstagmorgen den Markt der Stadt, zwei Menschen wurden verletzt, sagte ein Arzt."


def made(*documents: Document) -> ArticlesResult:
    result = to_articles(documents, REGION)
    assert len(documents) == result.articles.height + result.rejections.height + result.merged
    return result


def rules(result: ArticlesResult) -> list[str]:
    return result.rejections["rule"].to_list()


def test_one_article_in_its_tables() -> None:
    raw = f"{TEXT}\n\nCheck Also\n"
    result = made(
        document(raw=raw, url="https://nh.example/1", published_at="2021-02-09T23:30:00-05:00", language="en-GB")
    )
    assert result.articles.row(0, named=True) == {
        "article_id": "a-504b93c4554c5ce9",
        "source_id": "northern-herald",
        "external_id": "nh-1",
        "title": "Market shelled",
        "url": "https://nh.example/1",
        "language": "en",
        "published_at": "2021-02-09T23:30:00-05:00",
        "published_date": date(2021, 2, 9),
        "week_start": date(2021, 2, 8),
        "raw_char_count": len(raw),
        "char_count": len(TEXT),
        "kept_spans": f"[[0,{len(TEXT)}]]",
        "text_sha256": "8f953bd1e932d4604c46929dad6d3c3412bfec5389aae57a14b71ed4bbd640a9",
        "duplicate_kind": "none",
        "duplicate_of": None,
        "input_name": "in.jsonl",
        "input_record": 1,
        "invented": False,
    }
    assert result.texts.rows() == [("a-504b93c4554c5ce9", "Market shelled", TEXT)]
    assert result.sources.rows() == [("northern-herald", "Northern Herald", "independent", None, False)]


def test_the_tables_keep_the_contract() -> None:
    result = made(
        document(),
        document(external_id="2", raw=OTHER, published_at=None, source_name="Some Blog", invented=True),
        document(external_id="3", raw=GERMAN),
    )
    tables = load_contract().tables
    articles = with_copies(result.articles, result.texts)
    frames = {
        "sources": result.sources,
        "articles": articles,
        "article_texts": result.texts,
        "rejections": result.rejections,
    }
    for name, frame in frames.items():
        assert frame.schema == tables[name].polars_schema()
        assert split(tables[name], frame, stage="ingest", parents=frames).rejections.is_empty()


def test_no_documents_give_empty_tables_of_the_contract() -> None:
    result = made()
    assert result.articles.is_empty()
    assert result.sources.schema == load_contract().tables["sources"].polars_schema()


def test_the_kept_spans_slice_the_raw_text_into_the_kept_text() -> None:
    raw = f"Share\n{TEXT}\n\nRead also: A headline\n\n😀 {OTHER}\nTweet"
    result = made(document(raw=raw))
    spans = json.loads(result.articles["kept_spans"].item())
    assert "".join(raw[start:end] for start, end in spans) == result.texts["text"].item() == f"{TEXT}\n\n😀 {OTHER}"


def test_the_id_is_of_outlet_date_title_and_text_and_of_nothing_else() -> None:
    def identity(**changes: object) -> str:
        return str(made(document(**changes)).articles["article_id"].item())

    same = {
        identity(),
        identity(input_name="elsewhere.jsonl", input_record=9, external_id="x", url="https://nh.example/2"),
        identity(source_name="The Northern Herald"),
        identity(raw=f"  {TEXT.replace(' ', '  ')}\n"),
        identity(published_at="2021-02-09T10:00:00Z"),
    }
    other = {
        identity(source_name="Some Blog"),
        identity(title="Market hit"),
        identity(raw=OTHER),
        identity(published_at="2021-02-10"),
        identity(published_at=None),
    }
    assert len(same) == 1
    assert len(same | other) == 6


def test_the_same_article_under_another_id_and_the_same_record_again_are_merged() -> None:
    result = made(document(), document(input_record=2), document(input_record=3, external_id="nh-2"))
    assert result.merged == 2
    assert result.articles["input_record"].to_list() == [1]


def test_the_same_text_by_another_outlet_or_on_another_day_is_an_article_of_its_own() -> None:
    result = made(document(), document(source_name="Some Blog"), document(external_id="2", published_at="2021-02-10"))
    assert (result.articles.height, result.merged) == (3, 0)
    assert with_copies(result.articles, result.texts)["duplicate_kind"].sort().to_list() == ["exact", "exact", "none"]


def test_one_id_for_two_texts_of_one_outlet_is_rejected_with_the_id() -> None:
    result = made(document(), document(input_record=2, raw=OTHER), document(input_record=3))
    assert (rules(result), result.merged) == (["duplicate_id"], 1)
    assert result.rejections.row(0, named=True)["record"] == "in.jsonl:2"
    assert result.rejections.row(0, named=True)["message"] == (
        "in.jsonl, record 2: id 'nh-1': Northern Herald gave this id to another text before; "
        "give each text an id of its own"
    )


def test_one_id_of_two_outlets_is_no_fault() -> None:
    assert made(document(), document(source_name="Some Blog", raw=OTHER)).articles.height == 2


def test_a_rejected_article_takes_no_id() -> None:
    assert rules(made(document(raw=GERMAN), document(input_record=2))) == ["language"]


def test_another_language_is_rejected_with_the_language_found() -> None:
    result = made(document(raw=GERMAN, language="en"))
    row = result.rejections.row(0, named=True)
    assert (row["rule"], row["field"], row["stage"], row["table"]) == ("language", "text", "ingest", "articles")
    assert "the article is in 'de', only English is coded" in row["message"]


def test_nothing_but_furniture_is_empty_text() -> None:
    assert rules(made(document(raw="Share\nTweet\nHome > News"))) == ["empty_text"]


def test_an_outlet_unknown_to_the_region_has_a_source_of_its_own_whatever_its_spelling() -> None:
    result = made(
        document(source_name="Some Blog", external_id="1"),
        document(source_name="some  blog", external_id="2", raw=OTHER, invented=True),
        document(source_name="Made Up", external_id="3", invented=True),
    )
    assert result.sources.select("source_id", "leaning", "invented").rows() == [
        ("made-up", "unknown", True),
        ("some-blog", "unknown", False),
    ]


def test_an_outlet_that_carries_anothers_copy_says_whose() -> None:
    mirror = Outlet("mirror", "Daily Mirror Post", "independent", republishes="northern-herald")
    result = to_articles(
        [document(source_name=mirror.name)], dataclasses.replace(REGION, outlets=(*REGION.outlets, mirror))
    )
    assert result.sources["independent_of"].to_list() == ["northern-herald"]


def test_undated_articles_have_no_week() -> None:
    assert made(document(published_at=None)).articles.select("published_date", "week_start").row(0) == (None, None)


@pytest.mark.parametrize(("day", "monday"), [("2021-02-08", 8), ("2021-02-14", 8), ("2021-02-15", 15)])
def test_a_week_goes_from_monday_to_sunday(day: str, monday: int) -> None:
    assert week_start(date.fromisoformat(day)) == date(2021, 2, monday)


def test_normalising_joins_white_space_and_composes_characters() -> None:
    assert normalised(" cafe\u0301 \n\t a ") == "café a"


DOCUMENTS = st.builds(
    document,
    input_record=st.integers(1, 5),
    external_id=st.sampled_from(["1", "2", "3"]),
    title=st.sampled_from(["One", "Two"]),
    raw=st.sampled_from([TEXT, OTHER, GERMAN, "Share", f"{TEXT}\n\nTweet", "=1+1"]) | st.text(min_size=1, max_size=20),
    source_name=st.sampled_from(["Northern Herald", "Some Blog", "؟", "<b>"]),
    published_at=st.sampled_from([None, "2021-02-09", "Tue, 9 Feb 2021 10:00 GMT"]),
    language=st.sampled_from([None, "en", "de"]),
    invented=st.booleans(),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(DOCUMENTS, max_size=10))
def test_the_books_balance_and_the_ids_are_unique_whatever_comes_in(documents: list[Document]) -> None:
    result = made(*documents)
    assert result.articles["article_id"].is_unique().all()
    assert result.rejections["rejection_id"].is_unique().all()
    assert result.articles["article_id"].to_list() == result.texts["article_id"].to_list()
    assert set(result.articles["source_id"]) == set(result.sources["source_id"])
    assert result.articles.filter(pl.col("char_count") > pl.col("raw_char_count")).is_empty()
