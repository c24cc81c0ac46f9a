"""`dcat.jsonld`: the release for data catalogues, in DCAT 3 with links between versions.

https://www.w3.org/TR/vocab-dcat-3/. The data set as such is the folder of all releases (`../`); the release is a
version of it (`./`), and the one before lies beside it. The context stands in the file: it reads without a network.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pipeline.release.discovery.facts import Facts, Item
from pipeline.release.reader import release_folder

PREFIXES: Mapping[str, str] = MappingProxyType(
    {
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "foaf": "http://xmlns.com/foaf/0.1/",
        "geosparql": "http://www.opengis.net/ont/geosparql#",
        "spdx": "http://spdx.org/rdf/terms#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
_ALL_RELEASES, _THIS = "../", "./"
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"


def dcat(facts: Facts) -> dict[str, Any]:
    """Return the data set, this version of it, and its distributions."""
    about = facts.about
    previous = f"../{release_folder(about.previous_version)}/" if about.previous_version else None
    versions = [_link(version) for version in (previous, _THIS) if version]
    series = {
        "@id": _ALL_RELEASES,
        "@type": "dcat:Dataset",
        "dct:title": _words(facts, about.title),
        "dct:description": _words(facts, about.description),
        "dcat:hasVersion": versions,
    }
    return {"@context": dict(PREFIXES), "@graph": [series, _version(facts, previous)]}


def _version(facts: Facts, previous: str | None) -> dict[str, Any]:
    about = facts.about
    makers = [{"@type": "foaf:Agent", "foaf:name": name} for name in about.creators]
    return {
        "@id": _THIS,
        "@type": "dcat:Dataset",
        "dct:title": _words(facts, f"{about.title}, version {about.version}"),
        "dct:description": _words(facts, about.description),
        "dct:identifier": about.identifier,
        "dct:issued": {"@type": "xsd:date", "@value": about.released},
        "dct:creator": makers,
        "dct:publisher": makers[0],
        "dct:license": _link(about.words.licenses[0]["path"]),
        "dct:bibliographicCitation": about.citation,
        "dct:spatial": _location(facts),
        **_period(facts),
        "dct:conformsTo": _link("https://datapackage.org/profiles/2.0/datapackage.json"),
        "dct:source": [{"dct:title": s["title"], **({"@id": s["path"]} if "path" in s else {})} for s in about.sources],
        "dcat:keyword": [_words(facts, keyword) for keyword in about.keywords],
        "dcat:version": about.version,
        "dcat:isVersionOf": _link(_ALL_RELEASES),
        **({"dcat:previousVersion": _link(previous)} if previous else {}),
        "dcat:distribution": [_distribution(facts, item) for item in facts.data],
    }


def _distribution(facts: Facts, item: Item) -> dict[str, Any]:
    packed = {"dcat:packageFormat": _link(f"{_MEDIA_TYPE}{item.media_type}")} if item.path.endswith(".zip") else {}
    return {
        "@id": f"dcat.jsonld#{item.path}",
        "@type": "dcat:Distribution",
        "dct:title": _words(facts, item.title),
        "dct:license": _link(facts.about.words.licenses[0]["path"]),
        "dcat:accessURL": _link(item.path),
        "dcat:downloadURL": _link(item.path),
        "dcat:mediaType": _link(f"{_MEDIA_TYPE}{item.media_type}"),
        **packed,
        "dcat:byteSize": {"@type": "xsd:nonNegativeInteger", "@value": str(item.bytes)},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": _link("spdx:checksumAlgorithm_sha256"),
            "spdx:checksumValue": {"@type": "xsd:hexBinary", "@value": item.sha256},
        },
    }


def _location(facts: Facts) -> dict[str, Any]:
    south, west, north, east = facts.about.scope.bounding_box
    corners = ((west, south), (east, south), (east, north), (west, north), (west, south))
    box = f"POLYGON(({', '.join(f'{x} {y}' for x, y in corners)}))"
    return {
        "@type": "dct:Location",
        "dct:title": facts.about.scope.country,
        "dcat:bbox": {"@type": "geosparql:wktLiteral", "@value": box},
    }


def _period(facts: Facts) -> dict[str, Any]:
    if not (days := facts.about.days):
        return {}
    start, end = ({"@type": "xsd:date", "@value": day.isoformat()} for day in days)
    return {"dct:temporal": {"@type": "dct:PeriodOfTime", "dcat:startDate": start, "dcat:endDate": end}}


def _words(facts: Facts, text: str) -> dict[str, str]:
    return {"@language": facts.about.words.language, "@value": text}


def _link(iri: str) -> dict[str, str]:
    return {"@id": iri}
