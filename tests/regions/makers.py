"""A small region on disk, which tests break in one place at a time."""

from __future__ import annotations

from pathlib import Path

REGION = """
name: testland
title: War in Testland
country: Testland
iso_code: TL
first_date: 2011-01-01
bounding_box: {south: 30, west: 30, north: 40, east: 40}
admin1: [North, South]
"""
ACTORS = """
actors:
  - id: old_front
    name: Old Front
    bloc: hts
    kind: non_state_group
    from: 2012-01-01
    to: 2016-07-28
    successor: new_front
    aliases: [the Front, {text: OF, case_sensitive: true}]
  - id: new_front
    name: New Front
    bloc: hts
    kind: non_state_group
    from: 2016-07-29
    aliases: [{text: the Front, from: 2016-07-29}]
  - id: fighters
    name: Opposition fighters
    bloc: opposition
    kind: non_state_group
    aliases: [rebels, {text: terrorists, outlets: [syrian_government, russia]}]
  - id: gunmen
    name: Unidentified gunmen
    bloc: unidentified
    kind: unknown
    aliases: [terrorists]
"""
OUTLETS = """
outlets:
  - {id: hill-post, name: Hill Post, leaning: independent, alternatives: [HP], invented: true}
  - {id: state-wire, name: State Wire, leaning: syrian_government}
"""
HEADER = (
    "place_id,name,name_ar,alternatives,kind,admin1,admin2,latitude,longitude,geo_precision,"
    "coordinate_source,coordinate_error_km,parent"
)
PLACES = f"""{HEADER}
tl-north,North,,North province,governorate,North,,35.0,35.0,3,own knowledge,60,
tl-north-hass,Hass,حاس,Haas,town,North,East,35.1,35.2,1,own knowledge,2,tl-north
tl-north-hass-market,Market of Hass,,,facility,North,East,35.1,35.2,1,own knowledge,2,tl-north-hass
tl-south-jabal,Jabal al-Wasta,,,hill,South,,31.1,35.2,1,own knowledge,2,
"""
FOREIGN = "name,country\nAnkara,Turkey\n"
FILES = {
    "region.yaml": REGION,
    "actors.yaml": ACTORS,
    "outlets.yaml": OUTLETS,
    "places.csv": PLACES,
    "foreign_places.csv": FOREIGN,
}


def write_region(folder: Path, changes: dict[str, tuple[str, str]] | None = None) -> Path:
    """Write the region to ``folder``/testland; ``changes`` replaces, in a file, a text that stands there once."""
    directory = folder / "testland"
    directory.mkdir()
    for name, content in FILES.items():
        old, new = (changes or {}).get(name, ("", ""))
        assert not old or content.count(old) == 1, f"{old!r} does not stand once in {name}"
        (directory / name).write_text(content.replace(old, new) if old else content, encoding="utf-8")
    return directory
