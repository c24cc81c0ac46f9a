"""Which reports moved from one event to another between two editions: the mergers and splits, event by event.

Reports that came or went are changes of rows like any other, and ids that went away are `retired`.
"""

from __future__ import annotations

import polars as pl

from pipeline.release.columns import Rows
from pipeline.release.row_changes import TableChanges

MOVES = pl.Schema(
    {"from_event_id": pl.String(), "to_event_id": pl.String(), "kind": pl.String(), "reports": pl.Int64()}
)
_LINKS = dict.fromkeys(("mention_id", "event_id", "relation"), pl.String())


def no_moves() -> pl.DataFrame:
    """Return no rows (columns of `MOVES`)."""
    return MOVES.to_frame()


def event_moves(old: Rows | None, new: Rows | None, _: TableChanges) -> pl.DataFrame:
    """Return how many reports moved from which event to which (columns of `MOVES`), most first, then by id.

    Args:
        old: the table `event_mentions` of the edition before; of one without it or its columns nothing is told.
        new: that of the edition after.

    ``kind`` is merge where all reports left of an event moved to one other, else split.
    """
    if old is None or new is None or not all(links.tells(_LINKS) for links in (old, new)):
        return no_moves()
    before, after = (
        links.select([*_LINKS]).filter(pl.col("relation") == "reports").select("mention_id", **{name: "event_id"})
        for links, name in ((old, "from_event_id"), (new, "to_event_id"))
    )
    merged = pl.col("to_event_id").n_unique().over("from_event_id") == 1
    return (
        before.join(after, on="mention_id")
        .with_columns(kind=pl.when(merged).then(pl.lit("merge")).otherwise(pl.lit("split")))
        .filter(pl.col("from_event_id") != pl.col("to_event_id"))
        .group_by("from_event_id", "to_event_id", "kind")
        .agg(reports=pl.len().cast(pl.Int64))
        .sort("reports", "from_event_id", "to_event_id", descending=[True, False, False])
    )
