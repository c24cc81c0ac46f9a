"""What of a deployment is made, and what of it a run would make otherwise now: from Dagster's records and the store.

The store outlives Dagster's records: after `fieldledger recover`, or a move to another database, it holds values that
no record tells of. They are made, and nobody knows when.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import dagster as dg
from dagster._core.definitions.assets.graph.base_asset_graph import BaseAssetNode

from pipeline.happenings import utc
from pipeline.storage import Store

CODE, DATA, INPUT = "dagster/code_version", "dagster/data_version", "dagster/input_data_version/"
NEVER = "never made"


@dataclass(frozen=True, slots=True)
class Made:
    """An asset."""

    asset: str
    made: str | None
    """When, in UTC; None when it never was, or before Dagster's records began."""
    stored: bool
    """Whether it was made before Dagster's records began."""
    rows: int | None
    """Of the last time; None for what is no frame."""
    data_version: str | None
    weeks: str
    """How many of the weeks are made; empty where the asset has none."""
    stale: tuple[str, ...]
    """Why it is not what a run would make now."""


def made_of(definitions: dg.Definitions, instance: dg.DagsterInstance, store: Store) -> Iterator[Made]:
    """Yield all assets, each after those that it is made of."""
    graph = definitions.resolve_asset_graph()
    order = graph.toposorted_asset_keys
    records = {**dict.fromkeys(order), **_recorded(instance, order)}
    stored: set[dg.AssetKey] = set()
    for key in reversed(order):  # what another rests on was made, even where its value is kept nowhere
        if records[key] or key in stored or store.has(key.path[-1]):
            stored |= {key, *graph.get(key).parent_keys}
    for key in order:
        node, found = graph.get(key), records[key]
        known, there = _weeks(node, instance, store)
        yield Made(
            key.to_user_string(),
            utc(found.time) if found else None,
            not found and key in stored,
            found.rows if found else None,
            found.tags.get(DATA) if found else None,
            f"{there:,} of {known:,}" if node.partitions_def is not None else "",
            tuple(_stale(graph, node, records, short=there < known)) if key in stored else (NEVER,),
        )


@dataclass(frozen=True, slots=True)
class _Record:
    """What Dagster noted when an asset was made last."""

    time: float
    rows: int | None
    tags: dict[str, str]


def _recorded(instance: dg.DagsterInstance, keys: Sequence[dg.AssetKey]) -> dict[dg.AssetKey, _Record]:
    """Return what is noted of those that were made, asked for all at once."""
    records = {}
    for record in instance.get_asset_records(keys):
        entry = record.asset_entry.last_materialization
        if entry is None or (found := entry.asset_materialization) is None:
            continue
        rows = found.metadata.get("dagster/row_count")
        told = rows.value if rows is not None and isinstance(rows.value, int) else None
        records[record.asset_entry.asset_key] = _Record(entry.timestamp, told, dict(found.tags or {}))
    return records


def _weeks(node: BaseAssetNode, instance: dg.DagsterInstance, store: Store) -> tuple[int, int]:
    """Return how many weeks there are, and how many of them are made."""
    if not isinstance(node.partitions_def, dg.DynamicPartitionsDefinition):
        return 0, 0
    known = set(instance.get_dynamic_partitions(str(node.partitions_def.name)))
    recorded = instance.get_materialized_partitions(node.key) & known
    return len(known), len(recorded | {week for week in known - recorded if store.has(node.key.path[-1], week)})


def _stale(
    graph: dg.AssetGraph, node: BaseAssetNode, records: dict[dg.AssetKey, _Record | None], *, short: bool
) -> Iterator[str]:
    """Yield why an asset that is made would be made otherwise; of what nobody recorded only that weeks are missing."""
    found = records[node.key]
    if found and node.code_version and found.tags.get(CODE) != node.code_version:
        yield "its code or knowledge changed"
    for parent in sorted(node.parent_keys) if found else ():
        before = records[parent]
        apart = node.is_partitioned or graph.get(parent).is_partitioned
        if found and before and not apart and found.tags.get(INPUT + parent.to_user_string()) != before.tags.get(DATA):
            yield f"{parent.to_user_string()} changed"
    if short:
        yield "weeks are missing"
