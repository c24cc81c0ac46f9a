from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.places import PlaceContext, PlaceIndex, PlaceSpan, ResolvedPlace
from tests.extract.slots import anything, reads_linearly
from tests.extract.small_region import REGION

INDEX = PlaceIndex(REGION)


def named(text: str) -> list[str]:
    """Give the surfaces of the places in `text`."""
    return [span.surface for span in INDEX.find(text)]


def resolved(text: str, article: str = "") -> list[ResolvedPlace]:
    """Resolve each place of `text` in the context of its sentence and of an article."""
    spans = INDEX.find(text)
    context = PlaceContext(sentence=spans, article=INDEX.find(article))
    return [INDEX.resolve(span, context) for span in spans]


def first(text: str) -> PlaceSpan:
    return INDEX.find(text)[0]


@pytest.mark.parametrize(
    ("text", "surface", "place_id", "admin1", "precision"),
    [
        ("Shells hit Saraqib.", "Saraqib", "t-saraqib", "Idlib", 1),
        ("Shells hit Saraqeb.", "Saraqeb", "t-saraqib", "Idlib", 1),
        ("Shells hit Saraqeeb.", "Saraqeeb", "t-saraqib", "Idlib", 1),
        ("Shells hit Al Bab.", "Al Bab", "t-bab", "Aleppo", 1),
        ("Shells hit the village of Hass.", "Hass", "v-hass", "Idlib", 1),
        ("Shells hit the town Saraqib.", "Saraqib", "t-saraqib", "Idlib", 1),
        ("Shells hit the capital on Monday.", "capital", "g-damascus", "Damascus", 3),
        ("Shells hit villages east of the capital Damascus.", "Damascus", "g-rif", "Rif Dimashq", 2),
        ("Shells hit the eastern suburbs of Damascus.", "Damascus", "g-rif", "Rif Dimashq", 2),
        ("Shells hit northern Aleppo city.", "northern Aleppo", "t-aleppo", "Aleppo", 2),
        ("Shells hit the east of Aleppo.", "east of Aleppo", "g-aleppo", "Aleppo", 2),
        ("Shells hit Jobar neighborhood.", "Jobar", "n-jobar", "Damascus", 1),
        ("Shells hit Idlib province.", "Idlib province", "g-idlib", "Idlib", 3),
        ("Shells hit the city of Idlib.", "Idlib", "t-idlib", "Idlib", 1),
        ("Shells hit the western countryside of Aleppo.", "western countryside of Aleppo", "g-aleppo", "Aleppo", 2),
        ("Shells hit Aleppo's northern countryside.", "Aleppo's northern countryside", "g-aleppo", "Aleppo", 2),
        ("Shells hit the northern Latakia countryside.", "northern Latakia countryside", "g-latakia", "Latakia", 2),
        (
            "Shells hit the northern and western countryside of Homs.",
            "northern and western countryside of Homs",
            "g-homs",
            "Homs",
            2,
        ),
        ("Shells hit the Idlib countryside.", "Idlib countryside", "g-idlib", "Idlib", 3),
        ("Shells hit rural Aleppo.", "rural Aleppo", "g-aleppo", "Aleppo", 3),
        ("Shells hit rural Damascus.", "rural Damascus", "g-rif", "Rif Dimashq", 3),
        ("Shells hit the countryside of Damascus.", "countryside of Damascus", "g-rif", "Rif Dimashq", 3),
        ("Shells hit southern Idlib.", "southern Idlib", "g-idlib", "Idlib", 2),
        ("Shells hit the outskirts of Saraqib.", "Saraqib", "t-saraqib", "Idlib", 2),
        ("Shells fell near the town of Saraqib.", "Saraqib", "t-saraqib", "Idlib", 2),
        ("Shells fell 12 km north of Saraqib.", "Saraqib", "t-saraqib", "Idlib", 2),
        ("Shells hit the Tilal al-Kabineh area.", "Tilal al-Kabineh", "h-kabineh", "Latakia", 1),
        ("Shells hit the Menagh military air base.", "Menagh military air base", "b-menagh", "Aleppo", 1),
        ("Shells hit Eastern Ghouta.", "Eastern Ghouta", "a-ghouta", "Rif Dimashq", 2),
        ("Shells hit Aleppos quarters.", "Aleppo", "t-aleppo", "Aleppo", 1),
        ("SHELLS HIT SARAQIB", "SARAQIB", "t-saraqib", "Idlib", 1),
        ("shells hit saraqib again", "saraqib", "t-saraqib", "Idlib", 1),
    ],
)
def test_a_modifier_keeps_its_meaning(text: str, surface: str, place_id: str, admin1: str, precision: int) -> None:
    (span,) = INDEX.find(text)
    found = INDEX.resolve(span, PlaceContext())
    assert (span.surface, found.place_id, found.admin1, found.geo_precision) == (surface, place_id, admin1, precision)


def test_a_chain_ties_a_place_to_the_wider_one_behind_it() -> None:
    inner, outer = INDEX.find("The town of Saraqib in Idlib province was hit.")
    assert inner.within == outer
    assert (inner.unit, outer.unit) == ("town", "governorate")


