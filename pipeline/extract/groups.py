"""Groups: the drafts of an article that tell one happening, while they are being merged."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.drafts import Draft
from pipeline.extract.scene import Words

REACH = 6
"""Sentences back to which a happening told without a place of its own can belong."""
WINDOW = 80
"""Happenings among which one looks for its like, so that a text of thousands of names stays linear in time."""


@dataclass(slots=True)
class Group:
    """Drafts that tell one happening; `lead` carries what is published."""

    lead: Draft
    members: list[Draft]
    shared: list[tuple[tuple[CasualtySpan, ...], tuple[int, ...]]] = field(default_factory=list)
    """Tolls given for this and other groups together, with the numbers of the others' leads."""
    twice: list[Words] = field(default_factory=list)
    """The words for it where it is likely told again (`told_twice.py`)."""

    def numbers(self) -> set[int]:
        """Numbers of all its drafts."""
        return {draft.number for draft in self.members}
