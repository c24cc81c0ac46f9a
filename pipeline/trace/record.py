"""What a trace says, as records: a tree upwards to the evidence, one downwards to what came of it, files and versions.

`schemas/trace.schema.json` is made of this module (`python -m tests.release.renew_schemas`). Nothing is looked up here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar

from pydantic import ConfigDict, JsonValue, TypeAdapter

from pipeline.contracts import SCHEMAS
from pipeline.release.json_records import STRICT, Sha256, Version, described, schema_of
from pipeline.release.manifest import json_bytes

SCHEMA_FILE: Path = SCHEMAS / "trace.schema.json"
SCHEMA_NAME = "trace.schema.json"
SCHEMA_VERSION = 1
Values = Mapping[str, JsonValue]


@dataclass(frozen=True, slots=True)
class Node:
    """One thing of a trace."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    kind: Annotated[str, described("Table that it is a row of; or raw_input, page, file.")]
    id: Annotated[
        str, described("Key of the row, of a figure week/area/type; name of an input; address of a page or file.")
    ]
    says: Annotated[str, described("In one line, for people.")] = ""
    via: Annotated[str, described("Column or table that leads to it from what it stands under.")] = ""
    values: Annotated[Values, described("The row: columns of the codebook, empty cells left out.")] = field(
        default_factory=dict
    )
    adds: Annotated[
        Mapping[str, int | None],
        described("What it adds to each figure; null where its end is open, which leaves the figure open."),
    ] = field(default_factory=dict)
    repeated: Annotated[bool, described("Whether it stands further up already, with all that is under it.")] = False
    nodes: Annotated[tuple[Node, ...], described("What is under it.")] = ()

    def walk(self) -> Iterator[Node]:
        """Yield it and all that is under it."""
        yield self
        for node in self.nodes:
            yield from node.walk()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure that was asked for, added up again from its rows."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    column: Annotated[str, described("Column of the table of figures.")]
    value: Annotated[int | None, described("As the release has it, summed over its rows; null when it is open.")]
    parts: Annotated[int, described("Rows that enter it.")]
    sum: Annotated[int | None, described("What they add up to; null when one of them is open.")]
    stored: Annotated[
        bool,
        described(
            "False where no row of a table holds it: a count of a page, or outlets that count once over several rows."
        ),
    ]

    @property
    def adds_up(self) -> bool:
        """Whether the rows give the figure."""
        return self.value == self.sum


@dataclass(frozen=True, slots=True)
class File:
    """A file of the release that holds what was asked for."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    path: str
    bytes: int | None
    sha256: Sha256
    holds: Annotated[tuple[str, ...], described("Kinds of what it holds of this trace.")]


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is another one than in the version before that has it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    field: str
    old: JsonValue
    new: JsonValue


@dataclass(frozen=True, slots=True)
class Held:
    """What one version has of it."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    version: Version
    build_time: Annotated[str | None, described("ISO 8601, UTC; null where the manifest is missing.")]
    holds: Annotated[bool, described("Whether it is in that version.")]
    kind: Annotated[str | None, described("Table; retired_events where only the retired id is left.")]
    changes: Annotated[tuple[Change, ...], described("Against the version before that has it.")]


@dataclass(frozen=True, slots=True)
class Trace:
    """All that is known of one thing."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    asked: str
    version: Annotated[Version, described("Release that it is traced in: the newest that has it, or the one chosen.")]
    newest: Annotated[Version, described("Newest release that is there.")]
    subject: Annotated[Node, described("What was asked for.")]
    figures: tuple[Figure, ...]
    upwards: Annotated[tuple[Node, ...], described("What it rests on, down to articles and the files they came in.")]
    downwards: Annotated[tuple[Node, ...], described("What rests on it: events, figures, pages.")]
    files: tuple[File, ...]
    versions: Annotated[tuple[Held, ...], described("All releases that are there, newest first.")]
    left_out: Annotated[tuple[str, ...], described("Releases that cannot be read, with the reason.")]
    findings: Annotated[tuple[str, ...], described("What is wrong; none when all adds up.")]

    def to_bytes(self) -> bytes:
        """Return it as JSON."""
        return json_bytes({"$schema": SCHEMA_NAME, "schema_version": SCHEMA_VERSION, **asdict(self)})


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Trace]:
    return TypeAdapter(Trace)


def trace_schema() -> dict[str, Any]:
    """Return the JSON Schema of a trace, as it is published in `schemas/`."""
    own = {"$schema": {"const": SCHEMA_NAME}, "schema_version": {"const": SCHEMA_VERSION}}
    return schema_of(_adapter(), own, title="Trace of fieldledger", made_of="pipeline/trace/record.py")
