"""Where a sentence is cut, and what lies in each part, on sentences of our own."""

from __future__ import annotations

from pipeline.extract.passages import passages
from tests.extract.scenes import Stage


def parts(stage: Stage, text: str) -> list[str]:
    """Give the words of each passage of a sentence."""
    scene = stage.scene(text)
    return [scene.words(p.span.start, p.span.stop) for p in passages(scene, [], stage.gazetteer)]


def test_one_happening_with_its_victims_is_one_passage(stage: Stage) -> None:
    text = "Warplanes bombed Saraqib on Monday, killing five people."
    assert parts(stage, text) == [text]


def test_a_contrast_parts_two_happenings(stage: Stage) -> None:
    first, second = parts(stage, "Rebels shelled Nubl while warplanes bombed Saraqib.")
    assert first == "Rebels shelled Nubl"
    assert second.startswith("while warplanes bombed Saraqib")


def test_a_date_for_each_verb_parts_two_happenings(stage: Stage) -> None:
    first, second = parts(stage, "The group attacked Marea in May and entered the town in June.")
    assert (first.endswith("in May"), second.endswith("in June.")) == (True, True)


def test_a_means_is_used_unless_it_was_destroyed_or_only_carried_somebody(stage: Stage) -> None:
    def means(text: str) -> list[str]:
        scene = stage.scene(text)
        return [m.trigger.text for p in passages(scene, [], stage.gazetteer) for m in p.means]

    assert means("Rebels attacked the base with rockets.") == ["rocket"]
    assert means("Rebels attacked the base and destroyed a tank.") == []
    assert means("The wounded of the attack were evacuated by helicopter.") == []


def test_a_sentence_without_a_happening_has_no_passage(stage: Stage) -> None:
    assert parts(stage, "The ministers met in Damascus.") == []
