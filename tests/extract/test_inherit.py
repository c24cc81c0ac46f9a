"""What a happening takes over from those told before it, on texts of our own."""

from __future__ import annotations

from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import mentions, reported


def test_a_similar_attack_used_the_same_means(extractor: RuleExtractor) -> None:
    found = reported(
        extractor, "A car bomb hit the town of Azaz on Monday. A similar attack killed two people in al-Bab."
    )
    assert [m.sub_event_type for m in found] == ["Remote explosive/landmine/IED"] * 2


def test_a_killing_on_another_day_does_not_take_over_the_means(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "A mine killed two farmers east of Salamiyah on Sunday. "
        "A sniper killed a shepherd in the village of Kafr Taal on Tuesday.",
    )
    assert [m.sub_event_type for m in found] == ["Remote explosive/landmine/IED", "Attack"]


def test_the_other_side_of_a_fight_is_the_one_fought_before(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "The army clashed with Islamic State fighters in Palmyra on Monday. "
        "The army recaptured the town of al-Sukhnah on Tuesday.",
    )
    assert [m.actor2_bloc for m in found] == ["islamic_state", "islamic_state"]


def test_a_happening_without_a_place_is_where_the_title_says(extractor: RuleExtractor) -> None:
    (strike,) = reported(extractor, "Russian warplanes carried out air strikes on Monday.", title="Raids on Saraqib")
    assert strike.place == "Saraqib"


def test_an_attack_takes_the_means_that_the_article_tells_of(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Helicopters dropped barrel bombs on the town of Azaz on Monday. The council met in the evening. "
        "Its members spoke of the harvest. They spoke of the schools. They spoke of the roads. "
        "The districts struck included al-Bab, a rescuer said.",
    )
    assert {m.sub_event_type for m in found} == {"Air/drone strike"}


def test_a_truce_is_in_no_place_told_before(extractor: RuleExtractor) -> None:
    found = mentions(
        extractor, "A mine killed two soldiers in Saraqib on Monday. A nationwide truce took effect on Friday."
    )
    assert [m.place for m in found if m.sub_event_type == "Agreement"] == [None]


def test_of_two_means_the_one_told_last_is_taken_over(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Rebels fired rockets at Homs on Monday. Russian warplanes bombed the town of Ariha on Monday. "
        "The villages struck included Kafr Takharim, a rescuer said.",
    )
    assert found[-1].sub_event_type == "Air/drone strike"


def test_a_siege_takes_no_means_over(extractor: RuleExtractor) -> None:
    found = mentions(
        extractor, "Russian warplanes bombed the town of Ariha on Monday. The siege of Madaya began on Monday."
    )
    assert [m.sub_event_type for m in found if m.place == "Madaya"] != ["Air/drone strike"]


def test_a_side_that_takes_ground_takes_it_from_its_one_enemy(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Helicopters dropped barrel bombs on the rebel-held town of Saraqib on Monday. "
        "The army captured the village of Kafr Takharim on Tuesday.",
    )
    assert [(m.actor1_bloc, m.actor2_bloc) for m in found][-1] == ("syrian_government", "opposition")


def test_a_side_with_two_enemies_is_given_neither(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Rebels shelled the town of Saraqib on Monday and Islamic State fighters shelled Palmyra. "
        "The army captured the village of Kafr Takharim on Tuesday.",
    )
    assert [m.actor2_bloc for m in found if m.sub_event_type == "Government regains territory"] == ["unidentified"]


def test_jihadists_are_of_the_one_such_group_that_the_article_names(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Islamic State fighters shelled Palmyra on Monday. The army clashed with the jihadists in Saraqib on Tuesday.",
    )
    assert [m.actor2_bloc for m in found][-1] == "islamic_state"


def test_jihadists_stay_loose_where_two_groups_are_named(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Islamic State fighters shelled Palmyra and Hayat Tahrir al-Sham shelled Homs on Monday. "
        "The army clashed with the jihadists in Saraqib on Tuesday.",
    )
    assert [m.actor2_bloc for m in found][-1] not in {"islamic_state", "hts"}


def test_a_taking_is_of_whoever_the_article_tells_to_have_taken(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Islamic State attacked an army base east of Homs on Thursday. On Thursday the group seized the Jazal field.",
    )
    assert "Non-state actor overtakes territory" in {m.sub_event_type for m in found}
    assert "Government regains territory" not in {m.sub_event_type for m in found}


def test_the_place_told_last_is_inherited_whichever_story_began_first(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Government forces shelled the town of Ariha on Monday. Warplanes bombed the town of Saraqib. "
        "The shelling of Ariha went on until night. Gunmen shot dead a farmer.",
    )
    assert [m.place for m in found if m.sub_event_type == "Attack"] == ["Ariha"]


def test_such_an_attack_was_where_the_others_of_its_kind_were(extractor: RuleExtractor) -> None:
    found = reported(
        extractor,
        "Rebels fired mortar shells at the town of Nubl on Monday while warplanes bombed the town of Saraqib. "
        "The rebels fired such shells before, killing six people on January 5.",
    )
    assert {m.place for m in found if m.sub_event_type.startswith("Shelling")} == {"Nubl"}
