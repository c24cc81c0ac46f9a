"""`manifest.json`: what a release is made of, and the books of the stages.

The manifest lists every other file with size and hash, and carries a hash over itself, so that no byte of a release can
change unseen. Its bytes are canonical: one way to write it. What the release was made from is in
`lock`; checking a folder against the manifest is `verify`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any, ClassVar

from pydantic import ConfigDict, TypeAdapter

from pipeline.errors import FieldledgerError, InputError, cut
from pipeline.ids import sha256_bytes
from pipeline.release.files import FileRecord
from pipeline.release.json_records import STRICT, check_form, other_form, record_in

SCHEMA_VERSION = 2


@dataclass(frozen=True, slots=True)
class Books:
    """The balance of one stage (codebook section 1): how many records came in, and where they went."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    stage: str
    """Code of `stages`."""
    taken_in: int
    accepted: int
    rejected: int
    """As many as the stage has rows in the table `rejections`."""
    merged: int

    @property
    def balanced(self) -> bool:
        """Whether in = accepted + rejected + merged."""
        return self.taken_in == self.accepted + self.rejected + self.merged


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A table of the release: how large it is, and its files."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    rows: int
    columns: int
    csv: FileRecord
    parquet: FileRecord | tuple[FileRecord, ...]
    """One file; or its parts, sorted by path, where the table is partitioned by year."""

    @property
    def partitioned(self) -> bool:
        """Whether the table is in parts."""
        return isinstance(self.parquet, tuple)

    @property
    def parts(self) -> tuple[FileRecord, ...]:
        """The Parquet files: one, or all parts."""
        return self.parquet if isinstance(self.parquet, tuple) else (self.parquet,)

    @property
    def files(self) -> tuple[FileRecord, ...]:
        """All files of the table."""
        return (self.csv, *self.parts)


@dataclass(frozen=True, slots=True)
class Manifest:
    """Everything that `manifest.json` says, except the hash over itself."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    version: str
    previous_version: str | None
    build_time: str
    """ISO 8601, UTC."""
    books: tuple[Books, ...]
    tables: tuple[TableRecord, ...]
    files: tuple[FileRecord, ...]
    """All files but the manifest, sorted by path."""

    def to_bytes(self) -> bytes:
        """Return the canonical JSON, `manifest_sha256` over all the rest last."""
        content = {"schema_version": SCHEMA_VERSION, **asdict(self)}
        return json_bytes({**content, "manifest_sha256": sha256_bytes(json_bytes(content))})


def json_bytes(content: object) -> bytes:
    """Return ``content`` as JSON in UTF-8, indented, ending in a line feed."""
    return (json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode("utf-8")


def json_object(data: bytes, name: str) -> dict[str, Any]:
    """Return the JSON object in ``data``.

    Raises:
        FieldledgerError: it is not UTF-8, not JSON, or not an object; the message names ``name``.
    """
    try:
        content = json.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise FieldledgerError(f"{name}: not JSON ({cut(str(error))}); fetch the release again") from error
    if not isinstance(content, dict):
        raise FieldledgerError(f"{name}: holds no JSON object; fetch the release again")
    return content


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Manifest]:
    return TypeAdapter(Manifest)


def refuse_later(content: Mapping[str, Any]) -> None:
    """Tell whether this program may judge a manifest, from the JSON object in it.

    Raises:
        InputError: a later version of the program wrote it.
    """
    if type(version := content.get("schema_version")) is int and version > SCHEMA_VERSION:
        raise InputError(other_form("manifest.json", version, SCHEMA_VERSION))


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest in ``data``.

    Raises:
        InputError: it was written by a later version of the program, so that it cannot be judged.
        FieldledgerError: it is damaged, incomplete, not canonical, or of another tool.
    """
    content = json_object(data, "manifest.json")
    check_form(content.get("schema_version"), "manifest.json", SCHEMA_VERSION)
    body = {key: value for key, value in content.items() if key not in ("schema_version", "manifest_sha256")}
    manifest = record_in(_adapter(), body, "manifest.json", "fetch the release again")
    if manifest.to_bytes() != data:
        raise FieldledgerError("manifest.json: does not match the hash over itself; fetch the release again")
    return manifest
