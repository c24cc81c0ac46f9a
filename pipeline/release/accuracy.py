"""The main figures of the table `accuracy`, as the README of a release shows them."""

from __future__ import annotations

import polars as pl

UNREAD = "unread"
SHOWN = ("type_f1", "when_f1", "where_f1", "who_f1", "slot_killed", "false_alarms")


def gold_sets(accuracy: pl.DataFrame) -> list[dict[str, str | int]]:
    """Return entries of a gold set: its name, its reported gold mentions, and each measure of `SHOWN` (two decimals).

    One for the whole set and, where it has any, one for the articles kept unread by developers. A measure without a
    case is a dash. A gold set in whose articles nothing is reported has no mentions to show.
    """
    parts = accuracy.filter((pl.col("slice") == "all") | (pl.col("slice_value") == UNREAD))
    entries: list[dict[str, str | int]] = []
    for (gold, part), rows in parts.group_by("gold_set", "slice_value", maintain_order=True):
        name = f"{gold}, unread articles" if part == UNREAD else gold
        scores = dict(rows.select("measure", "score").iter_rows())
        mentions = dict(rows.select("measure", "out_of").iter_rows()).get("type_recall", 0)
        shown = {measure: f"{scores[measure]:.2f}" if measure in scores else "–" for measure in SHOWN}
        entries.append({"name": str(name), "mentions": mentions, **shown})
    return entries
