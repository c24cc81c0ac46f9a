"""A year of weeks run, run again with nothing changed, and again with an article that arrives late for an old week.

Each is the whole command in a process of its own, start-up and site included.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.year import A_WEEK, WEEKS, late_article, write_year

OLD_WEEK = 10
Figures = dict[str, list[float]]


def rerun(_: str | None) -> tuple[str, Figures]:
    """Seconds by the clock and by processor of the three runs, and how many weeks the late article has coded again."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        articles = write_year(home / "in")
        figures: Figures = {}
        for name, site in (("first", True), ("again", True), ("late_article", False), ("late_site", True)):
            if name == "late_article":
                late = json.dumps(late_article(OLD_WEEK)) + "\n"
                (home / "in" / "late.jsonl").write_text(late, encoding="utf-8")
            clock, processor, coded = _cost(home, site=site)
            figures[f"{name}_seconds"] = [clock]
            figures[f"{name}_processor_seconds"] = [processor]
            figures[f"{name}_weeks_coded"] = [coded]
        newest = json.loads((home / "data/releases/latest/changes.json").read_bytes())
        told = {row["table"]: row["added"] for row in newest["tables"]}
        figures["late_article_articles_that_the_release_says_are_new"] = [told["articles"]]
    return f"{WEEKS} weeks, {articles:,} articles, {A_WEEK} a week", figures


def _cost(home: Path, *, site: bool) -> tuple[float, float, float]:
    """Return what a run costs by the clock and by processor, its children included, and how many weeks it coded."""
    command = [sys.executable, "-m", "tests.benchmarks.rerun", str(home), "--site" if site else "--no-site"]
    began, before = time.perf_counter(), _children()
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return time.perf_counter() - began, _children() - before, float(done.stdout.splitlines()[-1])


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main() -> None:
    """Do what `fieldledger run` does, and print how many weeks were coded."""
    from pipeline.run import run
    from pipeline.settings import Settings
    from pipeline.workbench import open_workbench

    home = Path(sys.argv[1])
    settings = Settings(data_dir=home / "data", inputs=(home / "in",))
    report = run(open_workbench(settings), with_site=sys.argv[2] == "--site")
    sys.stdout.write(f"{report.worked.get('coding', (0, 0))[0]}\n")


if __name__ == "__main__":
    main()
