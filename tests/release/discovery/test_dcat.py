"""DCAT links a version to the one before and to the data set that both are versions of."""

from __future__ import annotations

from typing import Any

from pipeline.release.discovery.dcat import PREFIXES, dcat
from pipeline.release.discovery.facts import Facts
from tests.release.discovery.conftest import facts_after


def test_a_first_version_has_none_before(facts: Facts) -> None:
    series, version = dcat(facts)["@graph"]
    assert series["dcat:hasVersion"] == [{"@id": "./"}]
    assert version["dcat:isVersionOf"] == {"@id": series["@id"]}
    assert "dcat:previousVersion" not in version


def test_a_later_version_links_to_the_one_before() -> None:
    series, version = dcat(facts_after("1.0.0"))["@graph"]
    assert version["dcat:version"] == "1.0.1"
    assert version["dcat:previousVersion"] == {"@id": "../v1.0.0/"}
    assert series["dcat:hasVersion"] == [{"@id": "../v1.0.0/"}, {"@id": "./"}]


def test_distributions_have_address_size_and_checksum(facts: Facts) -> None:
    _, version = dcat(facts)["@graph"]
    archive = next(d for d in version["dcat:distribution"] if d["dcat:downloadURL"]["@id"] == "datapackage.zip")
    item = next(item for item in facts.items if item.path == "datapackage.zip")
    assert archive["spdx:checksum"]["spdx:checksumValue"]["@value"] == item.sha256
    assert archive["dcat:byteSize"]["@value"] == str(item.bytes)
    assert archive["dcat:packageFormat"]["@id"].endswith("application/zip")


def test_every_term_has_a_prefix_that_the_file_itself_explains(facts: Facts) -> None:
    def terms(node: Any) -> set[str]:
        if isinstance(node, dict):
            below = set().union(*(terms(value) for value in node.values())) if node else set()
            return below | {key for key in node if not key.startswith("@")}
        return set().union(*(terms(value) for value in node)) if isinstance(node, list) and node else set()

    assert {term.split(":")[0] for term in terms(dcat(facts)["@graph"])} <= set(PREFIXES)
