"""Reads a region's files into a ``RegionPack``: YAML and CSV in, frozen records out, or one message on what is wrong.

Checks that need the whole pack (ids, aliases, parents, successors) are in ``checks.py``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import cut
from pipeline.regions import checks
from pipeline.regions.checks import Spot
from pipeline.regions.pack import Actor, Alias, Outlet, Place, RegionPack
from pipeline.regions.supplement import supplemented
from pipeline.yaml_text import read_yaml

HOME = Path(__file__).parent
PLACE_FIELDS = (
    "place_id", "name", "name_ar", "alternatives", "kind", "admin1", "admin2", "latitude", "longitude",
    "geo_precision", "coordinate_source", "coordinate_error_km", "parent",
)  # fmt: skip
FOREIGN_FIELDS = ("name", "country")


def load_region(name: str, gazetteers: tuple[Path, ...] = ()) -> RegionPack:
    """Return the checked pack of a region that comes with the program, such as ``syria``; read once a process.

    The places of ``gazetteers``, files that a user supplies (``supplement.py``), are added to it, read at each call.

    Raises:
        FieldledgerError: there is no such region, or one of its files is at fault; the message names the file, the
            record, the field and the remedy.
        InputError: a supplied file cannot be used.
    """
    region = _bundled(HOME, name)
    return supplemented(region, gazetteers) if gazetteers else region


def folder_of(name: str) -> Path:
    """Return the folder where the pack of that name lies, or would lie."""
    return HOME / name


@lru_cache(maxsize=8)
def _bundled(home: Path, name: str) -> RegionPack:
    """Read the pack of that name in the folder of all packs, which is what it is remembered by too."""
    known = sorted(path.parent.name for path in home.glob("*/region.yaml"))
    if name not in known:
        raise Spot("regions").error("region", name, f"write one of: {', '.join(known)}")
    return read_region(home / name)


def read_region(directory: Path) -> RegionPack:
    """Read and check the pack in ``directory``; errors as for ``load_region``. Nothing is cached."""
    spot = Spot(f"{directory.name}/region.yaml")
    head = spot.mapping(_yaml(directory, "region.yaml"))
    spot.only(head, ("name", "title", "country", "iso_code", "first_date", "bounding_box", "admin1"))
    box = spot.mapping(head.get("bounding_box"), "bounding_box")
    region = RegionPack(
        name=spot.text(head, "name"),
        title=spot.text(head, "title"),
        country=spot.text(head, "country"),
        iso_code=spot.text(head, "iso_code"),
        bounding_box=(
            spot.number(box, "south"),
            spot.number(box, "west"),
            spot.number(box, "north"),
            spot.number(box, "east"),
        ),
        first_date=spot.day(head, "first_date") or _missing(spot, "first_date"),
        admin1=spot.texts(head, "admin1"),
        actors=tuple(_actors(directory)),
        places=tuple(_places(directory)),
        outlets=tuple(_outlets(directory)),
        foreign_places=tuple(_foreign_places(directory)),
        directory=directory,
    )
    checks.check_region(region)
    return region


def _missing(spot: Spot, field: str) -> date:
    raise spot.error(field, None, "write it as YYYY-MM-DD")


def _actors(directory: Path) -> Iterator[Actor]:
    file = f"{directory.name}/actors.yaml"
    for number, record in enumerate(_records(directory, "actors.yaml", "actors"), start=1):
        spot = Spot(file, str(record.get("id") or f"actor number {number}"))
        spot.only(record, ("id", "name", "bloc", "kind", "from", "to", "successor", "aliases"))
        valid_from, valid_to = spot.day(record, "from"), spot.day(record, "to")
        name = spot.text(record, "name")
        aliases = [Alias(name, valid_from, valid_to)]
        for entry in spot.list(record, "aliases"):
            aliases.append(_alias(spot, entry, valid_from, valid_to))
        yield Actor(
            actor_id=spot.identifier(record, "id"),
            name=name,
            bloc=spot.choice(record, "bloc", checks.BLOCS),
            kind=spot.choice(record, "kind", checks.ACTOR_KINDS),
            valid_from=valid_from,
            valid_to=valid_to,
            aliases=tuple(aliases),
            successor=spot.optional_text(record, "successor"),
        )


def _alias(spot: Spot, entry: object, valid_from: date | None, valid_to: date | None) -> Alias:
    """Read an alias: a text alone is valid as long as its actor; a mapping may narrow dates, outlets and case."""
    if isinstance(entry, str):
        return Alias(spot.name(entry, "aliases"), valid_from, valid_to)
    alias = spot.mapping(entry, "aliases")
    spot.only(alias, ("text", "from", "to", "case_sensitive", "outlets"))
    return Alias(
        text=spot.text(alias, "text"),
        valid_from=spot.day(alias, "from") if "from" in alias else valid_from,
        valid_to=spot.day(alias, "to") if "to" in alias else valid_to,
        case_sensitive=spot.flag(alias, "case_sensitive"),
        outlets=tuple(spot.one_of(leaning, "outlets", checks.LEANINGS) for leaning in spot.list(alias, "outlets")),
    )


def _outlets(directory: Path) -> Iterator[Outlet]:
    file = f"{directory.name}/outlets.yaml"
    for number, record in enumerate(_records(directory, "outlets.yaml", "outlets"), start=1):
        spot = Spot(file, str(record.get("id") or f"outlet number {number}"))
        spot.only(record, ("id", "name", "leaning", "alternatives", "invented", "republishes"))
        yield Outlet(
            source_id=spot.identifier(record, "id"),
            name=spot.text(record, "name"),
            leaning=spot.choice(record, "leaning", checks.LEANINGS),
            alternatives=spot.texts(record, "alternatives"),
            invented=spot.flag(record, "invented"),
            republishes=spot.optional_text(record, "republishes"),
        )


def _places(directory: Path) -> Iterator[Place]:
    for spot, row in _rows(directory, "places.csv", PLACE_FIELDS, "place_id"):
        yield Place(
            place_id=spot.identifier(row, "place_id"),
            name=spot.text(row, "name"),
            name_ar=spot.optional_text(row, "name_ar"),
            alternatives=tuple(spot.name(part, "alternatives") for part in row["alternatives"].split(";") if part),
            kind=spot.choice(row, "kind", checks.PLACE_KINDS),
            admin1=spot.text(row, "admin1"),
            admin2=spot.optional_text(row, "admin2"),
            latitude=spot.number(row, "latitude"),
            longitude=spot.number(row, "longitude"),
            geo_precision=int(spot.choice(row, "geo_precision", ("1", "2", "3"))),
            coordinate_source=spot.text(row, "coordinate_source"),
            coordinate_error_km=spot.number(row, "coordinate_error_km"),
            parent=spot.optional_text(row, "parent"),
        )


def _foreign_places(directory: Path) -> Iterator[str]:
    for spot, row in _rows(directory, "foreign_places.csv", FOREIGN_FIELDS, "name"):
        spot.text(row, "country")
        yield spot.text(row, "name")


def _rows(directory: Path, name: str, fields: tuple[str, ...], key: str) -> Iterator[tuple[Spot, dict[str, str]]]:
    spot = Spot(f"{directory.name}/{name}")
    reader = csv.reader(_text(directory, name, spot).splitlines(), strict=True)
    try:
        header = next(reader, [])
        if tuple(header) != fields:
            raise spot.error("header", ",".join(header), f"the columns must be {','.join(fields)}")
        for cells in reader:
            here = Spot(spot.file, f"line {reader.line_num}")
            if len(cells) != len(fields):
                raise here.error("columns", str(len(cells)), f"give {len(fields)}; quote a cell that holds a comma")
            row = dict(zip(fields, cells, strict=True))
            yield Spot(spot.file, f"line {reader.line_num} ({row[key]})"), row
    except csv.Error as error:
        raise Spot(spot.file, f"line {reader.line_num}").error("quotes", str(error), "close the quotes") from error


def _records(directory: Path, name: str, key: str) -> Iterator[Mapping[str, Any]]:
    spot = Spot(f"{directory.name}/{name}")
    content = spot.mapping(_yaml(directory, name))
    spot.only(content, (key,))
    for record in spot.list(content, key):
        yield spot.mapping(record, key)


def _yaml(directory: Path, name: str) -> object:
    spot = Spot(f"{directory.name}/{name}")
    try:
        return read_yaml(_text(directory, name, spot))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        problem = getattr(error, "problem", None) or str(error)
        raise Spot(spot.file, where).error("YAML", cut(problem), "mend the indentation or the quotes there") from error


def _text(directory: Path, name: str, spot: Spot) -> str:
    try:
        return (directory / name).read_bytes().decode("utf-8")
    except FileNotFoundError as error:
        raise spot.error("file", None, "a region needs this file: add it") from error
    except UnicodeDecodeError as error:
        raise spot.error("encoding", f"byte {error.start}", "save the file as UTF-8") from error
