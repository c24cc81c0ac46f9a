"""What an asset tells of itself when it is made, beside what it stores: how many rows, and the first of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import dagster as dg
import polars as pl
from dagster._core.storage.fs_io_manager import PickledObjectFilesystemIOManager

from pipeline.ids import sha256_bytes, sha256_text
from pipeline.orchestrate.preview import preview
from pipeline.release.plan import ReleasePlan
from pipeline.storage import Frames, StoreIOManager, fingerprint

PREVIEW = "preview"
ROW_COUNT = "dagster/row_count"


class ShownFrames(StoreIOManager):
    """Keeps frames in the store; the first rows go with them as metadata, of each week its own."""

    def handle_output(self, context: dg.OutputContext, obj: pl.DataFrame | Frames) -> None:
        """Store and tell."""
        super().handle_output(context, obj)
        if isinstance(obj, pl.DataFrame):
            context.add_output_metadata({PREVIEW: dg.MetadataValue.md(preview(obj))})
            return
        for week, frame in obj.items():
            told = {ROW_COUNT: frame.height, PREVIEW: dg.MetadataValue.md(preview(frame))}
            context.step_context.add_asset_metadata(told, context.asset_key, week)


class ShownValues(PickledObjectFilesystemIOManager):
    """Keeps what is no frame, pickled; its data version follows from its content, as that of frames does."""

    def __init__(self, base_dir: str) -> None:
        super().__init__(base_dir)  # type: ignore[no-untyped-call]

    def dump_to_path(self, context: dg.OutputContext, obj: Any, path: Any) -> None:
        """Store and tell."""
        super().dump_to_path(context, obj, path)
        rows, version = listed(obj)
        context.step_context.set_data_version(context.asset_key, dg.DataVersion(version))
        context.add_output_metadata({ROW_COUNT: rows.height, PREVIEW: dg.MetadataValue.md(preview(rows))})


def listed(value: ReleasePlan | Mapping[str, bytes]) -> tuple[pl.DataFrame, str]:
    """Return what a value holds as rows, and the hash of its content: pages by name, or changes by table.

    Raises:
        TypeError: it is neither pages nor a plan.
    """
    if isinstance(value, ReleasePlan):
        tables = value.changes.tables
        rows = pl.DataFrame(
            [(name, diff.added.height, diff.removed.height, diff.changed_rows) for name, diff in tables.items()],
            schema={"table": pl.String, "added": pl.Int64, "removed": pl.Int64, "changed": pl.Int64},
            orient="row",
        )
        said = [value.version, value.previous_version, value.build_time.isoformat(), repr(value.changes.schema)]
        differing = [(d.table, *map(fingerprint, (d.added, d.removed, d.changed))) for d in tables.values()]
        return rows, sha256_text(json.dumps([said, differing]))
    if isinstance(value, Mapping):
        pages = sorted(value.items())
        rows = pl.DataFrame(
            [(name, len(page)) for name, page in pages], schema={"page": pl.String, "bytes": pl.Int64}, orient="row"
        )
        return rows, sha256_text(json.dumps([(name, sha256_bytes(page)) for name, page in pages]))
    raise TypeError(f"{type(value).__name__} has no rows to show; tell `listed` what it holds")
