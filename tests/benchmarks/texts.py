"""What is measured on: articles of about 250 words, as wire services send them, out of the sample corpus or files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from pipeline.extract.lexicon import load_lexicon
from pipeline.extract.model import Article
from pipeline.extract.prefilter import Prefilter
from pipeline.ingest.articles import to_articles
from pipeline.ingest.copies import with_copies
from pipeline.ingest.documents import Limits
from pipeline.ingest.records import read_inputs
from pipeline.regions import load_region

WORDS = 250
MOST_ARTICLES = 400
DULL = "The orchard cooperative said that prices of olives rose by a tenth over the year, and that figs did not. "
_WORD = re.compile(r"\S+")


def wire_articles(given: str | None) -> list[Article]:
    """Give up to `MOST_ARTICLES` relevant articles of `WORDS` words, from a path or else from the sample corpus."""
    prefilter = Prefilter(load_lexicon())
    relevant = (article for article in _articles(given) if prefilter.relevant(article.text))
    return [article for article, _ in zip(_cut(relevant), range(MOST_ARTICLES), strict=False)]


def dull_texts(count: int) -> list[str]:
    """Give texts of `WORDS` words that tell of no happening."""
    text = (DULL * WORDS)[: next(m.end() for n, m in enumerate(_WORD.finditer(DULL * WORDS), 1) if n == WORDS)]
    return [f"{number} {text}" for number in range(count)]


def _articles(given: str | None) -> Iterator[Article]:
    region = load_region("syria")
    inputs = [Path(given)] if given else sorted(path for path in region.sample_dir.iterdir() if path.is_dir())
    made = to_articles(read_inputs(inputs, Limits(first_date=region.first_date)).documents, region)
    rows = with_copies(made.articles, made.texts).join(made.texts, on="article_id").join(made.sources, on="source_id")
    for r in rows.sort("article_id").iter_rows(named=True):
        where = (r["source_name"], r["leaning"], r["published_date"])
        yield Article(r["article_id"], r["title"] or "", r["text"], *where)


def _cut(articles: Iterable[Article]) -> Iterator[Article]:
    """Cut longer articles after the last word, and put shorter ones together until they are long enough."""
    waiting: Article | None = None
    for article in articles:
        whole = article if waiting is None else replace(waiting, text=f"{waiting.text}\n\n{article.text}")
        ends = [match.end() for match in _WORD.finditer(whole.text)]
        waiting = whole if len(ends) < WORDS else None
        if waiting is None:
            yield replace(whole, text=whole.text[: ends[WORDS - 1]])
