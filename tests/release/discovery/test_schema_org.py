"""The schema.org Dataset has what dataset search engines ask for."""

from __future__ import annotations

from dataclasses import replace

from pipeline.release.discovery.facts import Facts
from pipeline.release.discovery.schema_org import schema_org

ASKED = {
    "name", "description", "license", "creator", "distribution", "temporalCoverage", "spatialCoverage",
    "variableMeasured", "measurementTechnique", "version", "isBasedOn", "keywords", "identifier", "datePublished",
}  # fmt: skip


def test_everything_asked_for_is_there(facts: Facts) -> None:
    dataset = schema_org(facts)
    assert set(dataset) >= ASKED
    assert 50 <= len(dataset["description"]) <= 5_000
    assert dataset["temporalCoverage"] == "2021-02-01/2021-02-14"
    assert dataset["spatialCoverage"]["geo"]["box"] == "32.0 35.0 37.5 42.5"
    assert dataset["license"].startswith("https://")


def test_downloads_are_relative_with_type_size_and_hash(facts: Facts) -> None:
    downloads = {download["contentUrl"]: download for download in schema_org(facts)["distribution"]}
    item = next(item for item in facts.items if item.path == "data/events.parquet")
    assert downloads["data/events.parquet"] == {
        "@type": "DataDownload",
        "name": "Events (Parquet)",
        "contentUrl": "data/events.parquet",
        "encodingFormat": "application/vnd.apache.parquet",
        "contentSize": f"{item.bytes} B",
        "sha256": item.sha256,
    }


def test_variables_have_their_unit_and_vocabularies_their_address(facts: Facts) -> None:
    dataset = schema_org(facts)
    killed = next(v for v in dataset["variableMeasured"] if v["name"] == "total_fatalities_best")
    assert killed["unitText"] == "persons"
    assert {"@type": "CreativeWork", "name": "Orchard Post (invented outlet)"} in dataset["isBasedOn"]
    assert any("url" in work for work in dataset["isBasedOn"])


def test_a_long_description_is_cut_and_a_release_without_weeks_has_no_coverage_in_time(facts: Facts) -> None:
    words = replace(facts.about.words, description="x" * 9_000)
    dataset = schema_org(replace(facts, about=replace(facts.about, words=words, days=None)))
    assert len(dataset["description"]) == 5_000
    assert "temporalCoverage" not in dataset
