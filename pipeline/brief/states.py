"""The states of a week that a reader must know first: nothing read, nothing known, one source, not over, revised since.

Each has words of its own here or in the fixed texts, and a look of its own in the style sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.brief import notes, words
from pipeline.brief.context import BriefContext
from pipeline.brief.sentences import Sentence, Span, say
from pipeline.brief.week_model import WeekBrief


@dataclass(frozen=True, slots=True)
class State:
    """One state of a week."""

    key: str
    """Name of its look, and of its title among the fixed texts: silent, empty, single, unfinished, revised."""
    words: Sentence


def states(brief: WeekBrief, context: BriefContext) -> tuple[State, ...]:
    """Return the states that the week is in, the gravest first; none for most weeks."""
    found = []
    if brief.silent:
        found.append(State("silent", say("A zero on this page means silence, not that nothing happened.")))
    elif not brief.figures.events:
        found.append(State("empty", say(notes.coverage(brief), " None of it tells of an event in the week.")))
    elif brief.single_source:
        found.append(State("single", say(notes.coverage(brief))))
    if brief.days_unread and not brief.silent:
        found.append(State("unfinished", say(_unfinished(brief))))
    if brief.revised:
        since = f"since version {context.previous_version}"
        found.append(State("revised", say(Span("What changed", "#changes"), f" {since} is told below.")))
    return tuple(found)


def _unfinished(brief: WeekBrief) -> str:
    """Say up to when the week was read. Only a week with articles is unfinished, so the newest one is known."""
    assert brief.newest_article is not None, "a week with articles has a newest one"
    after = words.verb(brief.days_unread, "the day", f"the {words.small(brief.days_unread)} days")
    return (
        f"The newest article read is of {words.full_day(brief.newest_article)}; of {after} after it nothing was read. "
        "The figures are of a part of the week and are not compared with those of other weeks."
    )
