"""Reads a release with programs of others and prints, as JSON, what each of them found. Run by `test_readers`.

It runs in the environment of `requirements-readers.lock`, where nothing of ours can be imported, and needs no network.
"""

from __future__ import annotations

import contextlib
import json
import re
import shlex
import subprocess
import sys
import warnings
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Found = dict[str, Any]
TABLES = ("events", "sources", "weekly_events", "retired_events")


def _examples(language: str) -> Iterator[str]:
    text = Path("README.md").read_text(encoding="utf-8")
    yield from re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def croissant() -> Found:
    """Load the description, and the rows of some tables through it."""
    import mlcroissant

    dataset = mlcroissant.Dataset("croissant.json")
    issues = dataset.metadata.ctx.issues
    rows = {name: list(dataset.records(name)) for name in TABLES}
    return {
        "issues": sorted(map(str, (*issues.errors, *issues.warnings))),
        "rows": {name: len(found) for name, found in rows.items()},
        "event": str(rows["events"][0]["events/event_id"], "utf-8"),
    }


def descriptor() -> Found:
    """Check the metadata against the standard, its recommendations included."""
    import check_datapackage

    content = json.loads(Path("datapackage.json").read_text(encoding="utf-8"))
    issues = check_datapackage.check(content, check_datapackage.Config(strict=True))
    return {"issues": [f"{issue.jsonpath}: {issue.message}" for issue in issues]}


def hxl() -> Found:
    """Read the tagged twin of the weekly figures."""
    import hxl
    from hxl.input import InputOptions

    data = hxl.data("data/weekly_events.hxl.csv", InputOptions(allow_local=True))
    killed = [row.get("#affected+killed-min-max") for row in data]
    return {"tags": data.display_tags, "rows": len(killed), "killed": sum(map(int, killed))}


def dcat() -> Found:
    """Read the graph, as if the folder lay on a server."""
    import rdflib

    term = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    graph = rdflib.Graph().parse("dcat.jsonld", format="json-ld", publicID="https://example.org/releases/v1.0.0/")
    this = rdflib.URIRef("https://example.org/releases/v1.0.0/")
    return {
        "version_of": [str(value) for value in graph.objects(this, term.isVersionOf)],
        "version": [str(value) for value in graph.objects(this, term.version)],
        "downloads": sorted(str(value) for value in graph.objects(None, term.downloadURL)),
    }


def schema_org() -> Found:
    """Read the graph; the context, which is on the web, is replaced by what it says of plain terms."""
    import rdflib

    content = json.loads(Path("dataset.jsonld").read_text(encoding="utf-8"))
    content["@context"] = {"@vocab": "https://schema.org/"}
    graph = rdflib.Graph().parse(data=json.dumps(content), format="json-ld")
    term = rdflib.Namespace("https://schema.org/")
    (dataset,) = graph.subjects(rdflib.RDF.type, term.Dataset)
    return {
        "downloads": sorted(str(graph.value(d, term.contentUrl)) for d in graph.objects(dataset, term.distribution)),
        "variables": sorted(str(graph.value(v, term.name)) for v in graph.objects(dataset, term.variableMeasured)),
    }


def crate() -> Found:
    """Open the folder as a research object."""
    from rocrate.rocrate import ROCrate

    opened = ROCrate(".")
    making = opened.get("#making")
    return {
        "files": sorted(entity.id for entity in opened.data_entities),
        "licence": opened.root_dataset["license"]["identifier"],
        "program": making["instrument"]["name"],
        "inputs": [entity["name"] for entity in making["object"]],
    }


def statement() -> Found:
    """Read statement and predicate by their own schemas."""
    from google.protobuf import json_format
    from in_toto_attestation.predicates.provenance.v1.provenance_pb2 import Provenance
    from in_toto_attestation.v1 import statement, statement_pb2

    told = json_format.Parse(Path("provenance.intoto.json").read_text(encoding="utf-8"), statement_pb2.Statement())
    statement.Statement.copy_from_pb(told).validate()
    predicate = json_format.ParseDict(json_format.MessageToDict(told.predicate), Provenance())
    return {
        "subjects": len(told.subject),
        "build_type": predicate.build_definition.build_type,
        "dependencies": [dependency.name for dependency in predicate.build_definition.resolved_dependencies],
    }


def pandas() -> Found:
    """Run the README's example."""
    names: Found = {}
    (example,) = (text for text in _examples("python") if "pandas" in text)
    exec(example, names)
    events = names["events"]
    return {"rows": len(events), "date": str(events["event_date_start"].dtype)}


def duckdb() -> Found:
    """Run the README's example."""
    import duckdb

    (example,) = _examples("sql")
    return {"rows": duckdb.sql(example).fetchall()}


def datasette() -> Found:
    """Run the README's example."""
    (example,) = _examples("sh")
    if not find_spec("datasette"):
        raise ImportError("datasette")
    command = [sys.executable, "-P", "-m", *shlex.split(example)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    return {"rows": json.loads(done.stdout)}


READERS: tuple[Callable[[], Found], ...] = (
    croissant, descriptor, hxl, dcat, schema_org, crate, statement, pandas, duckdb, datasette,
)  # fmt: skip


def main(release: str) -> None:
    """Print what every reader found in the folder ``release``; `absent` names a package that is not installed."""
    found: dict[str, Found] = {}
    with contextlib.chdir(release), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of programs of others
        for reader in READERS:
            try:
                found[reader.__name__] = reader()
            except ImportError as error:
                found[reader.__name__] = {"absent": error.name or str(error)}
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
