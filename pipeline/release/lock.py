"""`lock.json`: all that a release was made from, each thing by its hash or its value, so that it can be made again.

The raw inputs themselves stay in the archive of the store that made the release (`pipeline.archive`), named by the
hashes here; the code is fetched by its version and told by its hash. `schemas/lock.schema.json` is made of this module
(`python -m tests.release.renew_schemas`). Making the release again is `pipeline.reproduce`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

import polars as pl
from pydantic import ConfigDict, JsonValue, TypeAdapter

from pipeline.contracts import SCHEMAS
from pipeline.errors import FieldledgerError
from pipeline.release.json_records import STRICT, Sha256, Version, check_form, described, record_in, schema_of
from pipeline.release.manifest import Manifest, json_bytes, json_object

LOCK = "lock.json"
SCHEMA_FILE: Path = SCHEMAS / "lock.schema.json"
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class Code:
    """The program."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    package: Annotated[str, described("Name of the package.")]
    version: Annotated[str, described("Its version: fetch the sources by it.")]
    sha256: Annotated[Sha256, described("Over all its sources; `fieldledger --version` tells that of a checkout.")]
    stages: Annotated[Mapping[str, str], described("By stage, the start of a hash over what its result depends on.")]
    extractor: Annotated[str, described("What tells the version of the setting `extractor`.")]


@dataclass(frozen=True, slots=True)
class Dependencies:
    """What the program stands on."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    lock_sha256: Annotated[Sha256, described("Of requirements.lock: all packages with version and hash.")]
    python: Annotated[str, described("Implementation and version.")]
    packages: Annotated[Mapping[str, str], described("Versions installed of the packages depended on directly.")]


@dataclass(frozen=True, slots=True)
class RawInput:
    """A file that was read, in the order of reading."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: Annotated[str, described("From the folder that the input given lies in.")]
    format: Annotated[
        Literal["jsonl", "txt", "html", "json"] | None, described("How it was read; json is the metadata of another.")
    ]
    sha256: Annotated[Sha256 | None, described("Null when the file could not be read.")]
    sidecar_of: Annotated[str | None, described("Of metadata: the file before it in this list.")]
    unreadable: Annotated[str | None, described("Why there is nothing to read; stands in the table rejections.")]


@dataclass(frozen=True, slots=True)
class SuppliedFile:
    """A file that a user supplied."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    sha256: Sha256


@dataclass(frozen=True, slots=True)
class CorrectionFile:
    """A file of declared corrections."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    name: str
    sha256: Sha256
    fault: Annotated[str | None, described("Why nothing of it was used.")]


@dataclass(frozen=True, slots=True)
class GoldFile:
    """A file of a gold set that the table accuracy was measured on."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    gold_set: str
    name: str
    sha256: Sha256
    bundled: Annotated[bool, described("Whether the set comes with the region.")]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What was known beforehand about the region."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    region: str
    sha256: Annotated[Sha256, described("Over the region's files and the gazetteers supplied.")]
    gazetteers: Annotated[tuple[SuppliedFile, ...], described("In their order: an earlier file wins.")]


@dataclass(frozen=True, slots=True)
class Previous:
    """The release before, whose event ids live on."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    version: Version
    manifest_sha256: Annotated[Sha256, described("Of its manifest.json, which holds the hash of every other file.")]


@dataclass(frozen=True, slots=True)
class Lock:
    """All that a release was made from."""

    __pydantic_config__: ClassVar[ConfigDict] = STRICT
    code: Code
    dependencies: Dependencies
    settings: Annotated[Mapping[str, JsonValue], described("Every setting whose value can enter a release.")]
    knowledge: Knowledge
    sample: Annotated[bool, described("Whether the inputs are the region's sample corpus, invented as a whole.")]
    inputs: tuple[RawInput, ...]
    corrections: tuple[CorrectionFile, ...]
    gold: tuple[GoldFile, ...]
    previous: Annotated[Previous | None, described("Null for the first release of a series.")]

    def to_bytes(self) -> bytes:
        """Return the canonical JSON."""
        return json_bytes({"schema_version": SCHEMA_VERSION, **asdict(self)})

    @property
    def raw_files(self) -> tuple[tuple[str, str], ...]:
        """Every raw file that must be had to make the release again, once: a name for people, and its hash."""
        named = [
            *((item.name, item.sha256) for item in self.inputs),
            *((f"gazetteer {item.name}", item.sha256) for item in self.knowledge.gazetteers),
            *((f"correction {item.name}", item.sha256) for item in self.corrections if item.fault is None),
            *((f"gold set {g.gold_set}, {g.name}", g.sha256) for g in self.gold if not g.bundled),
        ]
        return tuple(dict.fromkeys((name, sha256) for name, sha256 in named if sha256 is not None))


@lru_cache(maxsize=1)
def _adapter() -> TypeAdapter[Lock]:
    return TypeAdapter(Lock)


def read_lock(data: bytes, name: str = LOCK) -> Lock:
    """Return the lock in ``data``; messages name ``name``.

    Raises:
        InputError: a later version of the program wrote it, so that it cannot be judged.
        FieldledgerError: it is damaged, incomplete or not canonical.
    """
    content = json_object(data, name)
    check_form(content.pop("schema_version", None), name, SCHEMA_VERSION)
    lock = record_in(_adapter(), content, name, "fetch the release again")
    if lock.to_bytes() != data:
        raise FieldledgerError(f"{name}: is not written as fieldledger does it; fetch the release again")
    return lock


def lock_faults(lock: Lock, manifest: Manifest, frames: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    """Yield what of ``lock`` does not fit the release that it lies in."""
    previous = lock.previous.version if lock.previous else None
    if previous != manifest.previous_version:
        names = (previous or "no release", manifest.previous_version or "no release")
        yield f"names {names[0]} as the one before, the manifest {names[1]}"
    epoch = lock.settings.get("source_date_epoch")
    if isinstance(epoch, int):
        built = f"{datetime.fromtimestamp(epoch, tz=UTC):%Y-%m-%dT%H:%M:%S}Z"
        if built != manifest.build_time:
            yield f"says built at {built} (source_date_epoch), the manifest {manifest.build_time}"
    most = lock.settings.get("partition_rows")
    for table in manifest.tables:
        if table.partitioned and isinstance(most, int) and table.rows <= most:
            yield f"has tables of up to {most} rows in one Parquet file, but {table.name}, of {table.rows}, is in parts"
    named = {item.name for item in lock.inputs if item.sha256}
    if "articles" in frames and (unknown := sorted(set(frames["articles"]["input_name"].drop_nulls()) - named)):
        yield f"does not list the input {unknown[0]}, which articles come from"


def lock_schema() -> dict[str, Any]:
    """Return the JSON Schema of `lock.json`, as it is published in `schemas/`."""
    own = {"schema_version": {"const": SCHEMA_VERSION}}
    return schema_of(_adapter(), own, title="Lock of a fieldledger release", made_of="pipeline/release/lock.py")
