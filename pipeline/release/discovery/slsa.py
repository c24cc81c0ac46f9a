"""`provenance.intoto.json`: what the files were built from, as an in-toto statement with SLSA provenance, unsigned.

https://in-toto.io/Statement/v1, https://slsa.dev/provenance/v1. Whoever publishes a release may sign the statement. It
tells no time and no machine: the same inputs give the same statement. Its build type is defined here:

* `externalParameters`: the region, the digest of the settings, and the release that this one follows.
* `resolvedDependencies`: hashes of the program's code, the dependency lock, the region's knowledge and every input.
* subjects: every file of the release but the statement itself and `manifest.json`, which names the statement's hash.
"""

from __future__ import annotations

from typing import Any

from pipeline.release.discovery.facts import Facts

STATEMENT = "provenance.intoto.json"
STATEMENT_TYPE = "https://in-toto.io/Statement/v1"
PREDICATE_TYPE = "https://slsa.dev/provenance/v1"
BUILD_TYPE = "urn:fieldledger:release:1"
BUILDER = "urn:fieldledger:publisher"


def slsa_statement(facts: Facts) -> dict[str, Any]:
    """Return the statement about all files of ``facts``."""
    return {
        "_type": STATEMENT_TYPE,
        "subject": [{"name": file.path, "digest": {"sha256": file.sha256}} for file in facts.files],
        "predicateType": PREDICATE_TYPE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {
                    **facts.making.parameters,
                    "version": facts.about.version,
                    "previousVersion": facts.about.previous_version,
                },
                "internalParameters": {"buildTime": facts.about.created},
                "resolvedDependencies": [
                    {"name": name, "digest": {"sha256": digest}} for name, digest in facts.making.materials
                ],
            },
            "runDetails": {"builder": {"id": BUILDER, "version": {"fieldledger": facts.making.program_version}}},
        },
    }
