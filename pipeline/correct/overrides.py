"""Overrides: the row of an event with fields set by people, what follows from them, and what the contract says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import event_types_frame, load_contract
from pipeline.correct.declared import Value

Row = dict[str, Any]
UNNAMED = "unidentified"
PLACED = ("place_name", "admin1", "admin2", "latitude", "longitude", "geo_precision")
"""Columns of `events` that follow from the gazetteer's entry."""


@dataclass(frozen=True)
class Knowledge:
    """What fields follow from: the tables that events refer to."""

    event_types: pl.DataFrame
    actors: pl.DataFrame
    places: pl.DataFrame

    @classmethod
    def of(cls, actors: pl.DataFrame, places: pl.DataFrame) -> Knowledge:
        """Return the knowledge of a region with the event types of the contract."""
        return cls(event_types_frame(load_contract()), actors, places)


def overridden(row: Row, sets: Mapping[str, Value], knowledge: Knowledge) -> Row:
    """Return ``row`` with the fields in ``sets``, and with what follows from them where it is not set itself.

    The type gives the wider one, the first day the week, an actor its name and bloc, a place its name, areas, point and
    precision. What cannot be right is for `fault` to say.
    """
    table = load_contract().tables["events"]
    said: Row = {}
    for field, value in sets.items():
        said[field] = date.fromisoformat(str(value)) if value and table.field(field).type == "date" else value
    new = row | said
    if "sub_event_type" in said:
        new["event_type"] = _found(knowledge.event_types, "sub_event_type", new["sub_event_type"]).get("event_type")
    if "event_date_start" in said:
        new["week_start"] = date.fromordinal(new["event_date_start"].toordinal() - new["event_date_start"].weekday())
    for number in (1, 2):
        if f"actor{number}_id" in said:
            new |= _actor(number, new[f"actor{number}_id"], knowledge.actors)
    if "place_id" in said:
        new |= _place(row, new["place_id"], knowledge.places)
    return new | said


def _found(frame: pl.DataFrame, key: str, value: object) -> Row:
    rows = [] if value is None else frame.filter(pl.col(key) == value).head(1).to_dicts()
    return rows[0] if rows else {}


def _actor(number: int, actor_id: object, actors: pl.DataFrame) -> Row:
    known = _found(actors, "actor_id", actor_id)
    nobody = UNNAMED if number == 1 else None
    return {f"actor{number}_name": known.get("actor_name"), f"actor{number}_bloc": known.get("bloc", nobody)}


def _place(row: Row, place_id: object, places: pl.DataFrame) -> Row:
    if place_id is None:
        return {"latitude": None, "longitude": None}
    known = _found(places, "place_id", place_id)
    return {name: known.get(name, row[name]) for name in PLACED}


def fault(row: Row, sets: Mapping[str, Value], knowledge: Knowledge) -> tuple[str, str] | None:
    """Return field and fault when a row of `events` breaks the contract, or is set to lie where its place does not."""
    table = load_contract().tables["events"]
    parents = {"event_types": knowledge.event_types, "actors": knowledge.actors, "places": knowledge.places}
    checked = split(table, pl.DataFrame([row], schema=table.polars_schema()), stage="correct", parents=parents)
    if not checked.rejections.is_empty():
        broken = checked.rejections.row(0, named=True)
        return broken["field"], broken["message"]
    set_anew = row["place_id"] is not None and bool({"admin1", "place_id"} & set(sets))
    place = _found(knowledge.places, "place_id", row["place_id"]) if set_anew else {}
    if place and place["admin1"] != row["admin1"]:
        return "admin1", f"{row['place_id']} lies in {place['admin1']}: set place_id too, null where no entry is meant"
    return None
