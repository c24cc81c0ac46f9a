"""The refusal rule: nothing that is not in the text."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipeline.extract.evidence import verify
from pipeline.extract.model import Article, Casualty, Mention

TEXT = "Rebels shelled Tal Ward. Two people died."
ARTICLE = Article("a-1", "Tal Ward shelled", TEXT, "The Ford Post", "unknown", date(2016, 5, 3))
MENTION = Mention(
    "Shelling/artillery/missile attack", "reported", date(2016, 5, 3), date(2016, 5, 3), 2,
    None, "Rebels", "opposition", None, None, None, "unidentified",
    None, "Tal Ward", None, None, None, None, False, None, None,
    "The Ford Post", "Rebels shelled Tal Ward.", 0, 24, (),
)  # fmt: skip
TOLL = Casualty("killed", "unknown", 2, 2, False, True, (1,), "Two people died", 25, 40)


def test_what_the_text_holds_is_kept() -> None:
    assert verify(ARTICLE, [MENTION]) == ([MENTION], [])


def test_evidence_that_is_no_slice_costs_the_mention() -> None:
    kept, refusals = verify(ARTICLE, [replace(MENTION, evidence="Rebels shelled Tal Noor.")])
    assert kept == []
    assert [r.field for r in refusals] == ["evidence"]


def test_a_slot_that_is_not_in_the_article_is_emptied() -> None:
    kept, refusals = verify(
        ARTICLE,
        [replace(MENTION, place="Tal Noor", place_id="p", admin1="Idlib", actor1="Hill Brigade", weapon="howitzer")],
    )
    assert (kept[0].place, kept[0].place_id, kept[0].admin1, kept[0].actor1, kept[0].actor1_bloc, kept[0].weapon) == (
        None, None, None, None, "unidentified", None,
    )  # fmt: skip
    assert sorted(r.field for r in refusals) == ["actor1", "place", "weapon"]


def test_a_figure_whose_quote_is_no_slice_is_dropped() -> None:
    wrong = replace(TOLL, quote="Three people died")
    kept, refusals = verify(ARTICLE, [replace(MENTION, casualties=(wrong,))])
    assert kept[0].casualties == ()
    assert [r.value for r in refusals] == ["Three people died"]


def test_positions_of_shared_tolls_follow_the_mentions_that_stay() -> None:
    bad = replace(MENTION, evidence="nothing of the kind")
    kept, _ = verify(ARTICLE, [bad, replace(MENTION, casualties=(replace(TOLL, shared_with=(2,)),)), MENTION])
    assert kept[0].casualties[0].shared_with == (1,)
    kept, _ = verify(ARTICLE, [replace(MENTION, casualties=(TOLL,)), bad])
    assert not kept[0].casualties[0].shared
