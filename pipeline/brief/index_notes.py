"""The notes of the index that depend on its figures: what the ledger holds, what was read, what belongs to no week."""

from __future__ import annotations

from pipeline.brief import words
from pipeline.brief.coverage import by_rule
from pipeline.brief.index import IndexBrief


def extent(index: IndexBrief) -> str:
    """Return what the whole ledger holds: weeks, events, articles, sources."""
    if not index.weeks:
        return "The ledger covers no week yet."
    first, last = index.weeks[-1], index.weeks[0]
    return (
        f"{words.sentence_case(words.count(index.events, 'event'))} in {words.count(len(index.weeks), 'week')}, "
        f"{first.iso_week} to {last.iso_week}, from {words.count(index.articles, 'article')} "
        f"by {words.count(index.sources, 'source')}."
    )


def latest(index: IndexBrief) -> str:
    """Return the words of the link to the newest week."""
    return f"Latest week: {index.weeks[0].iso_week}"


def reading(index: IndexBrief) -> tuple[str, ...]:
    """Return what was read for the release and what belongs to no week."""
    verb = words.verb
    read = f"{words.count(index.articles, 'article')} by {words.count(index.sources, 'source')}"
    copies = f", {words.count(index.copies, 'copy')} among them" if index.copies else ""
    notes = [f"{words.sentence_case(read)}{copies}."]
    if index.newest_article is not None:
        notes.append(f"The newest was published on {words.full_day(index.newest_article)}.")
    if n := index.undated_articles:
        has, belongs = verb(n, "has", "have"), verb(n, "belongs", "belong")
        notes.append(f"{words.opening(n, 'article')} {has} no date and {belongs} to no week.")
    if n := index.events_without_page:
        lies, has = verb(n, "lies", "lie"), verb(n, "has", "have")
        notes.append(f"{words.opening(n, 'event')} {lies} in weeks that are not covered and {has} no page.")
    if n := sum(rejection.count for rejection in index.rejections):
        belongs, was = verb(n, "belongs", "belong"), verb(n, "was", "were")
        notes.append(
            f"{words.opening(n, 'record')} that {belongs} to no week could not be used and {was} rejected: "
            f"{by_rule(index.rejections)}."
        )
    return tuple(notes)
