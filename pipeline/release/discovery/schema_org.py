"""`dataset.jsonld`: the release as a schema.org Dataset, for dataset search engines.

https://schema.org/Dataset, with what https://developers.google.com/search/docs/appearance/structured-data/dataset asks
for: a description of 50 to 5,000 characters, licence, creator, coverage, and every download with its hash.
"""

from __future__ import annotations

from typing import Any

from pipeline.contracts import Field
from pipeline.release.discovery.facts import Facts, Item

_LONGEST_DESCRIPTION = 5_000


def schema_org(facts: Facts) -> dict[str, Any]:
    """Return the Dataset."""
    about = facts.about
    creators = [{"@type": "Organization", "name": name} for name in about.creators]
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": about.title,
        "alternateName": about.name,
        "identifier": about.identifier,
        "description": about.description[:_LONGEST_DESCRIPTION],
        "version": about.version,
        "datePublished": about.released,
        "inLanguage": about.words.language,
        "license": about.words.licenses[0]["path"],
        "creator": creators,
        "publisher": creators,
        "creditText": about.citation,
        "isAccessibleForFree": True,
        "keywords": about.keywords,
        **temporal_coverage(facts),
        "spatialCoverage": _place(facts),
        "measurementTechnique": about.words.measurement_technique,
        "variableMeasured": [_variable(field) for field in about.measures],
        "isBasedOn": [_work(source["title"], source.get("path")) for source in about.sources],
        "distribution": [_download(item) for item in facts.data],
    }


def temporal_coverage(facts: Facts) -> dict[str, str]:
    """Return `temporalCoverage` as an ISO 8601 interval; nothing when no week is covered."""
    days = facts.about.days
    return {"temporalCoverage": f"{days[0].isoformat()}/{days[1].isoformat()}"} if days else {}


def _place(facts: Facts) -> dict[str, Any]:
    scope = facts.about.scope
    return {
        "@type": "Place",
        "name": scope.country,
        "address": {"@type": "PostalAddress", "addressCountry": scope.iso_code},
        "geo": {"@type": "GeoShape", "box": " ".join(map(str, scope.bounding_box))},
    }


def _variable(field: Field) -> dict[str, Any]:
    return {
        "@type": "PropertyValue",
        "name": field.name,
        "alternateName": field.title,
        "description": field.description,
        "unitText": field.unit,
    }


def _work(title: str, url: str | None) -> dict[str, Any]:
    return {"@type": "CreativeWork", "name": title, **({"url": url} if url else {})}


def _download(item: Item) -> dict[str, Any]:
    return {
        "@type": "DataDownload",
        "name": item.title,
        "contentUrl": item.path,
        "encodingFormat": item.media_type,
        "contentSize": f"{item.bytes} B",
        "sha256": item.sha256,
    }
