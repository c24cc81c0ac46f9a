"""The changes as pages for people: `CHANGES.md` and `changes.html`, from one story.

The HTML page stands alone: no script, nothing loaded, every value escaped; it reads in the order in which it is
written. What is said is `change_story`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from pipeline.hostile_characters import visible
from pipeline.inline_style import REPORTS, inline_style
from pipeline.plain_words import NOUNS, count, number, verb
from pipeline.release.change_size import RULE
from pipeline.release.change_story import Story, TableStory
from pipeline.release.markdown import TEMPLATES, markdown_text
from pipeline.templates import environment

_ONE = {many: one for one, many in NOUNS.items()} | {
    "persons": "person", "cases": "case", "tolls": "toll", "kilometres": "kilometre",
}  # fmt: skip
"""Units in the singular; others have none."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a story."""

    all_rows: str
    """Where all changes of rows are, as a sentence."""
    notice: str | None = None
    """What a reader must be told before any figure."""
    declared: str | None = None
    """That the version was declared higher than the changes ask for, as a sentence."""


def title(story: Story) -> str:
    """Return the heading of a page."""
    if story.previous_version is None:
        return f"What changed in {story.version}"
    return f"What changed from {story.previous_version} to {story.version}"


def markdown_page(story: Story, frame: Frame) -> str:
    """Return `CHANGES.md`."""
    heads = {f"{id}_head": head for id, _, head, _ in lists(story)}
    words = {"events_head": events_head(story), **heads, **_around(story, frame)}
    return _markdown().get_template("CHANGES.md.j2").render(words)


def html_page(story: Story, frame: Frame) -> str:
    """Return `changes.html`."""
    template = _html().get_template("changes.html.j2")
    listed = list(lists(story))
    captions = {table.name: _caption(table) for table in story.tables}
    return template.render(
        title=title(story),
        rule=RULE,
        events_head=events_head(story),
        lists=listed,
        sections=list(_sections(story)),
        captions=captions,
        **_around(story, frame),
        **inline_style("changes.css"),
    )


def _around(story: Story, frame: Frame) -> dict[str, Any]:
    return {"story": story, "notice": frame.notice, "declared": frame.declared, "where_all": frame.all_rows}


def lists(story: Story) -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    """Yield id, heading, introduction and sentences of each list that is not empty."""
    n = story.retired_total
    if story.retired:
        told = f"{count(n, 'id')} of events {verb(n, 'is', 'are')} borne by no event any more."
        yield "retired", "Ids that went away", told + _first(len(story.retired), n), story.retired
    n = story.moves_total
    if story.moves:
        told = f"{verb(n, 'One pair', f'{number(n)} pairs')} of events between which reports moved."
        yield "moves", "Reports that are of another event now", told + _first(len(story.moves), n), story.moves
    n = story.corrections_total
    if story.corrections:
        told = f"{count(n, 'correction')} by people {verb(n, 'is', 'are')} applied now, or no longer."
        yield "corrections", "Corrections", told + _first(len(story.corrections), n), story.corrections


def events_head(story: Story) -> str:
    """Return the introduction to the events."""
    n = story.events_total
    told = f"{count(n, 'event')} {verb(n, 'differs', 'differ')}, the one whose figures of people moved furthest first."
    return told + _first(len(story.events), n)


def _sections(story: Story) -> Iterator[tuple[str, str]]:
    if story.schema:
        yield "schema", "For programs that read the tables"
    if story.events:
        yield "events", "Events"
    yield from ((id, heading) for id, heading, _, _ in lists(story))
    if story.tables:
        yield "tables", "Tables"


def _caption(table: TableStory) -> str:
    shown = len(table.rows)
    if shown < table.total:
        return f"The {number(shown)} largest of {count(table.total, 'change')}."
    return "The one change." if shown == 1 else f"All {count(shown, 'change')}, largest first."


def _first(shown: int, total: int) -> str:
    return f" The first {number(shown)} are shown." if shown < total else ""


def amount_of(size: float | None, unit: str | None) -> str:
    """Return a size with its unit: "6 persons", "0.25 degrees north", "" without one."""
    if size is None:
        return ""
    return f"{size:,.10g} {_ONE.get(unit or '', unit or '') if size == 1 else unit or ''}".strip()


@lru_cache(maxsize=1)
def _markdown() -> Environment:
    pages = environment(TEMPLATES, html=False)  # the filter escapes
    pages.filters["md"] = lambda value: markdown_text(visible(str(value)))
    pages.filters["thousands"] = number
    return pages


@lru_cache(maxsize=1)
def _html() -> Environment:
    pages = environment(REPORTS, html=True, finalize=_shown)
    pages.filters["amount"] = lambda row: amount_of(row["size"], row["unit"])
    return pages


def _shown(value: object) -> object:
    """Show what texts hide; markup made here stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
