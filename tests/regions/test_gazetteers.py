"""Places of supplied gazetteer files join the region pack, or are left out with a reason; bad files are refused."""

from __future__ import annotations

import io
import time
import zipfile
from pathlib import Path

import pytest

from pipeline.contract_validation import split
from pipeline.contracts import load_contract
from pipeline.errors import InputError
from pipeline.regions import RegionPack, read_region
from pipeline.regions.supplement import is_everyday, supplemented
from tests.regions.makers import HEADER, write_region

PLACES = f"""{HEADER}
tl-north,North,,North province,governorate,North,,35.0,35.0,3,own knowledge,110,
tl-north-east,East District,,,district,North,East,35.1,35.2,2,own knowledge,40,tl-north
tl-north-hassana,Hassana,حسانة,,town,North,East,35.1,35.2,1,own knowledge,2,tl-north-east
tl-north-qulban,Qulban,,,village,North,East,35.2,35.2,1,own knowledge,6,tl-north-east
tl-south,South,,,governorate,South,,31.0,35.0,3,own knowledge,110,
tl-south-west,West District,,,district,South,West,31.0,35.0,2,own knowledge,40,tl-south
tl-south-dubaya,Dubaya,,,village,South,West,31.0,35.0,1,own knowledge,6,tl-south-west
"""


@pytest.fixture
def region(tmp_path: Path) -> RegionPack:
    directory = write_region(tmp_path)
    (directory / "places.csv").write_text(PLACES, encoding="utf-8")
    return read_region(directory)


def geonames_row(
    number: int,
    name: str,
    latitude: object = 35.15,
    longitude: object = 35.25,
    *,
    others: str = "",
    code: str = "P.PPL",
    admin1: str = "01",
    admin2: str = "",
    people: int = 0,
) -> str:
    kind, feature = code.split(".")
    cells = (
        number, name, name, others, latitude, longitude, kind, feature, "TL", "", admin1, admin2, "", "", people, "",
        "300", "Asia/Testland", "2020-01-01",
    )  # fmt: skip
    return "\t".join(map(str, cells))


ADMIN = (
    geonames_row(1, "Muhafazat North", 35.0, 35.0, code="A.ADM1"),
    geonames_row(2, "South Governorate", 31.0, 35.0, code="A.ADM1", admin1="02"),
)


def geonames(folder: Path, *rows: str, name: str = "TL.txt") -> Path:
    path = folder / name
    path.write_text("\n".join((*ADMIN, *rows)) + "\n", encoding="utf-8")
    return path


PCODE_HEADER = (
    "ADM1_EN,ADM1_PCODE,ADM2_EN,ADM2_PCODE,ADM3_EN,ADM3_PCODE,ADM4_EN,ADM4_AR,ADM4_PCODE,Latitude_y,Longitude_x"
)


