"""The measures, one function each; `python -m tests.benchmarks.measures NAME [ARTICLES]` prints one as JSON.

A measure gives what it measured on and its figures: a list of values each, one a repetition. Rates are by processor
time of one process, so that what else the machine does counts little; start-up is by the clock on the wall.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.extract.lexicon import load_lexicon
from pipeline.extract.model import Article
from pipeline.extract.parse import DEFAULT_MODEL
from pipeline.extract.place_words import cut
from pipeline.extract.prefilter import Prefilter
from pipeline.extract.rules import RuleExtractor
from pipeline.regions import load_region
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.benchmarks.difference import difference
from tests.benchmarks.rerun import rerun
from tests.benchmarks.resolution import resolution, resolution_quality
from tests.benchmarks.site import site
from tests.benchmarks.texts import WORDS, dull_texts, wire_articles
from tests.contracts.rows import frame, good_row
from tests.extract.hostile import DENSE, OPENING, PROSE, SPARSE

REPEATS = 5
LONG_ENOUGH = 0.2
"""Seconds that a run must take for a ratio of two to mean something."""
Measured = tuple[str, dict[str, list[float]]]

_FIRST_MENTION = """
from datetime import date
from pipeline.extract.model import Article
from pipeline.extract.rules import RuleExtractor
from pipeline.regions import load_region
text = "Warplanes bombed the town of Saraqib on Monday, killing three people."
((mention, *_),) = RuleExtractor(load_region("syria")).extract([Article("a", "", text, "x", "unknown", date.today())])
print(mention.place, flush=True)
"""


def prefilter(_: str | None) -> Measured:
    """Articles without a happening that the sieve lets go, a second."""
    sieve, texts = Prefilter(load_lexicon()), dull_texts(5000)
    rates = [len(texts) / taken for taken in _times(lambda: [sieve.relevant(text) for text in texts])]
    return f"{len(texts):,} texts of {WORDS} words", {"irrelevant_articles_per_second": rates}


def extraction(given: str | None) -> Measured:
    """Full extraction of relevant articles, a second, and the memory of a process that does nothing else."""
    extractor = RuleExtractor(load_region("syria"))
    articles = wire_articles(given)
    extractor.extract(articles[:16])
    rates = [len(articles) / taken for taken in _times(lambda: extractor.extract(articles))]
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _on(articles), {"articles_per_second": rates, "peak_memory_mib": [memory]}


def beside_spacy(given: str | None) -> Measured:
    """How many times quicker than the language model as it comes, all its pipes, in its own batches.

    One after the other on the same articles in one process, so that a slow spell of the machine hits both.
    """
    import spacy

    nlp, extractor = spacy.load(DEFAULT_MODEL), RuleExtractor(load_region("syria"))
    articles = wire_articles(given)
    texts = [article.text for article in articles]
    extractor.extract(articles[:16])
    list(nlp.pipe(texts[:16]))
    ours, plain = [], []
    for _repeat in range(REPEATS):
        ours += _times(lambda: extractor.extract(articles), 1)
        plain += _times(lambda: list(nlp.pipe(texts)), 1)
    return f"{_on(articles)}; {', '.join(nlp.pipe_names)}", {
        "times_as_quick": [theirs / own for own, theirs in zip(ours, plain, strict=True)],
        "spacy_articles_per_second": [len(texts) / taken for taken in plain],
    }


def start_up(_: str | None) -> Measured:
    """Seconds from the start of a fresh process to its first mention; one process before, not counted, warms up."""
    taken: list[float] = []
    for _repeat in range(REPEATS + 1):
        began = time.perf_counter()
        with subprocess.Popen([sys.executable, "-c", _FIRST_MENTION], stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            if process.stdout.readline().strip() != "Saraqib":
                raise RuntimeError("the start-up measure found no mention")
            taken.append(time.perf_counter() - began)
    return "one article of 11 words", {"seconds_to_first_mention": taken[1:]}


def hostile(_: str | None) -> Measured:
    """How many times longer twice the text takes, for each kind of hostile text; texts so long that it can be told."""
    extractor = RuleExtractor(load_region("syria"))
    ratios = {kind: _growth(extractor, make) for kind, make in {**DENSE, **SPARSE}.items()}
    worst = max(ratios, key=lambda kind: ratios[kind])
    on = f"{len(ratios)} kinds, {LONG_ENOUGH} s of each, doubled; worst: {worst}"
    return on, {"time_for_twice_the_text": sorted(ratios.values())}


def long_paragraph(_: str | None) -> Measured:
    """Words of one paragraph of 200,000 words, all of it news and no sentence like the one before, a second."""
    extractor = RuleExtractor(load_region("syria"))
    sentences = 200_000 // len(PROSE.split()) + 1
    text = "".join(PROSE.replace("three", str(number % 97 + 2)) for number in range(sentences))
    (taken,) = _times(lambda: _code(extractor, text), 1)
    return "one paragraph of 200,000 words", {"words_per_second": [len(text.split()) / taken]}


def validation(_: str | None) -> Measured:
    """Rows of `casualties` held to the contract, a second."""
    table = load_contract().tables["casualties"]
    rows = 200_000
    many = pl.concat([frame(table, good_row(table))] * rows).with_columns(
        casualty_id=pl.format("c-{}", pl.int_range(pl.len()).cast(pl.String).str.zfill(16))
    )
    taken = _times(lambda: split(table, many, stage="extract"))
    return f"{rows:,} rows", {"rows_per_second": [rows / seconds for seconds in taken]}


def whole_job(_: str | None) -> Measured:
    """The main job on the sample corpus in an empty data directory, then again with nothing changed; by the clock."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        taken = []
        for _repeat in range(2):
            began = time.perf_counter()
            run(open_workbench(settings))
            taken.append(time.perf_counter() - began)
    return "the sample corpus", {"first_run_seconds": taken[:1], "second_run_seconds": taken[1:]}


