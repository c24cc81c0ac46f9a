"""The Syria pack holds what its README promises."""

from __future__ import annotations

import json
import re
import time
from collections import Counter, defaultdict
from datetime import date, timedelta
from pathlib import Path

import pytest

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.regions import RegionPack, checks, load_region, read_region
from pipeline.regions.areas import km
from pipeline.regions.folding import fold, plain
from pipeline.regions.load import HOME
from tests.regions import northwest

SHARED = Path(__file__).parents[3] / "shared"
GOVERNORATES = {
    "Al-Hasakah", "Aleppo", "As-Suwayda", "Damascus", "Daraa", "Deir ez-Zor", "Hama", "Homs", "Idlib", "Latakia",
    "Quneitra", "Raqqa", "Rif Dimashq", "Tartus",
}  # fmt: skip


@pytest.fixture(scope="module")
def syria() -> RegionPack:
    return load_region("syria")


def test_codes_are_those_of_the_contract() -> None:
    lists = load_contract().codelists
    for name, codes in (
        ("blocs", checks.BLOCS),
        ("actor_kinds", checks.ACTOR_KINDS),
        ("leanings", checks.LEANINGS),
        ("place_kinds", checks.PLACE_KINDS),
    ):
        assert set(lists[name]["code"].to_list()) == set(codes), name


def test_tables_keep_the_contract(syria: RegionPack) -> None:
    tables = load_contract().tables
    for name, frame in (("actors", syria.actors_frame()), ("places", syria.places_frame())):
        assert split(tables[name], frame, stage="ingest").rejections.is_empty(), name


def test_it_is_read_in_a_moment() -> None:
    began = time.process_time()
    read_region(HOME / "syria")
    assert time.process_time() - began < 1.0  # a third of that as a rule; the rest is for slow machines


def test_there_are_fourteen_governorates_with_places_in_each(syria: RegionPack) -> None:
    assert set(syria.admin1) == GOVERNORATES
    counts = Counter(place.admin1 for place in syria.places)
    assert min(counts.values()) >= 5
    assert {place.admin1 for place in syria.places if place.kind == "governorate"} == GOVERNORATES
    assert sum(place.kind == "governorate" for place in syria.places) == 14


def test_place_ids_are_slugs_that_begin_with_the_region(syria: RegionPack) -> None:
    for place in syria.places:
        assert re.fullmatch(r"sy(-[a-z0-9]+)+", place.place_id), place.place_id


def test_the_gazetteer_is_sorted_by_id(syria: RegionPack) -> None:
    ids = [place.place_id for place in syria.places]
    assert ids == sorted(ids)


def test_every_place_lies_in_its_governorate_by_parent_and_by_distance(syria: RegionPack) -> None:
    governorates = {place.admin1: place for place in syria.places if place.kind == "governorate"}
    for place in syria.places:
        governorate = governorates[place.admin1]
        assert syria.within(place.place_id, governorate.place_id), place.place_id
        assert km(place, governorate) <= governorate.coordinate_error_km, place.place_id
    radii = {name: place.coordinate_error_km for name, place in governorates.items()}
    assert all(radius <= (250 if name == "Homs" else 140) for name, radius in radii.items()), radii


def test_every_place_lies_within_the_radius_of_its_district(syria: RegionPack) -> None:
    districts = {(place.admin1, place.admin2): place for place in syria.places if place.kind == "district"}
    for place in syria.places:
        if place.admin2 is not None:
            district = districts[place.admin1, place.admin2]
            assert km(place, district) <= district.coordinate_error_km, place.place_id


def test_a_place_stands_near_the_place_that_holds_it(syria: RegionPack) -> None:
    for place in syria.places:
        around = syria.place(place.parent) if place.parent else place
        if around.kind in {"town", "village", "area", "neighbourhood"}:
            reach = around.coordinate_error_km + place.coordinate_error_km + 6
            assert km(place, around) <= reach, place.place_id


def test_a_place_at_the_centre_of_its_sub_district_stands_on_the_point_of_a_town_of_its_district(
    syria: RegionPack,
) -> None:
    sourced = {
        (place.latitude, place.longitude, place.admin2)
        for place in syria.places
        if place.coordinate_source == "GeoNames (CC BY 4.0)"
    }
    coarse = [place for place in syria.places if place.coordinate_source == "subdistrict centre"]
    assert len(coarse) >= 30
    for place in coarse:
        assert (place.latitude, place.longitude, place.admin2) in sourced, place.place_id
        assert place.coordinate_error_km >= 10, place.place_id
        assert place.geo_precision == 2, place.place_id


