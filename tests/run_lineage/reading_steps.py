"""The tables of a region and of ingest, on a few invented articles and a region of a dozen places."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl

from pipeline.contracts import Contract, event_types_frame, load_contract
from pipeline.ingest.documents import Limits
from pipeline.ingest.inbox import accepted, inbox_of
from pipeline.ingest.records import read_inputs
from pipeline.regions.pack import Actor, Alias, Outlet, Place, RegionPack
from pipeline.regions.supplement import supplemented
from tests.extract.small_region import REGION as SMALL
from tests.run_lineage.taint import Change, Example, Frames, Given, Step, swapped

Record = dict[str, Any]
OUTLETS = (
    Outlet("sahl", "Sahl", "independent", ("Al-Sahl",), invented=True),
    Outlet("wire", "State Wire", "syrian_government"),
)
DISTRICTS = tuple(
    Place(f"d-{admin2}", f"{admin2} District", None, (), "district", admin1, admin2, 35.0, 36.0, 2, "invented", 30.0)
    for admin1, admin2 in (("Idlib", "Centre"), ("Homs", "Qusur"))
)
BRIGADE = Alias("Mountain Brigade", outlets=("syrian_government",))
"""A wording that means a force in outlets of one side only."""
REGION = replace(
    SMALL,
    outlets=OUTLETS,
    actors=tuple(replace(a, aliases=(*a.aliases, BRIGADE)) if a.actor_id == "iran" else a for a in SMALL.actors),
    places=(
        *(
            replace(p, admin2=None if p.kind == "governorate" else "Centre", coordinate_error_km=99.0)
            for p in SMALL.places
        ),
        *DISTRICTS,
    ),
)
GEONAMES = "geonames.txt", "\n".join(
    "\t".join(map(str, row))
    for row in (
        (1, "Idlib", "Idlib", "", 35.0, 36.0, "A", "ADM1", "SY", "", "01", *[""] * 3, 0, "", 300, "", "2020-01-01"),
        (2, "Tall Zumurra", "Tall Zumurra", "تل زمرة,Zumurra Heights", 35.01, 36.01, "P", "PPL", "SY", "", "01",
         *[""] * 3, 0, "", 300, "", "2020-01-01"),
    )
)  # fmt: skip
PCODES = (
    "pcodes.csv",
    (
        "ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,ADM3_EN,ADM3_PCODE,ADM4_EN,ADM4_AR,ADM4_PCODE,Latitude_y,Longitude_x\n"
        "Homs,SY04,Qusur,SY0401,Marj Lubban,SY040101,,,,35.02,36.02\n"
    ),
)


def _region_tables(given: Given) -> Frames:
    with TemporaryDirectory() as folder:
        (name, text) = given["gazetteer_files"]
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        region = supplemented(given["region"], [path])
    tables = load_contract().tables
    return {
        "actors": tables["actors"].conform(region.actors_frame()),
        "places": tables["places"].conform(region.places_frame()),
        "event_types": event_types_frame(given["codelists"]),
    }


def _of_other_actors(region: RegionPack) -> RegionPack:
    def other(actor: Actor) -> Actor:
        aliases = tuple(replace(alias, text=f"{alias.text} too") for alias in actor.aliases)
        first, last = date(2012, 1, 1), date(2024, 1, 1)
        return Actor(f"{actor.actor_id}-2", f"{actor.name} II", "other", "militia", first, last, aliases)

    return replace(region, actors=tuple(map(other, region.actors)))


def _of_other_places(region: RegionPack) -> RegionPack:
    def other(place: Place) -> Place:
        return replace(
            place, place_id=f"{place.place_id}-2", name=f"{place.name}in", name_ar="حاس", alternatives=("Hassin",),
            kind="camp", admin1="Idlib", admin2="Edge", latitude=34.9, longitude=36.1, geo_precision=2,
            coordinate_source="survey", coordinate_error_km=3.0, parent=None,
        )  # fmt: skip

    kept = {"g-homs", "g-idlib", *(place.place_id for place in DISTRICTS)}  # the files name them
    return replace(region, places=tuple(p if p.place_id in kept else other(p) for p in region.places))


def _of_other_codes(contract: Contract) -> Contract:
    types = contract.codelists["event_types"]
    others = types.select(map(swapped, types)).with_columns(
        pl.col("sub_event_type", "description") + " again", pl.col("precedence") + "0"
    )
    return replace(contract, codelists={**contract.codelists, "event_types": others})


def region_step() -> Step:
    """What is known beforehand: actors, places, also those of supplied files, and event types."""
    given = {"region": REGION, "gazetteer_files": GEONAMES, "codelists": load_contract()}
    changes: Mapping[str, Sequence[Change]] = {
        "region": (_of_other_actors, _of_other_places),
        "gazetteer_files": (lambda _: PCODES,),
        "codelists": (_of_other_codes,),
    }
    return Step(_region_tables, (Example(given, changes),), ("actors", "places", "event_types"))


TOLD = (
    "Government forces shelled the town of Saraqib in Idlib province on Tuesday, killing at least five civilians and "
    "wounding 12 others, residents said. Rebels fired rockets at the village of Hass on Monday. The attacks on Saraqib "
    "and Hass killed nine people in all, the Free Syrian Army said."
)
CLASHED = "Clashes broke out between the Syrian army and HTS near Idlib city on 3 February. Three soldiers were killed."
GERMAN = "Die Stadt wurde am Dienstag beschossen, und mehrere Menschen sind dabei verletzt worden, sagten Bewohner."


def record(number: int, **changes: object) -> Record:
    """Return an article as an input holds it."""
    return {
        "id": f"n-{number}", "title": "Town shelled", "text": TOLD, "source": "Al-Sahl",
        "published_at": f"2021-02-{9 + number:02}", "url": f"https://example.org/{number}", **changes,
    }  # fmt: skip


RECORDS = (
    record(0),
    record(1, source="State Wire"),
    record(2, source="Village News", text=f"{TOLD} Schools stayed closed.", invented=True),
    record(3, source="village news", title="Clashes", text=CLASHED, published_at=None),
    record(4, text=GERMAN),
    record(5, published_at="1999-01-01"),
    record(6, published_at="2098-01-01", source="Far Gazette"),
    record(7, title=None),
)


def ingested(given: Given) -> Frames:
    """Return what ingest makes of the records given."""
    inputs = given["inputs"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / inputs["name"]
        path.write_text("".join(json.dumps(each) + "\n" for each in inputs["records"]), encoding="utf-8")
        limits = Limits(first_date=given["region"].first_date, latest=given["program"])
        made = inbox_of(read_inputs([path], limits), given["region"], sample=inputs["sample"])
    return {**accepted(made["inbox"]), "rejections": made["ingest_rejections"]}


def _with(**changes: object) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    """Return the change of one field in every record."""
    return lambda inputs: {**inputs, "records": [{**record, **changes} for record in inputs["records"]]}


def _each(field: str, change: Callable[[Any], object]) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    def changed(inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        records = [{**r, field: r[field] if r[field] is None else change(r[field])} for r in inputs["records"]]
        return {**inputs, "records": records}

    return changed


def ingest_step() -> Step:
    """Reading: what becomes of records that are good, copied, in another language, or out of time."""
    given = {
        "inputs": {"name": "articles.jsonl", "records": RECORDS, "sample": False},
        "region": REGION,
        "program": date(2050, 1, 1),
    }
    changes = {
        "inputs": (
            lambda inputs: {**inputs, "name": "others.jsonl"},
            lambda inputs: {**inputs, "records": inputs["records"][1:]},
            lambda inputs: {**inputs, "records": [record(9), *inputs["records"]]},
            lambda inputs: {**inputs, "sample": True},
            _each("id", lambda name: f"{name}-b"),
            _each("title", lambda title: f"{title} again"),
            _each("text", lambda text: f"  {text.replace('Tuesday', 'Sunday')}\n"),
            _each("source", lambda name: f"{name} of the South"),
            _each("published_at", lambda day: day.replace("2021-02", "2021-03")),
            _each("url", lambda url: f"{url}?page=2"),
            _with(language="fr"),
            _with(invented="yes"),
        ),
        "region": (
            lambda region: replace(region, outlets=tuple(replace(o, source_id=f"{o.source_id}-2") for o in OUTLETS)),
            lambda region: replace(region, outlets=tuple(replace(o, name=f"{o.name} Post") for o in OUTLETS)),
            lambda region: replace(region, outlets=tuple(replace(o, leaning="turkey") for o in OUTLETS)),
            lambda region: replace(region, outlets=tuple(replace(o, republishes="sahl") for o in OUTLETS)),
            lambda region: replace(region, outlets=tuple(replace(o, invented=not o.invented) for o in OUTLETS)),
            lambda region: replace(region, first_date=date(1990, 1, 1)),
        ),
        "program": (lambda _: date(2099, 1, 1),),
    }
    outputs = ("sources", "articles", "article_texts", "rejections")
    return Step(ingested, (Example(given, changes),), outputs)
