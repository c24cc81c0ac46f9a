"""Extraction alone: a file of articles in, mentions as JSON lines out, without store, releases or Dagster.

Mentions are given with the article's id as it stands in the input and with offsets into its text as it stands there.
"""

from __future__ import annotations

import json
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Any

from pipeline.contracts import load_contract
from pipeline.extract.evidence import Verified, extract_verified
from pipeline.extract.jsonl import mention_record
from pipeline.extract.model import Article, Casualty, Extractor, Mention, Slot
from pipeline.extract.tables import log_refusals
from pipeline.ingest.boilerplate import Span, kept_spans, kept_text
from pipeline.ingest.documents import Document, Limits, Rejection, reject, rejections_frame
from pipeline.ingest.language import ENGLISH, language_of
from pipeline.ingest.published import published_date
from pipeline.ingest.records import read_inputs
from pipeline.progress import Progress
from pipeline.regions import RegionPack

ARTICLES_AT_A_TIME = 32


@dataclass(frozen=True, slots=True)
class FileCoding:
    """What came of a file: one JSON object a mention, one a rejected record."""

    mentions: tuple[dict[str, Any], ...]
    rejections: tuple[dict[str, Any], ...]
    articles: int


def extract_file(
    path: Path,
    region: RegionPack,
    extractor: Extractor,
    limits: Limits,
    progress: Progress,
    only: Container[str] | None = None,
) -> FileCoding:
    """Code every article of ``path``, or those whose ids are in ``only``, in the order of the file.

    Raises:
        InputError: the file is not there, or not one article could be read.
    """
    jobs, rejected = jobs_in(path, region, limits)
    jobs = [job for job in jobs if only is None or job.article.article_id in only]
    event_types = dict(load_contract().codelists["event_types"].select("sub_event_type", "event_type").iter_rows())
    records: list[dict[str, Any]] = []
    with progress.task("Coding articles", len(jobs)) as advance:
        for start in range(0, len(jobs), ARTICLES_AT_A_TIME):
            group = jobs[start : start + ARTICLES_AT_A_TIME]
            coded = extract_verified(extractor, [job.article for job in group])
            for job, found in zip(group, coded, strict=True):
                origin = _Origin(job.spans)
                for number, verified in enumerate(found):
                    rejected.extend(_refused(job, verified))
                    if verified.stands:
                        placed = _into_raw(verified.mention, origin)
                        records.append(mention_record(job.article.article_id, placed, number, event_types))
            advance(len(group))
    rows = rejections_frame(rejected).iter_rows(named=True)
    return FileCoding(tuple(records), tuple(rows), len(jobs))


def jobs_in(path: Path, region: RegionPack, limits: Limits) -> tuple[list[Job], list[Rejection]]:
    """Read the articles of ``path`` that can be coded, in the order of the file, and what could not be used.

    Raises:
        InputError: the file is not there, or not one article could be read.
    """
    read = read_inputs([path], limits)
    prepared = [_prepare(document, region) for document in read.documents]
    jobs = [job for job in prepared if isinstance(job, Job)]
    return jobs, [*read.rejections, *(job for job in prepared if isinstance(job, Rejection))]


@dataclass(frozen=True, slots=True)
class Job:
    """An article that can be coded, and the record it comes from."""

    document: Document
    article: Article
    spans: tuple[Span, ...]
    """What of the text as given the article's text is made of."""


def _refused(job: Job, verified: Verified) -> Iterator[Rejection]:
    """What the extractor said of an article and its text does not hold."""
    log_refusals(job.article.article_id, verified.refusals)
    for refusal in verified.refusals:
        problem = f"{refusal.field} is not in the article's text: correct the extractor"
        yield reject(
            job.document.input_name, job.document.input_record, "unsupported_evidence", problem,
            field=refusal.field, value=refusal.value,
        )  # fmt: skip


def _prepare(document: Document, region: RegionPack) -> Job | Rejection:
    spans = kept_spans(document.raw)
    text = kept_text(document.raw, spans)
    language = language_of(text, document.language)
    if language != ENGLISH:
        problem = f"the article is in {language!r}, only English is coded; supply a translation"
        where = (document.input_name, document.input_record)
        return reject(*where, "language", problem, field="text", value=text)
    outlet = region.outlet(document.source_name)
    published = published_date(document.published_at) if document.published_at else None
    article = Article(document.external_id, document.title, text, outlet.name, outlet.leaning, published)
    return Job(document, article, spans)


def json_lines(records: tuple[dict[str, Any], ...]) -> Iterator[str]:
    """Return each record as one line of JSON, line feed included."""
    return (json.dumps(record, ensure_ascii=False) + "\n" for record in records)


class _Origin:
    """Where each offset into a kept text lies in the text as given."""

    def __init__(self, spans: tuple[Span, ...]) -> None:
        """Take the spans of the text as given that the kept text is made of."""
        self._spans = spans
        self._ends = tuple(accumulate(stop - start for start, stop in spans))

    def start(self, offset: int) -> int:
        """Return where the character at ``offset`` stands."""
        return self._at(offset, bisect_right(self._ends, offset))

    def end(self, offset: int) -> int:
        """Return where a span ends that ends at ``offset``: behind the character before it."""
        return self._at(offset, bisect_left(self._ends, offset))

    def _at(self, offset: int, piece: int) -> int:
        if piece == len(self._spans):
            raise ValueError(f"offset {offset} lies outside the kept text")
        return self._spans[piece][1] - (self._ends[piece] - offset)


def _into_raw(mention: Mention, origin: _Origin) -> Mention:
    """Shift offsets into the kept text to offsets into the text as given. A sentence lies within one kept span."""

    def moved(casualty: Casualty) -> Casualty:
        start, end = origin.start(casualty.char_start), origin.end(casualty.char_end)
        return replace(casualty, char_start=start, char_end=end)

    def told(slot: Slot) -> Slot:
        if slot.char_start is None or slot.char_end is None:
            return slot
        return replace(slot, char_start=origin.start(slot.char_start), char_end=origin.end(slot.char_end))

    return replace(
        mention,
        char_start=origin.start(mention.char_start),
        char_end=origin.end(mention.char_end),
        casualties=tuple(moved(casualty) for casualty in mention.casualties),
        slots=tuple(told(slot) for slot in mention.slots),
    )
