"""What must hold of a region's files: of one field (``Spot``) and of the whole pack (``check_region``).

Every fault is one FieldledgerError that names file, record, field, value and remedy; the first one found is raised.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import combinations
from typing import Any

from pipeline.errors import FieldledgerError, cut
from pipeline.regions.folding import plain, slug
from pipeline.regions.pack import SEPARATOR, Actor, Alias, Place, RegionPack

# Codes as in schemas/codelists/, read here without loading the whole contract; a test holds the two together.
BLOCS = (
    "syrian_government", "russia", "iran_allies", "turkey", "us_coalition", "israel", "sdf", "hts", "opposition",
    "islamic_state", "civilians", "other", "unidentified",
)  # fmt: skip
ACTOR_KINDS = ("state_forces", "non_state_group", "coalition", "civilians", "unknown")
LEANINGS = (
    "syrian_government", "opposition", "sdf", "russia", "iran_allies", "turkey", "gulf", "western", "independent",
    "unknown",
)  # fmt: skip
PLACE_KINDS = (
    "country", "governorate", "district", "subdistrict", "town", "village", "neighbourhood", "camp", "hill", "base",
    "crossing", "area", "facility",
)  # fmt: skip
_IDENTIFIER = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file we are; reads typed fields of a record there, and words the error when one is at fault."""

    file: str
    record: str = ""

    def error(self, field: str, value: object, remedy: str) -> FieldledgerError:
        """Return the error to raise: file, record, field, value cut short, remedy."""
        said = "is missing" if value is None else f"is {cut(value)!r}"
        record = f", {self.record}" if self.record else ""
        return FieldledgerError(f"{self.file}{record}: {field} {said}; {remedy}.")

    def mapping(self, value: object, field: str = "content") -> Mapping[str, Any]:
        """Return ``value`` if it is a mapping with text keys."""
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in value):
            raise self.error(field, value if value is None else repr(value), "write fields as 'name: value'")
        return value

    def only(self, record: Mapping[str, Any], fields: tuple[str, ...]) -> None:
        """Refuse a field that is not known: a misspelt one would be lost without a word."""
        for field in record:
            if field not in fields:
                raise self.error(field, record[field], f"there is no such field; use {', '.join(fields)}")

    def list(self, record: Mapping[str, Any], field: str) -> list[Any]:
        """Return a list field, empty when it is absent."""
        value = record.get(field)
        if value is None:
            return []
        if not isinstance(value, list):
            raise self.error(field, value, "write a list, one entry after each '-'")
        return value

    def name(self, value: object, field: str) -> str:
        """Return a text that is not empty, has no blanks at its ends and can stand in a list joined by ';'."""
        if not isinstance(value, str):
            raise self.error(field, value if value is None else repr(value), "write a text, in quotes if need be")
        if not value or value != value.strip() or SEPARATOR in value or not value.isprintable():
            raise self.error(field, value, "write a text without ';', line breaks, or blanks at its ends")
        return value

    def text(self, record: Mapping[str, Any], field: str) -> str:
        """Return a required text field."""
        return self.name(record.get(field) or None, field)

    def texts(self, record: Mapping[str, Any], field: str) -> tuple[str, ...]:
        """Return a list of texts, empty when it is absent."""
        return tuple(self.name(value, field) for value in self.list(record, field))

    def optional_text(self, record: Mapping[str, Any], field: str) -> str | None:
        """Return a text field, None when it is absent or empty."""
        return None if record.get(field) in (None, "") else self.name(record[field], field)

    def identifier(self, record: Mapping[str, Any], field: str) -> str:
        """Return an id: lower-case letters and digits, joined by single hyphens or underscores."""
        value = self.text(record, field)
        if not _IDENTIFIER.fullmatch(value):
            raise self.error(field, value, "use lower-case letters, digits, and single '-' or '_' between them")
        return value

    def one_of(self, value: object, field: str, allowed: tuple[str, ...]) -> str:
        """Return ``value`` if it is one of ``allowed``."""
        if not isinstance(value, str) or value not in allowed:
            raise self.error(field, value, f"use one of {', '.join(allowed)}")
        return value

    def choice(self, record: Mapping[str, Any], field: str, allowed: tuple[str, ...]) -> str:
        """Return a required field that takes one of ``allowed``."""
        return self.one_of(record.get(field) or None, field, allowed)

    def number(self, record: Mapping[str, Any], field: str) -> float:
        """Return a required number; texts as read from CSV are converted."""
        value = record.get(field)
        try:
            if value is None or isinstance(value, bool):
                raise ValueError
            number = float(value)
            if not -1e6 < number < 1e6:
                raise ValueError
        except (TypeError, ValueError):
            raise self.error(field, value, "write a number with a decimal point") from None
        return number

    def day(self, record: Mapping[str, Any], field: str) -> date | None:
        """Return a date field, None when it is absent."""
        value = record.get(field)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            raise self.error(field, value, "write the date as YYYY-MM-DD")
        return value

    def flag(self, record: Mapping[str, Any], field: str) -> bool:
        """Return a yes or no, no when it is absent."""
        value = record.get(field, False)
        if not isinstance(value, bool):
            raise self.error(field, value, "write true or false")
        return value


def check_region(region: RegionPack) -> None:
    """Raise FieldledgerError for the first thing in the pack that contradicts another."""
    _check_actors(region)
    _check_aliases(region)
    _check_places(region)
    _check_outlets(region)


