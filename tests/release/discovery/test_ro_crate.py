"""The crate keeps to what RO-Crate 1.1 demands: a flat graph, a root, files that are there, licence and provenance."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pipeline.ids import sha256_bytes
from pipeline.release.discovery.facts import Facts
from pipeline.release.discovery.ro_crate import CRATE, ro_crate
from pipeline.release.files import listing
from tests.release.factory import MADE_FROM


def _links(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            assert list(one) == ["@id"], "the graph is flat"
            yield one["@id"]


def _entities(crate: dict[str, Any]) -> dict[str, dict[str, Any]]:
    entities = {entity["@id"]: entity for entity in crate["@graph"]}
    assert len(entities) == len(crate["@graph"])
    return entities


def test_every_link_leads_to_an_entity_or_the_specification(facts: Facts) -> None:
    entities = _entities(ro_crate(facts))
    for entity in entities.values():
        assert "@type" in entity
        for value in entity.values():
            assert {link for link in _links(value) if not link.startswith("https://w3id.org/")} <= set(entities)


def test_the_descriptor_and_the_root_are_as_demanded(facts: Facts) -> None:
    entities = _entities(ro_crate(facts))
    assert entities[CRATE]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.1"}
    assert entities[CRATE]["about"] == {"@id": "./"}
    root = entities["./"]
    assert root["@type"] == "Dataset"
    assert {"name", "description", "datePublished", "license", "hasPart"} <= set(root)
    assert entities[root["license"]["@id"]]["identifier"] == "CC-BY-4.0"


def test_it_tells_what_the_release_was_made_from_and_by_what(facts: Facts) -> None:
    entities = _entities(ro_crate(facts))
    making = entities["#making"]
    assert entities[making["instrument"]["@id"]]["version"] == facts.making.program_version
    objects = {entities[link["@id"]]["name"]: entities[link["@id"]]["sha256"] for link in making["object"]}
    assert objects["inputs/articles.jsonl"] == MADE_FROM.inputs[0].sha256
    assert objects["requirements.lock"] == MADE_FROM.dependencies.lock_sha256
    assert making["result"] == {"@id": "./"}


def test_it_lists_every_file_of_a_release_with_its_hash(first: Path) -> None:
    entities = _entities(json.loads((first / CRATE).read_bytes()))
    listed = {path: entity for path, entity in entities.items() if entity["@type"] == "File"}
    assert {link["@id"] for link in entities["./"]["hasPart"]} == set(listed)
    assert set(listed) == set(listing(first).files) - {CRATE}
    for path, entity in listed.items():
        if "sha256" in entity:
            assert entity["sha256"] == sha256_bytes((first / path).read_bytes())
    assert [path for path, entity in listed.items() if "sha256" not in entity] == [
        "manifest.json",
        "provenance.intoto.json",
    ]
