"""Fits the scorecard of what is a report on hand-coded articles, and writes `pipeline/extract/lexicon/keep.yaml`.

python -m tests.fit_keep GOLD_FOLDER ... GOLD.jsonl,ARTICLES.jsonl ... [--read GOLD ...]

Each mention that the rules report asks four questions: does the gold have it with this type, with this day too, with
this governorate, with these sides. A logit with a ridge answers them by one sum of weights. Sets after `--read` are
those that rules were made on: there mentions are likelier right, which is weighed apart and left out of the card.
What is printed are the F1 of the other sets at the four depths, beside the rules alone, each article weighed by a card
that was fitted without it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.evaluate.gold import REPORTED, Coded
from pipeline.evaluate.pairing import DEPTHS, assign, depth, weight
from pipeline.evaluate.sets import GoldSet
from pipeline.extract.keep_card import LEAST, counts, features, fellows_of
from pipeline.extract.model import Article
from pipeline.extract.rules import RuleExtractor
from pipeline.extract.side_choice import weighed
from pipeline.extract.words import LEXICON_DIR
from pipeline.regions import load_region
from pipeline.settings import Settings
from tests.calibrate import coded_articles, codings_in, named_sets
from tests.cards import FOLDS, Choice, fitted, folds, score, write_card

RIDGE = 40.0
SEEN = 5 * len(DEPTHS)
"""Times that a feature must be seen to be weighed, four times a mention."""
READ = "rules were made on it"
"""The feature of the sets after `--read`."""
CARD = LEXICON_DIR / "keep.yaml"


@dataclass(frozen=True, slots=True)
class Told:
    """What the rules report: its features, whether it stands without them, in how many depths the gold agrees."""

    features: tuple[str, ...]
    stands: bool
    agrees: int


@dataclass(frozen=True, slots=True)
class Judged:
    """An article: its reports, whether rules were made on it, and how many reports the gold has."""

    article_id: str
    reports: tuple[Told, ...]
    read: bool
    gold: int


def judged(extractor: RuleExtractor, article: Article, gold: Sequence[Coded], *, read: bool) -> Judged:
    """Compare what the rules report in an article with its gold."""
    happenings, around = extractor.happenings(article)
    chosen = weighed(happenings, around)
    (mentions,) = extractor.extract([article])
    found = codings_in(article, mentions)
    mine = [mention for mention in gold if mention.status == REPORTED]
    theirs = [at for at, one in enumerate(chosen) if one.lead.status == REPORTED]
    pairs = assign([[weight(one, found[at]) for at in theirs] for one in mine])
    agrees = {theirs[b]: depth(mine[a], found[theirs[b]]) for a, b in pairs}
    reports = tuple(
        Told(tuple(features(one, beside, around.leaning)), counts(one), agrees.get(at, 0))
        for at, (one, beside) in enumerate(zip(chosen, fellows_of(chosen), strict=True))
        if beside is not None
    )
    return Judged(article.article_id, reports, read, len(mine))


def questions(articles: Sequence[Judged]) -> Iterator[Choice]:
    """Yield for each report and depth the choice to take it or not; right is 0 where the gold agrees so far."""
    for article in articles:
        for told in article.reports:
            had = dict.fromkeys([*told.features, READ] if article.read else told.features, 1)
            for deep in range(len(DEPTHS)):
                yield Choice(article.article_id, (had, {}), int(told.agrees <= deep), 0)


def tried(articles: Sequence[Judged]) -> list[Told]:
    """Return what of the unread articles stands, each weighed by a card that was fitted without it."""
    fold = folds([article.article_id for article in articles])
    stands: list[Told] = []
    for number in range(FOLDS):
        weights = fit([article for article in articles if fold[article.article_id] != number])
        mine = [article for article in articles if fold[article.article_id] == number and not article.read]
        stands += [told for article in mine for told in article.reports if told.stands or _reaches(weights, told)]
    return stands


def _reaches(weights: Mapping[str, float], told: Told) -> bool:
    return 100 * score(weights, dict.fromkeys(told.features, 1)) >= LEAST


def fit(articles: Sequence[Judged]) -> dict[str, float]:
    """Return the weights of the card."""
    weights = fitted(list(questions(articles)), RIDGE, SEEN)
    return {name: value for name, value in weights.items() if name != READ}


def f1(reports: Sequence[Told], gold: int) -> list[float]:
    """Return the F1 of some reports at each depth, `gold` being how many there should be."""
    return [2 * sum(told.agrees > deep for told in reports) / (len(reports) + gold) for deep in range(len(DEPTHS))]


def main(arguments: list[str]) -> None:
    """Fit on the gold sets named, print what was seen and write the file."""
    at = arguments.index("--read") if "--read" in arguments else len(arguments)
    named = [(gold, False) for gold in named_sets(arguments[:at])]
    if not named:
        raise SystemExit(__doc__)
    named += [(gold, True) for gold in named_sets(arguments[at + 1 :])]
    articles = _all_judged(named)
    unread = [article for article in articles if not article.read]
    gold, reports = sum(a.gold for a in unread), [told for a in unread for told in a.reports]
    for name, some in (("rules", reports), ("card", tried(articles))):
        print(f"{name:6} {len(some)} reports for {gold}, F1 {' '.join(f'{value:.3f}' for value in f1(some, gold))}")
    write_card(CARD, fit(articles))


def _all_judged(named: Sequence[tuple[GoldSet, bool]]) -> list[Judged]:
    settings = Settings(inputs=())
    region = load_region(settings.region, settings.gazetteers)
    extractor = RuleExtractor(region, settings.model)
    return [
        judged(extractor, article, coded, read=read)
        for gold, read in named
        for article, coded in coded_articles(gold, region, settings)
    ]


if __name__ == "__main__":
    main(sys.argv[1:])
