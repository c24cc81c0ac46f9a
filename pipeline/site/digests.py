"""Digests over rows: what a page rests on, by the key of the page. Columnar, for tables of any size.

The same rows give the same digest, whatever their order and the number of threads.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import polars as pl

HASHES = ("hash", "other_hash")
"""Columns of two hashes of a row: one alone might be that of another row by chance."""


def row_digests(frame: pl.DataFrame, by: str) -> dict[str, str]:
    """Return for each value of the column ``by`` a digest over all its rows, all columns with their names.

    Rows whose ``by`` is empty belong to no key. A key that is no text is taken as polars writes it as text.
    """
    if frame.is_empty():
        return {}
    told = frame.lazy().select(pl.col(by).cast(pl.String).alias("key"), *row_hashes(frame.columns))
    hashes = [pl.col(name).sum() for name in HASHES]
    grouped = told.drop_nulls("key").group_by("key").agg(pl.len(), *hashes)
    said = grouped.select("key", pl.format("{} {} {}", "len", *HASHES))
    return dict(said.collect().iter_rows())


def row_hashes(columns: Sequence[str]) -> Iterator[pl.Expr]:
    """Yield the columns `HASHES` (UInt64) over ``columns`` of each row: sums of them tell sets of rows apart.

    They are quick and no defence against someone who seeks two rows of one hash. Other versions of polars have others.
    """
    text = pl.struct(sorted(columns)).struct.json_encode()
    for seed, name in enumerate(HASHES):
        yield text.hash(seed).alias(name)


def digest(parts: Iterable[str]) -> str:
    """Return a digest over texts, in their order."""
    encoded = [part.encode("utf-8") for part in parts]
    return hashlib.sha256(b"".join([b"%d:%b" % (len(data), data) for data in encoded])).hexdigest()


def value_digest(value: object) -> str:
    """Return a digest over a value that JSON can hold, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()


def joined(**parts: Mapping[str, str]) -> dict[str, str]:
    """Return for each key a digest over what every part says of it; a part that does not know the key counts too."""
    said: dict[str, list[str]] = defaultdict(list)
    for name in sorted(parts):
        for key, text in parts[name].items():
            said[key] += (name, text)
    return {key: digest(texts) for key, texts in said.items()}