def test_a_place_that_is_not_vouched_for_stands_for_its_district(syria: RegionPack) -> None:
    coarse = [place for place in syria.places if place.coordinate_source == "district centre"]
    districts = {(p.admin1, p.admin2): p for p in syria.places if p.kind == "district"}
    assert coarse
    for place in coarse:
        district = districts[place.admin1, place.admin2]
        assert (place.latitude, place.longitude) == (district.latitude, district.longitude), place.place_id
        assert place.coordinate_error_km == district.coordinate_error_km
        assert place.geo_precision == 2


def test_precision_follows_from_kind(syria: RegionPack) -> None:
    for place in syria.places:
        expected = {"governorate": {3}, "district": {2}, "area": {2}}.get(place.kind, {1, 2})
        assert place.geo_precision in expected, place.place_id
        assert place.geo_precision > 1 or place.coordinate_error_km <= 15, place.place_id


def test_sources_of_coordinates_are_free_to_publish(syria: RegionPack) -> None:
    assert {place.coordinate_source for place in syria.places} == {
        "GeoNames (CC BY 4.0)", "own knowledge", "subdistrict centre", "district centre",
    }  # fmt: skip


def test_admin2_is_a_district_of_the_governorate(syria: RegionPack) -> None:
    districts = {(place.admin1, place.admin2) for place in syria.places if place.kind == "district"}
    assert len(districts) >= 60
    for place in syria.places:
        assert place.admin2 is None or (place.admin1, place.admin2) in districts, place.place_id


def test_no_name_is_empty_without_its_articles_or_foreign(syria: RegionPack) -> None:
    foreign = {plain(name) for name in syria.foreign_places}
    for place in syria.places:
        for name in place.names:
            assert len(plain(name)) >= 2, place.place_id
            assert plain(name) not in foreign, (place.place_id, name)


@pytest.mark.parametrize("word", ["The", "This", "Has", "His", "San", "Hit", "Monday", "May", "Assad", "Rami", "Omar"])
def test_english_words_and_names_of_people_are_no_places(syria: RegionPack, word: str) -> None:
    assert syria.places_named(word) == ()


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Saraqeb", "sy-idlib-saraqib"),
        ("Maaret al-Numan", "sy-idlib-maarat-al-numan"),
        ("Kafranbel", "sy-idlib-kafr-nabl"),
        ("Tel Rifaat", "sy-aleppo-tall-rifaat"),
        ("Kobane", "sy-aleppo-kobani"),
        ("Khmeimim", "sy-latakia-hmeimim-air-base"),
        ("Tadmur", "sy-homs-palmyra"),
        ("al-Hol camp", "sy-al-hasakah-al-hawl-camp"),
        ("Albu Kamal", "sy-deir-ez-zor-al-bukamal"),
        ("سراقب", "sy-idlib-saraqib"),
    ],
)
def test_usual_spellings_find_their_place(syria: RegionPack, name: str, place_id: str) -> None:
    assert place_id in {place.place_id for place in syria.places_named(name)}


def test_successors_begin_the_day_after(syria: RegionPack) -> None:
    chains = [actor for actor in syria.actors if actor.successor]
    assert chains
    for actor in chains:
        successor = syria.actor(str(actor.successor))
        assert actor.valid_to is not None
        assert successor.valid_from == actor.valid_to + timedelta(days=1), actor.actor_id


@pytest.mark.parametrize(
    ("day", "actor_id"),
    [
        (date(2014, 5, 1), "jabhat_al_nusra"),
        (date(2016, 7, 28), "jabhat_al_nusra"),
        (date(2016, 7, 29), "jabhat_fatah_al_sham"),
        (date(2017, 1, 29), "hts"),
    ],
)
def test_nusra_front_is_the_group_of_the_day(syria: RegionPack, day: date, actor_id: str) -> None:
    actor = syria.actor_named("Nusra Front", day)
    assert actor is not None
    assert actor.actor_id == actor_id


