"""Fits the scorecard of sides on hand-coded articles, and writes `pipeline/extract/lexicon/sides.yaml`.

python -m tests.fit_sides GOLD_FOLDER ... GOLD.jsonl,ARTICLES.jsonl ...

For each reported mention that a gold set has too, the bloc that is hit, among those that the article names nearby. Fit
on articles that no rule was made on: on others the rules look better than they are.
What is printed is how often the card is right on articles left out of a tenth of the fits, beside the rules alone.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence

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
from tests.cards import Choice, fitted, tried, write_card

RIDGE = 8.0
CARD = LEXICON_DIR / "sides.yaml"


def choices_in(extractor: RuleExtractor, article: Article, gold: Sequence[Coded]) -> Iterator[Choice]:
    """Yield the mentions of an article that the gold set has too."""
    chosen, around = extractor.happenings(article)
    (mentions,) = extractor.extract([article])
    found = codings_in(article, mentions)
    mine = [mention for mention in gold if mention.status == REPORTED]
    theirs = [at for at, one in enumerate(chosen) if one.lead.status == REPORTED]
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
    print(f"{len(choices)} mentions, right by the rules {rules}, by the card {tried(choices, RIDGE)}")
    write_card(CARD, fitted(choices, RIDGE))


if __name__ == "__main__":
    main(sys.argv[1:])