MEASURES: dict[str, Callable[[str | None], Measured]] = {
    measure.__name__: measure
    for measure in (
        prefilter,
        extraction,
        beside_spacy,
        start_up,
        hostile,
        long_paragraph,
        validation,
        resolution_quality,
        resolution,
        difference,
        site,
        rerun,
        whole_job,
    )
}


def _code(extractor: RuleExtractor, text: str) -> None:
    extractor.extract([Article("a", "", text, "x", "unknown", date(2018, 3, 1))])


def _growth(extractor: RuleExtractor, make: Callable[[int], str]) -> float:
    """Return the ratio of the best times; short and long by turns, so that a slow spell of the machine hits both."""
    text = OPENING + make(words := 1000)
    while _taken(extractor, text) < LONG_ENOUGH:
        text = OPENING + make(words := 2 * words)
    twice = OPENING + make(2 * words)
    runs = [(_taken(extractor, text), _taken(extractor, twice)) for _ in range(REPEATS)]
    return min(long for _, long in runs) / min(short for short, _ in runs)


def _taken(extractor: RuleExtractor, text: str) -> float:
    cut.cache_clear()  # a sentence remembered from the run before would make a short text quicker than a long one
    return _times(lambda: _code(extractor, text), 1)[0]


def _times(work: Callable[[], object], repeats: int = REPEATS) -> list[float]:
    """Return the processor seconds of each of a few runs."""
    taken = []
    for _ in range(repeats):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return taken


def _on(articles: list[Article]) -> str:
    return f"{len(articles)} articles of {WORDS} words"


def main() -> None:
    """Print one measure as JSON."""
    on, figures = MEASURES[sys.argv[1]](sys.argv[2] if len(sys.argv) > 2 else None)
    result: dict[str, Any] = {"on": on, "figures": figures}
    sys.stdout.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
