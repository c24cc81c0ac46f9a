"""Whom a happening hit, where that tells one from another: fighters in one sentence, civilians in the next."""

from __future__ import annotations

from pipeline.extract.drafts import Draft
from pipeline.extract.kinds import REMOTE, REMOTE_KINDS, SUICIDE

_AT_ONCE = frozenset({REMOTE, SUICIDE})
"""One blast hits whoever is near."""


def same_victims(one: Draft, other: Draft) -> bool:
    """A strike on fighters is not the one on civilians that another sentence tells, where no place says so."""
    kinds = {one.sub_event_type, other.sub_event_type}
    if not kinds <= REMOTE_KINDS or kinds <= _AT_ONCE:
        return True
    armed, unarmed = ({d.number for d in (one, other) if test(d)} for test in (_hits_fighters, _hits_civilians))
    return not (armed and unarmed and armed != unarmed)


def _hits_fighters(draft: Draft) -> bool:
    return draft.target is not None and draft.target.bloc != "civilians"


def _hits_civilians(draft: Draft) -> bool:
    return not _hits_fighters(draft) and draft.civil is not None
