"""What a release was made from, in words that archives and supply-chain tools share: program, parameters, materials.

The one place in `discovery` that knows how the release room records it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.release.manifest import Provenance, writable


@dataclass(frozen=True, slots=True)
class Making:
    """How a release came about."""

    program_version: str
    """A hash over code, contract and templates."""
    parameters: Mapping[str, str]
    """What was set from outside, by name."""
    materials: Mapping[str, str]
    """Name and SHA-256 of all that went in: code, dependency lock, knowledge, then inputs by name."""


def making_of(made_from: Provenance) -> Making:
    """Return the making of a release, as its manifest records it."""
    inputs = {f"inputs/{writable(name)}": digest for name, digest in made_from.inputs.items()}
    return Making(
        program_version=made_from.code_version,
        parameters={"region": made_from.region, "settingsDigest": made_from.settings_digest},
        materials={
            "code": made_from.code_version,
            "requirements.lock": made_from.lock_sha256,
            f"regions/{made_from.region}": made_from.region_digest,
            **dict(sorted(inputs.items())),
        },
    )
