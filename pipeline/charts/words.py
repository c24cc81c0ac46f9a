"""The words that a map says itself, so that a page in another language can give its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class MapWords:
    """Fixed texts of a map; ``{n}`` stands for a number that is written in figures."""

    none_killed: str = "none killed"
    killed: str = "{n} killed"
    at_least: str = "at least {n} killed"
    or_more: str = "{n} or more killed"
    not_known: str = "number killed not known"
    approximate: str = "position approximate"
    exact: str = "the place itself"
    near: str = "near the place, or its district"
    governorate: str = "the governorate only"
    several: str = "Several types"
    at_one_place: str = "number of events at one place"
    events: str = "events here: {n}"
    elsewhere: str = "Events elsewhere: {n}"
    beyond: str = "Events beyond the map: {n}"
    disputed: str = "disputed border"
    ceasefire: str = "ceasefire line"
    kilometres: str = "{n} km"
    north: str = "N"
    comma: str = ", "
    types: Mapping[str, str] = field(default_factory=dict)
    """Types and sub-types of events in this language; those left out are printed as they are."""

    def type(self, name: str) -> str:
        """Return a type or sub-type of event in this language."""
        return self.types.get(name, name)

    def toll(self, killed: int | None) -> str:
        """Return the people killed in words; unknown is not none."""
        if killed is None:
            return self.not_known
        return self.killed.format(n=killed) if killed else self.none_killed


ENGLISH = MapWords()
