"""GeoNames country files: the "geoname" table of the GeoNames readme, 19 columns parted by tabs, without a header.

Only what events are told of is taken: inhabited places, and of other features hills, camps, bases and a few kinds of
installations. The file's own rows of governorates and districts say what its codes of them mean.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.regions.candidates import Candidate, Tally, arabic, coordinate, latin

COLUMNS = 19
SOURCE = "GeoNames (CC BY 4.0)"
OTHER_KIND = "of other kinds (streams, roads, deserted places and the like)"
NO_LATIN_NAME = "without a name in Latin letters"
TOWN_FROM = 10_000
"""Inhabitants from which a populated place counts as a town, seat of an administration or not."""

_SEATS = {"PPLC": "town", "PPLA": "town", "PPLA2": "town", "PPLA3": "town", "PPLX": "neighbourhood"}
_LIVED_IN = {"PPL", "PPLA4", "PPLF", "PPLG", "PPLL", "PPLR", "PPLS"}
_OTHERS = {
    "HLL": "hill", "MND": "hill", "MT": "hill", "PK": "hill",
    "AIRB": "base", "BRKS": "base", "INSM": "base", "MILB": "base",
    "CMP": "camp", "CMPRF": "camp",
    "AIRP": "facility", "DAM": "facility", "PRN": "facility", "PS": "facility",
}  # fmt: skip
_ERROR_KM = {"town": 2.0, "neighbourhood": 2.0}
_OTHER_ERROR_KM = 5.0
"""Many points of villages are rounded to a minute of arc, and some are a neighbouring hamlet's."""


class Row(NamedTuple):
    """The columns that are used, in the order of the readme."""

    geonameid: str
    name: str
    asciiname: str
    alternatenames: str
    latitude: str
    longitude: str
    feature_class: str
    feature_code: str
    admin1: str
    admin2: str
    population: str


_USED = (0, 1, 2, 3, 4, 5, 6, 7, 10, 11, 14)


def is_row(line: str) -> bool:
    """Tell whether a line looks like one of this table."""
    cells = line.split("\t")
    return len(cells) == COLUMNS and cells[0].isdecimal() and coordinate(cells[4], 90) is not None


def is_misparted(line: str) -> bool:
    """Tell a line of this table that lost its tabs, as when a spreadsheet saved it anew."""
    return any(
        len(cells) >= COLUMNS and cells[0].isdecimal() and any(len(cell) == 1 and cell in "APSTL" for cell in cells)
        for cells in (line.split(separator) for separator in (",", ";", "|"))
    )


def candidates(text: str, tally: Tally) -> list[Candidate]:
    """Read the places of a country file; what is left out is counted in ``tally``."""
    rows = list(_rows(text, tally))
    admin1 = {row.admin1: _names(row) for _, row in rows if row.feature_code == "ADM1"}
    admin2 = {(row.admin1, row.admin2): _names(row) for _, row in rows if row.feature_code == "ADM2"}
    read = (
        _candidate(line, row, admin1.get(row.admin1, ()), admin2.get((row.admin1, row.admin2), ()), tally)
        for line, row in rows
    )
    return [candidate for candidate in read if candidate is not None]


def _rows(text: str, tally: Tally) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(text.split("\n"), start=1):
        cells = line.rstrip("\r").split("\t")
        if cells == [""]:
            continue
        tally.rows += 1
        if len(cells) != COLUMNS:
            tally.broken(number, f"{len(cells)} columns, not {COLUMNS}")
        elif not (cells[0].isascii() and cells[0].isdecimal()):
            tally.broken(number, f"geonameid is {cells[0][:40]!r}, not a number")
        else:
            yield number, Row(*(cells[column] for column in _USED))


def _candidate(line: int, row: Row, admin1: tuple[str, ...], admin2: tuple[str, ...], tally: Tally) -> Candidate | None:
    kind = _kind(row)
    if kind is None:
        tally.left[OTHER_KIND] += 1
        return None
    latitude, longitude = coordinate(row.latitude, 90), coordinate(row.longitude, 180)
    if latitude is None or longitude is None:
        name, value = ("latitude", row.latitude) if latitude is None else ("longitude", row.longitude)
        tally.broken(line, f"{name} is {value[:40]!r}")
        return None
    names = _names(row)
    if not names:
        tally.left[NO_LATIN_NAME] += 1
        return None
    in_arabic = {name for name in row.alternatenames.split(",") if arabic(name)}
    return Candidate(
        place_id=f"geonames-{int(row.geonameid)}",
        names=names,
        name_ar=in_arabic.pop() if len(in_arabic) == 1 else None,
        kind=kind,
        admin1=admin1,
        admin1_code=row.admin1,
        admin2=admin2,
        latitude=latitude,
        longitude=longitude,
        coordinate_source=SOURCE,
        coordinate_error_km=_ERROR_KM.get(kind, _OTHER_ERROR_KM),
    )


def _kind(row: Row) -> str | None:
    if row.feature_class in {"S", "T", "L"}:
        return _OTHERS.get(row.feature_code)
    if row.feature_class != "P":
        return None
    if row.feature_code in _LIVED_IN:
        people = int(row.population) if row.population.isdecimal() else 0
        return "town" if people >= TOWN_FROM else "village"
    return _SEATS.get(row.feature_code)


def _names(row: Row) -> tuple[str, ...]:
    spellings = (row.name, row.asciiname, *row.alternatenames.split(","))
    return tuple(dict.fromkeys(name for spelling in spellings if latin(name := spelling.strip())))
