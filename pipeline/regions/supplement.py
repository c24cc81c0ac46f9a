"""A region pack with the places of supplied gazetteer files added (setting ``gazetteers``).

The curated pack wins whole: a supplied place neither changes it nor competes with it. What is added must be findable in
English prose without doubt, so a name is left out when it is a word, a person's, a better known place's, or borne
twice in one governorate: a wrong point on a map of attacks is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from pipeline.errors import InputError
from pipeline.ids import sha256_text
from pipeline.regions.areas import Areas, km
from pipeline.regions.candidates import Candidate, Tally
from pipeline.regions.folding import SHORTEST_FOLDED, fold, plain
from pipeline.regions.gazetteer_files import read_candidates
from pipeline.regions.pack import Place, RegionPack

WORDS_FILE = Path(__file__).parent / "everyday_words.txt"
SHORTEST_NAME = 3
"""Letters of a main name; other names need one more, since codes of airports stand among them."""
SAME_PLACE_KM = 5.0
"""Two rows of one name and governorate that are no farther apart are one place."""
BETTER_KNOWN = frozenset({"governorate", "district", "town", "area", "base", "camp", "crossing"})
"""Kinds of curated places whose names mean them, wherever a village bears the same."""

_HILL = frozenset({"tall", "tell"})
"""Arabic for hill: English words too, but no person's name follows these."""

KNOWN = "in the region pack already"
TWICE = "given twice"
OUTSIDE = "outside the region or their governorate"
NO_NAME = "whose name is a word, a person's or too short"
NAMESAKES = "namesakes of another place"


def supplemented(region: RegionPack, files: Iterable[Path]) -> RegionPack:
    """Return ``region`` with the places of ``files`` added, by id; an earlier file wins over a later one.

    ``notes`` of the pack tells what became of each file's rows, and its digest covers the files.

    Raises:
        InputError: a file cannot be used, or not one of its rows lies in the region.
    """
    paths = tuple(files)
    read = [read_candidates(path) for path in paths]
    tallies = [tally for _, tally, _ in read]
    areas = Areas(region)
    placed: list[tuple[Place, Tally]] = []
    for candidates, tally, _ in read:
        found = list(_placed(candidates, areas, tally))
        if not found:
            raise InputError(f"{tally.account()}; supply the file of {region.country}")
        placed += [(place, tally) for place in found]
    added = _apart(_unknown(_findable(_once(placed), region), region))
    places = sorted((place for place, _ in added), key=lambda place: place.place_id)
    digest = sha256_text("\n".join([*(sha256 for _, _, sha256 in read), *map(repr, places)]))
    return replace(
        region,
        places=(*region.places, *places),
        supplied=tuple((path, sha256) for path, (_, _, sha256) in zip(paths, read, strict=True)),
        supplement=digest,
        notes=tuple(tally.account() for tally in tallies),
    )


def _placed(candidates: list[Candidate], areas: Areas, tally: Tally) -> Iterator[Place]:
    codes = areas.codes(candidates)
    for candidate in candidates:
        place = areas.place(candidate, codes)
        if place is None:
            tally.left[OUTSIDE] += 1
        else:
            yield place


def _once(placed: list[tuple[Place, Tally]]) -> Iterator[tuple[Place, Tally]]:
    seen: set[str] = set()
    for place, tally in placed:
        if place.place_id in seen:
            tally.left[TWICE] += 1
        else:
            seen.add(place.place_id)
            yield place, tally


def _findable(placed: Iterable[tuple[Place, Tally]], region: RegionPack) -> Iterator[tuple[Place, Tally]]:
    """Keep names that can only mean a place."""
    taken = {plain(alias.text) for actor in region.actors for alias in actor.aliases}
    taken |= {plain(name) for outlet in region.outlets for name in outlet.names}
    taken |= {plain(name) for name in (region.country, *region.foreign_places)}
    for place, tally in placed:
        key = plain(place.name)
        if len(key) < SHORTEST_NAME or key in taken or is_everyday(place.name):
            tally.left[NO_NAME] += 1
            continue
        others = (
            name
            for name in place.alternatives
            if len(other := plain(name)) > SHORTEST_NAME
            and not name.isupper()
            and other not in taken
            and not is_everyday(name)
        )
        yield replace(place, alternatives=_distinct(place.name, others)), tally


