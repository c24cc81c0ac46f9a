"""What an article recalls of older times, and where that was: not where the news is, unless the sentence says so.

"The campaign began in September" is told of the whole country; "a car bomb killed six there in May" points back.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pipeline.extract.drafts import Draft
from pipeline.extract.groups import Group
from pipeline.extract.words import load_words

_WORDS = load_words("anaphora")
_POINTING = frozenset(_WORDS["pointing_back"])
_GROUND = frozenset(_WORDS["ground"])
_DEFINITE = frozenset({"the", "this", "that", "same", "its", "both"})
_REACH = 3
"""Words from an article to the noun that it belongs to, at most ("the same rebel-held town")."""
_OLD = 7
"""Days before the news from which on a happening is recalled."""


def day_of_news(groups: Sequence[Group]) -> date | None:
    """Give the latest day of what an article reports."""
    told = (g.lead.interval.end for g in groups if g.lead.interval is not None and g.lead.status == "reported")
    return max(told, default=None)


def recalls(group: Group, news: date | None) -> bool:
    """Tell a happening dated long before the news in words that point to no place told before."""
    lead = group.lead
    if news is None or lead.interval is None or not lead.own_date or (news - lead.interval.end).days <= _OLD:
        return False
    return not any(_points_back(draft) for draft in group.members)


def of_its_time(one: Draft, other: Draft) -> bool:
    """Tell two happenings no more than a week apart."""
    if one.interval is None or other.interval is None:
        return False
    gap = max(one.interval.start, other.interval.start) - min(one.interval.end, other.interval.end)
    return gap.days <= _OLD


def _points_back(draft: Draft) -> bool:
    scene = draft.told.scene
    if not _POINTING.isdisjoint(scene.vocabulary):
        return True
    if _GROUND.isdisjoint(scene.vocabulary):
        return False
    words = [token.lower for token in scene.tokens]
    return any(
        word in _GROUND and not _DEFINITE.isdisjoint(words[max(0, at - _REACH) : at]) for at, word in enumerate(words)
    )
