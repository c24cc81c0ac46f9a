"""Raw inputs into the archive, and out of it again: the same files under the same names, in the same order.

What the pipeline reads is what it archived, so that a file which changes meanwhile cannot make a release of what
nobody kept. A release is rebuilt from the list alone (`LISTED`), wherever the files came from.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from pipeline.archive import Archive
from pipeline.ingest.found import Beside, Found, Item, Passed, Refused, unreadable

LISTED = pl.Schema(
    {
        "input_name": pl.String(),
        "format": pl.String(),
        "sha256": pl.String(),
        "sidecar_of": pl.String(),
        "unreadable": pl.String(),
    }
)
"""Name of each input, in the order of reading; how it is read (`json` is the metadata of the file ``sidecar_of``, which
the row before is of); hash of its bytes; or why there are none."""
METADATA = "json"


def archive_inputs(items: Iterable[Item], archive: Archive) -> pl.DataFrame:
    """Archive every file found and return the list of them (columns `LISTED`).

    Raises:
        FieldledgerError: the archive cannot be written.
    """
    rows = [row for item in items if not isinstance(item, Passed) for row in _rows(item, archive)]
    return pl.DataFrame(rows, schema=LISTED, orient="row")


def _rows(item: Found | Refused, archive: Archive) -> list[tuple[str | None, ...]]:
    if isinstance(item, Refused):
        return [(item.name, None, None, None, item.problem)]
    try:
        rows: list[tuple[str | None, ...]] = [(item.name, item.fmt, archive.keep(item.path), None, None)]
        if item.sidecar:
            rows.append((item.sidecar.name, METADATA, archive.keep(item.sidecar.path), item.name, None))
    except OSError as error:
        return [(item.name, None, None, None, unreadable(item.name, "file", error))]
    return rows


def archived(listed: pl.DataFrame, archive: Archive) -> Iterator[Found | Refused]:
    """Yield the files of a list (columns `LISTED`) as they lie in the archive."""
    rows = listed.rows(named=True)
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        if row["unreadable"] is not None:
            yield Refused(row["input_name"], row["unreadable"])
        elif row["format"] != METADATA:
            sidecar = None
            if after is not None and after["sidecar_of"] is not None:
                sidecar = Beside(after["input_name"], archive.path(after["sha256"]))
            yield Found(row["input_name"], row["format"], archive.path(row["sha256"]), sidecar)
