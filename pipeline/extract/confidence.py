"""How sure a coding is: the share of mentions like it that a careful coder would code alike.

A scorecard over what the mention itself shows; its weights are fitted on hand-coded articles
(`lexicon/confidence.yaml`). "Alike" is: the same status and type, days at most one apart, the same governorate.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from pipeline.extract.kinds import VIOLENT
from pipeline.extract.model import Casualty, Slot
from pipeline.extract.record import record
from pipeline.extract.words import load_words

_CARD = load_words("confidence")
_BASE: int = _CARD["base"]
_WEIGHTS: Mapping[str, int] = _CARD["doubts"]
_NAMED_ITSELF = 1


class Coded(Protocol):
    """What of a mention makes it more or less sure."""

    @property
    def sub_event_type(self) -> str: ...  # noqa: D102
    @property
    def status(self) -> str: ...  # noqa: D102
    @property
    def place_id(self) -> str | None: ...  # noqa: D102
    @property
    def geo_precision(self) -> int | None: ...  # noqa: D102
    @property
    def casualties(self) -> Sequence[Casualty]: ...  # noqa: D102
    @property
    def slots(self) -> Sequence[Slot]: ...  # noqa: D102


@record
class Coding:
    """The same of a mention that is still being made: it is made with its confidence, once."""

    sub_event_type: str
    status: str
    place_id: str | None
    geo_precision: int | None
    casualties: Sequence[Casualty]
    slots: Sequence[Slot]


def _place_elsewhere(mention: Coded) -> bool:
    return all(slot.basis != "evidence" for slot in mention.slots if slot.slot == "place")


DOUBTS: Mapping[str, Callable[[Coded], bool]] = {
    "unreported": lambda mention: mention.status != "reported",
    "not_violent": lambda mention: mention.sub_event_type not in VIOLENT,
    "place_unknown": lambda mention: mention.place_id is None,
    "place_wide": lambda mention: mention.geo_precision != _NAMED_ITSELF,
    "place_elsewhere": _place_elsewhere,
    "no_toll": lambda mention: not mention.casualties,
}
"""What makes a coding less sure: told as no report, no violence, a place that the gazetteer does not have, an area or
nothing instead of a place, a place that the evidence does not name, no figures."""


def confidence(mention: Coded) -> float:
    """Give the confidence of a mention, from 0.01 to 0.99 in steps of 0.01: nothing is certain."""
    tenths = _BASE - sum(weight for name, weight in _WEIGHTS.items() if DOUBTS[name](mention))
    return min(0.99, max(0.01, round(1 / (1 + math.exp(-tenths / 10)), 2)))
