"""The raw inputs that rows came in, by the lock of the release; and where the archive of a data directory has them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from pipeline.archive import Archive
from pipeline.trace.record import Node
from pipeline.trace.says import values_of
from pipeline.trace.volume import Row, Volume
from pipeline.trace.walk import Key

KIND = "raw_input"


def raw_inputs(volume: Volume, store: Path | None) -> Callable[[Key, Row], Sequence[Node]]:
    """Return what names the raw input that a row came in: its hash, where the lock tells it, and where it is archived.

    Args:
        volume: the release.
        store: of the data directory, whose archive is looked in; None where there is none.
    """

    def more(_key: Key, row: Row) -> Sequence[Node]:
        name, record = row.get("input_name"), row.get("input_record")
        if name is None:
            return ()
        place = "the whole file" if record is None else f"record {record}"
        item = volume.inputs.get(name)
        values = {"name": name, "record": record}
        if item is None or item.sha256 is None:
            return (Node(KIND, name, f"{place}; the release tells no hash of it", "input_name", values_of(values)),)
        archived = _archived(store, item.sha256)
        values |= {"format": item.format, "sha256": item.sha256, "archived_as": archived}
        where = f", archived as {archived}" if archived else ", not in an archive here" if store else ""
        return (Node(KIND, name, f"{place}, sha256 {item.sha256}{where}", "input_name", values_of(values)),)

    return more


def _archived(store: Path | None, sha256: str) -> str | None:
    """Return where the archive has the file, from the folder of the store; whether it is sound is for `reproduce`."""
    if store is None:
        return None
    path = Archive(store).path(sha256)
    return path.relative_to(store).as_posix() if path.is_file() else None
