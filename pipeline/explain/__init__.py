"""One article laid open: which words were taken for which value, and why; for people who review a coding."""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import InputError
from pipeline.explain.view import Explanation, explain
from pipeline.extract.backends import load_extractor
from pipeline.extract_file import Job, jobs_in
from pipeline.ingest.documents import Limits, Rejection
from pipeline.regions import load_region
from pipeline.settings import Settings

__all__ = ["Explanation", "explain", "explain_one"]
_SHOWN = 5
"""Ids that a message lists."""


def explain_one(path: Path, article_id: str | None, settings: Settings) -> Explanation:
    """Code one article of the file ``path`` and lay the coding open.

    Args:
        path: a file of articles, as `fieldledger extract` takes it.
        article_id: which article; None takes the only one.
        settings: who codes, with which knowledge.

    Raises:
        InputError: there is no such article, or several and none was named, or it cannot be used.
    """
    region = load_region(settings.region, settings.gazetteers)
    jobs, rejected = jobs_in(path, region, Limits(settings.max_record_bytes, region.first_date, settings.latest_date))
    job = _named(path, article_id, jobs, rejected)
    return explain(job.article, load_extractor(settings.extractor, region, settings.model))


def _named(path: Path, article_id: str | None, jobs: list[Job], rejected: list[Rejection]) -> Job:
    ids = [job.article.article_id for job in jobs]
    some = ", ".join(ids[:_SHOWN]) + (f" and {len(ids) - _SHOWN:,} more" if len(ids) > _SHOWN else "")
    if not jobs:
        raise InputError(rejected[0].message if rejected else f"{path}: holds no article; add one")
    if article_id is None and len(jobs) > 1:
        raise InputError(f"{path}: holds {len(jobs):,} articles ({some}); name one with --article")
    if article_id is not None and article_id not in ids:
        raise InputError(f"{path}: holds no article {article_id!r} that can be used, but {some}; name one of them")
    return jobs[0] if article_id is None else jobs[ids.index(article_id)]
