"""What the OpenLineage specification (2-0-2) asks of an event, as JSON Schema and by the classes of the client.

The client's classes are generated from the specification's JSON Schema: a facet is right when it is made of the fields
of the class that its `_schemaURL` names. Where the specification lies beside the checkout (`openlineage-spec/`, its
folder `spec`), `test_events` holds events against its own files too.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import attr
from jsonschema import Draft202012Validator
from openlineage.client import facet_v2

from pipeline.run_lineage.events import VersionsRunFacet

BESIDE = Path(__file__).resolve().parents[3] / "openlineage-spec" / "OpenLineage.json"
_FACETS = {"type": "object", "additionalProperties": {"type": "object", "required": ["_producer", "_schemaURL"]}}
_NAMED = {"namespace": {"type": "string", "minLength": 1}, "name": {"type": "string", "minLength": 1}}


def _dataset(more: str) -> dict[str, Any]:
    properties = {**_NAMED, "facets": _FACETS, more: _FACETS}
    return {
        "type": "array",
        "items": {
            "type": "object",
            "required": ["namespace", "name"],
            "properties": properties,
            "additionalProperties": False,
        },
    }


EVENT: dict[str, Any] = {
    "type": "object",
    "required": ["eventTime", "eventType", "producer", "schemaURL", "run", "job"],
    "additionalProperties": False,
    "properties": {
        "eventTime": {"type": "string"},
        "eventType": {"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]},
        "producer": {"type": "string", "pattern": "^[a-z]+:"},
        "schemaURL": {"const": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"},
        "run": {
            "type": "object",
            "required": ["runId"],
            "properties": {"runId": {"type": "string"}, "facets": _FACETS},
            "additionalProperties": False,
        },
        "job": {
            "type": "object",
            "required": ["namespace", "name"],
            "properties": {**_NAMED, "facets": _FACETS},
            "additionalProperties": False,
        },
        "inputs": _dataset("inputFacets"),
        "outputs": _dataset("outputFacets"),
    },
}


def _classes() -> dict[str, Any]:
    modules = [module for _, module in inspect.getmembers(facet_v2, inspect.ismodule)]
    known: list[Any] = [c for module in modules for _, c in inspect.getmembers(module, inspect.isclass)]
    known.append(VersionsRunFacet)
    return {c._get_schema(): c for c in known if hasattr(c, "_get_schema")}


def faults(event: dict[str, Any]) -> Iterator[str]:
    """Yield where ``event`` does not keep to the specification."""
    yield from (error.message for error in Draft202012Validator(EVENT).iter_errors(event))
    UUID(event["run"]["runId"])
    assert datetime.fromisoformat(event["eventTime"]).tzinfo is not None
    classes = _classes()
    for facet in _facets(event):
        made = classes.get(facet["_schemaURL"])
        if made is None:
            yield f"nobody knows the facet {facet['_schemaURL']}"
            continue
        fields = {field.name: field for field in attr.fields(made)}
        yield from (f"{made.__name__} has no {name}" for name in set(facet) - set(fields))
        needed = {name for name, field in fields.items() if field.default is attr.NOTHING}
        yield from (f"{made.__name__} needs {name}" for name in needed - set(facet))


def _facets(event: dict[str, Any]) -> Iterator[dict[str, Any]]:
    holders = [event["run"], event["job"], *event["inputs"], *event["outputs"]]
    for holder in holders:
        for kind in ("facets", "inputFacets", "outputFacets"):
            yield from holder.get(kind, {}).values()
