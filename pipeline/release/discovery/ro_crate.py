"""`ro-crate-metadata.json`: the release as a research object, in RO-Crate 1.1, with its provenance.

https://www.researchobject.org/ro-crate/specification/1.1/. One CreateAction tells how the release came about: the
program as its instrument, the inputs as its objects, the release as its result. `manifest.json` and the in-toto
statement are made after it and stand without a hash.
"""

from __future__ import annotations

from typing import Any

from pipeline.release.discovery.facts import Facts, Item, media_type
from pipeline.release.discovery.schema_org import temporal_coverage
from pipeline.release.discovery.slsa import STATEMENT

CRATE = "ro-crate-metadata.json"
_SPECIFICATION = "https://w3id.org/ro/crate/1.1"
_ACTION, _PROGRAM, _MAKERS, _PLACE = "#making", "#fieldledger", "#makers", "#place"
_LATER = ("manifest.json", STATEMENT)


def ro_crate(facts: Facts) -> dict[str, Any]:
    """Return the crate's metadata, a flat graph of entities that name each other."""
    inputs = [
        {"@id": f"#input-{number}", "@type": "CreativeWork", "name": name, "sha256": sha256}
        for number, (name, sha256) in enumerate(facts.making.materials, start=1)
    ]
    files = [_file(item) for item in facts.items] + [_later(facts, path) for path in _LATER]
    descriptor = {
        "@id": CRATE,
        "@type": "CreativeWork",
        "conformsTo": _link(_SPECIFICATION),
        "about": _link("./"),
    }
    made = [_program(facts), _making(facts, inputs), *inputs]
    graph = [descriptor, _root(facts, files), *files, *_context(facts), *made]
    return {"@context": f"{_SPECIFICATION}/context", "@graph": graph}


def _root(facts: Facts, files: list[dict[str, Any]]) -> dict[str, Any]:
    about = facts.about
    return {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title,
        "identifier": about.identifier,
        "description": about.description,
        "datePublished": about.released,
        "version": about.version,
        "license": _link(about.words.licenses[0]["path"]),
        "author": _link(_MAKERS),
        "publisher": _link(_MAKERS),
        "creditText": about.citation,
        "keywords": about.keywords,
        "contentLocation": _link(_PLACE),
        **temporal_coverage(facts),
        "mentions": _link(_ACTION),
        "hasPart": [_link(file["@id"]) for file in files],
    }


def _file(item: Item) -> dict[str, Any]:
    return {
        "@id": item.path,
        "@type": "File",
        "name": item.title,
        "contentSize": str(item.bytes),
        "encodingFormat": item.media_type,
        "sha256": item.sha256,
    }


def _later(facts: Facts, path: str) -> dict[str, Any]:
    return {
        "@id": path,
        "@type": "File",
        "name": facts.about.words.files[path],
        "encodingFormat": media_type(path),
    }


def _context(facts: Facts) -> list[dict[str, Any]]:
    about, (south, west, north, east) = facts.about, facts.about.scope.bounding_box
    licence = about.words.licenses[0]
    return [
        {
            "@id": licence["path"],
            "@type": "CreativeWork",
            "name": licence["title"],
            "identifier": licence["name"],
        },
        {"@id": _MAKERS, "@type": "Organization", "name": ", ".join(about.creators)},
        {"@id": _PLACE, "@type": "Place", "name": about.scope.country, "geo": _link(f"{_PLACE}-box")},
        {"@id": f"{_PLACE}-box", "@type": "GeoShape", "box": f"{south} {west} {north} {east}"},
    ]


def _program(facts: Facts) -> dict[str, Any]:
    return {
        "@id": _PROGRAM,
        "@type": "SoftwareApplication",
        "name": "fieldledger",
        "version": facts.making.program_version,
        "description": "The program; its version is a hash over its code, its contract and its templates.",
    }


def _making(facts: Facts, inputs: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "@id": _ACTION,
        "@type": "CreateAction",
        "name": f"Making of version {facts.about.version}",
        "description": facts.about.words.measurement_technique,
        "instrument": _link(_PROGRAM),
        "agent": _link(_MAKERS),
        "object": [_link(entity["@id"]) for entity in inputs],
        "result": _link("./"),
    }


def _link(entity: str) -> dict[str, str]:
    return {"@id": entity}
