"""Files whose bytes depend on more than a lock can name: what they hold is compared instead, and the reason told.

A kind of file stands here only where its bytes follow from the version of a library, and that version is another one or
not in the lock, as of a library that comes with the system. Everything else must be the same byte for byte.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import Any

import polars as pl

from pipeline.lineage import package_versions
from pipeline.release.files import FileRecord
from pipeline.release.lock import Lock

SameContent = Callable[[bytes, bytes], str | None]
"""Given the bytes of the file there and of that here, tells why only they differ; None when what they hold does."""


def kinds_alike(lock: Lock) -> dict[str, SameContent]:
    """Return how the kinds of files are compared, by suffix, that need not be the same byte for byte here.

    A kind that is added says in its reason which version of what its bytes follow from.
    """
    versions = (lock.dependencies.packages.get("polars"), package_versions()["polars"])
    return {} if versions[0] == versions[1] else {".parquet": partial(same_rows, versions=versions)}


def same_rows(there: bytes, here: bytes, *, versions: tuple[str | None, str]) -> str | None:
    """Compare the rows of two Parquet files, written by these versions of polars."""
    try:
        one, other = (pl.read_parquet(BytesIO(data), glob=False) for data in (there, here))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException):
        return None
    if one.schema != other.schema or not one.equals(other, null_equal=True):
        return None
    return f"the same rows, in the bytes of polars {versions[0]} there, {versions[1]} here"


@dataclass(frozen=True, slots=True)
class Swap:
    """The record of a file that is alike, there and here: other files may name its hash and size."""

    there: FileRecord
    here: FileRecord

    def covers(self, one: Any, other: Any) -> bool:
        """Tell whether ``one`` there and ``other`` here are the hash, or the size, of the file."""
        if isinstance(one, str) and isinstance(other, str):
            return self.there.sha256 in one and one.replace(self.there.sha256, self.here.sha256) == other
        return type(one) is type(other) is int and (one, other) == (self.there.bytes, self.here.bytes)


def same_but_for(there: bytes, here: bytes, swaps: list[Swap]) -> str | None:
    """Compare two JSON documents that may name files which are alike; returns why only their bytes differ."""
    try:
        one, other = json.loads(there), json.loads(here)
    except ValueError:
        return None
    for path, left, right in json_differences(one, other):
        if path != "manifest_sha256" and not any(swap.covers(left, right) for swap in swaps):
            return None
    return "the same, but for hashes and sizes of files that are only alike" if swaps else None


def json_differences(there: Any, here: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield where two JSON values part (keys and positions joined by dots), and what each has there."""
    if isinstance(there, dict) and isinstance(here, dict):
        for key in dict.fromkeys([*there, *here]):
            yield from json_differences(there.get(key), here.get(key), f"{path}.{key}" if path else key)
    elif isinstance(there, list) and isinstance(here, list) and len(there) == len(here):
        for number, (left, right) in enumerate(zip(there, here, strict=True)):
            yield from json_differences(left, right, f"{path}.{number}" if path else str(number))
    elif there != here or type(there) is not type(here):
        yield path, there, here
