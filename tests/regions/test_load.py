"""A region's files are read whole, or refused with one message that says where the fault is and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.errors import FieldledgerError
from pipeline.regions import load_region, read_region
from tests.regions.makers import HEADER, write_region

FAULTS = [
    # file, old text, new text, what the message says
    ("actors.yaml", "id: gunmen", "id: fighters", "testland/actors.yaml, fighters: id is 'fighters'; another record"),
    ("actors.yaml", "id: gunmen", "id: Gun Men", "id is 'Gun Men'; use lower-case letters"),
    ("actors.yaml", "bloc: opposition", "bloc: rebels", "fighters: bloc is 'rebels'; use one of syrian_government"),
    ("actors.yaml", "kind: unknown", "kind: person", "gunmen: kind is 'person'; use one of state_forces"),
    (
        "actors.yaml",
        "  - id: gunmen",
        "  - gunmen\n  - id: gunmen",
        "actors is \"'gunmen'\"; write fields as 'name: value'",
    ),
    ("actors.yaml", "    name: Old Front\n", "", "old_front: name is missing"),
    ("actors.yaml", "    to: 2016-07-28", "    to: 2010-07-28", "old_front: to is '2010-07-28'; it is before 'from'"),
    ("actors.yaml", "from: 2016-07-29}", "from: 2016-07-29, to: 2016-07-01}", "alias 'the Front': to is '2016-07-01'"),
    ("actors.yaml", "    to: 2016-07-28", "    to: last July", "old_front: to is 'last July'; write the date as YYYY"),
    (
        "actors.yaml",
        "successor: new_front",
        "successor: nobody",
        "successor is 'nobody'; there is no actor with this id",
    ),
    (
        "actors.yaml",
        "    to: 2016-07-28",
        "    to: 2016-07-20",
        "successor is 'new_front'; its 'from' (2016-07-29) must be",
    ),
    ("actors.yaml", "[rebels,", "[rebels, Old-Front,", "aliases is 'Old-Front'; old_front claims it too"),
    ("actors.yaml", "[terrorists]", "[terrorists, rebels]", "gunmen: aliases is 'rebels'; fighters claims it too"),
    (
        "actors.yaml",
        "outlets: [syrian_government, russia]",
        "outlets: [moon]",
        "fighters: outlets is 'moon'; use one of",
    ),
    ("actors.yaml", "case_sensitive: true", "case_sensitive: 1", "case_sensitive is '1'; write true or false"),
    ("actors.yaml", "[rebels,", "['!', rebels,", "fighters: aliases is '!'; an alias needs a letter or a digit"),
    ("actors.yaml", "[rebels,", "['a; b', rebels,", "aliases is 'a; b'; write a text without ';'"),
    ("actors.yaml", "[rebels,", "[12, rebels,", "fighters: aliases is '12'"),
    ("actors.yaml", "aliases: [terrorists]", "alias: [terrorists]", "there is no such field; use id, name"),
    ("actors.yaml", "aliases: [terrorists]", "aliases: terrorists", "aliases is 'terrorists'; write a list"),
    ("actors.yaml", "[rebels,", "[rebels", "actors.yaml, line"),
    ("outlets.yaml", "leaning: independent", "leaning: good", "hill-post: leaning is 'good'; use one of"),
    ("outlets.yaml", "id: state-wire", "id: hill-post", "outlets.yaml, hill-post: id is 'hill-post'; another record"),
    ("outlets.yaml", "name: State Wire", "name: hill post!", "state-wire: alternatives is 'hill post!'; hill-post has"),
    (
        "outlets.yaml",
        "leaning: syrian_government}",
        "leaning: syrian_government, republishes: []}",
        "state-wire: republishes is '[]'; write a text",
    ),
    (
        "outlets.yaml",
        "leaning: syrian_government}",
        "leaning: syrian_government, republishes: moon}",
        "state-wire: republishes is 'moon'; name the id of an outlet in this file",
    ),
    (
        "outlets.yaml",
        "leaning: syrian_government}",
        "leaning: syrian_government, republishes: state-wire}",
        "state-wire: republishes is 'state-wire'; name the id of an outlet in this file that republishes nobody",
    ),
    ("outlets.yaml", "name: State Wire", "name: '...'", "state-wire: alternatives is '...'; a name needs"),
    ("places.csv", "tl-south-jabal", "tl-north-hass", "tl-north-hass: place_id is 'tl-north-hass'; another record"),
    ("places.csv", "hill,South", "hill,West", "tl-south-jabal: admin1 is 'West'; use a name listed under admin1"),
    ("places.csv", "hill,South", "peak,South", "line 5 (tl-south-jabal): kind is 'peak'; use one of country"),
    ("places.csv", "31.1", "41.1", "tl-south-jabal: latitude is '41.1'; it is outside the region's bounding box"),
    ("places.csv", "31.1,35.2", "31.1,25.2", "tl-south-jabal: longitude is '25.2'; it is outside"),
    ("places.csv", "31.1", "31°", "latitude is '31°'; write a number"),
    ("places.csv", "31.1", "nan", "latitude is 'nan'; write a number"),
    ("places.csv", "35.0,3,own", "35.0,4,own", "geo_precision is '4'; use one of 1, 2, 3"),
    ("places.csv", "knowledge,60,", "knowledge,0,", "tl-north: coordinate_error_km is '0.0'; say by how many km"),
    ("places.csv", "2,tl-north-hass", "2,tl-west", "tl-north-hass-market: parent is 'tl-west'; there is no place"),
    ("places.csv", "knowledge,60,", "knowledge,60,tl-north-hass", "runs in a circle"),
    ("places.csv", "Jabal al-Wasta", "Jabal, al-Wasta", "line 5: columns is '14'; give 13; quote a cell"),
    ("places.csv", "Jabal al-Wasta", '"Jabal" al-Wasta', "places.csv, line 5: quotes is"),
    ("places.csv", HEADER, HEADER.replace("parent", "within"), "header is"),
    ("foreign_places.csv", ",Turkey", ",", "line 2 (Ankara): country is missing"),
    ("region.yaml", "south: 30", "south: low", "region.yaml: south is 'low'; write a number"),
    ("region.yaml", "first_date: 2011-01-01", "first_date: 2011", "first_date is '2011'; write the date as YYYY-MM-DD"),
    ("region.yaml", "first_date: 2011-01-01", "", "first_date is missing; write it as YYYY-MM-DD"),
    ("region.yaml", "[North, South]", "[North, South, North]", "admin1 is 'North'; another record has it"),
]


@pytest.mark.parametrize(("file", "old", "new", "said"), FAULTS, ids=[said for *_, said in FAULTS])
def test_a_fault_is_told_with_file_record_field_value_and_remedy(
    tmp_path: Path, file: str, old: str, new: str, said: str
) -> None:
    directory = write_region(tmp_path, {file: (old, new)})

    with pytest.raises(FieldledgerError) as error:
        read_region(directory)

    assert said in str(error.value)
    assert str(error.value).startswith(f"testland/{file}")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    directory = write_region(tmp_path)
    (directory / "outlets.yaml").unlink()

    with pytest.raises(FieldledgerError, match=r"testland/outlets.yaml: file is missing; a region needs this file"):
        read_region(directory)


def test_a_file_in_another_encoding_is_told_with_the_byte(tmp_path: Path) -> None:
    directory = write_region(tmp_path)
    (directory / "foreign_places.csv").write_bytes("name,country\nKöln,Germany\n".encode("latin-1"))

    with pytest.raises(FieldledgerError, match=r"foreign_places.csv: encoding is 'byte 14'; save the file as UTF-8"):
        read_region(directory)


def test_an_unknown_region_is_told_with_those_there_are() -> None:
    with pytest.raises(FieldledgerError, match=r"region is 'atlantis'; write one of: .*syria"):
        load_region("atlantis")


def test_a_region_is_read_once_a_process() -> None:
    assert load_region("syria") is load_region("syria")


def test_all_fields_arrive(tmp_path: Path) -> None:
    region = read_region(write_region(tmp_path))

    assert (region.name, region.title, region.country, region.iso_code) == (
        "testland", "War in Testland", "Testland", "TL",
    )  # fmt: skip
    assert region.bounding_box == (30.0, 30.0, 40.0, 40.0)
    assert region.first_date == date(2011, 1, 1)
    assert region.admin1 == ("North", "South")
    assert region.foreign_places == ("Ankara",)
    assert region.outlets[0].alternatives == ("HP",)
    assert region.outlets[0].invented
    hass = region.place("tl-north-hass")
    assert (hass.name_ar, hass.alternatives, hass.admin2, hass.parent) == ("حاس", ("Haas",), "East", "tl-north")


def test_an_alias_is_valid_as_long_as_its_actor_unless_it_says_otherwise(tmp_path: Path) -> None:
    aliases = {alias.text: alias for alias in read_region(write_region(tmp_path)).actor("old_front").aliases}

    assert list(aliases) == ["Old Front", "the Front", "OF"]
    assert {alias.valid_to for alias in aliases.values()} == {date(2016, 7, 28)}
    assert aliases["OF"].case_sensitive
