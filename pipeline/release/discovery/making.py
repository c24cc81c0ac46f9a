"""What a release was made from, in words that archives and supply-chain tools share: program, parameters, materials.

The one place in `discovery` that knows how the release room records it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pydantic import JsonValue

from pipeline.release.lock import Lock


@dataclass(frozen=True, slots=True)
class Making:
    """How a release came about."""

    program_version: str
    """A hash over code, contract and templates."""
    parameters: Mapping[str, JsonValue]
    """What was set from outside, by name."""
    materials: tuple[tuple[str, str], ...]
    """Name and SHA-256 of all that went in: code, dependency lock, knowledge, inputs in the order of reading, then what
    people corrected and coded, and the release before. Files of different folders may bear one name."""
    stages: Mapping[str, str]
    """Code version of each stage."""


def making_of(made_from: Lock) -> Making:
    """Return the making of a release, as its lock records it."""
    return Making(made_from.code.sha256, made_from.settings, tuple(_materials(made_from)), made_from.code.stages)


def _materials(lock: Lock) -> Iterator[tuple[str, str]]:
    yield "code", lock.code.sha256
    yield "requirements.lock", lock.dependencies.lock_sha256
    yield f"regions/{lock.knowledge.region}", lock.knowledge.sha256
    yield from ((f"gazetteers/{file.name}", file.sha256) for file in lock.knowledge.gazetteers)
    yield from ((f"inputs/{file.name}", file.sha256) for file in lock.inputs if file.sha256 is not None)
    yield from ((f"corrections/{file.name}", file.sha256) for file in lock.corrections)
    yield from ((f"gold/{file.gold_set}/{file.name}", file.sha256) for file in lock.gold)
    if lock.previous is not None:
        yield f"releases/v{lock.previous.version}/manifest.json", lock.previous.manifest_sha256
