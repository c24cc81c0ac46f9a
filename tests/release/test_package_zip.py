"""The archive: same bytes whatever the machine, a package for others, and told where it differs from the files."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline.release.files import record_of
from pipeline.release.manifest import read_manifest
from pipeline.release.package_zip import PACKAGE, package_zip, zip_faults

FILES = (("a.csv", b"x\r\n1\r\n"), ("datapackage.json", b"{}"))


def test_times_modes_and_order_are_fixed_and_nothing_is_compressed() -> None:
    data = package_zip(FILES)
    assert data == package_zip(FILES)
    assert b"x\r\n1\r\n" in data
    archive = zipfile.ZipFile(BytesIO(data))
    for entry in archive.infolist():
        assert (entry.date_time, entry.create_system, entry.external_attr >> 16) == ((1980, 1, 1, 0, 0, 0), 3, 0o100644)
        assert (entry.compress_type, entry.flag_bits) == (zipfile.ZIP_STORED, 0)


def test_it_holds_all_that_the_descriptor_and_the_readme_name(first: Path) -> None:
    with zipfile.ZipFile(first / PACKAGE) as archive:
        names = archive.namelist()
        assert archive.testzip() is None
    tables = read_manifest((first / "manifest.json").read_bytes()).tables
    assert names == sorted(names)
    assert {file.path for table in tables for file in table.files} <= set(names)
    assert {"datapackage.json", "README.md", "CODEBOOK.md", "LICENSE-DATA", "CITATION.cff"} <= set(names)
    assert PACKAGE not in names


def _faults(folder: Path, archive: bytes) -> list[str]:
    for path, data in FILES:
        (folder / path).write_bytes(data)
    (folder / PACKAGE).write_bytes(archive)
    loose = {path: record_of(folder, path) for path, _ in FILES}
    return list(zip_faults(folder / PACKAGE, loose, ["datapackage.json"]))


def _compressed() -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("datapackage.json", b"{}")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("archive", "says"),
    [
        (package_zip(FILES), None),
        (package_zip(FILES[:1]), "lacks datapackage.json"),
        (package_zip((*FILES, ("z.txt", b""))), "holds z.txt, which is not in the release"),
        (package_zip((("../x", b""), *FILES)), "holds ../x, which is not in the release"),
        (package_zip((("a.csv", b"x\r\n2\r\n"), FILES[1])), "holds a.csv with another content than the file beside it"),
        (package_zip((("a.csv", b"x"), FILES[1])), "holds a.csv in another size or form"),
        (package_zip(tuple(reversed(FILES))), "holds files twice or out of order"),
        (_compressed(), "holds datapackage.json in another size or form"),
        (b"PK", "cannot be read as a zip"),
        (package_zip(FILES)[:-30], "cannot be read as a zip"),
    ],
)
def test_what_differs_from_the_files_beside_it_is_told(tmp_path: Path, archive: bytes, says: str | None) -> None:
    found = _faults(tmp_path, archive)
    assert len(found) == (1 if says else 0)
    assert not says or found[0].startswith(says)
