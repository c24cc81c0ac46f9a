"""Resolution measured: how well the events of a synthetic stream are found again, and what a million mentions cost.

Tables are made in one process and resolved in another (`python -m tests.benchmarks.resolution FOLDER`), so that time
and memory are those of resolution and of the tables that it takes.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import polars as pl

from pipeline.resolve.resolve import resolve
from tests.resolve.score import score
from tests.resolve.stream import Stream, stream

EVENTS = 20_000
EVENTS_A_DAY = 10
MANY_EVENTS = 20_800
"""Told in about 100,000 mentions."""
TIMES = 10
Figures = dict[str, list[float]]
_IDS = {"mentions": ("mention_id", "article_id"), "casualties": ("casualty_id", "mention_id"),
        "articles": ("article_id", "duplicate_of")}  # fmt: skip


def resolution_quality(_: str | None) -> tuple[str, Figures]:
    """Pairwise and B-cubed agreement with the truth of the stream of `EVENTS` events, 1 to 12 reports each."""
    made = stream(EVENTS, days=EVENTS // EVENTS_A_DAY)
    links = resolve(**made.tables).event_mentions.filter(pl.col("relation") == "reports")
    found = score(dict(links.select("mention_id", "event_id").iter_rows()), made.truth)
    return f"{EVENTS:,} events, {len(made.truth):,} mentions", {
        "pairwise_f1": [found.pair_f1],
        "pairwise_precision": [found.pair_precision],
        "b_cubed_f1": [found.cubed_f1],
        "b_cubed_precision": [found.cubed_precision],
    }


def resolution(_: str | None) -> tuple[str, Figures]:
    """Processor seconds, seconds by the clock and memory for a million mentions, and how cost grows up to there."""
    days = MANY_EVENTS // EVENTS_A_DAY
    made = stream(MANY_EVENTS, days=days)
    with tempfile.TemporaryDirectory() as folder:
        few, many = Path(folder) / "few", Path(folder) / "many"
        _write(few, made.tables)
        _write(many, _repeated(made, days + 7 - days % 7))
        before, (seconds, by_clock, mib), after = (_cost(path) for path in (few, many, few))
    return f"{TIMES * len(made.truth):,} mentions", {
        "processor_seconds": [seconds],
        "seconds_by_the_clock": [by_clock],
        "peak_memory_mib": [mib],
        "time_for_10_times_the_mentions": [seconds / min(before[0], after[0])],
    }


def _repeated(made: Stream, days: int) -> Mapping[str, pl.DataFrame]:
    """Return the stream `TIMES` times, each repetition ``days`` later and with ids of its own."""
    tables = dict(made.tables)
    for name, ids in _IDS.items():
        frame = tables[name]
        dates = [column for column, dtype in frame.schema.items() if dtype == pl.Date]
        tables[name] = pl.concat(
            frame.with_columns(
                *[pl.concat_str(pl.col(i).str.head(2), pl.lit(str(n)), pl.col(i).str.slice(3)).alias(i) for i in ids],
                *[pl.col(date) + timedelta(days=n * days) for date in dates],
            )
            for n in range(TIMES)
        )
    return tables


def _write(folder: Path, tables: Mapping[str, pl.DataFrame]) -> None:
    folder.mkdir()
    for name, frame in tables.items():
        frame.write_parquet(folder / f"{name}.parquet")


def _cost(folder: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "tests.benchmarks.resolution", str(folder)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    seconds, by_clock, mib = json.loads(done.stdout)
    return seconds, by_clock, mib


def main() -> None:
    """Resolve the tables of a folder and print processor seconds, seconds by the clock and peak memory in MiB."""
    tables = {path.stem: pl.read_parquet(path) for path in Path(sys.argv[1]).glob("*.parquet")}
    began, clock = time.process_time(), time.perf_counter()
    resolve(**tables)
    taken = time.process_time() - began, time.perf_counter() - clock
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(json.dumps([*taken, memory]))


if __name__ == "__main__":
    main()
