"""Which weeks have to be made again: those whose articles, or whose coding, are not what lies in the store.

Told by content, never by a time: a week whose articles, code and knowledge are as they were is left alone, and
Dagster records no new materialisation of it. An article that arrives for an old week makes that week stale, no other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.assets import coding_key
from pipeline.ingest.assets import by_week
from pipeline.storage import fingerprint
from pipeline.workbench import Workbench

MOST_RANGES = 6
"""Dagster takes weeks in one row at a time, a run each; scattered over more rows they are taken together with those
between them, whose coding is recalled."""


def stale_weeks(bench: Workbench, weeks: Sequence[str]) -> list[str]:
    """Return those of ``weeks`` that are to be made again, in their order; the others are counted as found done."""
    store = bench.store
    stale: list[str] = []
    for week, articles in by_week(store.load("inbox"), weeks).items():
        digest = fingerprint(articles)
        coded = (store.known("coding", coding_key(bench, digest)) or {}).get("coding")
        here = store.points_to("weekly_articles", week), store.points_to("weekly_coding", week)
        if coded is None or here != (digest, coded):
            stale.append(week)
        else:
            store.count("coding", reused=True)
    return stale


def in_ranges(stale: Sequence[str], weeks: Sequence[str]) -> Iterator[list[str]]:
    """Yield ``stale`` weeks as rows that are unbroken in ``weeks``; as one, with all between, where rows are many."""
    places = sorted(weeks.index(week) for week in stale)
    starts = [at for number, at in enumerate(places) if number == 0 or places[number - 1] != at - 1]
    ends = [at for number, at in enumerate(places) if number == len(places) - 1 or places[number + 1] != at + 1]
    if len(starts) > MOST_RANGES:
        starts, ends = starts[:1], ends[-1:]
    for start, end in zip(starts, ends, strict=True):
        yield list(weeks[start : end + 1])
