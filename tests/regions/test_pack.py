"""What a region pack answers: actors by name, day and outlet, places by name, outlets, tables, digest."""

from __future__ import annotations

import pickle
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.errors import FieldledgerError
from pipeline.regions import RegionPack, read_region
from tests.regions.makers import FILES, write_region


@pytest.fixture
def region(tmp_path: Path) -> RegionPack:
    return read_region(write_region(tmp_path))


def _id(region: RegionPack, text: str, on: date | None = None, leaning: str | None = None) -> str | None:
    actor = region.actor_named(text, on, leaning)
    return actor.actor_id if actor else None


def test_an_alias_means_the_actor_of_the_day(region: RegionPack) -> None:
    assert _id(region, "The Front", date(2016, 7, 28)) == "old_front"
    assert _id(region, "The Front", date(2016, 7, 29)) == "new_front"


def test_an_old_name_means_what_the_group_has_become(region: RegionPack) -> None:
    assert _id(region, "Old Front", date(2018, 1, 1)) == "new_front"
    assert _id(region, "Old Front") == "old_front"


def test_a_loaded_word_depends_on_the_outlet(region: RegionPack) -> None:
    assert _id(region, "terrorists", leaning="russia") == "fighters"
    assert _id(region, "terrorists", leaning="western") == "gunmen"
    assert _id(region, "terrorists") == "gunmen"


def test_a_case_sensitive_alias_is_no_other_word(region: RegionPack) -> None:
    assert _id(region, "OF") == "old_front"
    assert _id(region, "of") is None


def test_a_name_that_nobody_bears_is_none(region: RegionPack) -> None:
    assert region.actor_named("Third Front") is None
    assert region.places_named("Nowhere") == ()


def test_places_are_found_by_every_name(region: RegionPack) -> None:
    for name in ("Hass", "Haas", "al-Hass", "حاس"):
        assert [place.place_id for place in region.places_named(name)] == ["tl-north-hass"]
    assert [place.place_id for place in region.places_named("Jebel el-Wasta")] == ["tl-south-jabal"]


def test_a_foreign_place_is_no_place_here(tmp_path: Path) -> None:
    directory = write_region(tmp_path, {"foreign_places.csv": ("Ankara", "Hass")})
    assert read_region(directory).places_named("Hass") == ()


def test_within_follows_the_chain_of_parents(region: RegionPack) -> None:
    assert region.within("tl-north-hass-market", "tl-north")
    assert region.within("tl-north", "tl-north")
    assert not region.within("tl-north", "tl-north-hass")


def test_ids_that_are_not_there_are_told(region: RegionPack) -> None:
    with pytest.raises(FieldledgerError, match=r"testland/actors.yaml: there is no actor 'nobody'"):
        region.actor("nobody")
    with pytest.raises(FieldledgerError, match=r"testland/places.csv: there is no place 'nowhere'"):
        region.place("nowhere")


@pytest.mark.parametrize("name", ["Hill Post", "hill post", "HILL-POST", "HP"])
def test_an_outlet_is_known_by_any_of_its_names(region: RegionPack, name: str) -> None:
    assert region.outlet(name).source_id == "hill-post"


def test_an_outlet_that_is_not_listed_keeps_its_name(region: RegionPack) -> None:
    outlet = region.outlet(" Marsh & Lane ")
    assert (outlet.source_id, outlet.name, outlet.leaning) == ("marsh-lane", "Marsh & Lane", "unknown")


def test_outlets_without_a_latin_name_do_not_share_an_id(region: RegionPack) -> None:
    one, two = region.outlet("عنب"), region.outlet("زيتون")
    assert one.source_id != two.source_id
    assert region.outlet("  ").source_id == "unknown-source"


def test_the_tables_keep_the_contract(region: RegionPack) -> None:
    tables = load_contract().tables
    for name, frame in (("actors", region.actors_frame()), ("places", region.places_frame())):
        checked = split(tables[name], frame, stage="ingest")
        assert checked.rejections.is_empty()
        assert checked.accepted.height == frame.height


def test_aliases_stand_once_in_the_table(region: RegionPack) -> None:
    frame = region.actors_frame()
    assert frame.filter(pl.col("actor_id") == "old_front")["aliases"].to_list() == ["Old Front;the Front;OF"]


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_digest_changes_with_any_file(tmp_path: Path, name: str) -> None:
    directory = write_region(tmp_path)
    region = read_region(directory)
    before = region.digest()
    with (directory / name).open("a", encoding="utf-8") as file:
        file.write("\n")

    assert region.digest() != before


def test_the_digest_leaves_the_sample_and_the_readme_out(tmp_path: Path) -> None:
    directory = write_region(tmp_path)
    region = read_region(directory)
    before = region.digest()
    (directory / "sample").mkdir()
    (directory / "sample" / "notes.csv").write_text("a\n", encoding="utf-8")
    (directory / "README.md").write_text("read me\n", encoding="utf-8")
    assert region.digest() == before

    (directory / "lexicon").mkdir()
    (directory / "lexicon" / "triggers.yaml").write_text("a: b\n", encoding="utf-8")
    assert region.digest() != before


def test_a_pack_can_be_sent_to_a_worker_process(region: RegionPack) -> None:
    assert pickle.loads(pickle.dumps(region)) == region
