"""`croissant.json`: the release for machine-learning tools, in Croissant 1.0 with its vocabulary for responsible AI.

https://docs.mlcommons.org/croissant/docs/croissant-spec.html. Record sets read the Parquet files, whose values are
exact; in CSV some texts carry an apostrophe. Parts of a table are read as a file set that lies in no archive: from one,
mlcroissant reads names of files, not rows. Foreign keys are told in words, not as `references`: mlcroissant joins the
tables that it finds there while it reads, and fails on keys that are empty, lead in a circle or to two parents.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from pipeline.contracts import Field, FieldType, Table
from pipeline.release.discovery.facts import Facts, Item, media_type
from pipeline.release.discovery.schema_org import temporal_coverage
from pipeline.release.manifest import TableRecord
from pipeline.release.partitions import all_parts

VERSION = "http://mlcommons.org/croissant/1.0"
_RAI = "http://mlcommons.org/croissant/RAI/1.0"
_TYPES: Mapping[FieldType, str] = MappingProxyType(
    {
        "string": "sc:Text",
        "integer": "sc:Integer",
        "number": "sc:Float",
        "boolean": "sc:Boolean",
        "date": "sc:Date",
    }
)
_MEDIA_TYPES: Mapping[str, str] = MappingProxyType({"application/vnd.apache.parquet": "application/x-parquet"})
"""What Croissant tools know by another name than the registered one."""
FILE_SET = "cr:FileSet"
_OWN = (
    "citeAs", "column", "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes",
    "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex", "repeated",
    "replace", "samplingRate", "separator", "source", "subField", "transform", "equivalentProperty",
)  # fmt: skip
CONTEXT: Mapping[str, Any] = MappingProxyType(
    {
        "@language": "en",
        "@vocab": "https://schema.org/",
        "conformsTo": "dct:conformsTo",
        "cr": "http://mlcommons.org/croissant/",
        "data": {"@id": "cr:data", "@type": "@json"},
        "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
        "dct": "http://purl.org/dc/terms/",
        "examples": {"@id": "cr:examples", "@type": "@json"},
        "rai": "http://mlcommons.org/croissant/RAI/",
        "sc": "https://schema.org/",
        **{name: f"cr:{name}" for name in _OWN},
    }
)
"""The context that the specification gives; programs compare it word for word."""


def croissant(facts: Facts) -> dict[str, Any]:
    """Return the Croissant description."""
    about = facts.about
    creators = [{"@type": "sc:Organization", "name": name} for name in about.creators]
    return {
        "@context": dict(sorted(CONTEXT.items())),
        "@type": "sc:Dataset",
        "conformsTo": [VERSION, _RAI],
        "name": about.name,
        "alternateName": about.title,
        "description": about.description,
        "version": about.version,
        "datePublished": about.released,
        "inLanguage": about.words.language,
        "license": about.words.licenses[0]["path"],
        "creator": creators,
        "publisher": creators,
        "citeAs": about.citation,
        "isLiveDataset": False,
        "keywords": about.keywords,
        "url": "./",
        **temporal_coverage(facts),
        "rai:dataCollection": about.words.measurement_technique,
        "rai:dataLimitations": list(about.words.limits),
        "distribution": [
            *(_file(item) for item in facts.data),
            *(_parts(table, record) for table, record in facts.pairs if record.partitioned),
        ],
        "recordSet": [_records(table, record) for table, record in facts.pairs],
    }


def _file(item: Item) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": item.path,
        "name": item.path,
        "description": item.title,
        "contentUrl": item.path,
        "contentSize": f"{item.bytes} B",
        "encodingFormat": _encoding(item.path),
        "sha256": item.sha256,
    }


def _encoding(path: str) -> str:
    return _MEDIA_TYPES.get(media_type(path), media_type(path))


def _parts(table: Table, record: TableRecord) -> dict[str, Any]:
    return {
        "@type": FILE_SET,
        "@id": all_parts(record.name),
        "name": all_parts(record.name),
        "description": f"{table.title}, all years (Parquet)",
        "encodingFormat": _encoding(all_parts(record.name)),
        "includes": all_parts(record.name),
    }


def _records(table: Table, record: TableRecord) -> dict[str, Any]:
    source = {"fileSet": {"@id": all_parts(record.name)}}
    if not record.partitioned:
        source = {"fileObject": {"@id": record.parts[0].path}}
    parents = {key.field: f"{key.parent}.{key.parent_field}" for key in table.foreign_keys}
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
        "key": [{"@id": f"{table.name}/{column}"} for column in table.primary_key],
        "field": [_field(table, field, source, parents.get(field.name)) for field in table.fields],
    }


def _field(table: Table, field: Field, source: Mapping[str, Any], parent: str | None) -> dict[str, Any]:
    unit = field.unit and f"Unit: {field.unit}."
    refers = parent and f"Refers to {parent}."
    return {
        "@type": "cr:Field",
        "@id": f"{table.name}/{field.name}",
        "name": field.name,
        "description": " ".join(filter(None, (f"{field.title}. {field.description}", unit, refers))),
        "dataType": _TYPES[field.type],
        "source": {**source, "extract": {"column": field.name}},
    }
