"""The site measured: 520 weeks and 50,000 events from nothing, then one week more upon it.

Releases are made in one process and the site in another (`python -m tests.benchmarks.site RELEASES OUT`), which does
what `fieldledger site` does, so that time and memory are those of the whole command. Seconds are by the clock, because
pages are made in several processes; memory is the most that one process took, times the processes that render, and
that of the process that waits for them.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from pipeline.site.builder import PROCESSES, build_site
from pipeline.site.data import open_site
from tests.benchmarks.ledger import ledger, publish_ledger

WEEKS = 520
Figures = dict[str, list[float]]


def site(_: str | None) -> tuple[str, Figures]:
    """Seconds and memory of the whole site, seconds of one week more, and how large the pages of weeks are."""
    with tempfile.TemporaryDirectory() as folder:
        releases, out = Path(folder) / "releases", Path(folder) / "site"
        tables = ledger(WEEKS)
        events = tables["events"].height
        publish_ledger(releases, tables)
        whole = _cost(releases, out)
        publish_ledger(releases, ledger(WEEKS + 1))
        more = _cost(releases, out)
        weeks = [path.stat().st_size for path in (out / "weeks").glob("*-W*.html")]
    figures: Figures = {
        "whole_seconds": [whole["seconds"]],
        "whole_peak_memory_mib": [whole["memory"]],
        "whole_pages": [whole["pages"]],
        "week_more_seconds": [more["seconds"]],
        "week_more_pages_made": [more["made"]],
        "week_more_peak_memory_mib": [more["memory"]],
    }
    on = f"{WEEKS} weeks, {events:,} events, {tables['mentions'].height:,} mentions"
    return on, figures | ({"largest_week_page_kb": [max(weeks) / 1000]} if weeks else {})


def _cost(releases: Path, out: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.site", str(releases), str(out)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    """Build the site of a folder of releases, and print what it took."""
    releases, out = map(Path, sys.argv[1:3])
    began = time.perf_counter()
    built = build_site(open_site(releases), out)
    seconds = time.perf_counter() - began
    own, other = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    memory = (own.ru_maxrss + (PROCESSES * other.ru_maxrss if other.ru_maxrss else 0)) / 1024
    processor = own.ru_utime + own.ru_stime + other.ru_utime + other.ru_stime
    result = {"seconds": seconds, "processor": processor, "memory": memory, "pages": built.pages, "made": built.made}
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
