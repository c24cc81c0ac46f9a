"""Small inputs for the tests of the ingest room."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pipeline.ingest.documents import Document
from pipeline.regions.pack import Outlet, RegionPack

TEXT = "Shells hit the market of the town on Tuesday morning. Two people were wounded, a doctor at the clinic said."

REGION = RegionPack(
    name="testland",
    title="Testland",
    country="Testland",
    iso_code="TST",
    bounding_box=(30.0, 30.0, 40.0, 40.0),
    first_date=date(2011, 1, 1),
    admin1=("North",),
    actors=(),
    places=(),
    outlets=(Outlet("northern-herald", "Northern Herald", "independent", ("The Northern Herald",)),),
    foreign_places=(),
    directory=Path("."),
)


def record(**changes: object) -> dict[str, object]:
    """Return a good record of a JSON line; a change to None takes the field away."""
    fields: dict[str, object] = {
        "id": "nh-1",
        "title": "Market shelled",
        "text": TEXT,
        "source": "Northern Herald",
        "published_at": "2021-02-09",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def line(**changes: object) -> bytes:
    """Return a good record as one JSON line."""
    return json.dumps(record(**changes)).encode() + b"\n"


def document(**changes: object) -> Document:
    """Return a good document."""
    fields: dict[str, object] = {
        "input_name": "in.jsonl",
        "input_record": 1,
        "external_id": "nh-1",
        "title": "Market shelled",
        "raw": TEXT,
        "source_name": "Northern Herald",
        "published_at": "2021-02-09",
        "url": None,
        "language": None,
        "invented": False,
        "fmt": "jsonl",
        **changes,
    }
    return Document(**fields)  # type: ignore[arg-type]
