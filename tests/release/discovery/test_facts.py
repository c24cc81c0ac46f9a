"""The one model knows every file by title and media type, and which of them are the data."""

from __future__ import annotations

import pytest

from pipeline.release.discovery.documents import PATHS, discovery_documents
from pipeline.release.discovery.facts import Facts, media_type


def test_files_have_titles_of_the_contract_and_of_package_yaml(facts: Facts) -> None:
    titles = {item.path: item.title for item in facts.items}
    assert titles["data/events.csv"] == "Events (CSV)"
    assert titles["data/weekly_events.hxl.csv"] == "Weekly figures (CSV with HXL tags)"
    assert titles["briefings/2021-W05.md"] == "A page for each week: 2021-W05.md"
    assert titles["README.md"].startswith("What this is")


def test_data_are_the_tables_the_database_and_the_archive(facts: Facts) -> None:
    paths = [item.path for item in facts.data]
    assert paths == sorted(paths)
    assert {"data/events.csv", "data/events.parquet", "fieldledger.sqlite", "datapackage.zip"} <= set(paths)
    assert "README.md" not in paths


@pytest.mark.parametrize(
    ("path", "expected"),
    [("a/b.csv", "text/csv"), ("LICENSE-DATA", "text/plain"), ("x.odd", "application/octet-stream")],
)
def test_media_types_follow_the_suffix(path: str, expected: str) -> None:
    assert media_type(path) == expected


def test_every_document_is_named_in_package_yaml_and_the_same_facts_give_the_same_bytes(facts: Facts) -> None:
    assert set(PATHS) <= set(facts.about.words.files)
    assert discovery_documents(facts) == discovery_documents(facts)
    assert tuple(discovery_documents(facts)) == PATHS
