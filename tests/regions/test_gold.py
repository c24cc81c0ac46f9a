"""The region's own gold set keeps its promises: invented, complete, coded with the codes of the contract."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest

from pipeline.contracts import load_contract
from pipeline.regions import RegionPack, load_region
from pipeline.regions.load import HOME

GOLD = HOME / "syria" / "gold"
SAMPLE = HOME / "syria" / "sample"
KEYS = [
    "sub_event_type", "status", "date_start", "date_end", "time_precision", "actor1_bloc", "actor1", "actor2_bloc",
    "actor2", "place", "admin1", "geo_precision", "killed", "injured", "civilian_targeting", "attributed_to",
    "evidence",
]  # fmt: skip
OLDEST_CONTEXT = timedelta(days=200)  # the oldest happening that an article of the set tells as dated context


def _lines(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (GOLD / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def articles() -> list[dict[str, Any]]:
    return _lines("articles.jsonl")


@pytest.fixture(scope="module")
def coded(articles: list[dict[str, Any]]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    by_id = {article["id"]: article for article in articles}
    return [(by_id[line["article_id"]], mention) for line in _lines("mentions.jsonl") for mention in line["mentions"]]


@pytest.fixture(scope="module")
def syria() -> RegionPack:
    return load_region("syria")


def _codes(name: str) -> set[str]:
    return set(load_contract().codelists[name].to_series(0).to_list())


def _text(article: dict[str, Any]) -> str:
    return " ".join(article["text"].split()).casefold()


def test_every_article_is_coded_once_and_nothing_else_is(articles: list[dict[str, Any]]) -> None:
    ids = [article["id"] for article in articles]
    assert len(ids) >= 48
    assert ids == [f"gold-{number:03}" for number in range(1, len(ids) + 1)]
    assert [line["article_id"] for line in _lines("mentions.jsonl")] == ids


def test_articles_say_that_they_are_invented_by_invented_outlets(
    articles: list[dict[str, Any]], syria: RegionPack
) -> None:
    outlets = {article["source"]: syria.outlet(article["source"]) for article in articles}
    assert [article["id"] for article in articles if article["invented"] is not True] == []
    assert {name for name, outlet in outlets.items() if not outlet.invented} == set()
    assert {outlet.leaning for outlet in outlets.values()} == _codes("leanings") - {"unknown"}
    assert {article["language"] for article in articles} == {"en"}


def test_no_article_stands_in_the_sample_corpus_or_twice(articles: list[dict[str, Any]]) -> None:
    sample = [
        _text(json.loads(line))
        for path in sorted((SAMPLE / "articles").glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    texts = [_text(article) for article in articles]
    assert len(sample) == 100
    assert len(set(texts)) == len(texts)
    assert set(texts).isdisjoint(sample)


def test_mentions_have_the_keys_of_the_format(coded: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    assert {tuple(mention) for _, mention in coded} == {tuple(KEYS)}


def test_evidence_and_names_stand_in_the_article(coded: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for article, mention in coded:
        where = (article["id"], mention["evidence"][:60])
        assert article["text"].count(mention["evidence"]) == 1, where
        for key in ("actor1", "actor2", "place"):
            assert (mention[key] or "").casefold() in article["text"].casefold(), (where, key, mention[key])
        told_by = mention["attributed_to"].casefold()
        assert told_by == article["source"].casefold() or told_by in article["text"].casefold(), where


@pytest.mark.parametrize(
    ("key", "codelist"),
    [
        ("sub_event_type", "event_types"),
        ("status", "mention_status"),
        ("actor1_bloc", "blocs"),
        ("actor2_bloc", "blocs"),
        ("time_precision", "time_precision"),
        ("geo_precision", "geo_precision"),
    ],
)
def test_codes_are_those_of_the_contract(
    coded: list[tuple[dict[str, Any], dict[str, Any]]], key: str, codelist: str
) -> None:
    assert {str(mention[key]) for _, mention in coded if mention[key] is not None} <= _codes(codelist)


def test_places_lie_in_the_governorates_of_the_region(
    coded: list[tuple[dict[str, Any], dict[str, Any]]], syria: RegionPack
) -> None:
    assert {mention["admin1"] for _, mention in coded if mention["status"] == "reported"} - {None} == set(syria.admin1)
    assert {mention["admin1"] for _, mention in coded} - {None} == set(syria.admin1)


def test_reported_mentions_are_dated_before_publication(coded: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for article, mention in coded:
        where = (article["id"], mention["evidence"][:60])
        assert (mention["date_start"] is None) == (mention["date_end"] is None), where
        if mention["status"] == "reported":
            start, end = date.fromisoformat(mention["date_start"]), date.fromisoformat(mention["date_end"])
            published = date.fromisoformat(article["published_at"])
            assert mention["time_precision"] in {1, 2, 3}, where
            assert published - OLDEST_CONTEXT <= start <= end <= published, where
        elif mention["date_start"]:
            assert mention["date_start"] <= mention["date_end"], where


def test_counts_are_ranges_in_order(coded: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    for article, mention in coded:
        for key in ("killed", "injured"):
            if mention[key] is not None:
                low, high = mention[key]
                assert (low, high) != (None, None), (article["id"], key)
                assert min(end for end in (low, high) if end is not None) >= 0, (article["id"], key)
                assert low is None or high is None or low <= high, (article["id"], key)


def test_civilian_targeting_is_said_only_where_civilians_are_the_target(
    coded: list[tuple[dict[str, Any], dict[str, Any]]],
) -> None:
    assert {mention["actor2_bloc"] for _, mention in coded if mention["civilian_targeting"]} == {"civilians"}


def test_the_set_is_broad(articles: list[dict[str, Any]], coded: list[tuple[dict[str, Any], dict[str, Any]]]) -> None:
    reported = [mention for _, mention in coded if mention["status"] == "reported"]
    blocs = {mention[key] for mention in reported for key in ("actor1_bloc", "actor2_bloc")} - {None}
    assert {mention["status"] for _, mention in coded} == _codes("mention_status")
    assert len({mention["sub_event_type"] for mention in reported}) >= 20
    assert blocs == _codes("blocs")
    assert {article["published_at"][:4] for article in articles} == {str(year) for year in range(2012, 2025)}
    assert Counter(not line["mentions"] for line in _lines("mentions.jsonl"))[True] >= 5


def test_its_readme_counts_right(
    articles: list[dict[str, Any]], coded: list[tuple[dict[str, Any], dict[str, Any]]]
) -> None:
    readme = (GOLD / "README.md").read_text(encoding="utf-8")
    assert f" {len(articles)} articles by " in readme
    for status, count in Counter(mention["status"] for _, mention in coded).items():
        assert f"| {status} | {count} |" in readme
