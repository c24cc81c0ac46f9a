"""Fits the scorecard of sides on hand-coded articles, and writes `pipeline/extract/lexicon/sides.yaml`.

python -m tests.fit_sides GOLD_FOLDER ... GOLD.jsonl,ARTICLES.jsonl ...

For each reported mention that a gold set has too, the bloc that is hit, among those that the article names nearby: a
conditional logit with a ridge, so that a feature seen a few times only weighs little; weights are rounded to hundredths
of the log-odds. Fit on articles that no rule was made on: on others the rules look better than they are.
What is printed is how often the card is right on articles left out of a tenth of the fits, beside the rules alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.evaluate.gold import REPORTED, Coded
from pipeline.evaluate.pairing import assign, weight
from pipeline.extract.kinds import VIOLENT
from pipeline.extract.model import Article
from pipeline.extract.rules import RuleExtractor
from pipeline.extract.side_card import CIVILIANS, NOBODY, Hit, Setting, candidates, features
from pipeline.extract.side_choice import hit_in, settings_of
from pipeline.extract.words import LEXICON_DIR
from pipeline.regions import load_region
from pipeline.settings import Settings
from tests.calibrate import coded_articles, codings_in, named_sets

RIDGE = 8.0
STEPS = 40
FOLDS = 10
SEEN = 3
"""Times that a feature must be seen to be weighed."""
CARD = LEXICON_DIR / "sides.yaml"
Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Choice:
    """Who is hit in one mention: the features of each candidate, which is right, which the rules chose."""

    article_id: str
    features: tuple[dict[str, int], ...]
    right: int | None
    rules: int


def choices_in(extractor: RuleExtractor, article: Article, gold: Sequence[Coded]) -> Iterator[Choice]:
    """Yield the mentions of an article that the gold set has too."""
    chosen, around = extractor.happenings(article)
    (mentions,) = extractor.extract([article])
    found = codings_in(article, mentions)
    mine = [mention for mention in gold if mention.status == REPORTED]
    theirs = [at for at, mention in enumerate(found) if mention.status == REPORTED]
    settings = settings_of(chosen, around)
    for a, b in assign([[weight(one, found[at]) for at in theirs] for one in mine]):
        one, setting, coded = chosen[theirs[b]], settings[theirs[b]], mine[a]
        if one.lead.sub_event_type not in VIOLENT:
            continue
        hit = hit_in(one)
        if (right := _hit(coded, hit)) is not None:
            yield _choice(article, setting, hit, right)


def _choice(article: Article, setting: Setting, hit: Hit, right: str) -> Choice:
    blocs = candidates(setting, hit)
    seen = tuple(dict(features(setting, hit, bloc)) for bloc in blocs)
    return Choice(article.article_id, seen, blocs.index(right) if right in blocs else None, blocs.index(hit.bloc))


def _hit(coded: Coded, hit: Hit) -> str | None:
    """The bloc that the gold gives as hit: gold sets are compared without the order of the sides, so it is the one
    that leaves the mention its agent or agrees with it; civilians are hit. None where nothing tells."""
    one, two = (NOBODY if bloc == "unidentified" else bloc for bloc in coded.blocs)
    told, turned = ((a == hit.agent) + (b == hit.bloc) for a, b in ((one, two), (two, one)))
    if told == turned and one != two:
        return CIVILIANS if CIVILIANS in {one, two} else None
    return two if told >= turned else one


def fitted(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the weight of each feature seen often enough, by Newton's method."""
    counts = Counter(name for choice in choices for seen in choice.features for name in seen)
    names = sorted(name for name, count in counts.items() if count >= SEEN)
    at = {name: number for number, name in enumerate(names)}
    tables = [(_table(choice, at), choice.right) for choice in choices if choice.right is not None]
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        slope, curvature = -RIDGE * weights, RIDGE * np.eye(len(names))
        for table, right in tables:
            shares = _shares(table, weights)
            mean = shares @ table
            slope += table[right] - mean
            curvature += (table * shares[:, None]).T @ table - np.outer(mean, mean)
        step = np.linalg.solve(curvature, slope)
        weights += step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def _table(choice: Choice, at: dict[str, int]) -> Table:
    table = np.zeros((len(choice.features), len(at)))
    for row, seen in enumerate(choice.features):
        for name, times in seen.items():
            if name in at:
                table[row, at[name]] = times
    return table


def _shares(table: Table, weights: Table) -> Table:
    scores = table @ weights
    odds = np.exp(scores - scores.max())
    shares: Table = odds / odds.sum()
    return shares


def tried(choices: Sequence[Choice]) -> int:
    """Return how often the card is right on articles that it was not fitted on."""
    articles = sorted({choice.article_id for choice in choices})
    fold = {article: number % FOLDS for number, article in enumerate(articles)}
    right = 0
    for number in range(FOLDS):
        weights = fitted([choice for choice in choices if fold[choice.article_id] != number])
        for choice in choices:
            if fold[choice.article_id] == number:
                scores = [sum(weights.get(n, 0) * times for n, times in seen.items()) for seen in choice.features]
                best = max(range(len(scores)), key=lambda at: (scores[at], at == choice.rules))
                right += best == choice.right
    return right


def main(arguments: list[str]) -> None:
    """Fit on the gold sets named, print what was seen and write the file."""
    if not (sets := named_sets(arguments)):
        raise SystemExit(__doc__)
    settings = Settings(inputs=())
    region = load_region(settings.region, settings.gazetteers)
    extractor = RuleExtractor(region, settings.model)
    choices = [
        choice
        for gold in sets
        for article, coded in coded_articles(gold, region, settings)
        for choice in choices_in(extractor, article, coded)
    ]
    rules = sum(choice.rules == choice.right for choice in choices)
    print(f"{len(choices)} mentions, right by the rules {rules}, by the card {tried(choices)}")
    weights = {name: round(100 * value) for name, value in fitted(choices).items()}
    head = [line for line in CARD.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines = [*head, *(f"{name}: {value}" for name, value in weights.items() if value)]
    CARD.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
