"""OCHA p-code tables (Common Operational Datasets): one row a place, with the names and codes of what it lies in.

The columns are told by their names, which OCHA has spelled in several ways over the years: ``ADM3_EN``,
``admin3Name_en``, ``adm3_name``; ``ADM3_PCODE``, ``admin3Pcode``; ``Latitude``, ``Latitude_y``, ``POINT_Y``,
``center_lat``. Level 1 is the governorate, 2 the district, 3 the sub-district, 4 the place, 5 the neighbourhood.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.regions.candidates import Candidate, Tally, arabic, coordinate, latin, unusable
from pipeline.regions.folding import fold
from pipeline.regions.geonames import NO_LATIN_NAME

SOURCE = "OCHA COD"
SEPARATORS = (",", ";", "\t", "|")
LEVELS = (3, 4, 5)
"""The levels that add places; governorates and districts are the region's own."""

_KINDS = {3: "subdistrict", 4: "village", 5: "neighbourhood"}
_ERROR_KM = {"subdistrict": 15.0, "town": 3.0, "village": 3.0, "neighbourhood": 2.0}
"""Points of places are centres of the built-up area, those of sub-districts of the whole area."""
_LATITUDE = ("latitude", "latitudey", "lat", "laty", "latdd", "pointy", "centerlat", "centroidlat", "ycoord", "y")
_LONGITUDE = (
    "longitude", "longitudex", "lon", "long", "lng", "lonx", "longdd", "pointx", "centerlon", "centerlong",
    "centroidlon", "xcoord", "x",
)  # fmt: skip
_LEVELLED = re.compile(
    r"(?:adm|admin)(?P<level>[1-5])(?:"
    r"(?P<pcode>pcode)|(?P<name_ar>ar|namear|name1)|(?P<name>en|name|nameen)|"
    r"(?P<other_name>ref|refname|refnameen|alt[12]?en|altname[12]?en|nameen[12]))"
)
_UNLEVELLED = {"name": "name", "nameen": "name", "placename": "name", "namear": "name_ar", "pcode": "pcode"}
"""Columns of tables of populated places that do not number their own level: it is the fourth."""
_CODE = re.compile(r"[A-Za-z]{0,3}[0-9]{1,16}")
_SECOND_NAME = re.compile(r"\s*[/()]\s*")


@dataclass(frozen=True, slots=True)
class Header:
    """Where in a row the values stand; columns by level."""

    separator: str
    width: int
    names: dict[int, tuple[int, ...]]
    """The main name's column first."""
    names_ar: dict[int, tuple[int, ...]]
    pcodes: dict[int, int]
    latitude: int | None
    longitude: int | None


def header_of(line: str) -> Header | None:
    """Return what a header says, whichever separator parts it; None when it is not one of a p-code table."""
    for separator in SEPARATORS:
        columns = [_bare(cell) for cell in next(csv.reader([line], delimiter=separator), [])]
        header = _header(separator, columns)
        if header.pcodes and header.names:
            return header
    return None


def candidates(text: str, header: Header, tally: Tally) -> list[Candidate]:
    """Read the places of a table; what is left out is counted in ``tally``.

    Raises:
        InputError: a column is missing without which no row could be used, or a quote is not closed.
    """
    _check(header, tally)
    found: list[Candidate] = []
    for line, row in _rows(text, header, tally):
        candidate = _candidate(line, row, header, tally)
        if candidate is not None:
            found.append(candidate)
    return found


def _header(separator: str, columns: list[str]) -> Header:
    found: dict[str, dict[int, list[int]]] = {"name": {}, "other_name": {}, "name_ar": {}, "pcode": {}}
    for number, column in enumerate(columns):
        match = _LEVELLED.fullmatch(column)
        kind = match.lastgroup if match else _UNLEVELLED.get(column)
        if kind is not None:
            found[kind].setdefault(int(match["level"]) if match else 4, []).append(number)
    return Header(
        separator,
        len(columns),
        {level: (*at, *found["other_name"].get(level, ())) for level, at in found["name"].items()},
        {level: tuple(at) for level, at in found["name_ar"].items()},
        {level: at[0] for level, at in found["pcode"].items()},
        next((columns.index(name) for name in _LATITUDE if name in columns), None),
        next((columns.index(name) for name in _LONGITUDE if name in columns), None),
    )


