"""Documents into the tables `articles`, `article_texts` and `sources`: ids, kept text, language, repeats.

Copies by other outlets or of other days stay and are marked by ``copies``; only the same record read twice is merged
here.
Books: documents in = articles + rejections + merged.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl

from pipeline.contracts import load_contract
from pipeline.ids import content_id, sha256_text
from pipeline.ingest.boilerplate import Span, kept_spans, kept_text
from pipeline.ingest.documents import Document, Rejection, reject, rejections_frame
from pipeline.ingest.language import ENGLISH, language_of
from pipeline.ingest.published import published_date
from pipeline.regions.pack import Outlet, RegionPack


@dataclass(frozen=True, slots=True)
class ArticlesResult:
    """The tables made of documents, each by its contract, and the books."""

    articles: pl.DataFrame
    """Table `articles`, no copies marked yet."""
    texts: pl.DataFrame
    """Table `article_texts`."""
    sources: pl.DataFrame
    """Table `sources`: the outlets of the accepted articles."""
    rejections: pl.DataFrame
    """Table `rejections`."""
    merged: int
    """Documents that repeat an article accepted before."""


@dataclass(frozen=True, slots=True)
class _Article:
    article_id: str
    document: Document
    outlet: Outlet
    published: date | None
    language: str
    spans: tuple[Span, ...]
    text: str


@dataclass(slots=True)
class _Books:
    """What has been accepted so far: which ids are taken, and by which text."""

    accepted: dict[str, _Article] = field(default_factory=dict)
    wording_of: dict[tuple[str, str], str] = field(default_factory=dict)
    """Hash of the normalised text, by outlet and given id."""
    rejections: list[Rejection] = field(default_factory=list)
    merged: int = 0

    def enter(self, document: Document, region: RegionPack) -> None:
        made = _article(document, region)
        if isinstance(made, Rejection):
            self.rejections.append(made)
            return
        given, wording = (made.outlet.source_id, document.external_id), sha256_text(normalised(made.text))
        earlier = self.wording_of.get(given)
        if earlier not in (None, wording):
            problem = f"{made.outlet.name} gave this id to another text before; give each text an id of its own"
            self.rejections.append(_rejected(document, "duplicate_id", problem, "id", document.external_id))
            return
        self.wording_of[given] = wording
        if earlier is not None or made.article_id in self.accepted:
            self.merged += 1
        else:
            self.accepted[made.article_id] = made


def to_articles(documents: Sequence[Document], region: RegionPack) -> ArticlesResult:
    """Return the tables of all documents, sorted by id; the first document of an id is the one that counts.

    Rejected: ``empty_text`` when nothing but boilerplate is left, ``language`` when the kept text is not English,
    ``duplicate_id`` when one outlet gives one id to two texts. The same id with the same text, and the same article
    under two ids, are merged.
    """
    books = _Books()
    for document in documents:
        books.enter(document, region)
    accepted = list(books.accepted.values())
    tables = load_contract().tables
    return ArticlesResult(
        articles=tables["articles"].conform(_articles_frame(accepted, tables["articles"].polars_schema())),
        texts=tables["article_texts"].conform(
            pl.DataFrame(
                [(a.article_id, a.document.title, a.text) for a in accepted],
                schema=tables["article_texts"].polars_schema(),
                orient="row",
            )
        ),
        sources=tables["sources"].conform(_sources_frame(accepted, tables["sources"].polars_schema())),
        rejections=rejections_frame(books.rejections),
        merged=books.merged,
    )


def normalised(text: str) -> str:
    """Return ``text`` in NFC with every run of white space made one space: what ids are made of."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def week_start(day: date) -> date:
    """Return the Monday of the ISO week that ``day`` lies in."""
    return day - timedelta(days=day.weekday())


def _article(document: Document, region: RegionPack) -> _Article | Rejection:
    spans = kept_spans(document.raw)
    text = kept_text(document.raw, spans)
    if not text:
        problem = "only page furniture is left of the text; supply the article"
        return _rejected(document, "empty_text", problem, "text", " ".join(document.raw.split()))
    language = language_of(text, document.language)
    if language != ENGLISH:
        problem = f"the article is in {language!r}, only English is coded; supply a translation"
        return _rejected(document, "language", problem, "text", " ".join(text.split()))
    outlet = region.outlet(document.source_name)
    published = None if document.published_at is None else published_date(document.published_at)
    article_id = content_id(
        "a", outlet.source_id, published.isoformat() if published else "", normalised(document.title), normalised(text)
    )
    return _Article(article_id, document, outlet, published, language, spans, text)


def _rejected(document: Document, rule: str, problem: str, field: str, value: str) -> Rejection:
    return reject(document.input_name, document.input_record, rule, problem, field=field, value=value)


def _articles_frame(accepted: Iterable[_Article], schema: pl.Schema) -> pl.DataFrame:
    rows = [
        {
            "article_id": article.article_id,
            "source_id": article.outlet.source_id,
            "external_id": article.document.external_id,
            "title": article.document.title,
            "url": article.document.url,
            "language": article.language,
            "published_at": article.document.published_at,
            "published_date": article.published,
            "week_start": None if article.published is None else week_start(article.published),
            "raw_char_count": len(article.document.raw),
            "char_count": len(article.text),
            "kept_spans": json.dumps(article.spans, separators=(",", ":")),
            "text_sha256": sha256_text(article.text),
            "duplicate_kind": "none",
            "duplicate_of": None,
            "input_name": article.document.input_name,
            "input_record": article.document.input_record,
            "invented": article.document.invented,
        }
        for article in accepted
    ]
    return pl.DataFrame(rows, schema=schema)


def _sources_frame(accepted: Iterable[_Article], schema: pl.Schema) -> pl.DataFrame:
    """Return the outlets. One unknown to the region bears the first of its spellings; invented if all its texts are."""
    by_source: dict[str, list[_Article]] = {}
    for article in accepted:
        by_source.setdefault(article.outlet.source_id, []).append(article)
    rows = [
        {
            "source_id": source_id,
            "source_name": min(article.outlet.name for article in articles),
            "leaning": articles[0].outlet.leaning,
            "independent_of": articles[0].outlet.republishes,
            "invented": articles[0].outlet.invented or all(article.document.invented for article in articles),
        }
        for source_id, articles in sorted(by_source.items())
    ]
    return pl.DataFrame(rows, schema=schema)
