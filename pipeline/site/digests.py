"""Digests over rows: what a page rests on, by the key of the page. Columnar, for tables of any size.

The same rows give the same digest, whatever their order and the number of threads.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping

import polars as pl

HASHES = ("hash", "other_hash")
"""Columns of two hashes of a row: one alone might be that of another row by chance."""


def row_digests(frame: pl.DataFrame, by: str) -> dict[str, str]:
    """Return for each value of the column ``by`` a digest over all its rows, all columns.

    Rows whose ``by`` is empty belong to no key. A key that is no text is taken as polars writes it as text.
    """
    said = row_sums(frame, by).select("key", pl.format("{} {} {}", "rows", *HASHES))
    return dict(said.iter_rows())


def part_digests(parts: Mapping[str, pl.DataFrame], by: str) -> dict[str, str]:
    """Return for each value of the column ``by`` a digest over its rows in all ``parts``; by name, as `row_digests`.

    A row that stands in another part is another row.
    """
    sums = [row_sums(rows, by).with_columns(part=pl.lit(name)) for name, rows in parts.items()]
    return row_digests(pl.concat(sums), "key")


def row_sums(frame: pl.DataFrame, by: str) -> pl.DataFrame:
    """Return how many rows each value of the column ``by`` has, and the sums of their hashes: key, rows, `HASHES`."""
    keyed = row_hashes(frame).with_columns(frame[by].cast(pl.String).alias("key")).drop_nulls("key")
    return keyed.group_by("key").agg(pl.len().alias("rows"), pl.col(HASHES).sum())


def row_hashes(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the columns `HASHES` (UInt64) over each of ``rows``, whatever their columns' order: sums tell sets apart.

    They are quick and no defence against someone who seeks two rows of one hash. Other versions of polars have others.
    What columns are called is not in them: it changes with the contract and the code, on which every page rests. Numbers
    that are equal count as the same: 0.0 and -0.0.
    """
    columns = rows.select(sorted(rows.columns))
    # polars combines the hashes of columns loosely; hashed once more, a sum over rows cannot be that of cells exchanged
    return pl.DataFrame([columns.hash_rows(seed).hash(seed).alias(name) for seed, name in enumerate(HASHES)])


def digest(parts: Iterable[str]) -> str:
    """Return a digest over texts, in their order; a PDF bears one as its identifier."""
    encoded = [part.encode("utf-8") for part in parts]
    return hashlib.sha256(b"".join([b"%d:%b" % (len(data), data) for data in encoded])).hexdigest()


def value_digest(value: object) -> str:
    """Return a digest over a value that JSON can hold, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode("ascii")).hexdigest()
