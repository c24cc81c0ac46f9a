"""The trigger lexicon: every type of the codebook, word forms, longest match, checked on reading."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import FieldledgerError
from pipeline.extract.inflect import noun_forms, plural, verb_forms
from pipeline.extract.lexicon import Lexicon, load_lexicon, words_of

CODEBOOK_TYPES = 27


def found(lexicon: Lexicon, text: str) -> list[tuple[str, str | None]]:
    return [(m.trigger.text, m.trigger.sub_event_type) for m in lexicon.find(words_of(text))]


def test_every_sub_event_type_of_the_codebook_is_there(lexicon: Lexicon) -> None:
    assert len(lexicon.types) == CODEBOOK_TYPES


def test_the_longest_trigger_wins(lexicon: Lexicon) -> None:
    assert found(lexicon, "two suicide car bomb attacks") == [("suicide car bomb attack", "Suicide bomb")]


def test_a_verb_and_its_noun_may_stand_apart(lexicon: Lexicon) -> None:
    assert ("stage protest", "Peaceful protest") in found(lexicon, "residents staged a large protest")


def test_hyphens_are_words_of_their_own(lexicon: Lexicon) -> None:
    assert found(lexicon, "an air-strike") == [("air-strike", "Air/drone strike")]


def test_means_and_objects_are_found_by_class(lexicon: Lexicon) -> None:
    words = words_of("they fired mortar shells at houses")
    assert [m.trigger.text for m in lexicon.find_means(words)] == ["mortar shell"]
    found = lexicon.find_classes(("civilian_objects", "armed"), words)
    assert {name: [m.trigger.text for m in matches] for name, matches in found.items()} == {
        "civilian_objects": ["house"],
        "armed": [],
    }


@pytest.mark.parametrize(
    ("noun", "many"), [("city", "cities"), ("clash", "clashes"), ("convoy", "convoys"), ("raid", "raids")]
)
def test_regular_plurals(noun: str, many: str) -> None:
    assert plural(noun) == many


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("raid", {"raid", "raids", "raided", "raiding"}),
        ("seize", {"seize", "seizes", "seized", "seizing"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("repel", {"repel", "repels", "repelled", "repelling", "repeled", "repeling"}),
    ],
)
def test_regular_verb_forms(verb: str, forms: set[str]) -> None:
    assert verb_forms(verb, {}) == forms


def test_irregular_forms_come_from_the_data() -> None:
    assert "struck" in verb_forms("strike", {"strike": ["struck"]})
    assert noun_forms("casualty", {"casualty": ["casualties"]}) >= {"casualty", "casualties"}


def test_a_group_with_an_unknown_key_is_refused() -> None:
    data = {
        "types": {"Attack": {"nouns": [{"words": ["raid"], "rolls": "acts"}], "verbs": []}},
        "general": {"nouns": [], "verbs": [], "harm": {"nouns": [], "verbs": []}},
        "objects": {}, "light_verbs": {}, "context": [],
    }  # fmt: skip
    with pytest.raises(FieldledgerError, match="rolls"):
        Lexicon(data)


def test_a_broken_file_is_refused_with_its_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text("types: [", encoding="utf-8")
    with pytest.raises(FieldledgerError, match=r"mine\.yaml"):
        load_lexicon(file)
