"""The tables of a region, ingest and extraction, on a few invented articles and a region of a dozen places."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import polars as pl

from pipeline.contracts import Contract, event_types_frame, load_contract
from pipeline.extract import rules, side_card
from pipeline.extract.accepted import accept
from pipeline.extract.model import Article, Extractor
from pipeline.extract.parse import DEFAULT_MODEL
from pipeline.extract.tables import article_rows, code
from pipeline.ingest.documents import Limits
from pipeline.ingest.inbox import accepted, inbox_of
from pipeline.ingest.records import read_inputs
from pipeline.regions.pack import Actor, Alias, Outlet, Place, RegionPack
from pipeline.regions.supplement import supplemented
from tests.built_rules import built_rules
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


def _record(number: int, **changes: object) -> Record:
    return {
        "id": f"n-{number}", "title": "Town shelled", "text": TOLD, "source": "Al-Sahl",
        "published_at": f"2021-02-{9 + number:02}", "url": f"https://example.org/{number}", **changes,
    }  # fmt: skip


RECORDS = (
    _record(0),
    _record(1, source="State Wire"),
    _record(2, source="Village News", text=f"{TOLD} Schools stayed closed.", invented=True),
    _record(3, source="village news", title="Clashes", text=CLASHED, published_at=None),
    _record(4, text=GERMAN),
    _record(5, published_at="1999-01-01"),
    _record(6, published_at="2098-01-01", source="Far Gazette"),
    _record(7, title=None),
)


def _ingested(given: Given) -> Frames:
    inputs = given["inputs"]
    with TemporaryDirectory() as folder:
        path = Path(folder) / inputs["name"]
        path.write_text("".join(json.dumps(record) + "\n" for record in inputs["records"]), encoding="utf-8")
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
            lambda inputs: {**inputs, "records": [_record(9), *inputs["records"]]},
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
    return Step(_ingested, (Example(given, changes),), outputs)


TEXTS = {
    "Two towns": "Russian forces bombed the towns of Saraqib and Hass on Monday, killing at least 12 civilians.",
    "Deaths in Saraqib": "Government forces and Russian forces bombed the town on Sunday, killing about 20 people.",
    "Denial": "The Syrian army denied that it shelled the village of Hass on Saturday. "
    "The Mountain Brigade shelled Idlib city.",
    "Raids on Saraqib": "Residents said warplanes carried out 12 air strikes on the town of Saraqib on Monday.",
    "Attack on Turkish forces": "Russian forces shelled the village of Hass on Sunday, where Turkish forces "
    "and rebels stood.",
    "With whom": "Syrian government forces and the Mountain Brigade shelled the town of Saraqib on Monday.",
    "Against whom": "Rebels shelled the Mountain Brigade in the town of Saraqib on Monday.",
    "Later": "Gunmen shot dead a teacher in the town of Saraqib on Tuesday.",
}
OTHER_TEXTS = {
    "In the north": "On Tuesday, Turkish forces shelled the town of al-Bab, wounding 15 to 17 rebels there.",
    "Deaths in al-Bab": "Rebels clashed with HTS in the town last Friday, a monitor said; three fighters were killed.",
    "Refusal": "HTS said that it would shell the village of Shuhayl. A roadside bomb exploded in Jobar.",
    "Raids on al-Bab": "Residents said warplanes carried out 8 air strikes on the town of al-Bab on Wednesday night.",
    "Attack on rebels": "Clashes broke out between HTS and Turkish forces near the town of al-Bab last night.",
    "Who with whom": "Turkish forces and HTS shelled the town of al-Bab on Thursday.",
    "Who against whom": "Turkish forces bombed HTS in the town of al-Bab on Thursday.",
    "Last": "Gunmen killed two doctors in the town of al-Bab on 3 February.",
}
"""Articles (title, text), and others in their place that tell of everything otherwise."""


class _Named:
    """The rules under a name of their own."""

    def __init__(self, extractor: Extractor, name: str) -> None:
        self.name, self.extract = name, extractor.extract


@lru_cache(maxsize=4)
def _rules(knowledge: str) -> Extractor:
    parser = built_rules()._parser  # that other tests load too; it knows nothing of a region
    with patch.object(rules, "Parser", lambda _: parser):
        return rules.RuleExtractor(KNOWLEDGE[knowledge], DEFAULT_MODEL)


def _of_other_names(region: RegionPack) -> RegionPack:
    """Return a region in which the same names are of other things."""
    blocs = {"syrian_government": "russia", "russia": "syrian_government", "iran_allies": "turkey", "turkey": "hts"}
    actors = (replace(a, actor_id=f"{a.actor_id}-2", bloc=blocs.get(a.bloc, a.bloc)) for a in region.actors)
    places = (
        replace(
            place, place_id=f"{place.place_id}-2", parent=place.parent and f"{place.parent}-2", admin2="Edge",
            admin1="Homs", kind="area", geo_precision=2,
        )
        for place in region.places
    )  # fmt: skip
    return replace(region, actors=tuple(actors), places=tuple(places))


def _of_fewer_actors(region: RegionPack) -> RegionPack:
    return replace(
        region, actors=tuple(a for a in region.actors if a.actor_id not in {"russia", "iran", "turkey", "civilians"})
    )


KNOWLEDGE = {"own": REGION, "other": _of_other_names(REGION), "fewer": _of_fewer_actors(REGION)}


@lru_cache(maxsize=64)
def _coding(knowledge: str, name: str, articles: tuple[Article, ...]) -> pl.DataFrame:
    """Return the coding of articles; most changes leave them as they are. Of who was hit the title is believed."""
    with patch.dict(side_card._CARD, {"titled": 10_000}):
        return code(articles, _Named(_rules(knowledge), name))


def _coded(given: Given) -> Frames:
    region = KNOWLEDGE[given["region"]]
    outlets = given["sources"].select("source_id", "source_name", "leaning")
    articles = given["articles"].select("article_id", "source_id", "published_date")
    inbox = (
        given["article_texts"]
        .join(articles, on="article_id", how="left")
        .join(outlets, on="source_id", how="left")
        .with_columns(pl.col("source_name").fill_null("Nobody"), pl.col("leaning").fill_null("unknown"))
    )
    coding = _coding(given["region"], given["program"], tuple(article_rows(inbox.sort("article_id"))))
    parents = {name: given[name] for name in ("articles", "event_types", "actors", "places")}
    if region is not REGION:
        parents |= {"actors": region.actors_frame(), "places": region.places_frame()}
    made = accept(coding, given["article_texts"], parents)
    return {
        "mentions": made.mentions,
        "casualties": made.casualties,
        "mention_slots": made.slots,
        "rejections": made.rejections,
    }


def extract_step() -> Step:
    """Coding by the rules, and what the contract makes of it."""
    outlets = ("Sahl", "Village News", *["State Wire"] * 5, "Sahl")
    records = [
        _record(number, title=title, text=text, source=outlet)
        for number, ((title, text), outlet) in enumerate(zip(TEXTS.items(), outlets, strict=True))
    ]
    records[-1]["published_at"] = None
    inputs = {"name": "a.jsonl", "records": records, "sample": False}
    read = _ingested({"inputs": inputs, "region": REGION, "program": None})
    given = {
        **{name: read[name] for name in ("sources", "articles", "article_texts")},
        "event_types": event_types_frame(load_contract()),
        "actors": REGION.actors_frame(),
        "places": REGION.places_frame(),
        "region": "own",
        "program": "rules-1",
    }
    titles = dict(zip(TEXTS, OTHER_TEXTS, strict=True))
    texts = dict(zip(TEXTS.values(), OTHER_TEXTS.values(), strict=True))
    changes = {
        "region": (lambda _: "other", lambda _: "fewer"),
        "program": (lambda _: "rules-2",),
        "article_texts.title": (
            lambda column: column.replace(titles),
            lambda column: column.str.replace("Saraqib", "Latakia"),
            lambda column: column.str.replace(".*", "News"),
        ),
        "article_texts.text": (
            lambda column: column.replace(texts),
            lambda column: column.str.replace("civilians", "fighters"),
        ),
    }
    outputs = ("mentions", "casualties", "mention_slots", "rejections")
    return Step(_coded, (Example(given, changes),), outputs)
