"""The site measured: 520 weeks and 50,000 events from nothing, then one week more upon it.

Releases are made in one process and the site in another (`python -m tests.benchmarks.site RELEASES OUT`), which does
what `fieldledger site` does, so that time and memory are those of the whole command. Seconds are by the clock, because
pages are made in several processes, with the seconds of all their processors beside them. Memory is the most that they
took together (proportional set size, looked at twice a second, because looking takes time too); where the system does
not tell it, it is left out.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

from pipeline.site.builder import build_site
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
        "whole_processor_seconds": [whole["processor"]],
        "whole_peak_memory_mib": [whole["memory"]],
        "whole_pages": [whole["pages"]],
        "week_more_seconds": [more["seconds"]],
        "week_more_processor_seconds": [more["processor"]],
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


def _pss(process: int | None) -> int:
    """Return the memory of a process in KiB, shared pages in parts; 0 where it cannot be told."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)


class _Watch(threading.Thread):
    """Looks at the memory of this process and of those that it started, until told to stop."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.most = 0
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.5):
            children = [child.pid for child in multiprocessing.active_children()]
            self.most = max(self.most, sum(map(_pss, [os.getpid(), *children])))


def main() -> None:
    """Build the site of a folder of releases, and print what it took."""
    releases, out = map(Path, sys.argv[1:3])
    watch = _Watch()
    watch.start()
    began = time.perf_counter()
    built = build_site(open_site(releases), out)
    seconds = time.perf_counter() - began
    watch.done.set()
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    processor = sum(each.ru_utime + each.ru_stime for each in used)
    memory = watch.most / 1024
    result = {"seconds": seconds, "processor": processor, "memory": memory, "pages": built.pages, "made": built.made}
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
