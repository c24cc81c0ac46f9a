"""What the OpenLineage specification (2-0-2) asks of an event, as JSON Schema and by the classes of the client.

The client's classes are generated from the specification's JSON Schema: a facet is right when it is made of the fields
of the class that its `_schemaURL` names. Where the specification lies beside the checkout (`openlineage-spec/`, its
folder `spec`), `official_faults` holds an event, and each facet in it, against its own files too.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import attr
from jsonschema import Draft202012Validator, FormatChecker
from openlineage.client import facet_v2
from referencing import Registry, Resource

from pipeline.run_lineage.events import VersionsRunFacet

BESIDE = Path(__file__).resolve().parents[3] / "openlineage-spec" / "OpenLineage.json"
CORE = re.compile(r"https://openlineage\.io/spec/[0-9-]+/OpenLineage\.json")
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


def official_faults(event: dict[str, Any]) -> Iterator[str]:
    """Yield where ``event``, or a facet in it, does not keep to the files of the specification beside the checkout.

    A facet is held to the file of its name, whichever version of it lies there: versions of OpenLineage add fields, and
    take none away. Our own facet has no file there; the core holds it to what every facet must have.
    """
    yield from (error.message for error in _official("").iter_errors(event))
    for facet in _facets(event):
        name = facet["_schemaURL"].rpartition("/")[2]
        if facet["_schemaURL"].startswith("https://openlineage.io/"):
            yield from (f"{name}: {error.message}" for error in _official(name).iter_errors(facet))


@cache
def _official(facet: str) -> Draft202012Validator:
    """Return what holds an event to the core of the specification, or a facet to the definition of its name."""
    file = BESIDE if not facet else BESIDE.parent / "facets" / f"{facet}.json"
    asked = json.loads(file.read_text(encoding="utf-8"))
    asked = {"$ref": f"{asked['$id']}#/$defs/{facet}"} if facet else asked
    formats = FormatChecker(["uuid"])
    formats.checks("date-time", raises=ValueError)(lambda told: datetime.fromisoformat(str(told)).tzinfo is not None)
    formats.checks("uri")(lambda told: bool(urlsplit(str(told)).scheme))
    return Draft202012Validator(asked, registry=_specification(), format_checker=formats)


@cache
def _specification() -> Registry[Any]:
    """Return all files of the specification, the core by each address that a facet calls it by."""
    core = json.loads(BESIDE.read_text(encoding="utf-8"))
    facets = [
        json.loads(file.read_text(encoding="utf-8")) for file in sorted((BESIDE.parent / "facets").glob("*.json"))
    ]
    called = {address for one in facets for address in CORE.findall(json.dumps(one))}
    known = [(address, {**core, "$id": address}) for address in sorted(called)]
    known += [(one["$id"], one) for one in [core, *facets]]
    registry: Registry[Any] = Registry()
    return registry.with_resources((address, Resource.from_contents(one)) for address, one in known).crawl()