def pcodes(folder: Path, *rows: str, header: str = PCODE_HEADER, name: str = "tl.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    return path


def added(region: RegionPack, *files: Path) -> list[str]:
    places = supplemented(region, files).places
    assert places[: len(region.places)] == region.places
    return [place.name for place in places[len(region.places) :]]


def test_a_village_of_geonames_is_added_with_its_source_its_error_and_where_it_lies(
    region: RegionPack, tmp_path: Path
) -> None:
    row = geonames_row(170654, "Tall Zumurra", others="Tel Zumurra,تل زمرة,Zumurra Hill,Тель")
    place = supplemented(region, [geonames(tmp_path, row)]).place("geonames-170654")

    assert (place.name, place.name_ar, place.kind) == ("Tall Zumurra", "تل زمرة", "village")
    assert place.alternatives == ("Zumurra Hill",)  # "Tel Zumurra" is found by folding
    assert (place.admin1, place.admin2, place.parent) == ("North", "East", "tl-north-east")
    assert (place.latitude, place.longitude, place.geo_precision) == (35.15, 35.25, 1)
    assert (place.coordinate_source, place.coordinate_error_km) == ("GeoNames (CC BY 4.0)", 5.0)


def test_a_place_of_a_pcode_table_is_added_with_its_pcode(region: RegionPack, tmp_path: Path) -> None:
    row = "North,TL01,East,TL0101,Zumurra,TL010101,Marj Lubban (Lubbana),مرج لبان,C1234,35.16,35.27"
    place = supplemented(region, [pcodes(tmp_path, row)]).place("pcode-C1234")

    assert (place.name, place.name_ar, place.alternatives) == ("Marj Lubban", "مرج لبان", ("Lubbana",))
    assert (place.kind, place.admin1, place.admin2) == ("village", "North", "East")
    assert (place.coordinate_source, place.coordinate_error_km) == ("OCHA COD", 3.0)


@pytest.mark.parametrize(
    ("header", "separator"),
    [
        ("admin1Name_en,admin1Pcode,admin4Name_en,admin4Pcode,LAT,LONG", ","),
        ("admin1Name,admin1Pcode,NAME_EN,PCODE,POINT_Y,POINT_X", ";"),
        ("adm1_name,adm1_pcode,adm4_name,adm4_pcode,center_lat,center_lon", "\t"),
    ],
)
def test_columns_are_told_in_the_ways_that_ocha_spells_them(
    region: RegionPack, tmp_path: Path, header: str, separator: str
) -> None:
    tags = "#adm1+name,#adm1+code,#adm4+name,#adm4+code,#geo+lat,#geo+lon"
    rows = (tags, "North,TL01,Zumurra,C1,35.15,35.25")
    path = pcodes(tmp_path, *(row.replace(",", separator) for row in rows), header=header.replace(",", separator))

    pack = supplemented(region, [path])
    assert pack.place("pcode-C1").admin1 == "North"
    assert pack.notes == (f"{path}: 1 rows, 1 places added",)


def test_a_sub_district_is_an_area_and_its_seat_a_town(region: RegionPack, tmp_path: Path) -> None:
    rows = (
        "North,TL01,East,TL0101,Zumurra,TL010101,,,,35.15,35.25",
        "South,TL02,West,TL0201,Rukban,TL020101,Rukban,,C2,31.1,35.1",
    )
    pack = supplemented(region, [pcodes(tmp_path, *rows)])

    assert (pack.place("pcode-TL010101").kind, pack.place("pcode-TL010101").geo_precision) == ("subdistrict", 2)
    assert pack.place("pcode-C2").kind == "town"


def test_kinds_follow_from_feature_codes_and_the_rest_is_counted(region: RegionPack, tmp_path: Path) -> None:
    rows = [
        geonames_row(10, "Zumurra", code="P.PPLA2"),
        geonames_row(11, "Marj Lubban", people=20_000),
        geonames_row(12, "Tall Rukban", code="T.HLL"),
        geonames_row(13, "Rukban camp", code="S.CMPRF"),
        geonames_row(14, "Wadi Zayb", code="H.WAD"),
        geonames_row(15, "Old Zayb", code="P.PPLQ"),
    ]
    pack = supplemented(region, [geonames(tmp_path, *rows)])

    kinds = {place.name: place.kind for place in pack.places[len(region.places) :]}
    assert kinds == {"Zumurra": "town", "Marj Lubban": "town", "Tall Rukban": "hill", "Rukban camp": "camp"}
    assert "8 rows, 4 places added; left out: 4 of other kinds" in pack.notes[0]


def test_the_curated_pack_wins_whole(region: RegionPack, tmp_path: Path) -> None:
    rows = [
        geonames_row(20, "Qolban", 35.22, 35.22, others="Kulbaniyya"),  # the curated village
        geonames_row(21, "Qulban", 35.6, 35.6),  # its namesake in the same governorate: which is meant?
        geonames_row(22, "Qulban", 31.1, 35.1, admin1="02"),  # in another: the text around a mention tells
        geonames_row(23, "Hassana", 31.1, 35.1, admin1="02"),  # everybody means the town
        geonames_row(24, "Zumurra", others="Dubaya,Hassaneh"),  # its other names mean curated places
    ]
    pack = supplemented(region, [geonames(tmp_path, *rows)])

    new = pack.places[len(region.places) :]
    assert [(place.place_id, place.admin1, place.alternatives) for place in new] == [
        ("geonames-22", "South", ()),
        ("geonames-24", "North", ()),
    ]
    assert "2 namesakes of another place" in pack.notes[0]
    assert "1 in the region pack already" in pack.notes[0]
    assert [place.place_id for place in pack.places_named("Kulbaniyya")] == []


def test_of_two_places_that_a_text_cannot_tell_apart_none_is_added(region: RegionPack, tmp_path: Path) -> None:
    rows = [
        geonames_row(30, "Zumurra", 35.0, 35.0),
        geonames_row(31, "Zumurra", 35.5, 35.5),
        geonames_row(32, "Marj Lubban", 35.0, 35.0),
        geonames_row(33, "Marj Lubban", 35.01, 35.01),  # the same one, drawn twice
        geonames_row(34, "Rukban", 35.0, 35.0),
        geonames_row(35, "Rukban", 35.5, 35.5, code="P.PPLA3"),  # the town is meant
    ]
    pack = supplemented(region, [geonames(tmp_path, *rows)])

    assert [place.place_id for place in pack.places[len(region.places) :]] == ["geonames-32", "geonames-35"]
    assert "1 given twice" in pack.notes[0]
    assert "3 namesakes of another place" in pack.notes[0]


@pytest.mark.parametrize("name", ["May", "Sarin", "Hassan", "Abu Ahmad", "Ar", "Rebels", "HP", "Ankara", "Testland"])
def test_words_names_of_persons_and_of_what_the_region_knows_are_no_places(
    region: RegionPack, tmp_path: Path, name: str
) -> None:
    path = geonames(tmp_path, geonames_row(40, name), geonames_row(41, "Zumurra", others=name))
    pack = supplemented(region, [path])

    assert [(p.name, p.alternatives) for p in pack.places[len(region.places) :]] == [("Zumurra", ())]
    assert "1 whose name is a word, a person's or too short" in pack.notes[0]


def test_a_name_of_which_one_word_is_no_word_is_a_place() -> None:
    assert is_everyday("Shaykh Ali")
    assert not is_everyday("Tall Rukban")
    assert not is_everyday("Tall Ali")


def test_the_governorate_is_told_by_name_by_code_or_by_what_is_around(region: RegionPack, tmp_path: Path) -> None:
    path = tmp_path / "TL.txt"
    rows = [  # no row of a governorate: the code 07 means what most of its places lie in
        geonames_row(50, "Zumurra", 31.0, 35.05, admin1="07"),
        geonames_row(51, "Rukban", 31.5, 35.5, admin1="07"),
        geonames_row(52, "Marj Lubban", 35.15, 35.2, admin1=""),
        geonames_row(53, "Tall Suwayk", 33.0, 35.0, admin1=""),  # nothing is near
        geonames_row(54, "Kafr Lubban", 36.9, 35.0, admin1="01"),  # no such code, nothing near
        geonames_row(55, "Dayr Zayb", 50.0, 35.0, admin1="07"),
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    pack = supplemented(region, [path])

    assert {p.name: (p.admin1, p.admin2) for p in pack.places[len(region.places) :]} == {
        "Zumurra": ("South", "West"), "Rukban": ("South", None), "Marj Lubban": ("North", "East"),
    }  # fmt: skip
    assert "3 outside the region or their governorate" in pack.notes[0]


def test_a_place_far_from_the_governorate_that_its_file_names_is_left_out(region: RegionPack, tmp_path: Path) -> None:
    row = "North,TL01,East,TL0101,,,Zumurra,,C1,31.0,35.0"
    good = "North,TL01,East,TL0101,,,Rukban,,C2,35.0,35.0"
    assert added(region, pcodes(tmp_path, row, good)) == ["Rukban"]


def test_broken_rows_are_counted_and_the_first_is_told(region: RegionPack, tmp_path: Path) -> None:
    rows = [
        geonames_row(60, "Zumurra"),
        geonames_row(61, "Rukban", latitude="north"),
        "62\tRukban\t35.0",
        geonames_row(63, "Marj Lubban", longitude=999),
        geonames_row(60, "Dayr Zayb"),  # an id that was there already
    ]
    note = supplemented(region, [geonames(tmp_path, *rows)]).notes[0]

    assert "7 rows, 1 places added" in note
    assert "3 broken (first: line 4, latitude is 'north')" in note
    assert "1 given twice" in note


def test_broken_rows_of_a_table_are_counted_too(region: RegionPack, tmp_path: Path) -> None:
    rows = (
        "North,TL01,East,TL0101,,,Zumurra,,C1,35.15,35.25",
        "North,TL01,East",
        "North,TL01,East,TL0101,,,Rukban,,?,35.15,35.25",
        "North,TL01,East,TL0101,,,,,,35.15,35.25",
    )
    note = supplemented(region, [pcodes(tmp_path, *rows)]).notes[0]
    assert "4 rows, 1 places added; left out: 3 broken (first: line 3, 3 columns, not 11 as in the header)" in note


def test_a_decimal_comma_is_read(region: RegionPack, tmp_path: Path) -> None:
    header = "ADM1_EN;ADM4_EN;ADM4_PCODE;Latitude;Longitude"
    path = pcodes(tmp_path, "North;Zumurra;C1;35,15;35,25", header=header)
    assert supplemented(region, [path]).place("pcode-C1").latitude == 35.15


@pytest.mark.parametrize("name", ["TL.zip", "download"])
def test_an_archive_as_geonames_ships_it_is_read_whatever_its_name(
    region: RegionPack, tmp_path: Path, name: str
) -> None:
    table = geonames(tmp_path, geonames_row(70, "Zumurra"))
    with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("readme.txt", "About these files.")
        archive.write(table, "TL.txt")
    assert added(region, tmp_path / name) == ["Zumurra"]


def test_a_byte_order_mark_and_line_ends_of_windows_do_not_matter(region: RegionPack, tmp_path: Path) -> None:
    text = "\r\n".join((*ADMIN, geonames_row(80, "Zumurra"))) + "\r\n"
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + text.encode())
    table = "\r\n".join((PCODE_HEADER, "North,TL01,,,,,Rukban,,C1,35.15,35.25"))
    (tmp_path / "b.csv").write_bytes(b"\xef\xbb\xbf" + table.encode())
    assert added(region, tmp_path / "a.txt", tmp_path / "b.csv") == ["Zumurra", "Rukban"]


def _zip(**files: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return held.getvalue()


ROW = geonames_row(90, "Zumurra")
FAULTS = {
    "empty": (b"", "it is empty; supply a GeoNames country file"),
    "no table": (b"Dear all,\nhere is the list.\n", "line 1: its first line is 'Dear all,'; supply a GeoNames"),
    "commas for tabs": (ROW.replace("\t", ",").encode(), "line 1: it has GeoNames' columns, but they are not parted"),
    "latin-1": (ROW.encode() + b"\n" + ROW.replace("Z", "\xc9").encode("latin-1"), "line 2: byte 0xc9 is no UTF-8"),
    "utf-16": (ROW.encode("utf-16"), "line 1: it is in UTF-16; save it as UTF-8"),
    "nulls": (ROW.encode() + b"\n\0", "line 2: it holds null characters"),
    "spreadsheet": (_zip(**{"[Content_Types].xml": ""}), "it is a spreadsheet; save its sheet of places as CSV"),
    "old spreadsheet": (b"\xd0\xcf\x11\xe0rest", "it is a spreadsheet; save its sheet of places as CSV"),
    "two tables": (_zip(**{"a.txt": "", "b.txt": ""}), "it holds 2 tables; unpack it"),
    "cut archive": (_zip(**{"a.txt": "x" * 99})[:60], "it cannot be unpacked"),
    "no latitude": (b"ADM1_EN,ADM4_EN,ADM4_PCODE\n", "line 1: there is no column of the latitude; supply the table"),
    "districts only": (b"ADM1_EN,ADM1_PCODE,Lat,Long\n", "line 1: the table ends at districts"),
    "open quotes": (PCODE_HEADER.encode() + b'\nNorth,"TL01\n', "unexpected end of data; close the quotes"),
    "another country": (geonames_row(91, "Bordeaux", 44.8, -0.6).encode(), "supply the file of Testland"),
    "only broken rows": (PCODE_HEADER.encode() + b"\nNorth\n", "1 broken (first: line 2, 1 columns, not 11"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_file_that_cannot_be_used_is_refused_with_its_name_the_place_and_the_remedy(
    region: RegionPack, tmp_path: Path, fault: str
) -> None:
    content, message = FAULTS[fault]
    path = tmp_path / "given.txt"
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        supplemented(region, [path])
    assert str(caught.value).startswith(str(path))
    assert message in str(caught.value)


def test_a_file_that_is_not_there_is_refused(region: RegionPack, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"it cannot be read \(No such file.*setting gazetteers"):
        supplemented(region, [tmp_path / "none.txt"])


def test_the_digest_changes_with_the_file_and_only_with_it(region: RegionPack, tmp_path: Path) -> None:
    one = geonames(tmp_path, geonames_row(1000, "Zumurra"))
    again = geonames(tmp_path, geonames_row(1000, "Zumurra"), name="copy.txt")
    moved = geonames(tmp_path, geonames_row(1000, "Zumurra", 35.16), name="moved.txt")
    digests = [supplemented(region, [path]).digest() for path in (one, again, moved)]
    assert digests[0] == digests[1] != digests[2] != region.digest() != digests[0]


def test_places_are_added_by_id_whatever_the_order_of_rows_and_the_earlier_file_wins(
    region: RegionPack, tmp_path: Path
) -> None:
    rows = [geonames_row(1001, "Zumurra"), geonames_row(1000, "Rukban")]
    assert added(region, geonames(tmp_path, *rows)) == added(region, geonames(tmp_path, *rows[::-1]))
    table = pcodes(tmp_path, "North,TL01,,,,,Zumurra,,C1,35.15,35.25")
    pack = supplemented(region, [geonames(tmp_path, rows[0]), table])
    assert [place.place_id for place in pack.places_named("Zumurra")] == ["geonames-1001"]
    assert "1 given twice" in pack.notes[1]


def test_what_is_added_keeps_the_contract(region: RegionPack, tmp_path: Path) -> None:
    path = geonames(
        tmp_path,
        geonames_row(1000, "=Zumurra"),
        geonames_row(1001, "Rukban;x"),
        geonames_row(1002, "Lub" * 99),
        geonames_row(1003, "Marj Lubban"),
    )
    path2 = pcodes(tmp_path, "North,TL01,East,TL0101,Zumurra,TL010101,,,,35.15,35.25")
    pack = supplemented(region, [path, path2])
    assert "3 without a name in Latin letters" in pack.notes[0]
    assert split(load_contract().tables["places"], pack.places_frame(), stage="ingest").rejections.is_empty()


def test_a_large_file_is_read_in_seconds(region: RegionPack, tmp_path: Path) -> None:
    letters = "bdfghjklmnrstz"
    names = (f"{a}a{b}u{c}i{d}" for a in letters for b in letters for c in letters for d in letters)
    rows = [geonames_row(5000 + n, f"Tall {next(names).title()}", 34.6 + n % 97 / 120) for n in range(30_000)]
    path = geonames(tmp_path, *rows)
    began = time.process_time()
    pack = supplemented(region, [path])
    assert time.process_time() - began < 8.0  # about two as a rule; the rest is for slow machines
    assert len(pack.places) > 20_000
