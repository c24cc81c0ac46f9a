"""`data/*.hxl.csv`: a table of figures with a row of HXL tags below its header, for humanitarian tools.

The tags are those of `package.yaml`, the rest is the CSV byte for byte. What a tag means: https://hxlstandard.org.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from pipeline.contracts import Table
from pipeline.errors import FieldledgerError
from pipeline.release.tables import csv_chunks

_END = b"\r\n"


def hxl_path(table: str) -> str:
    """Return where the tagged twin of a table lies."""
    return f"data/{table}.hxl.csv"


def hxl_chunks(table: Table, frame: pl.DataFrame, tags: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the tagged CSV of a `publishable` frame piece by piece.

    Raises:
        FieldledgerError: a column has no tag.
    """
    if missing := [name for name in table.columns if name not in tags]:
        raise FieldledgerError(f"schemas/package.yaml: no HXL tag for {', '.join(missing)}; add it under hxl")
    chunks = csv_chunks(table, frame)
    yield next(chunks)
    yield ",".join(tags[name] for name in table.columns).encode("ascii") + _END
    yield from chunks


def without_tags(data: bytes) -> bytes | None:
    """Return the plain CSV of a tagged one; None where the second row holds no tags."""
    header, end, rest = data.partition(_END)
    tags, _, rows = rest.partition(_END)
    return header + end + rows if tags.startswith(b"#") else None
