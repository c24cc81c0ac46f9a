"""The documents of discovery, in the order in which each can name the ones before it."""

from __future__ import annotations

from pipeline.release.discovery.croissant import croissant
from pipeline.release.discovery.dcat import dcat
from pipeline.release.discovery.facts import Facts
from pipeline.release.discovery.prov import PROV, prov
from pipeline.release.discovery.ro_crate import CRATE, ro_crate
from pipeline.release.discovery.schema_org import schema_org
from pipeline.release.discovery.slsa import STATEMENT, slsa_statement
from pipeline.release.manifest import json_bytes

FORMATS = {"croissant.json": croissant, "dataset.jsonld": schema_org, "dcat.jsonld": dcat}
"""Those that tell of tables and their files."""
PATHS = (*FORMATS, PROV, CRATE, STATEMENT)


def discovery_documents(facts: Facts) -> dict[str, bytes]:
    """Return the documents by path; the crate names the others, the statement the crate as well."""
    told = {path: json_bytes(describe(facts)) for path, describe in {**FORMATS, PROV: prov}.items()}
    crate = {CRATE: json_bytes(ro_crate(facts.with_documents(told)))}
    statement = slsa_statement(facts.with_documents({**told, **crate}))
    return {**told, **crate, STATEMENT: json_bytes(statement)}