def _check_actors(region: RegionPack) -> None:
    file = f"{region.name}/actors.yaml"
    by_id = {actor.actor_id: actor for actor in region.actors}
    _unique(file, "id", (actor.actor_id for actor in region.actors))
    for actor in region.actors:
        spot = Spot(file, actor.actor_id)
        _check_span(spot, "to", actor.valid_from, actor.valid_to)
        for alias in actor.aliases:
            _check_span(Spot(file, f"{actor.actor_id}, alias {alias.text!r}"), "to", alias.valid_from, alias.valid_to)
            if not plain(alias.text):
                raise spot.error("aliases", alias.text, "an alias needs a letter or a digit")
        if actor.successor is not None:
            _check_successor(spot, actor, by_id.get(actor.successor))


def _check_span(spot: Spot, field: str, start: date | None, end: date | None) -> None:
    if start is not None and end is not None and end < start:
        raise spot.error(field, end.isoformat(), f"it is before 'from' ({start.isoformat()}): swap or mend the dates")


def _check_successor(spot: Spot, actor: Actor, successor: Actor | None) -> None:
    if successor is None:
        raise spot.error("successor", actor.successor, "there is no actor with this id: add it or mend the id")
    expected = actor.valid_to + timedelta(days=1) if actor.valid_to else None
    if expected is None or successor.valid_from != expected:
        began = successor.valid_from.isoformat() if successor.valid_from else "no date"
        remedy = f"its 'from' ({began}) must be the day after this actor's 'to' ({actor.valid_to})"
        raise spot.error("successor", actor.successor, remedy)


def _check_aliases(region: RegionPack) -> None:
    """No wording may stand for two actors on one day in one kind of outlet; a leaning of its own may override "any"."""
    claims: dict[str, list[tuple[Alias, Actor]]] = {}
    for actor in region.actors:
        for alias in actor.aliases:
            claims.setdefault(plain(alias.text), []).append((alias, actor))
    for claimed in claims.values():
        for (alias, actor), (other, rival) in combinations(claimed, 2):
            if actor is not rival and _overlap(alias, other):
                remedy = f"{actor.actor_id} claims it too, at the same time: give it to one, or part dates or outlets"
                raise Spot(f"{region.name}/actors.yaml", rival.actor_id).error("aliases", other.text, remedy)


def _overlap(one: Alias, two: Alias) -> bool:
    if bool(one.outlets) != bool(two.outlets) or (one.outlets and not set(one.outlets) & set(two.outlets)):
        return False
    if one.case_sensitive and two.case_sensitive and one.text != two.text:
        return False
    starts = [alias.valid_from for alias in (one, two) if alias.valid_from is not None]
    ends = [alias.valid_to for alias in (one, two) if alias.valid_to is not None]
    return not starts or not ends or max(starts) <= min(ends)


def _check_places(region: RegionPack) -> None:
    file = f"{region.name}/places.csv"
    by_id = {place.place_id: place for place in region.places}
    _unique(file, "place_id", (place.place_id for place in region.places))
    _unique(f"{region.name}/region.yaml", "admin1", region.admin1)
    south, west, north, east = region.bounding_box
    for place in region.places:
        spot = Spot(file, place.place_id)
        if place.admin1 not in region.admin1:
            raise spot.error("admin1", place.admin1, "use a name listed under admin1 in region.yaml")
        for field, degrees, low, high in (
            ("latitude", place.latitude, south, north),
            ("longitude", place.longitude, west, east),
        ):
            if not low <= degrees <= high:
                raise spot.error(field, str(degrees), f"it is outside the region's bounding box ({low} to {high})")
        if place.coordinate_error_km <= 0:
            remedy = "say by how many km the point may be off"
            raise spot.error("coordinate_error_km", str(place.coordinate_error_km), remedy)
        _check_parents(spot, place, by_id)


def _check_parents(spot: Spot, place: Place, by_id: Mapping[str, Place]) -> None:
    parent, chain = place.parent, {place.place_id}
    while parent is not None:
        if parent not in by_id:
            raise spot.error("parent", parent, "there is no place with this id: add it or mend the id")
        if parent in chain:
            raise spot.error("parent", place.parent, "the chain of parents runs in a circle: mend one of them")
        chain.add(parent)
        parent = by_id[parent].parent


def _check_outlets(region: RegionPack) -> None:
    file = f"{region.name}/outlets.yaml"
    _unique(file, "id", (outlet.source_id for outlet in region.outlets))
    names: dict[str, str] = {}
    for outlet in region.outlets:
        for name in outlet.names:
            if not slug(name):
                raise Spot(file, outlet.source_id).error("alternatives", name, "a name needs a Latin letter or a digit")
            if names.setdefault(slug(name), outlet.source_id) != outlet.source_id:
                raise Spot(file, outlet.source_id).error(
                    "alternatives", name, f"{names[slug(name)]} has this name too: give it to one"
                )
    first_hand = {outlet.source_id for outlet in region.outlets if outlet.republishes is None}
    for outlet in region.outlets:
        if outlet.republishes not in {None, *first_hand}:
            remedy = "name the id of an outlet in this file that republishes nobody"
            raise Spot(file, outlet.source_id).error("republishes", outlet.republishes, remedy)


def _unique(file: str, field: str, values: Iterable[str]) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise Spot(file, value).error(field, value, "another record has it already: make it unique")
        seen.add(value)
