"""Fits the scorecard of happenings told twice on hand-coded articles, and writes `pipeline/extract/lexicon/twice.yaml`.

python -m tests.fit_twice GOLD_FOLDER ... GOLD.jsonl,ARTICLES.jsonl ...

For each pair of reported mentions that may be one: two, where the gold set has both; one, where it has but one of them
and the other is left over. Pairs of which it has neither tell nothing. An article with a long list
has very many pairs: together they count for the square root of their number. Fit on articles that no rule was made on.
What is printed is how many pairs the card puts together on articles left out of a tenth of the fits, and how many of
them rightly.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.evaluate.gold import REPORTED, Coded
from pipeline.evaluate.pairing import assign, weight
from pipeline.extract.compose import compose
from pipeline.extract.gazetteer import RegionGazetteer
from pipeline.extract.merge import Contains
from pipeline.extract.model import Article
from pipeline.extract.rules import RuleExtractor
from pipeline.extract.told_twice import LEAST, pairs
from pipeline.extract.twice_card import features
from pipeline.extract.words import LEXICON_DIR
from pipeline.regions import load_region
from pipeline.settings import Settings
from tests.calibrate import coded_articles, codings_in, named_sets
from tests.cards import Choice, fitted, picked, write_card

RIDGE = 3.0
CARD = LEXICON_DIR / "twice.yaml"
ONE, TWO = 0, 1


def choices_in(
    extractor: RuleExtractor, contains: Contains, article: Article, gold: Sequence[Coded]
) -> Iterator[Choice]:
    """Yield the pairs of an article of which the gold set has at least one."""
    chosen, around = extractor.happenings(article, once=False)
    groups = [one.group for one in chosen]
    found = codings_in(article, compose(groups, article, around, None))
    mine = [mention for mention in gold if mention.status == REPORTED]
    theirs = [at for at, mention in enumerate(found) if mention.status == REPORTED]
    coded = {theirs[b] for _, b in assign([[weight(one, found[at]) for at in theirs] for one in mine])}
    place = {id(group): at for at, group in enumerate(groups)}
    for one, other, alike in pairs(groups, contains):
        known = (place[id(one)] in coded) + (place[id(other)] in coded)
        if known:
            seen = dict.fromkeys(features(one, other, alike, contains), 1)
            yield Choice(article.article_id, (seen, {}), ONE if known == 1 else TWO, TWO)


def weighed(choices: Sequence[Choice]) -> list[Choice]:
    """Give the choices with their worth: less where an article has many."""
    many = Counter(choice.article_id for choice in choices)
    return [replace(choice, worth=many[choice.article_id] ** -0.5) for choice in choices]


def main(arguments: list[str]) -> None:
    """Fit on the gold sets named, print what was seen and write the file."""
    if not (sets := named_sets(arguments)):
        raise SystemExit(__doc__)
    settings = Settings(inputs=())
    region = load_region(settings.region, settings.gazetteers)
    extractor, contains = RuleExtractor(region, settings.model), RegionGazetteer(region).contains
    choices = weighed(
        [
            choice
            for gold in sets
            for article, coded in coded_articles(gold, region, settings)
            for choice in choices_in(extractor, contains, article, coded)
        ]
    )
    joined = [
        choice.right for choice, at in zip(choices, picked(choices, RIDGE, LEAST / 100), strict=True) if at == ONE
    ]
    once = sum(choice.right == ONE for choice in choices)
    print(
        f"{len(choices)} pairs, {once} told twice; put together {len(joined)}, of them {joined.count(ONE)} told twice"
    )
    write_card(CARD, fitted(choices, RIDGE))


if __name__ == "__main__":
    main(sys.argv[1:])