@pytest.mark.parametrize(
    ("text", "leaning", "bloc"),
    [
        ("terrorists", "syrian_government", "opposition"),
        ("terrorists", "western", None),
        ("rebels", "western", "opposition"),
        ("regime forces", "opposition", "syrian_government"),
        ("gunmen", "russia", "opposition"),
        ("gunmen", "independent", "unidentified"),
        ("Russian warplanes", "western", "russia"),
        ("U.S.-led coalition", "western", "us_coalition"),
        ("Kurdish fighters", "turkey", "sdf"),
        ("YPG/PKK", "turkey", "sdf"),
        ("IS", "western", "islamic_state"),
        ("is", "western", None),
        ("residents", "gulf", "civilians"),
    ],
)
def test_words_for_sides_resolve_to_blocs(syria: RegionPack, text: str, leaning: str, bloc: str | None) -> None:
    actor = syria.actor_named(text, date(2016, 10, 1), leaning)
    assert (actor.bloc if actor else None) == bloc


def test_every_bloc_has_an_actor(syria: RegionPack) -> None:
    assert {actor.bloc for actor in syria.actors} == set(checks.BLOCS)


def test_outlets_of_the_sample_corpus_are_marked_invented(syria: RegionPack) -> None:
    assert syria.outlet("Northern Herald").invented
    assert not syria.outlet("Reuters").invented
    assert syria.outlet("Marsh Lane Notebook").leaning == "unknown"


@pytest.mark.skipif(not SHARED.exists(), reason="the hand-coded gold files are not here")
def test_places_of_the_gold_files_are_in_the_gazetteer(syria: RegionPack) -> None:
    named: set[tuple[str, str]] = set()
    for path in sorted((SHARED / "gold").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            mentions = json.loads(line)["mentions"]
            named |= {(m["place"], m["admin1"]) for m in mentions if m["place"] and m["admin1"] in GOVERNORATES}
    found = {(name, admin1) for name, admin1 in named if admin1 in {p.admin1 for p in syria.places_named(name)}}
    assert len(found) / len(named) >= 0.95, sorted(named - found)


def test_the_sub_districts_of_the_north_west_are_all_listed() -> None:
    counts = Counter(admin1 for admin1, _ in northwest.lines(northwest.SUBDISTRICT_CENTRES))
    assert counts == {"Idlib": 26, "Aleppo": 46, "Latakia": 22, "Hama": 22}


@pytest.mark.parametrize("table", [northwest.SUBDISTRICT_CENTRES, northwest.CONTESTED], ids=["seats", "contested"])
def test_the_places_of_the_north_west_are_found_in_their_usual_spellings(
    syria: RegionPack, table: dict[str, str]
) -> None:
    missing = [
        (admin1, name)
        for admin1, names in northwest.lines(table)
        for name in names
        if admin1 not in {place.admin1 for place in syria.places_named(name)}
    ]
    assert missing == []


def test_the_spellings_of_a_seat_all_mean_one_place(syria: RegionPack) -> None:
    for admin1, names in northwest.lines(northwest.SUBDISTRICT_CENTRES):
        meant = [{p.place_id for p in syria.places_named(name) if p.admin1 == admin1} for name in names]
        assert set.intersection(*meant), names


SPELLED_ALIKE = {
    ("aqraba", "aqrabah"), ("arbaeen", "arbain"), ("babbila", "babila"), ("dar kabira", "dar kabirah"),
    ("daraiyah", "darayya"), ("mansoura", "mansurah"), ("masada", "masade"), ("mazraa", "mazraah"),
    ("douma", "duma"), ("hama", "hamah"), ("rabia", "rabiah"), ("rawda", "rawdah"), ("taybah", "tayyibah"),
    ("ras ain", "ras ayn"), ("safsafa", "safsafah"), ("shaykh saad", "sheikh saad"),
    ("sukariyah", "sukkariyah"), ("sawran", "suran"),
}  # fmt: skip
"""Names of different places that folding joins: each pair is one Arabic name, or so near to it that texts mix them."""


def test_folding_joins_no_names_of_different_places_but_those_that_texts_mix_too(syria: RegionPack) -> None:
    joined: defaultdict[str, set[str]] = defaultdict(set)
    for place in syria.places:
        joined[fold(place.name)].add(plain(place.name))
    assert {tuple(sorted(names)) for names in joined.values() if len(names) > 1} == SPELLED_ALIKE
