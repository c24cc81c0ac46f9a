"""The main figures of the table `accuracy`, as the README of a release shows them."""

from __future__ import annotations

import polars as pl

SHOWN = ("type_f1", "when_f1", "where_f1", "who_f1", "slot_killed", "false_alarms")


def gold_sets(accuracy: pl.DataFrame) -> list[dict[str, str | int]]:
    """Return one entry a gold set: its name, its reported gold mentions, and each measure of `SHOWN` (two decimals).

    A measure without a case is a dash. A gold set in whose articles nothing is reported has no mentions to show.
    """
    whole = accuracy.filter(pl.col("slice") == "all")
    entries: list[dict[str, str | int]] = []
    for (name,), rows in whole.group_by("gold_set", maintain_order=True):
        scores = dict(rows.select("measure", "score").iter_rows())
        mentions = dict(rows.select("measure", "out_of").iter_rows()).get("type_recall", 0)
        shown = {measure: f"{scores[measure]:.2f}" if measure in scores else "–" for measure in SHOWN}
        entries.append({"name": str(name), "mentions": mentions, **shown})
    return entries