def _distinct(name: str, others: Iterable[str]) -> tuple[str, ...]:
    """Keep one of the spellings that are found by the same key."""
    kept = {key_of(name): name}
    for other in others:
        kept.setdefault(key_of(other), other)
    return tuple(kept.values())[1:]


def _unknown(placed: Iterable[tuple[Place, Tally]], region: RegionPack) -> Iterator[tuple[Place, Tally]]:
    """Keep what the pack does not know, and of its names those that mean nothing else there."""
    known: dict[str, list[Place]] = {}
    for place in region.places:
        for key in {key_of(name) for name in place.names}:
            known.setdefault(key, []).append(place)
    for place, tally in placed:
        alike = [other for name in place.names for other in known.get(key_of(name), ())]
        if any(_same(place, other) for other in alike):
            tally.left[KNOWN] += 1
        elif any(o.kind in BETTER_KNOWN or o.admin1 == place.admin1 for o in known.get(key_of(place.name), ())):
            tally.left[NAMESAKES] += 1
        else:
            names = tuple(name for name in place.alternatives if key_of(name) not in known)
            yield replace(place, alternatives=names), tally


def _same(place: Place, curated: Place) -> bool:
    return (
        place.admin1 == curated.admin1
        and curated.kind not in {"governorate", "district"}
        and km(place, curated) <= curated.coordinate_error_km + place.coordinate_error_km
    )


def _apart(placed: Iterable[tuple[Place, Tally]]) -> list[tuple[Place, Tally]]:
    """Keep, of the supplied places of one name, those that a text can mean without doubt."""
    groups: dict[str, list[tuple[Place, Tally]]] = {}
    for place, tally in placed:
        groups.setdefault(key_of(place.name), []).append((place, tally))
    kept = [entry for group in groups.values() for entry in _of_one_name(group)]
    bearers: dict[tuple[str, str], int] = {}
    for place, _ in kept:
        for key in {key_of(name) for name in (place.name, *place.alternatives)}:
            bearers[place.admin1, key] = bearers.get((place.admin1, key), 0) + 1
    return [
        (replace(place, alternatives=tuple(n for n in place.alternatives if bearers[place.admin1, key_of(n)] == 1)), t)
        for place, t in kept
    ]


def _of_one_name(group: list[tuple[Place, Tally]]) -> list[tuple[Place, Tally]]:
    """A town is meant rather than a village; of two towns, or two villages of a governorate, none is."""
    distinct: list[tuple[Place, Tally]] = []
    for place, tally in sorted(group, key=lambda entry: (entry[0].kind != "town", entry[0].place_id)):
        if any(place.admin1 == other.admin1 and km(place, other) <= SAME_PLACE_KM for other, _ in distinct):
            tally.left[TWICE] += 1
        else:
            distinct.append((place, tally))
    towns = [entry for entry in distinct if entry[0].kind == "town"]
    rivals = towns or distinct
    counts = {place.admin1: sum(other.admin1 == place.admin1 for other, _ in rivals) for place, _ in rivals}
    kept = [e for e in rivals if (len(towns) <= 1 if towns else counts[e[0].admin1] == 1)]
    for entry in distinct:
        if entry not in kept:
            entry[1].left[NAMESAKES] += 1
    return kept


def is_everyday(name: str) -> bool:
    """Tell a name all of whose words are English words or names of persons, as spelled or, when long, alike."""
    spelled, alike = _everyday()
    words = plain(name).split()
    if len(words) > 1 and words[0] in _HILL:
        return False
    keys = ((word, fold(word)) for word in words)
    return all(word in spelled or (min(len(word), len(key)) >= SHORTEST_FOLDED and key in alike) for word, key in keys)


@lru_cache(maxsize=1)
def _everyday() -> tuple[frozenset[str], frozenset[str]]:
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()
    words = frozenset(word for line in lines if not line.startswith("#") for word in line.split())
    return words, frozenset(fold(word) for word in words)


@lru_cache(maxsize=65_536)
def key_of(name: str) -> str:
    """Return the key by which a text finds the name: folded when it is long enough (``NameIndex``), else plain."""
    spelled, alike = plain(name), fold(name)
    return alike if min(len(spelled), len(alike)) >= SHORTEST_FOLDED else f"={spelled}"
