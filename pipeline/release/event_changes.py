"""What became of events between two editions, with the facts that name them: for pages that tell of changes in words.

Facts are of the registry and the tables (type, place, day, toll); words of articles are not repeated. Which reports
moved from one event to another is `event_moves`.
"""

from __future__ import annotations

import polars as pl

from pipeline.release.columns import PEOPLE, Rows
from pipeline.release.row_changes import TableChanges

KEPT = 1_000
"""Events told of with their facts, the largest changes; the table `changes` has all of them."""
FACTS = pl.Schema(
    {
        "sub_event_type": pl.String(),
        "place_name": pl.String(),
        "admin1": pl.String(),
        "event_date_start": pl.Date(),
        "event_date_end": pl.Date(),
    }
)
TOLLS = ("fatalities_low", "fatalities_best", "fatalities_high", "injured_low", "injured_high")
EVENT_CHANGES = pl.Schema(
    {
        "event_id": pl.String(),
        "change": pl.String(),
        "people": pl.Float64(),
        "columns": pl.List(pl.String()),
        **FACTS,
        **{f"{name}_before": pl.Int64() for name in TOLLS},
        **{f"{name}_after": pl.Int64() for name in TOLLS},
    }
)
"""An event, what happened to it (`change_size.CHANGE_KINDS`), by how many people, in which columns; facts and tolls."""
RETIRED = pl.Schema(dict.fromkeys(("event_id", "retirement_reason", "merged_into", "current_event_id"), pl.String()))
CORRECTED = pl.Schema(
    {
        **dict.fromkeys(
            ("correction_id", "action", "event_id", "field", "original_value", "corrected_value", "corrected_by"),
            pl.String(),
        ),
        "corrected_on": pl.Date(),
        "applied": pl.Boolean(),
    }
)
"""A correction that is applied now and was not before, or, ``applied`` false, the other way round."""


def event_changes(old: Rows | None, new: Rows | None, changes: TableChanges) -> pl.DataFrame:
    """Return the events that differ (columns of `EVENT_CHANGES`): the most people first, then by id; `KEPT` at most.

    Args:
        old: the table `events` of the edition before; of one without the columns needed nothing is told.
        new: that of the edition after.
        changes: of the table.
    """
    needed = pl.Schema({"event_id": pl.String(), **FACTS, **dict.fromkeys(TOLLS, pl.Int64())})
    if old is None or new is None or not (old.tells(needed) and new.tells(needed)) or changes.rekeyed:
        return EVENT_CHANGES.to_frame()
    largest = _largest(changes)
    before, after = (
        rows.select(needed.names()).join(largest, on="event_id", how="semi").rename({t: f"{t}_{to}" for t in TOLLS})
        for rows, to in ((old, "before"), (new, "after"))
    )
    facts = pl.concat([after, before], how="diagonal").group_by("event_id", maintain_order=True)
    told = facts.agg(
        *(pl.col(name).first() for name in FACTS),  # as they stand now, if the event does
        *(pl.col(f"{name}_{to}").drop_nulls().first() for to in ("before", "after") for name in TOLLS),
    )
    joined = largest.join(told, on="event_id", how="left", maintain_order="left")
    return joined.select(pl.col(name).cast(dtype) for name, dtype in EVENT_CHANGES.items())


def _largest(changes: TableChanges) -> pl.DataFrame:
    """Return ``event_id``, ``change``, ``people`` and ``columns`` of the events that changed most."""
    people = [column for column, unit in changes.units.items() if unit == PEOPLE]
    cells = changes.changed.group_by("event_id", maintain_order=True).agg(
        people=pl.col("size").filter(pl.col("column").is_in(people)).max(), columns="column"
    )
    none = pl.lit([], dtype=pl.List(pl.String)).alias("columns")
    rows = [
        frame.select("event_id", pl.lit(kind).alias("change"), pl.col("size").alias("people"), none)
        for kind, frame in (("added", changes.added), ("removed", changes.removed))
    ]
    changed = cells.select("event_id", pl.lit("changed").alias("change"), "people", "columns")
    every = pl.concat([*rows, changed])
    return every.sort("people", "event_id", descending=[True, False], nulls_last=True).head(KEPT)


def newly_retired(_: Rows | None, new: Rows | None, changes: TableChanges) -> pl.DataFrame:
    """Return the ids that went away (columns of `RETIRED`), of the table `retired_events`, by id."""
    if new is None or not new.tells(RETIRED) or changes.rekeyed:
        return RETIRED.to_frame()
    return new.select(RETIRED.names()).join(changes.added, on="event_id", how="semi").sort("event_id")


def newly_corrected(old: Rows | None, new: Rows | None, changes: TableChanges) -> pl.DataFrame:
    """Return the corrections whose being applied is other than before (columns of `CORRECTED`), by day and id.

    Args:
        old: the table `corrections` of the edition before, None where it has none: all are new then.
        new: that of the edition after.
        changes: of the table.
    """
    columns = [name for name in CORRECTED.names() if name != "applied"]
    needed = pl.Schema({**{name: CORRECTED[name] for name in columns}, "state": pl.String()})
    if new is None or changes.rekeyed or not all(rows.tells(needed) for rows in (old, new) if rows):
        return CORRECTED.to_frame()
    applied = pl.col("state") == "applied"
    after = new.select(needed.names()).filter(applied).select(columns)
    before = old.select(needed.names()).filter(applied).select(columns) if old else after.head(0)
    came = after.join(before, on="correction_id", how="anti").with_columns(applied=True)
    went = before.join(after, on="correction_id", how="anti").with_columns(applied=False)
    return pl.concat([came, went]).sort("corrected_on", "correction_id", nulls_last=True)
