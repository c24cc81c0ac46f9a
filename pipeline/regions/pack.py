"""The region pack: actors, places and outlets of one war as frozen records, and the frames published from them.

Nothing here reads files (``load.py`` does) and nothing here is particular to one region.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from pipeline.errors import FieldledgerError, cut
from pipeline.ids import content_id, sha256_bytes, sha256_text
from pipeline.regions.folding import NameIndex, plain, slug

ACTOR_COLUMNS = {
    "actor_id": pl.String, "actor_name": pl.String, "bloc": pl.String, "actor_kind": pl.String,
    "valid_from": pl.Date, "valid_to": pl.Date, "aliases": pl.String,
}  # fmt: skip
PLACE_COLUMNS = {
    "place_id": pl.String, "place_name": pl.String, "place_name_ar": pl.String, "alternative_names": pl.String,
    "place_kind": pl.String, "admin1": pl.String, "admin2": pl.String, "latitude": pl.Float64, "longitude": pl.Float64,
    "geo_precision": pl.Int64, "coordinate_source": pl.String, "coordinate_error_km": pl.Float64,
}  # fmt: skip
SEPARATOR = ";"
"""Joins several names in one cell; no name may hold it."""


@dataclass(frozen=True, slots=True)
class Alias:
    """One wording that stands for an actor, in a span of time and, for loaded words, in some outlets only."""

    text: str
    valid_from: date | None = None
    valid_to: date | None = None
    case_sensitive: bool = False
    outlets: tuple[str, ...] = ()
    """Leanings of the outlets that mean this actor by it; empty for any. A leaning of its own beats "any"."""

    def holds(self, on: date | None = None, leaning: str | None = None) -> bool:
        """Tell whether the wording means its actor in an outlet of ``leaning`` on the day ``on`` (None: any day)."""
        if self.outlets and leaning not in self.outlets:
            return False
        return on is None or (
            (self.valid_from is None or self.valid_from <= on) and (self.valid_to is None or on <= self.valid_to)
        )


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor of the registry (codebook section 4, Actors); its name counts as an alias valid as long as it is."""

    actor_id: str
    name: str
    bloc: str
    kind: str
    valid_from: date | None = None
    valid_to: date | None = None
    aliases: tuple[Alias, ...] = ()
    successor: str | None = None
    """The actor that it became the day after ``valid_to``."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, in decimal degrees (WGS 84)."""

    place_id: str
    name: str
    name_ar: str | None
    alternatives: tuple[str, ...]
    kind: str
    admin1: str
    admin2: str | None
    latitude: float
    longitude: float
    geo_precision: int
    """1 the point is the place, 2 it stands for an area, a district or a place in it, 3 for a governorate."""
    coordinate_source: str
    coordinate_error_km: float
    parent: str | None = None
    """The place that contains it, so that two mentions can be seen to be about one area."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the place: the main one, the alternatives, the Arabic one."""
        return (self.name, *self.alternatives, *((self.name_ar,) if self.name_ar else ()))


@dataclass(frozen=True, slots=True)
class Outlet:
    """A publisher of articles, and the side whose perspective it writes from (code list ``leanings``)."""

    source_id: str
    name: str
    leaning: str
    alternatives: tuple[str, ...] = ()
    invented: bool = False
    republishes: str | None = None
    """Id of the outlet whose copy it carries as a rule, so that the two are one source."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every name of the outlet: the main one and the alternatives."""
        return (self.name, *self.alternatives)


