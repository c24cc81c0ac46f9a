"""Mentions into tables: ids that last, books that balance, rejections that lead back to the record and its words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from pipeline.contracts import event_types_frame, load_contract
from pipeline.extract.accepted import Coded, accept, records_in
from pipeline.extract.model import Article, Casualty, Extractor, Mention, Slot
from pipeline.extract.tables import code
from tests.contracts.rows import good_row

TEXT = "Rebels shelled Tal Ward on Monday. Two people died."
DAY = Slot("event_date", "evidence", "Monday", 27, 33, "a day")
TOLL = Casualty("killed", "unknown", 2, 2, False, False, (), "Two people died", 35, 50)
MENTION = Mention(
    "Shelling/artillery/missile attack", "reported", date(2016, 5, 2), date(2016, 5, 2), 1,
    None, "Rebels", "opposition", None, None, None, "unidentified",
    None, "Tal Ward", "Idlib", None, 1, None, False, None, None,
    "The Ford Post", "Rebels shelled Tal Ward on Monday.", 0, 34, (TOLL,), 0.5, (DAY,),
)  # fmt: skip


class Double:
    """A second backend: says what it is told to say."""

    name = "double-1"

    def __init__(self, *mentions: Mention) -> None:
        self._mentions = list(mentions)

    def extract(self, articles: Sequence[Article]) -> list[list[Mention]]:
        """Give the same mentions for every article."""
        return [self._mentions for _ in articles]


def _accepted(*mentions: Mention) -> Coded:
    contract = load_contract()
    article = good_row(contract.tables["articles"])
    extractor: Extractor = Double(*mentions)
    coding = code([Article(article["article_id"], "", TEXT, "The Ford Post", "unknown", date(2016, 5, 3))], extractor)
    texts = pl.DataFrame({"article_id": [article["article_id"]], "text": [TEXT]})
    return _divided(coding, texts, article)


def _divided(coding: pl.DataFrame, texts: pl.DataFrame, article: dict[str, object]) -> Coded:
    contract = load_contract()
    empty = {name: contract.tables[name].empty() for name in ("actors", "places")}
    parents = {"articles": pl.DataFrame([article]), "event_types": event_types_frame(contract), **empty}
    result = accept(coding, texts, parents)
    kept = {"mentions": result.mentions, "casualties": result.casualties, "mention_slots": result.slots}
    rejected = dict(result.rejections["table"].value_counts().iter_rows())
    assert records_in(coding) == {name: frame.height + rejected.get(name, 0) for name, frame in kept.items()}
    assert result.rejections["rejection_id"].is_unique().all()
    return result


def test_a_second_extractor_fits_in_and_is_named_in_every_row() -> None:
    result = _accepted(MENTION)
    assert result.mentions["extractor"].to_list() == ["double-1"]
    assert result.casualties.select("low", "high", "quote").rows() == [(2, 2, "Two people died")]
    slots = dict(result.slots.select("slot", "quote").iter_rows())
    assert slots == {"event_date": "Monday", "actor1": "Rebels", "place": "Tal Ward", "attributed_to": None}
    assert result.rejections.is_empty()


def test_ids_depend_on_what_is_coded_and_equal_codings_are_told_apart() -> None:
    one, other = _accepted(MENTION), _accepted(MENTION, MENTION)
    assert one.mentions["mention_id"].item() in other.mentions["mention_id"].to_list()
    assert other.mentions["mention_id"].n_unique() == 2


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"event_date_start": None, "event_date_end": None, "time_precision": None}, "undated"),
        ({"admin1": None, "geo_precision": None}, "unplaced"),
        ({"evidence": "Rebels shelled Tal Noor on Monday."}, "unsupported_evidence"),
        ({"char_end": 33}, "unsupported_evidence"),
        ({"sub_event_type": "Skirmish"}, "invalid_value"),
    ],
)
def test_a_rejected_mention_names_its_record_and_its_words_and_takes_its_toll_along(
    change: dict[str, object], rule: str
) -> None:
    result = _accepted(replace(MENTION, **change))  # type: ignore[arg-type]
    assert result.mentions.is_empty()
    assert result.casualties.is_empty()
    assert result.slots.is_empty()
    rejected = {row["rule"]: row for row in result.rejections.to_dicts()}
    assert set(rejected) == {rule, "parent_rejected"}
    assert (rejected[rule]["input_name"], rejected[rule]["input_record"]) == ("articles/northern-herald.jsonl", 3)
    assert "articles/northern-herald.jsonl, record 3: " in rejected[rule]["message"]
    assert "Rebels shelled Tal" in rejected[rule]["message"]
    assert rejected["parent_rejected"]["input_record"] == 3


def test_a_toll_whose_words_are_not_in_the_text_falls_alone() -> None:
    result = _accepted(replace(MENTION, casualties=(replace(TOLL, quote="Ten people died"),)))
    assert result.mentions.height == 1
    assert result.rejections["rule"].to_list() == ["unsupported_evidence"]


def test_a_value_whose_words_are_not_in_the_text_is_left_empty_and_accounted_for(
    caplog: pytest.LogCaptureFixture,
) -> None:
    result = _accepted(replace(MENTION, actor1="Hill Brigade", weapon="howitzer"))
    assert result.mentions.select("actor1", "actor1_bloc", "weapon").rows() == [(None, "unidentified", None)]
    refused = result.rejections.select("table", "field", "rule", "value").sort("field").rows()
    assert refused == [
        ("mention_slots", "actor1", "unsupported_evidence", "Hill Brigade"),
        ("mention_slots", "weapon", "unsupported_evidence", "howitzer"),
    ]
    assert all("northern-herald.jsonl, record 3: " in message for message in result.rejections["message"])
    assert [record.message.split(": ")[1] for record in caplog.records] == [
        "actor1 is not in its text; refused",
        "weapon is not in its text; refused",
    ]


def test_a_coding_that_was_tampered_with_is_held_against_the_texts_again() -> None:
    article = good_row(load_contract().tables["articles"])
    told = Article(article["article_id"], "", TEXT, "The Ford Post", "unknown", date(2016, 5, 3))
    texts = pl.DataFrame({"article_id": [article["article_id"]], "text": [TEXT.replace("Monday", "Friday")]})
    result = _divided(code([told], Double(MENTION)), texts, article)
    assert result.mentions.is_empty()
    assert set(result.rejections["rule"]) == {"unsupported_evidence", "parent_rejected"}