def test_a_chain_ties_a_place_to_the_possessive_before_it() -> None:
    outer, inner = INDEX.find("Shells hit Aleppos Marjeh district.")
    assert (outer.surface, inner.surface, inner.within) == ("Aleppo", "Marjeh", outer)


def test_all_of_a_list_lie_in_the_wider_place_behind_it() -> None:
    text = "Shells fell on the towns of Dimlaya, Qashif and Kafar Zunbuq in rural Aleppo."
    assert named(text) == ["Dimlaya", "Qashif", "Kafar Zunbuq", "rural Aleppo"]
    assert [(found.place_id, found.admin1) for found in resolved(text)][:3] == [(None, "Aleppo")] * 3


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("The village of Xabziyeh in Idlib was hit.", "Xabziyeh"),
        ("Xabziyeh village in Idlib was hit.", "Xabziyeh"),
        ("Tal Zunbuq in Idlib was hit.", "Tal Zunbuq"),
        ("Bab al-Zunbuq in Idlib was hit.", "Bab al-Zunbuq"),  # not the town of al-Bab
        ("Al-Dimlaya and Qashif neighborhoods in Idlib were hit.", "Al-Dimlaya"),
        ("Iskandar Street in Idlib was hit.", "Iskandar Street"),
        ("The villages of Zunbuq and Qashif in Idlib were taken.", "Zunbuq"),
    ],
)
def test_a_place_that_no_gazetteer_has_keeps_its_text_and_lies_where_the_text_says(text: str, surface: str) -> None:
    found = resolved(text)[0]
    assert found == ResolvedPlace(None, surface, "Idlib", None, 1)


def test_ambiguous_names_resolve_by_the_nearest_context() -> None:
    assert resolved("Shells hit al-Zahraa neighborhood in Homs city.")[0].place_id == "n-zahraa-homs"
    assert resolved("Shells hit al-Zahraa.", article="The day began in Aleppo.")[0].place_id == "n-zahraa-aleppo"
    sentence = "From Homs city came word that shells hit al-Zahraa."
    assert resolved(sentence, article="Aleppo and Saraqib and Al-Bab.")[1].place_id == "n-zahraa-homs"


def test_what_the_context_does_not_settle_stays_open() -> None:
    assert resolved("Shells hit al-Zahraa.") == [ResolvedPlace(None, "al-Zahraa", None, None, None)]


@pytest.mark.parametrize(
    "text",
    [
        "The Aleppo Media Centre said so.",
        "An officer of Aleppo Police Command spoke.",
        "The Deir ez-Zor Military Council said so.",
        "It was said by Abu Omar al-Idlibi and Ahmad Homs.",
        "Has it been hit? Shells fell. The Syrian town is calm.",
        "Many were hit; saraqib was not.",
        "Rocket Shells Kill Ten",
        "Sahl reported clashes.",
        "Syria is at war.",
        "",
    ],
)
def test_bodies_persons_outlets_and_words_are_no_places(text: str) -> None:
    assert named(text) == []


def test_foreign_places_are_marked_and_never_placed() -> None:
    (span,) = INDEX.find("Troops crossed from Turkey.")
    assert span.foreign
    assert INDEX.resolve(span, PlaceContext()) == ResolvedPlace(None, "Turkey", None, None, None)


def test_the_longest_name_wins() -> None:
    assert named("Shells hit Deir ez-Zor and Damascus Countryside.") == ["Deir ez-Zor", "Damascus Countryside"]


@given(anything, st.integers(0, 50))
def test_any_text_gives_spans_that_slice_back_and_do_not_overlap(text: str, offset: int) -> None:
    spans = INDEX.find(text, offset)
    for span in spans:
        assert text[span.start - offset : span.end - offset] == span.surface != ""
        assert span.within is None or span.within in [*spans, *(other.within for other in spans)] or span.within.surface
        INDEX.resolve(span, PlaceContext(sentence=spans, paragraph=spans, article=spans))
    assert all(one.end <= two.start for one, two in pairwise(spans))


def test_time_grows_with_the_length_of_the_text_only() -> None:
    assert reads_linearly(INDEX.find, "Saraqib Aleppo al-Zahraa near the towns of Xabz and Kafar ")
    assert reads_linearly(INDEX.find, "the northern and eastern and southern countryside of the village of ")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("A bomb went off on the Zurayq bridge in Homs.", "Zurayq bridge"),
        ("Guards fled to the nearby Hayyan field in Homs.", "Hayyan field"),
        ("A shell landed at the Ward market in Homs.", "Ward market"),
        ("Jets hit the town of Jisr al-Bab in Homs.", "Jisr al-Bab"),
        ("Fighters took the post at Tell Abu Rasas in Homs.", "Tell Abu Rasas"),
    ],
)
def test_a_site_or_a_longer_name_is_a_place_of_its_own(text: str, surface: str) -> None:
    place = resolved(text)[0]
    assert (place.place, place.place_id, place.admin1) == (surface, None, "Homs")


@pytest.mark.parametrize("text", ["the group's de facto capital", "the capital of the province", "a capital offence"])
def test_not_every_capital_is_that_of_the_region(text: str) -> None:
    assert named(f"Fighters spoke of {text}.") == []


def test_a_town_of_another_people_is_not_in_the_region() -> None:
    assert named("He spoke in the Russian city of Orlovsk.") == []
