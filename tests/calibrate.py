"""Fits the scorecard of `confidence` on hand-coded articles, and writes `pipeline/extract/lexicon/confidence.yaml`.

python -m tests.calibrate GOLD_FOLDER ... GOLD.jsonl,ARTICLES.jsonl ...

Right is a mention that the gold has with the same status and type, a first day at most one day off and the same
governorate. Logistic regression with a ridge of one, so that a doubt seen a few times only weighs little; weights are
rounded to tenths of the log-odds. A doubt that the articles do not bear out is a doubt to take out of the code.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from pipeline.evaluate.gold import Coded, codings_of, read_codings
from pipeline.evaluate.pairing import WHERE, assign, depth, weight
from pipeline.evaluate.sets import GoldSet, set_in
from pipeline.extract.backends import RULES, load_extractor
from pipeline.extract.confidence import DOUBTS
from pipeline.extract.jsonl import mention_record
from pipeline.extract.model import Article, Mention
from pipeline.extract.words import LEXICON_DIR
from pipeline.extract_file import jobs_in
from pipeline.ingest.documents import Limits
from pipeline.regions import load_region
from pipeline.regions.pack import RegionPack
from pipeline.settings import Settings

RIDGE = 1.0
STEPS = 30
CARD = LEXICON_DIR / "confidence.yaml"
Case = tuple[list[bool], bool]


def cases(gold: GoldSet, settings: Settings) -> Iterator[Case]:
    """Yield for each mention found in a gold set which doubts hold, and whether it is right."""
    region = load_region(settings.region, settings.gazetteers)
    extractor = load_extractor(RULES, region, settings.model)
    coded = coded_articles(gold, region, settings)
    found = extractor.extract([article for article, _ in coded])
    for (article, right), mentions in zip(coded, found, strict=True):
        yield from _judged(mentions, codings_in(article, mentions), right)


def coded_articles(gold: GoldSet, region: RegionPack, settings: Settings) -> list[tuple[Article, list[Coded]]]:
    """Give the articles of a gold set, as the extractor reads them, each with what people coded in it."""
    if gold.articles is None:
        raise SystemExit(f"{gold.mentions}: give its articles too, as {gold.mentions},ARTICLES.jsonl")
    codings = read_codings(gold.mentions)
    jobs, _ = jobs_in(gold.articles, region, Limits(settings.max_record_bytes, region.first_date, settings.latest_date))
    articles = [job.article for job in jobs]
    return [(article, codings[article.article_id]) for article in articles if article.article_id in codings]


def codings_in(article: Article, mentions: Sequence[Mention]) -> list[Coded]:
    """Give mentions as they are compared with a gold set."""
    records = codings_of([mention_record(article.article_id, m, n) for n, m in enumerate(mentions)])
    return records.get(article.article_id, [])


def named_sets(arguments: Sequence[str]) -> list[GoldSet]:
    """Give the gold sets named on the command line: folders, or a file of codings and one of articles."""
    sets = []
    for name in arguments:
        mentions, _, articles = name.partition(",")
        path = Path(mentions)
        sets.append(set_in(path) if path.is_dir() else GoldSet(path.stem, path, Path(articles) if articles else None))
    return sets


def _judged(mentions: list[Mention], found: list[Coded], gold: list[Coded]) -> Iterator[Case]:
    right: set[int] = set()
    for status in {mention.status for mention in mentions}:
        mine = [mention for mention in gold if mention.status == status]
        theirs = [at for at, mention in enumerate(found) if mention.status == status]
        pairs = assign([[weight(one, found[at]) for at in theirs] for one in mine])
        right |= {theirs[b] for a, b in pairs if depth(mine[a], found[theirs[b]]) >= WHERE}
    for at, mention in enumerate(mentions):
        yield [holds(mention) for holds in DOUBTS.values()], at in right


def fitted(judged: list[Case]) -> np.ndarray:
    """Return the log-odds without doubt and the change that each doubt makes, by Newton's method."""
    features = np.array([[1.0, *doubts] for doubts, _ in judged])
    right = np.array([float(is_right) for _, is_right in judged])
    ridge = np.diag([0.0, *[RIDGE] * len(DOUBTS)])
    weights = np.zeros(features.shape[1])
    for _ in range(STEPS):
        share = 1 / (1 + np.exp(-features @ weights))
        curvature = features.T @ (features * (share * (1 - share))[:, None]) + ridge
        weights += np.linalg.solve(curvature, features.T @ (right - share) - ridge @ weights)
    return weights


def main(arguments: list[str]) -> None:
    """Fit on the gold sets named, print what was seen and write the file."""
    if not (sets := named_sets(arguments)):
        raise SystemExit(__doc__)
    judged = [case for gold in sets for case in cases(gold, Settings(inputs=()))]
    base, *changes = (round(float(weight) * 10) for weight in fitted(judged))
    seen = {name: sum(doubts[at] for doubts, _ in judged) for at, name in enumerate(DOUBTS)}
    head = [line for line in CARD.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    card = [*head, f"base: {base}", "doubts:", *(f"  {n}: {-c}" for n, c in zip(DOUBTS, changes, strict=True))]
    CARD.write_text("\n".join(card) + "\n", encoding="utf-8")
    print(f"{len(judged)} mentions, {sum(is_right for _, is_right in judged)} right")
    print("\n".join(f"  {name:16} {-change:4} seen {seen[name]}" for name, change in zip(DOUBTS, changes, strict=True)))


if __name__ == "__main__":
    main(sys.argv[1:])