@dataclass(frozen=True, slots=True)
class RegionPack:
    """All that is known beforehand about one region."""

    name: str
    title: str
    country: str
    iso_code: str
    bounding_box: tuple[float, float, float, float]
    """South, west, north, east in decimal degrees."""
    first_date: date
    admin1: tuple[str, ...]
    actors: tuple[Actor, ...]
    places: tuple[Place, ...]
    outlets: tuple[Outlet, ...]
    foreign_places: tuple[str, ...]
    """Names of countries and cities outside the region, which a text may mention but no event here may be placed in."""
    directory: Path
    supplied: tuple[tuple[Path, str], ...] = ()
    """Gazetteer files that a user supplied, with the SHA-256 of what was read, in their order."""
    supplement: str = ""
    """SHA-256 over the supplied gazetteer files and what was taken from them; empty without any."""
    notes: tuple[str, ...] = ()
    """What became of each supplied file, one line for the user."""
    _actors: dict[str, Actor] = field(init=False, repr=False, compare=False)
    _places: dict[str, Place] = field(init=False, repr=False, compare=False)
    _named_places: NameIndex[Place] = field(init=False, repr=False, compare=False)
    _named_actors: NameIndex[tuple[Alias, Actor]] = field(init=False, repr=False, compare=False)
    _foreign: frozenset[str] = field(init=False, repr=False, compare=False)
    _outlets: dict[str, Outlet] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Build the look-up tables once."""
        for attribute, table in (
            ("_actors", {actor.actor_id: actor for actor in self.actors}),
            ("_places", {place.place_id: place for place in self.places}),
            ("_named_places", NameIndex((name, place) for place in self.places for name in place.names)),
            ("_named_actors", NameIndex((alias.text, (alias, by)) for by in self.actors for alias in by.aliases)),
            ("_foreign", frozenset(plain(name) for name in (self.country, *self.foreign_places))),
            ("_outlets", {slug(name): outlet for outlet in self.outlets for name in outlet.names}),
        ):
            object.__setattr__(self, attribute, table)

    @property
    def sample_dir(self) -> Path:
        """The folder of the sample corpus that comes with the pack."""
        return self.directory / "sample"

    def actor(self, actor_id: str) -> Actor:
        """Return the actor with this id; FieldledgerError when the registry has none."""
        if actor_id not in self._actors:
            raise FieldledgerError(_unknown(self, "actors.yaml", "actor", actor_id))
        return self._actors[actor_id]

    def place(self, place_id: str) -> Place:
        """Return the place with this id; FieldledgerError when the gazetteer has none."""
        if place_id not in self._places:
            raise FieldledgerError(_unknown(self, "places.csv", "place", place_id))
        return self._places[place_id]

    def actor_named(self, text: str, on: date | None = None, leaning: str | None = None) -> Actor | None:
        """Return the actor that ``text`` stands for on a day, in an outlet of ``leaning``; None when no alias fits.

        An alias of the leaning's own beats an unrestricted one; case-sensitive aliases must match letter by letter.
        An outlet that still writes a group's old name means what the group has become (``successor``).
        """
        spelled = [
            (alias, actor)
            for alias, actor in self._named_actors.find(text)
            if not alias.case_sensitive or alias.text == text.strip()
        ]
        holding = [pair for pair in spelled if pair[0].holds(on, leaning)]
        if holding:
            return min(holding, key=lambda pair: not pair[0].outlets)[1]
        return next((self._become(actor, on) for alias, actor in spelled if alias.holds(None, leaning)), None)

    def _become(self, actor: Actor, on: date | None) -> Actor:
        while on is not None and actor.valid_to is not None and actor.valid_to < on and actor.successor is not None:
            actor = self._actors[actor.successor]
        return actor

    def places_named(self, text: str) -> tuple[Place, ...]:
        """Return every place that bears this name, in file order; empty when none does, or when it is a foreign one's.

        Places that are spelled like this come alone; only when there are none, those of a like spelling (``fold``).
        """
        return () if plain(text) in self._foreign else self._named_places.find(text)

    def within(self, place_id: str, container_id: str) -> bool:
        """Tell whether a place is ``container_id`` or lies in it, by the chain of parents."""
        current: str | None = place_id
        while current is not None and current != container_id:
            current = self.place(current).parent
        return current is not None

    def outlet(self, source_name: str) -> Outlet:
        """Return the outlet of this name; one that the pack does not know gets an id from its name, leaning unknown.

        A name without a Latin letter gets its id by hash; an empty one is ``unknown-source``.
        """
        name = source_name.strip()
        key = slug(name)
        if key in self._outlets:
            return self._outlets[key]
        if not name:
            return Outlet(source_id="unknown-source", name="Unknown source", leaning="unknown")
        return Outlet(source_id=key or content_id("source", name), name=name, leaning="unknown")

    def actors_frame(self) -> pl.DataFrame:
        """Return the registry as the table ``actors``, sorted by id."""
        rows = [
            (a.actor_id, a.name, a.bloc, a.kind, a.valid_from, a.valid_to, _joined(alias.text for alias in a.aliases))
            for a in self.actors
        ]
        return pl.DataFrame(rows, schema=ACTOR_COLUMNS, orient="row").sort("actor_id")

    def places_frame(self) -> pl.DataFrame:
        """Return the gazetteer as the table ``places``, sorted by id."""
        rows = [
            (p.place_id, p.name, p.name_ar, _joined(p.alternatives), p.kind, p.admin1, p.admin2, p.latitude,
             p.longitude, p.geo_precision, p.coordinate_source, p.coordinate_error_km)
            for p in self.places
        ]  # fmt: skip
        return pl.DataFrame(rows, schema=PLACE_COLUMNS, orient="row").sort("place_id")

    def digest(self) -> str:
        """Return one SHA-256 over every knowledge file (YAML and CSV, no sample) and the supplied gazetteers."""
        files = sorted(
            (path.relative_to(self.directory).as_posix(), path)
            for path in self.directory.rglob("*")
            if path.suffix in {".yaml", ".csv"} and self.sample_dir not in path.parents
        )
        own = sha256_text("\n".join(f"{sha256_bytes(path.read_bytes())}  {name}" for name, path in files))
        return sha256_text(f"{own}\n{self.supplement}") if self.supplement else own


def _joined(texts: Iterable[str]) -> str | None:
    return SEPARATOR.join(dict.fromkeys(texts)) or None


def _unknown(region: RegionPack, file: str, what: str, identifier: str) -> str:
    return (
        f"{region.name}/{file}: there is no {what} {cut(identifier)!r}. "
        f"Add it to the file, or rebuild the data with the pack that they were made with."
    )