def _check(header: Header, tally: Tally) -> None:
    if header.latitude is None or header.longitude is None:
        lacking = "latitude" if header.latitude is None else "longitude"
        remedy = "supply the table of populated places, or the one of sub-districts with their centres"
        raise unusable(tally.path, "line 1", f"there is no column of the {lacking}", remedy)
    if not any(level in header.names and level in header.pcodes for level in LEVELS):
        remedy = "supply one with ADM3_EN and ADM3_PCODE, or ADM4_EN and ADM4_PCODE"
        raise unusable(tally.path, "line 1", "the table ends at districts, which the region knows", remedy)


def _rows(text: str, header: Header, tally: Tally) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=header.separator, strict=True)
    try:
        for row in reader:
            if reader.line_num == 1 or not any(row) or row[0].startswith("#"):
                continue  # the header, an empty line, the line of HXL tags
            tally.rows += 1
            if len(row) == header.width:
                yield reader.line_num, row
            else:
                tally.broken(reader.line_num, f"{len(row)} columns, not {header.width} as in the header")
    except csv.Error as error:
        raise unusable(tally.path, f"line {reader.line_num}", str(error), "close the quotes, or save it anew") from None


def _candidate(line: int, row: list[str], header: Header, tally: Tally) -> Candidate | None:
    level = next((n for n in (5, 4, 3) if n in header.pcodes and any(_cells(row, header.names.get(n, ())))), None)
    if level is None or header.latitude is None or header.longitude is None:
        tally.broken(line, "no name of a sub-district or place")
        return None
    pcode = row[header.pcodes[level]].strip()
    if not _CODE.fullmatch(pcode):
        tally.broken(line, f"p-code is {pcode[:40]!r}")
        return None
    latitude, longitude = coordinate(row[header.latitude], 90), coordinate(row[header.longitude], 180)
    if latitude is None or longitude is None:
        column = header.latitude if latitude is None else header.longitude
        tally.broken(line, f"{'latitude' if latitude is None else 'longitude'} is {row[column][:40]!r}")
        return None
    names = _names(row, header, level)
    if not names:
        tally.left[NO_LATIN_NAME] += 1
        return None
    kind = "town" if level == 4 and fold(names[0]) in map(fold, _names(row, header, 3)) else _KINDS[level]
    in_arabic = [name for name in _cells(row, header.names_ar.get(level, ())) if arabic(name)]
    return Candidate(
        place_id=f"pcode-{pcode}",
        names=names,
        name_ar=in_arabic[0] if in_arabic else None,
        kind=kind,
        admin1=_names(row, header, 1),
        admin1_code=row[header.pcodes[1]].strip() if 1 in header.pcodes else "",
        admin2=_names(row, header, 2),
        latitude=latitude,
        longitude=longitude,
        coordinate_source=SOURCE,
        coordinate_error_km=_ERROR_KM[kind],
    )


def _names(row: list[str], header: Header, level: int) -> tuple[str, ...]:
    """Return the names of one level; what stands in brackets or behind a slash is another name."""
    cells = _cells(row, header.names.get(level, ()))
    parts = (part for cell in cells for part in _SECOND_NAME.split(cell))
    return tuple(dict.fromkeys(part for part in parts if latin(part)))


def _cells(row: list[str], columns: tuple[int, ...]) -> list[str]:
    return [cell for column in columns if (cell := row[column].strip())]


def _bare(column: str) -> str:
    return re.sub(r"[^a-z0-9]", "", column.lower())
