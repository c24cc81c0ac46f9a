"""A candidate: a happening as one sentence tells it. Only its shape; `frames.py` builds candidates."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.dates import DateSpan
from pipeline.extract.places import PlaceSpan
from pipeline.extract.record import record
from pipeline.extract.roles import Roles
from pipeline.extract.scene import Scene, Words


@record
class Candidate:
    """A happening as one sentence tells it, before anything is inherited or merged.

    `at` is the offset of its trigger, `trigger` all its words; `places` are all the places it was said to be in (one
    mention each, later); `shares` are the tolls of single places, by their offset; `civil` are the words for unarmed
    people or civilian objects hit; `said_on` a date of the report, not of the happening; `counted` the words that count
    it, `cue` those that make it denied, prospective or general.
    """

    scene: Scene
    at: int
    trigger: Words
    sub_event_type: str
    certain: bool
    status: str
    roles: Roles
    cue: Words | None
    civil: Words | None
    places: tuple[PlaceSpan, ...]
    dates: tuple[DateSpan, ...]
    said_on: tuple[DateSpan, ...]
    tolls: tuple[CasualtySpan, ...]
    weapon: Words | None
    count: tuple[int | None, int | None]
    counted: Words | None
    source: Words | None
    harm_only: bool
    distinct: bool
    shares: Mapping[int, tuple[CasualtySpan, ...]]
    post: bool
    """A military object is named where it happened."""
    base: bool
    """One of them is an air base, with no side named that keeps it."""
    repelled: bool
    """The target attacked and the agent beat it off."""
