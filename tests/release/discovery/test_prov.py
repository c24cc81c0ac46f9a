"""The account in W3C PROV: every link leads somewhere, hashes are those of the files, columns those of the contract."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from openlineage.client.event_v2 import RunState
from openlineage.client.serde import Serde

from pipeline.ids import sha256_bytes
from pipeline.release.discovery.facts import Facts
from pipeline.release.discovery.prov import PROV, prov, records
from pipeline.run_lineage.events import Happening, event
from pipeline.run_lineage.record import column_origins
from tests.run_lineage.spec import faults


def nodes(facts: Facts) -> dict[str, dict[str, Any]]:
    return {node["@id"]: node for node in prov(facts)["@graph"]}


def links(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for inner in value.values():
            yield from links(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from links(inner)


def test_every_link_leads_to_a_node_and_no_node_stands_twice(facts: Facts) -> None:
    graph = prov(facts)["@graph"]
    told = [node["@id"] for node in graph]
    assert len(told) == len(set(told))
    assert set(links(graph)) <= set(told)


def test_each_table_is_made_of_what_the_contract_declares(facts: Facts) -> None:
    found = nodes(facts)
    for table, _ in facts.pairs:
        made = found[f"data/{table.name}.csv"]
        assert made["prov:wasGeneratedBy"] == {"@id": f"#making-{table.name}"}
        for column, origins in column_origins(table).items():
            derived = found[f"data/{table.name}.csv#{column}"]["prov:wasDerivedFrom"]
            assert len(derived) == len(origins)
    assert found["data/weekly_tolls.csv#injured"]["prov:wasDerivedFrom"] == [{"@id": "data/weekly_events.csv#injured"}]
    assert {"@id": "#article_texts"} in found["data/mentions.csv"]["prov:wasDerivedFrom"]


def test_hashes_are_those_of_the_files_and_no_time_is_told(first: Path) -> None:
    text = (first / PROV).read_text(encoding="utf-8")
    for node in json.loads(text)["@graph"]:
        if node["@id"].endswith((".csv", ".parquet")):
            assert node["fieldledger:sha256"] == sha256_bytes((first / node["@id"]).read_bytes())
    assert "AtTime" not in text


def test_the_same_record_makes_openlineage_events(facts: Facts) -> None:
    for made in records(facts):
        told = event(
            made, Happening(RunState.COMPLETE, "2021-02-01T00:00:00+00:00", "0" * 8 + "-0000-7000-8000-" + "0" * 12)
        )
        said = Serde.to_dict(told)
        assert list(faults(said)) == []
        (output,) = said["outputs"]
        node = nodes(facts)[f"data/{output['name']}.csv"]
        assert output["facets"]["version"]["datasetVersion"] == node["fieldledger:sha256"]
