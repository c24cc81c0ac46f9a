"""The last step, from what was merged to the mention, on texts of our own."""

from __future__ import annotations

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import reported


def test_nobody_fights_itself(extractor: RuleExtractor) -> None:
    (clash,) = reported(extractor, "The army and government forces clashed in the town of Morek on Monday.")
    assert (clash.actor1_bloc, clash.actor2, clash.actor2_bloc) == ("syrian_government", None, "opposition")


def test_groups_of_one_bloc_are_two_sides(extractor: RuleExtractor) -> None:
    (clash,) = reported(extractor, "Jaish al-Islam fighters clashed with Faylaq al-Rahman in Arbin on Monday.")
    assert (clash.actor1_bloc, clash.actor2_bloc) == ("opposition", "opposition")
    assert clash.actor1_id != clash.actor2_id


def test_who_is_hit_beside_a_clash_is_no_side_of_it(extractor: RuleExtractor) -> None:
    (clash,) = reported(extractor, "Clashes in Morek on Monday killed two civilians, rebels said.")
    assert clash.actor2_bloc != "civilians"
    assert not clash.civilian_targeting


def test_a_movement_needs_no_second_side(extractor: RuleExtractor) -> None:
    (movement,) = reported(extractor, "Turkey sent reinforcements to the town of Azaz on Monday.")
    assert (movement.actor1_bloc, movement.actor2, movement.actor2_bloc) == ("turkey", None, None)


def test_the_outlet_stands_where_no_source_is_named(extractor: RuleExtractor) -> None:
    (shelling,) = reported(extractor, "Rebels shelled the town of Nubl on Monday.")
    assert shelling.attributed_to == "The Ford Post"


def test_mentions_stand_in_the_order_of_their_evidence(extractor: RuleExtractor) -> None:
    found = reported(extractor, "Rebels shelled Nubl on Monday. Warplanes bombed Saraqib on Sunday.")
    assert [m.char_start for m in found] == sorted(m.char_start for m in found)


def test_what_the_passages_of_a_sentence_tell_counts_together(extractor: RuleExtractor) -> None:
    text = (
        "At least six people were killed on Monday in air strikes by the Syrian army, a monitor said.\n\n"
        "A medic said six villagers were killed in an air strike which hit the market of Saraqib."
    )
    (strike,) = reported(extractor, text)
    assert strike.evidence.startswith("A medic")
