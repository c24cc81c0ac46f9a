"""The difference of two releases measured: a table of a million rows, little changed and changed throughout.

Both are measured with the table in one Parquet file and in parts, the rows of each year all over the key.

Releases are made in one process and compared in another (`python -m tests.benchmarks.difference OLD NEW OUT`), which
does what `fieldledger diff OLD NEW --out OUT` does, so that time and memory are those of the whole command.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import polars as pl

from pipeline.contracts import load_contract
from pipeline.ids import content_id
from pipeline.parquet import parquet_bytes
from pipeline.release.compare import diff_releases, render_changes
from pipeline.release.descriptor import PARQUET, describe_parquet, describe_table
from pipeline.release.files import new_folder, write_file
from pipeline.release.manifest import TableRecord, json_bytes
from pipeline.release.partitions import parquet_files
from pipeline.release.tables import csv_chunks, publishable
from tests.contracts.rows import frame, good_row

ROWS = 1_000_000
TABLE = "events"
"""The widest table that grows with the articles."""
Figures = dict[str, list[float]]


def difference(_: str | None) -> tuple[str, Figures]:
    """Processor seconds, seconds by the clock and memory to compare, and to write all about it."""
    figures: Figures = {}
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        before = events(ROWS)
        for form, most_rows in (("", None), ("_in_parts", ROWS // 10)):
            old = home / f"old{form}"
            _write(old, "1.0.0", before, most_rows)
            for name, after in ((f"few_changed{form}", _few(before)), (f"all_changed{form}", _every(before))):
                _write(home / name, "1.1.0", after, most_rows)
                seconds, by_clock, mib = _cost(old, home / name, home / f"{name}-out")
                figures[f"{name}_processor_seconds"] = [seconds]
                figures[f"{name}_seconds_by_the_clock"] = [by_clock]
                figures[f"{name}_peak_memory_mib"] = [mib]
    return f"{ROWS:,} rows of {TABLE}, {before.width} columns; 3% and all of them changed", figures


def events(rows: int) -> pl.DataFrame:
    """Return as many events, with ids and tolls of their own."""
    table = load_contract().tables[TABLE]
    number = pl.int_range(pl.len(), dtype=pl.Int64)
    made = pl.concat([frame(table, good_row(table))] * rows).with_columns(
        event_id=pl.Series([content_id("e", n) for n in range(rows)]),
        event_date_start=pl.date(2012 + number % 10, 6, 1),
        founding_mention_id=pl.Series([content_id("m", n) for n in range(rows)]),
        place_name=pl.format("Place {}", number % 997),
        fatalities_low=number % 7,
        fatalities_best=number % 7 + 1,
        fatalities_high=number % 7 + 5,
        latitude=32.0 + (number % 1000) / 250,
    )
    return publishable(table, made)


def _few(before: pl.DataFrame) -> pl.DataFrame:
    """One row in a hundred gone, one new, one with another toll."""
    number = pl.int_range(pl.len(), dtype=pl.Int64)
    fresh = pl.when(number % 100 == 1).then(pl.lit("e-f") + pl.col("event_id").str.slice(3)).otherwise("event_id")
    toll = pl.when(number % 100 == 2).then(pl.col("fatalities_best") + 3).otherwise("fatalities_best")
    changed = before.with_columns(event_id=fresh, fatalities_best=toll).filter(number % 100 != 0)
    return changed.sort("event_id")


def _every(before: pl.DataFrame) -> pl.DataFrame:
    """Two columns changed in every row."""
    return before.with_columns(pl.col("fatalities_best") + 1, place_name=pl.col("place_name") + " and around")


def _write(folder: Path, version: str, rows: pl.DataFrame, most_rows: int | None) -> None:
    """Write what `diff` reads of a release: the descriptor and the files of one table."""
    table = load_contract().tables[TABLE]
    new_folder(folder)
    csv = write_file(folder, f"data/{TABLE}.csv", csv_chunks(table, rows))
    parquet = tuple(
        write_file(folder, path, [parquet_bytes(part)]) for path, part in parquet_files(table, rows, most_rows)
    )
    record = TableRecord(TABLE, rows.height, rows.width, csv, parquet if most_rows else parquet[0])
    resource_of = {**describe_table(table), "hash": f"sha256:{csv.sha256}"}
    resource_of[PARQUET] = describe_parquet(record, table.partition_by)
    package = {"version": version, "fieldledger:invented": True, "resources": [resource_of]}
    (folder / "datapackage.json").write_bytes(json_bytes(package))


def _cost(old: Path, new: Path, out: Path) -> tuple[float, float, float]:
    command = [sys.executable, "-m", "tests.benchmarks.difference", str(old), str(new), str(out)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    seconds, by_clock, mib = json.loads(done.stdout)
    return seconds, by_clock, mib


def main() -> None:
    """Compare two releases, write all about it, and print what it cost."""
    old, new, out = map(Path, sys.argv[1:])
    began, by_clock = time.process_time(), time.perf_counter()
    found = diff_releases(old, new)
    found.write(out)
    render_changes(found.changes, found.new.version)
    seconds, taken = time.process_time() - began, time.perf_counter() - by_clock
    sys.stdout.write(json.dumps([seconds, taken, peak_memory_mib()]) + "\n")


def peak_memory_mib() -> float:
    """Return the most memory that this process has had, in MiB.

    Where the system tells it: a new process takes over the peak in `getrusage` of the large one that started it.
    """
    status = Path("/proc/self/status")
    if status.exists():
        (line,) = (line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
