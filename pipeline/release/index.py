"""`index.json`: which releases there are, for programs and for people who follow them.

It lies beside the releases and tells of each what its own files tell: nothing here is decided or counted anew. All
links are relative, so that they hold wherever the folder lies. `schemas/index.schema.json`, which goes with it, is made
of this module (`python -m tests.release.renew_schemas`). Pages of it are `index_pages`; reading a release is
`index_entry`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from pipeline.contracts import SCHEMAS
from pipeline.release.json_records import STRICT, Sha256, Version, check_form, described, record_in, schema_of
from pipeline.release.manifest import json_bytes, json_object
from pipeline.release.reader import version_key

INDEX, SCHEMA_NAME = "index.json", "index.schema.json"
SCHEMA_FILE: Path = SCHEMAS / SCHEMA_NAME
SCHEMA_VERSION = 1
_REMEDY = "move it away, then run again"
Time = Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$", description="ISO 8601, UTC.")]
Count = Annotated[int, Field(ge=0)]


@dataclass(frozen=True, slots=True)
class LinkedFile:
    """A file of a release."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    path: Annotated[str, described("From the folder of the index.")]
    bytes: Count
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class Entry:
    """A release."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    version: Version
    previous_version: Annotated[Version | None, described("Of the release before; null for the first of a series.")]
    path: Annotated[str, described("Folder of the release: its permalink, a version is never overwritten.")]
    id: Annotated[str, described("Name of the package with its version, as its datapackage.json has it.")]
    title: str
    description: Annotated[str, described("What the package holds, behind a notice where data are invented.")]
    invented: Annotated[
        Literal["all", "some", "none"], described("Whether the outlets behind it are invented, as demonstrations are.")
    ]
    build_time: Annotated[Time, described("Of its manifest: ISO 8601, UTC.")]
    level: Annotated[Literal["none", "patch", "minor", "major"], described("How much changed since the one before.")]
    summary: Annotated[tuple[str, ...], described("What changed since the one before, in sentences.")]
    tables: Annotated[Count, described("How many tables it has.")]
    rows: Annotated[Count, described("How many rows they have together.")]
    files: Annotated[Count, described("How many files it has, with its manifest.")]
    bytes: Annotated[Count, described("How large they are together.")]
    manifest: Annotated[LinkedFile, described("manifest.json, which lists every other file with size and hash.")]
    archive: Annotated[LinkedFile, described("datapackage.zip: descriptor, tables and documents in one file.")]
    changes: Annotated[str, described("Path of the page of changes.")]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A folder named like a release that cannot be told of."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    path: Annotated[str, described("The folder.")]
    why: str


@dataclass(frozen=True, slots=True)
class Latest:
    """The newest release; as `latest.json`, the pointer of an object store."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    version: Version
    path: str
    manifest_sha256: Sha256

    def to_bytes(self) -> bytes:
        """Return it as a JSON object."""
        return json_bytes(asdict(self))


@dataclass(frozen=True, slots=True)
class Index:
    """All releases of a folder or an object store."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    latest: Latest
    releases: Annotated[tuple[Entry, ...], Field(min_length=1, description="Highest version first.")]
    left_out: Annotated[tuple[LeftOut, ...], described("What is no release that can be read, with the reason.")]

    @property
    def newest(self) -> Entry:
        """The release that `latest` is."""
        return self.releases[0]

    def to_bytes(self) -> bytes:
        """Return `index.json`."""
        return json_bytes({"$schema": SCHEMA_NAME, "schema_version": SCHEMA_VERSION, **asdict(self)})


def make_index(entries: Iterable[Entry], left_out: Iterable[LeftOut] = ()) -> Index:
    """Return the index of ``entries``, of which there is one, whatever their order."""
    ranked = sorted(entries, key=lambda entry: version_key(entry.version), reverse=True)
    newest = ranked[0]
    latest = Latest(newest.version, newest.path, newest.manifest.sha256)
    return Index(latest, tuple(ranked), tuple(sorted(left_out, key=lambda folder: folder.path)))


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Index]:
    return TypeAdapter(Index)


def read_latest(data: bytes, name: str) -> Latest:
    """Return the pointer in ``data``; messages name ``name``.

    Raises:
        FieldledgerError: it is damaged.
    """
    return record_in(TypeAdapter(Latest), json_object(data, name), name, _REMEDY)


def read_index(data: bytes, name: str = INDEX) -> Index:
    """Return the index in ``data``; messages name ``name``.

    Raises:
        InputError: a later version of the program wrote it.
        FieldledgerError: it is damaged.
    """
    content = json_object(data, name)
    content.pop("$schema", None)
    check_form(content.pop("schema_version", None), name, SCHEMA_VERSION)
    return record_in(_adapter(), content, name, _REMEDY)


def index_schema() -> dict[str, Any]:
    """Return the JSON Schema of `index.json`, as it is published in `schemas/`."""
    own = {
        "$schema": {"const": SCHEMA_NAME, "description": "This schema, which lies beside the file."},
        "schema_version": {"const": SCHEMA_VERSION},
    }
    return schema_of(_adapter(), own, title="Index of the releases of fieldledger", made_of="pipeline/release/index.py")
