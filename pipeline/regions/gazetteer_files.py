"""Gazetteer files that a user supplies: read, unpacked, and told apart by what is in them, not by their names.

A file that cannot be used is refused with one message; rows that cannot be used are counted, and the rest goes on.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import Path

from pipeline.ids import sha256_bytes
from pipeline.regions import geonames, pcodes
from pipeline.regions.candidates import Candidate, Tally, unusable

MOST_BYTES = 512 * 1024 * 1024
"""Of one file, unpacked; the largest country of GeoNames has about 300 MB."""
LOOKED_AT = 20
"""Lines by which the kind is told: a broken first line must not hide what the others are."""
REMEDY = (
    "supply a GeoNames country file (19 columns parted by tabs, such as SY.txt or SY.zip) or an OCHA p-code table "
    "saved as CSV, with a header such as ADM1_EN, ADM3_EN, ADM4_EN, ADM4_PCODE, Latitude, Longitude"
)
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_UTF_8_MARK, _UTF_16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")


def read_candidates(path: Path) -> tuple[list[Candidate], Tally, str]:
    """Return the places of a file in its order, the account of its rows, and the SHA-256 of its bytes.

    Raises:
        InputError: the file cannot be read, or is neither kind; the message names file, line, fault and remedy.
    """
    data = _bytes(path)
    text = _text(path, _unpacked(path, data))
    tally = Tally(path)
    lines = [line.rstrip("\r") for line in text.split("\n", LOOKED_AT)[:LOOKED_AT] if line.strip()]
    if any(geonames.is_row(line) for line in lines):
        return geonames.candidates(text, tally), tally, sha256_bytes(data)
    if any(geonames.is_misparted(line) for line in lines):
        what = "it has GeoNames' columns, but they are not parted by tabs"
        raise unusable(path, "line 1", what, "supply the file as GeoNames ships it")
    header = pcodes.header_of(lines[0]) if lines else None
    if header is None:
        what = f"its first line is {lines[0]!r}" if lines else "it is empty"
        raise unusable(path, "line 1" if lines else "", what, REMEDY)
    return pcodes.candidates(text, header, tally), tally, sha256_bytes(data)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise unusable(path, "", f"it is larger than {MOST_BYTES // 1024**2} MB", "supply the file of one country")
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or str(error)
        raise unusable(path, "", f"it cannot be read ({why})", "mend the path in the setting gazetteers") from None


def _unpacked(path: Path, data: bytes) -> bytes:
    """Return the one table in an archive; of any other file the bytes as they are."""
    if data.startswith(_OLD_OFFICE):
        raise unusable(path, "", "it is a spreadsheet", "save its sheet of places as CSV (UTF-8)")
    if not data.startswith(_ZIP):
        return data
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                raise unusable(path, "", "it is a spreadsheet", "save its sheet of places as CSV (UTF-8)")
            tables = [n for n in names if n.lower().endswith((".txt", ".csv")) and "readme" not in n.lower()]
            if len(tables) != 1:
                raise unusable(path, "", f"it holds {len(tables)} tables", "unpack it and supply the table of places")
            with archive.open(tables[0]) as member:
                table = member.read(MOST_BYTES + 1)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error) as error:
        raise unusable(path, "", f"it cannot be unpacked ({error})", "fetch it again, or unpack it yourself") from None
    if len(table) > MOST_BYTES:
        raise unusable(
            path, "", f"it unpacks to more than {MOST_BYTES // 1024**2} MB", "supply the file of one country"
        )
    return table


def _text(path: Path, data: bytes) -> str:
    if data.startswith(_UTF_16_MARKS):
        raise unusable(path, "line 1", "it is in UTF-16", "save it as UTF-8")
    data = data.removeprefix(_UTF_8_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {data[error.start]:#04x} is no UTF-8"
        raise unusable(path, f"line {line}", what, "save it as UTF-8; names would be garbled otherwise") from None
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise unusable(path, f"line {line}", "it holds null characters", REMEDY)
    return text
