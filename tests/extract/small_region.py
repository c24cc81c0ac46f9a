"""A region of a dozen places and actors, so that the tests of slots do not hang on the gazetteer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pipeline.regions.pack import Actor, Alias, Outlet, Place, RegionPack


def place(
    place_id: str, name: str, kind: str, admin1: str, parent: str | None = None, alternatives: tuple[str, ...] = ()
) -> Place:
    """Make a place; where it lies on the globe matters to no test here."""
    precision = {"governorate": 3, "area": 2}.get(kind, 1)
    return Place(place_id, name, None, alternatives, kind, admin1, None, 35.0, 36.0, precision, "invented", 1.0, parent)


def actor(
    actor_id: str,
    name: str,
    bloc: str,
    kind: str,
    *aliases: str | Alias,
    since: date | None = None,
    until: date | None = None,
    successor: str | None = None,
) -> Actor:
    """Make an actor; plain strings are aliases valid on any day in any outlet."""
    made = tuple(alias if isinstance(alias, Alias) else Alias(alias) for alias in aliases)
    return Actor(actor_id, name, bloc, kind, since, until, made, successor)


def short(text: str) -> Alias:
    """Make an alias that must be written letter by letter."""
    return Alias(text, case_sensitive=True)


PLACES = (
    place("g-aleppo", "Aleppo", "governorate", "Aleppo", None, ("Aleppo province",)),
    place("t-aleppo", "Aleppo", "town", "Aleppo", "g-aleppo", ("Aleppo city",)),
    place("g-idlib", "Idlib", "governorate", "Idlib", None, ("Idleb",)),
    place("t-idlib", "Idlib", "town", "Idlib", "g-idlib", ("Idleb",)),
    place("t-saraqib", "Saraqib", "town", "Idlib", "g-idlib", ("Saraqeb",)),
    place("g-rif", "Rif Dimashq", "governorate", "Rif Dimashq", None, ("Damascus Countryside", "rural Damascus")),
    place("g-damascus", "Damascus", "governorate", "Damascus", None, ("capital",)),
    place("n-jobar", "Jobar", "neighbourhood", "Damascus", "g-damascus"),
    place("a-ghouta", "Eastern Ghouta", "area", "Rif Dimashq", "g-rif"),
    place("v-hass", "Hass", "village", "Idlib", "g-idlib"),
    place("g-homs", "Homs", "governorate", "Homs"),
    place("t-homs", "Homs", "town", "Homs", "g-homs"),
    place("n-zahraa-aleppo", "al-Zahraa", "neighbourhood", "Aleppo", "t-aleppo"),
    place("n-zahraa-homs", "al-Zahraa", "neighbourhood", "Homs", "t-homs"),
    place("t-deir", "Deir ez-Zor", "town", "Deir ez-Zor", None, ("Deir Ezzor",)),
    place("g-latakia", "Latakia", "governorate", "Latakia"),
    place("h-kabineh", "Tilal al-Kabineh", "hill", "Latakia", "g-latakia"),
    place("t-bab", "al-Bab", "town", "Aleppo", "g-aleppo"),
    place("b-menagh", "Menagh air base", "base", "Aleppo", "g-aleppo", ("Menagh",)),
    place("v-shuhayl", "Shuhayl", "village", "Deir ez-Zor"),
)
ACTORS = (
    actor(
        "government", "Syrian government forces", "syrian_government", "state_forces",
        "Syrian army", "government forces", "regime forces", "Assad regime", "Syrian regime", "regime",
        "pro-government forces", "the army",
    ),
    actor("russia", "Russian forces", "russia", "state_forces", "Russia", "Russian air force"),
    actor("turkey", "Turkish forces", "turkey", "state_forces", "Turkey", "Turkish army"),
    actor("coalition", "US-led coalition", "us_coalition", "coalition", "coalition", "US forces"),
    actor("sdf", "Syrian Democratic Forces", "sdf", "non_state_group", short("SDF"), short("YPG"), "Kurdish forces"),
    actor("hts", "Hayat Tahrir al-Sham", "hts", "non_state_group", short("HTS"), since=date(2017, 1, 28)),
    actor(
        "nusra", "Jabhat al-Nusra", "hts", "non_state_group", "Nusra Front", until=date(2017, 1, 27), successor="hts"
    ),
    actor("is", "Islamic State", "islamic_state", "non_state_group", "ISIS", "Daesh", short("IS")),
    actor("fsa", "Free Syrian Army", "opposition", "non_state_group", short("FSA")),
    actor(
        "fighters", "Unidentified opposition fighters", "opposition", "non_state_group",
        "rebels", "opposition fighters", "rebel fighters", Alias("terrorists", outlets=("syrian_government",)),
    ),
    actor("iran", "Iran-aligned militias", "iran_allies", "non_state_group", "Iran-backed militias"),
    actor("hezbollah", "Hezbollah", "iran_allies", "non_state_group"),
    actor("civilians", "Civilians", "civilians", "civilians", "civilians", "residents"),
)  # fmt: skip
REGION = RegionPack(
    name="small",
    title="A small region",
    country="Syria",
    iso_code="SY",
    bounding_box=(32.0, 35.0, 38.0, 43.0),
    first_date=date(2011, 1, 1),
    admin1=("Aleppo", "Damascus", "Deir ez-Zor", "Homs", "Idlib", "Latakia", "Rif Dimashq"),
    actors=ACTORS,
    places=PLACES,
    outlets=(Outlet("sahl", "Sahl", "independent"),),
    foreign_places=("Turkey", "Ankara", "Iraq"),
    directory=Path(__file__).parent,
)
