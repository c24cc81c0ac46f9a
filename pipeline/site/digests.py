"""Digests over rows: what a page rests on, by the key of the page. Columnar, for tables of any size.

The same rows give the same digest, whatever their order and the number of threads.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping

import polars as pl


def row_digests(frame: pl.DataFrame, by: str) -> dict[str, str]:
    """Return for each value of the column ``by`` a digest over all its rows, all columns with their names.

    Rows whose ``by`` is empty belong to no key. A key that is no text is taken as polars writes it as text.
    """
    if frame.is_empty():
        return {}
    columns = sorted(frame.columns)
    rows = frame.lazy().select(
        pl.col(by).cast(pl.String).alias("key"), pl.struct(columns).struct.json_encode().alias("row")
    )
    grouped = rows.drop_nulls("key").group_by("key").agg(pl.col("row").sort().str.join("\n")).collect()
    texts = zip(grouped["key"].to_list(), grouped["row"].to_list(), strict=True)
    return {key: hashlib.sha256(row.encode("utf-8")).hexdigest() for key, row in texts}  # in JSON, no line is broken


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
