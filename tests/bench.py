"""Speed and memory, measured in this run on this machine; figures with their context go to `bench/figures.json`.

Not a test: nothing here fails for being slow. Run with `make bench`.
"""

from __future__ import annotations

import json
import platform
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.extract.lexicon import load_lexicon
from pipeline.extract.model import Article
from pipeline.extract.prefilter import Prefilter
from pipeline.extract.rules import RuleExtractor
from pipeline.ingest.articles import to_articles
from pipeline.ingest.copies import with_copies
from pipeline.ingest.documents import Limits
from pipeline.ingest.records import read_inputs
from pipeline.regions import load_region
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.contracts.rows import frame, good_row

REPEATS = 3
TARGET = Path("bench/figures.json")


def seconds(work: Callable[[], object]) -> float:
    """Return the shortest of a few runs."""
    times = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        work()
        times.append(time.perf_counter() - began)
    return min(times)


def extraction() -> dict[str, float]:
    """Articles of the sample corpus, a second, one process."""
    region = load_region("syria")
    began = time.perf_counter()
    extractor = RuleExtractor(region)
    start_up = time.perf_counter() - began
    inputs = sorted(path for path in region.sample_dir.iterdir() if path.is_dir())
    read = read_inputs(inputs, Limits(first_date=region.first_date))
    made = to_articles(read.documents, region)
    rows = with_copies(made.articles, made.texts).join(made.texts, on="article_id").join(made.sources, on="source_id")
    articles = [
        Article(r["article_id"], r["title"] or "", r["text"], r["source_name"], r["leaning"], r["published_date"])
        for r in rows.iter_rows(named=True)
    ]
    words = sum(len(article.text.split()) for article in articles)
    dull = ["The orchard cooperative said that prices of olives rose by a tenth over the year. " * 15] * 5000
    prefilter = Prefilter(load_lexicon())
    coding = seconds(lambda: extractor.extract(articles))
    return {
        "start_up_seconds": start_up,
        "articles_per_second": len(articles) / coding,
        "words_per_second": words / coding,
        "irrelevant_articles_per_second": len(dull) / seconds(lambda: [prefilter.relevant(text) for text in dull]),
    }


def validation() -> dict[str, float]:
    """Rows of `casualties` held to the contract, a second."""
    table = load_contract().tables["casualties"]
    rows = 200_000
    many = pl.concat([frame(table, good_row(table))] * rows).with_columns(
        casualty_id=pl.format("c-{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(16))
    )
    return {"rows_per_second": rows / seconds(lambda: split(table, many, stage="extract"))}


def whole_job() -> dict[str, float]:
    """The main job on the sample corpus in an empty data directory, then again with nothing changed."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        began = time.perf_counter()
        run(open_workbench(settings))
        first = time.perf_counter() - began
        began = time.perf_counter()
        run(open_workbench(settings))
        return {"first_run_seconds": first, "second_run_seconds": time.perf_counter() - began}


def main() -> int:
    """Measure, print, write."""
    figures = {
        "context": {
            "python": platform.python_version(),
            "machine": platform.machine(),
            "processors": pl.thread_pool_size(),
            **{name: version(name) for name in ("polars", "pandera", "spacy", "dagster")},
        },
        "extraction": extraction(),
        "validation": validation(),
        "whole_job": whole_job(),
        "peak_memory_mib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    TARGET.parent.mkdir(exist_ok=True)
    text = json.dumps(figures, indent=2) + "\n"
    TARGET.write_text(text, encoding="utf-8")
    sys.stdout.write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
