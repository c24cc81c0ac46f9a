"""`prov.jsonld`: how the tables came about, in W3C PROV (https://www.w3.org/TR/prov-o/) as JSON-LD.

Made of the record that OpenLineage events are made of (`run_lineage.record`): an activity for each table, with the code
of its stage; what it used and what it generated, by hash; and for each column those that it is made of. It tells no
time and no machine: the same inputs give the same account.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pipeline.column_lineage import CONTENT, SOURCES, TABLES
from pipeline.release.changes import OF_CHANGES
from pipeline.release.discovery.facts import Facts
from pipeline.run_lineage.record import Dataset, Materialisation, Origin, column_origins, datasets_of

PROV = "prov.jsonld"
_CONTEXT = {
    "prov": "http://www.w3.org/ns/prov#",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "fieldledger": "urn:fieldledger:terms#",
}
_AGENT = "#fieldledger"
_MATERIALS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "inputs": ("inputs/",),
        "correction_files": ("corrections/",),
        "gazetteer_files": ("gazetteers/",),
        "gold_files": ("gold/",),
        "region": ("regions/",),
        "codelists": ("code",),
        "release_before": ("releases/",),
        "program": ("code", "requirements.lock"),
    }
)
"""Of each source that lies outside the release, how the names of its materials begin (`making`)."""


def records(facts: Facts) -> list[Materialisation]:
    """Return the record of how each table of the release was made, in the order of the tables."""
    made = {record.name: Dataset(record.name, record.csv.sha256, record.rows, table) for table, record in facts.pairs}
    return [
        Materialisation(
            job=table.name,
            stage=table.stage or "",
            description=table.description,
            inputs=tuple(made.get(name, Dataset(name, None)) for name in datasets_of(table)),
            outputs=(made[table.name],),
            versions=MappingProxyType(
                {"stage": facts.making.stages.get(table.stage or "", ""), "program": facts.making.program_version}
            ),
        )
        for table, _ in facts.pairs
    ]


def prov(facts: Facts) -> dict[str, Any]:
    """Return the account, a flat graph of entities, activities and one agent that name each other."""
    made = records(facts)
    paths = {record.name: record.csv.path for _, record in facts.pairs}
    unpublished = {name for one in made for name in _read(one)} - set(paths) - set(SOURCES)
    graph = [
        {"@id": "./", "@type": ["prov:Entity", "prov:Collection"], "dcterms:identifier": facts.about.identifier,
         "prov:hadMember": [_link(path) for path in paths.values()]},
        {"@id": _AGENT, "@type": ["prov:Agent", "prov:SoftwareAgent"], "rdfs:label": "fieldledger",
         "fieldledger:sha256": facts.making.program_version},
        *_materials(facts, {name: path for name, path in paths.items() if name != OF_CHANGES}),
        *({"@id": f"#{name}", "@type": "prov:Entity", "rdfs:label": name,
           "rdfs:comment": "A table that is not published."} for name in sorted(unpublished)),
        *(node for one in made for node in _nodes(one, paths, facts)),
    ]  # fmt: skip
    return {"@context": _CONTEXT, "@graph": graph}


def _read(made: Materialisation) -> tuple[str, ...]:
    """Return the names of what a piece of work read."""
    return tuple(one.name for one in made.inputs)


def _materials(facts: Facts, tables: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    listed = list(enumerate(facts.making.materials, start=1))
    for number, (name, sha256) in listed:
        yield {
            "@id": f"#material-{number}",
            "@type": "prov:Entity",
            "rdfs:label": name,
            f"fieldledger:{CONTENT}": sha256,
        }
    for source, label in SOURCES.items():
        members = [_link(f"#material-{n}") for n, (name, _) in listed if name.startswith(_MATERIALS.get(source, ()))]
        if source == TABLES:
            members = [_link(path) for path in tables.values()]
        yield {
            "@id": f"#{source}",
            "@type": ["prov:Entity", "prov:Collection"],
            "rdfs:label": label,
            "prov:hadMember": members,
        }


def _nodes(made: Materialisation, paths: Mapping[str, str], facts: Facts) -> Iterator[dict[str, Any]]:
    """Yield the activity that made a table, the table, its Parquet files and its columns."""
    (output,) = made.outputs
    path, activity = paths[output.name], f"#making-{output.name}"
    used = [_link(_place(name, paths)) for name in _read(made)]
    yield {
        "@id": activity,
        "@type": "prov:Activity",
        "rdfs:label": f"Making of the table {output.name}",
        "fieldledger:stage": made.stage,
        "fieldledger:codeVersion": made.versions["stage"],
        "prov:used": used,
        "prov:wasAssociatedWith": _link(_AGENT),
    }
    yield {
        "@id": path,
        "@type": "prov:Entity",
        "rdfs:label": output.name,
        f"fieldledger:{CONTENT}": output.version,
        "fieldledger:rows": output.rows,
        "prov:wasGeneratedBy": _link(activity),
        "prov:wasDerivedFrom": [link for link in used if link["@id"] != path],
    }
    record = next(record for _, record in facts.pairs if record.name == output.name)
    for part in record.parts:
        yield {
            "@id": part.path,
            "@type": "prov:Entity",
            f"fieldledger:{CONTENT}": part.sha256,
            "prov:alternateOf": _link(path),
        }
    if output.table is not None:
        for column, origins in column_origins(output.table).items():
            yield {
                "@id": f"{path}#{column}",
                "@type": "prov:Entity",
                "rdfs:label": f"{output.name}.{column}",
                "prov:wasDerivedFrom": [_link(_column(origin, paths)) for origin in origins],
            }


def _place(name: str, paths: Mapping[str, str]) -> str:
    return paths.get(name, f"#{name}")


def _column(origin: Origin, paths: Mapping[str, str]) -> str:
    """Return the address of a column, or of a table; of what is not published or outside the contract, of the whole."""
    path = paths.get(origin.dataset)
    if path is None:
        return f"#{origin.dataset}"
    return path if origin.column == CONTENT else f"{path}#{origin.column}"


def _link(entity: str) -> dict[str, str]:
    return {"@id": entity}
