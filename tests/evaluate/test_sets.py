"""Gold sets on disk: found, named, digested, and held against their articles."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.evaluate.sets import ARTICLES, MENTIONS, GoldSet, all_sets, read_set, region_set, set_in
from pipeline.ingest.documents import Limits
from pipeline.regions import load_region
from tests.end_to_end.articles import RAID, write_jsonl
from tests.evaluate.makers import gold_record, write_set

SYRIA = load_region("syria")


def test_a_set_is_read_with_its_outlets(tmp_path: Path) -> None:
    codings, articles = read_set(set_in(write_set(tmp_path / "ours")), SYRIA, Limits())
    assert {key: len(mentions) for key, mentions in codings.items()} == {"raid-1": 1, "clash-1": 1}
    assert {key: (a.source_name, a.leaning) for key, a in articles.items()} == {
        "raid-1": ("Test Gazette", "unknown"),
        "clash-1": ("Test Courier", "unknown"),
    }


def test_the_digest_changes_with_either_file_and_not_with_the_place(tmp_path: Path) -> None:
    first, second = set_in(write_set(tmp_path / "a")), set_in(write_set(tmp_path / "b" / "a"))
    assert first.digest() == second.digest()
    (tmp_path / "a" / ARTICLES).write_bytes((tmp_path / "a" / ARTICLES).read_bytes() + b"\n")
    assert first.digest() != second.digest()
    (tmp_path / "b" / "a" / MENTIONS).write_bytes(b"")
    assert second.digest() not in (first.digest(), GoldSet("a", second.mentions, None).digest())


def test_the_region_may_bring_a_set_named_like_it(tmp_path: Path) -> None:
    assert region_set(replace(SYRIA, directory=tmp_path)) is None
    write_set(tmp_path / "gold")
    own = region_set(replace(SYRIA, directory=tmp_path))
    assert own is not None
    assert own.name == "syria"


def test_sets_need_names_of_their_own(tmp_path: Path) -> None:
    region = replace(SYRIA, directory=tmp_path / "pack")
    first, second = write_set(tmp_path / "x" / "ours"), write_set(tmp_path / "y" / "ours")
    assert [one.name for one in all_sets(region, (first,))] == ["ours"]
    with pytest.raises(InputError, match="two gold sets are named ours; rename a folder"):
        all_sets(region, (first, second))
    with pytest.raises(InputError, match="'our set' becomes the name of the set; use letters"):
        all_sets(region, (write_set(tmp_path / "our set"),))


def test_a_folder_that_lacks_a_file_is_refused(tmp_path: Path) -> None:
    write_set(tmp_path / "half")
    (tmp_path / "half" / MENTIONS).unlink()
    with pytest.raises(InputError, match=r"half: holds no mentions\.jsonl; a gold set is a folder with"):
        set_in(tmp_path / "half")
    with pytest.raises(InputError, match="cannot be read"):
        GoldSet("half", tmp_path / "half" / MENTIONS, None).digest()


def test_gold_of_an_article_that_is_not_there_is_refused(tmp_path: Path) -> None:
    gold = set_in(write_set(tmp_path, {"raid-9": []}))
    with pytest.raises(InputError, match=r"mentions\.jsonl: article_id raid-9: .* has no readable article of that id"):
        read_set(gold, SYRIA, Limits())


def test_gold_that_quotes_what_the_article_does_not_say_is_refused(tmp_path: Path) -> None:
    gold = set_in(write_set(tmp_path, {"clash-1": [], "raid-1": [gold_record(evidence="Nobody said so.")]}))
    with pytest.raises(
        InputError, match=r"mentions\.jsonl, line 2: evidence 'Nobody said so\.': is not in article raid-1"
    ):
        read_set(gold, SYRIA, Limits())


def test_two_articles_of_one_id_are_refused(tmp_path: Path) -> None:
    write_set(tmp_path)
    write_jsonl(tmp_path / ARTICLES, RAID, RAID | {"source": "Another Paper"})
    with pytest.raises(InputError, match=re.escape("record 2: id raid-1 stands twice")):
        read_set(set_in(tmp_path), SYRIA, Limits())


def test_without_articles_only_the_gold_is_read(tmp_path: Path) -> None:
    path = write_jsonl(tmp_path / "g.jsonl", json.loads('{"article_id": "x", "mentions": []}'))
    assert read_set(GoldSet("g", path, None), SYRIA, Limits()) == ({"x": []}, {})


def test_the_region_keeps_half_of_its_articles_from_those_who_write_the_program() -> None:
    region = load_region("syria")
    own = region_set(region)
    assert own is not None
    _, articles = read_set(own, region, Limits(10_000_000, region.first_date, date(2100, 1, 1)))
    unread = {article_id for article_id, article in articles.items() if article.unread}
    assert unread == {article_id for article_id in articles if int(article_id[-1]) % 2 == 0}
