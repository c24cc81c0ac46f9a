from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.actors import ActorIndex, ActorSpan
from tests.extract.slots import anything, reads_linearly
from tests.extract.small_region import REGION

INDEX = ActorIndex(REGION)
DAY = date(2016, 1, 1)


def found(text: str, on: date | None = DAY, leaning: str = "unknown") -> list[ActorSpan]:
    return INDEX.find(text, on, leaning)


def sides(text: str, on: date | None = DAY, leaning: str = "unknown") -> list[tuple[str, str | None, str]]:
    """Give surface, registry id and bloc of each actor in `text`."""
    return [(span.surface, span.actor_id, span.bloc) for span in found(text, on, leaning)]


@pytest.mark.parametrize(
    ("text", "surface", "actor_id", "means"),
    [
        ("The Syrian army shelled it.", "Syrian army", "government", "ground"),
        ("The Syrian Army units shelled it.", "Syrian Army units", "government", "ground"),
        ("Syrian government forces shelled it.", "Syrian government forces", "government", "ground"),
        ("The Assad regime's warplanes bombed it.", "Assad regime's warplanes", "government", "air"),
        ("Syrian warplanes bombed it.", "Syrian warplanes", "government", "air"),
        ("Government helicopters bombed it.", "Government helicopters", "government", "air"),
        ("Russian air strikes hit it.", "Russian", "russia", "air"),
        ("Turkish shelling hit it.", "Turkish", "turkey", None),
        ("Turkey shelled it.", "Turkey", "turkey", None),
        ("The coalition bombed it.", "coalition", "coalition", None),
        ("ISs fighters held it.", "ISs fighters", "is", "ground"),
        ("Al-Nusra Front held it.", "Nusra Front", "nusra", None),
        ("Iran-backed militias held it.", "Iran-backed militias", "iran", "ground"),
        ("pro-government forces held it.", "pro-government forces", "government", "ground"),
    ],
)
def test_names_of_sides_and_their_forces(text: str, surface: str, actor_id: str, means: str | None) -> None:
    span = found(text)[0]
    assert (span.surface.removeprefix("Al-"), span.actor_id, span.means) == (surface, actor_id, means)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Turkish-backed Free Syrian Army", [("Free Syrian Army", "fsa", "opposition")]),
        ("US-backed Syrian Democratic Forces", [("Syrian Democratic Forces", "sdf", "sdf")]),
        ("Kurdish-led SDF", [("SDF", "sdf", "sdf")]),
        ("Kurdish YPG fighters", [("YPG fighters", "sdf", "sdf")]),
        ("ISIS terrorists", [("ISIS", "is", "islamic_state")]),
        ("the regime-held town", [("regime", "government", "syrian_government")]),
        ("the regime-backed group", []),
        ("the Russian foreign ministry", []),
        ("the Syrian Observatory", []),
        ("the Syrian town", []),
        ("they fled to Turkey", []),
        ("this is as it was", []),
        ("the town and the forces of nature", []),
        ("an opposition figure and a rebel stronghold", []),
        ("Blast Near Town Syrian Army Says", [("Syrian Army", "government", "syrian_government")]),
    ],
)
def test_adjectives_alone_and_backers_are_nobody(text: str, expected: list[tuple[str, str | None, str]]) -> None:
    assert sides(text) == expected


def test_two_that_act_together_are_the_one_named_first_and_its_associate() -> None:
    (span,) = found("Syrian and Russian warplanes")
    assert (span.surface, span.actor_id, span.associate_id, span.means) == (
        "Syrian and Russian warplanes",
        "government",
        "russia",
        "air",
    )
    (span,) = found("The Assad regime and Russian jets")
    assert (span.actor_id, span.associate_id) == ("government", "russia")


def test_one_or_the_other_is_unidentified() -> None:
    assert sides("Russian or Syrian warplanes") == [("Russian or Syrian warplanes", None, "unidentified")]
    assert sides("Syrian regime or Russian rockets") == [("Syrian regime or Russian", None, "unidentified")]


def test_two_sides_joined_by_and_stay_two() -> None:
    assert sides("the Syrian army and rebels") == [
        ("Syrian army", "government", "syrian_government"),
        ("rebels", "fighters", "opposition"),
    ]
    assert sides("ISIS and the Syrian army") == [
        ("ISIS", "is", "islamic_state"),
        ("Syrian army", "government", "syrian_government"),
    ]


def test_an_alias_holds_on_its_days_and_an_old_name_means_the_group_of_the_day() -> None:
    assert sides("the Nusra Front", date(2016, 1, 1)) == [("Nusra Front", "nusra", "hts")]
    assert sides("the Nusra Front", date(2018, 1, 1)) == [("Nusra Front", "hts", "hts")]
    assert sides("the Nusra Front", None) == [("Nusra Front", "nusra", "hts")]


def test_loaded_words_are_aliases_only_in_outlets_of_that_leaning() -> None:
    assert sides("terrorists", leaning="syrian_government") == [("terrorists", "fighters", "opposition")]
    assert sides("gunmen", leaning="western") == [("gunmen", None, "unidentified")]


@pytest.mark.parametrize(
    ("text", "bloc"),
    [
        ("rebels", "opposition"),
        ("anti-government fighters", "opposition"),
        ("insurgents", "opposition"),
        ("gunmen", "unidentified"),
        ("helicopters", "unidentified"),
        ("civilians", "civilians"),
        ("women", "civilians"),
    ],
)
def test_words_without_a_named_group_are_generic(text: str, bloc: str) -> None:
    (span,) = found(text)
    assert (span.bloc, span.generic) == (bloc, True)


def test_armed_groups_that_the_registry_does_not_have_keep_their_text() -> None:
    text = "Liwa al-Qamar and the Sultan Karim Brigade and Army of Dawn fought on."
    assert sides(text) == [
        ("Liwa al-Qamar", None, "unidentified"),
        ("Sultan Karim Brigade", None, "unidentified"),
        ("Army of Dawn", None, "unidentified"),
    ]


@given(anything, st.dates(date(2011, 1, 1), date(2030, 1, 1)) | st.none(), st.integers(0, 50))
def test_any_text_gives_spans_that_slice_back_and_do_not_overlap(text: str, on: date | None, offset: int) -> None:
    spans = INDEX.find(text, on, "unknown", offset)
    for span in spans:
        assert text[span.start - offset : span.end - offset] == span.surface != ""
    assert all(one.end <= two.start for one, two in pairwise(spans))


def test_time_grows_with_the_length_of_the_text_only() -> None:
    assert reads_linearly(lambda text: INDEX.find(text, DAY), "Russian and Syrian and Turkish rebels of Liwa al-Xa or ")


def test_of_allies_the_one_whose_war_it_is_leads() -> None:
    assert sides("Russian and Syrian warplanes bombed it.")[0][1:] == ("government", "syrian_government")


def test_two_states_make_a_truce_together() -> None:
    assert [bloc for _, _, bloc in sides("The Russian-Turkish truce held.")] == ["russia", "turkey"]


@pytest.mark.parametrize("text", ["a town on the border with Turkey", "the Turkish border"])
def test_a_state_named_with_its_border_is_land(text: str) -> None:
    assert not sides(text)
