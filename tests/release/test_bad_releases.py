"""What is wrong with a release is one clear line of `verify` and of `diff`, with its exit code; nothing is touched.

Exit code 1 says that the release was judged and is wrong (or, of `diff`, that two sound ones differ), 2 that it cannot
be judged or read.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import FieldledgerError
from pipeline.release.files import FileRecord
from pipeline.release.lock import LOCK
from pipeline.release.manifest import SCHEMA_VERSION, json_bytes
from pipeline.release.reader import newest_release, open_release
from pipeline.release.verify import verify_release
from tests.release import small
from tests.release.disk import Disk, contents
from tests.release.forging import agree, describe, forge

CSV, TWIN = "data/places.csv", "data/places.parquet"
"""Of one table: `diff` reads the Parquet file, and where only the CSV files were copied, without manifest, those."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two releases that differ. Read it, leave it as it is."""
    releases = tmp_path_factory.mktemp("sound") / "releases"
    small.publish_step(releases, 0)
    small.publish_step(releases, 1)
    return releases


@pytest.fixture
def releases(sound: Path, tmp_path: Path) -> Path:
    """Return such a folder of one's own."""
    return Path(shutil.copytree(sound, tmp_path / "releases", symlinks=True))


def fieldledger(*arguments: object) -> tuple[int, list[str], str]:
    """Run a command; return its exit code, its lines on the standard output, and what it says on the other."""
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.stdout.splitlines(), result.stderr


def test_sound_releases_are_right_also_through_latest(releases: Path) -> None:
    before = contents(releases)
    assert fieldledger("verify", releases / "latest")[0] == 0
    assert fieldledger("diff", releases / "v1.0.1", releases / "latest")[0] == 0
    assert fieldledger("diff", releases / "v1.0.0", releases / "latest")[0] == 1
    assert contents(releases) == before


def _link(path: Path) -> None:
    """Put a link in the place of ``path``, to the same content elsewhere."""
    elsewhere = path.parents[2] / f"elsewhere-{path.name}"
    path.rename(elsewhere)
    path.symlink_to(elsewhere)


def _pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


def _list(path: str) -> Callable[[Path], None]:
    def spoil(release: Path) -> None:
        record = FileRecord(path, 4, "0" * 64)
        forge(release, lambda m: replace(m, files=tuple(sorted((*m.files, record), key=lambda r: r.path))))

    return spoil


def _point(path: object) -> Callable[[Path], None]:
    def spoil(release: Path) -> None:
        describe(release, lambda content: content["resources"][1].update(path=path))

    return spoil


def _write(name: str, content: bytes) -> Callable[[Path], None]:
    def spoil(release: Path) -> None:
        (release / name).write_bytes(content)

    return spoil


def _later(release: Path) -> None:
    content = json.loads((release / "manifest.json").read_bytes()) | {"schema_version": SCHEMA_VERSION + 1}
    (release / "manifest.json").write_bytes(json_bytes(content))


def _later_lock(release: Path) -> None:
    content = json.loads((release / LOCK).read_bytes())
    (release / LOCK).write_bytes(json_bytes(content | {"schema_version": content["schema_version"] + 1}))
    agree(release, LOCK)


def _other_tool(release: Path) -> None:
    (release / "manifest.json").unlink()
    resources = [{"name": "places", "path": CSV, "schema": {"fields": [{"name": "place_id", "type": "string"}]}}]
    (release / "datapackage.json").write_bytes(json_bytes({"name": "theirs", "resources": resources}))


def _other_contract(release: Path) -> None:
    describe(release, lambda content: content["resources"][1]["schema"]["fields"][0].update(type="geopoint"))


def _folder_for_file(release: Path) -> None:
    (release / CSV).unlink()
    (release / CSV).mkdir()


def _no_json(release: Path) -> None:
    (release / "datapackage.json").write_bytes(b"{")
    agree(release, "datapackage.json")


def _emptied(release: Path) -> None:
    shutil.rmtree(release)
    release.mkdir()


def _a_file(release: Path) -> None:
    shutil.rmtree(release)
    release.touch()


Spoil = Callable[[Path], Any]
BAD: dict[str, tuple[Spoil, int, str, int, str]] = {  # what `verify` does and says, and `diff`, likewise where empty
    "a missing table": (lambda r: (r / CSV).unlink(), 1, f"{CSV}: is missing", 2, ""),
    "a missing page": (lambda r: (r / "README.md").unlink(), 1, "README.md: is missing", 2, ""),
    "a missing manifest": (lambda r: (r / "manifest.json").unlink(), 1, "manifest.json: is missing", 1, ""),
    "a missing descriptor": (
        lambda r: (r / "datapackage.json").unlink(), 1, "datapackage.json: is missing", 2, "no release (No such file",
    ),
    "an extra file": (_write("data/extra.csv", b"x"), 1, "data/extra.csv: is not in the manifest", 2, ""),
    "an extra hidden file": (_write(".DS_Store", b"x"), 1, ".DS_Store: is not in the manifest", 2, ""),
    "an extra folder": (lambda r: (r / "more").mkdir(), 1, "more: is a folder that the manifest does not need", 2, ""),
    "a name that is no text": (
        lambda r: Path(os.fsdecode(os.fsencode(r) + b"/caf\xe9")).touch(), 1, "is not in the manifest", 2, "",
    ),
    "a truncated table": (
        lambda r: os.truncate(r / CSV, 20), 1, f"{CSV}: has 20 bytes, the", 2, "",
    ),
    "an empty manifest": (_write("manifest.json", b""), 1, "manifest.json: not JSON", 2, ""),
    "a foreign table": (
        _write(TWIN, b"PAR1"), 1, f"{TWIN}: has 4 bytes, the", 2, "",
    ),
    "a foreign manifest": (_write("manifest.json", b'{"manifest_version": 3}'), 1, "schema_version is None", 2, ""),
    "a link to a file": (lambda r: _link(r / CSV), 1, f"{CSV}: is a link or device", 2, ""),
    "a link to a table": (lambda r: _link(r / TWIN), 1, f"{TWIN}: is a link or", 2, f"{TWIN}: is a link or device"),
    "a link to a folder": (lambda r: _link(r / "data"), 1, "data: is a link or device", 2, "is a link or device"),
    "a link to a manifest": (lambda r: _link(r / "manifest.json"), 1, "manifest.json: is a link", 2, "is a link or"),
    "a link to a descriptor": (
        lambda r: _link(r / "datapackage.json"), 1, "datapackage.json: is a link or device", 2, "is a link or device",
    ),
    "a pipe": (lambda r: _pipe(r / TWIN), 1, f"{TWIN}: is a link or device", 2, ""),
    "a folder for a file": (
        _folder_for_file, 1, f"{CSV}: is a folder, not a file", 2, "",
    ),
    "a manifest that leads out": (_list("../secret"), 1, "../secret: the path leads out of the release", 2, ""),
    "a manifest that leads to the root": (_list("/etc/passwd"), 1, "/etc/passwd: the path leads out", 2, ""),
    "a descriptor that leads out": (_point("../../secret"), 1, "differ from", 2, "no usable path and hash"),
    "a descriptor that leads to the root": (_point("/etc/passwd"), 1, "differ from", 2, "no usable path and hash"),
    "a descriptor that leads elsewhere": (_point(["a", "b"]), 1, "differ from", 2, "no usable path and hash"),
    "a descriptor of another tool": (
        _other_tool, 2, "a data package of another tool, for it has no", 2, "datapackage.json is of another tool",
    ),
    "a descriptor that is no JSON": (
        _no_json, 1, "datapackage.json: not JSON",
        2, "",
    ),
    "a descriptor that knows more": (_other_contract, 1, "cannot enforce type", 2, ""),
    "a release of a later version": (_later, 2, "use the program that wrote it", 2, "use the program that wrote it"),
    "a lock of a later version": (_later_lock, 2, "use the program that wrote it", 1, ""),
    "a folder that is no release": (
        _emptied, 2, "neither manifest.json nor datapackage.json", 2, "no release",
    ),
    "a file that is no release": (_a_file, 2, "no such folder", 2, "no release"),
    "nothing": (shutil.rmtree, 2, "no such folder", 2, "no release"),
}  # fmt: skip


@pytest.mark.parametrize(("spoil", "code", "says"), [bad[:3] for bad in BAD.values()], ids=BAD)
def test_verify_tells_in_a_line_what_is_wrong(releases: Path, spoil: Spoil, code: int, says: str) -> None:
    (releases.parent / "secret").write_bytes(b"x\r\ny")
    spoil(releases / "v1.0.1")
    before = _all(releases.parent)
    exit_code, lines, error = fieldledger("verify", releases / "v1.0.1")
    assert exit_code == code
    told = lines if code == 1 else error.splitlines()
    assert [line for line in told if says in line], (lines, error)
    assert len(told) == 1
    assert len(error.splitlines()) == 1
    assert str(releases / "v1.0.1") in error
    assert _all(releases.parent) == before


@pytest.mark.parametrize(
    ("spoil", "code", "says"),
    [(spoil, code, other or says if code == 2 else "") for spoil, _, says, code, other in BAD.values()],
    ids=BAD,
)
def test_diff_compares_whole_releases_and_tells_in_a_line_what_is_none(
    releases: Path, spoil: Spoil, code: int, says: str
) -> None:
    (releases.parent / "secret").write_bytes(b"x\r\ny")
    spoil(releases / "v1.0.1")
    before = _all(releases.parent)
    for order in (("v1.0.0", "v1.0.1"), ("v1.0.1", "v1.0.0")):
        exit_code, lines, error = fieldledger("diff", *(releases / name for name in order))
        assert exit_code == code, (lines, error)
        assert says in error
        assert len(error.splitlines()) == (1 if code == 2 else 0)
        assert code == 1 or (not lines and str(releases / "v1.0.1") in error)
    assert _all(releases.parent) == before


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda r: (r / CSV).unlink(), f"{CSV}: No such file"),
        (lambda r: os.truncate(r / CSV, 20), f"{CSV}: not the file that"),
        (lambda r: _link(r / CSV), f"{CSV}: is a link or device"),
        (lambda r: _pipe(r / CSV), f"{CSV}: is a link or device"),
        (_folder_for_file, f"{CSV}: is a link or device"),
    ],
)
def test_diff_tells_likewise_where_only_the_csv_files_were_copied(releases: Path, spoil: Spoil, says: str) -> None:
    for name in (TWIN, "manifest.json"):
        (releases / "v1.0.1" / name).unlink()
    assert fieldledger("diff", releases / "v1.0.0", releases / "v1.0.1")[0] == 1
    spoil(releases / "v1.0.1")
    before = _all(releases.parent)
    exit_code, lines, error = fieldledger("diff", releases / "v1.0.0", releases / "v1.0.1")
    assert (exit_code, lines, len(error.splitlines())) == (2, [], 1)
    assert says in error
    assert _all(releases.parent) == before


def _all(folder: Path) -> dict[str, str]:
    """Return what lies in ``folder``, pipes by their name alone."""
    found = {}
    for root, folders, names in os.walk(folder):
        for name in (*folders, *names):
            path = Path(root, name)
            plain = path.is_file() and not path.is_symlink()
            found[str(path)] = path.read_bytes().hex() if plain else oct(path.lstat().st_mode)
    return found


def _numbers(work: Callable[[], object], name: str, path: Path) -> list[int]:
    with Disk().mounted() as disk:
        work()
    return [at for at, did in enumerate(disk.journal) if (did.name, did.path) == (name, str(path))]


@pytest.mark.parametrize("name", ["manifest.json", "datapackage.json", CSV, "README.md"])
@pytest.mark.parametrize("code", [errno.EACCES, errno.EIO])
def test_a_file_that_cannot_be_read_is_one_finding(sound: Path, name: str, code: int) -> None:
    release = sound / "v1.0.1"
    for at in _numbers(lambda: verify_release(release), "open", release / name):
        failing = Disk(lambda number, _, at=at: OSError(code, os.strerror(code)) if number == at else None)  # type: ignore[misc]
        with failing.mounted():
            (finding,) = verify_release(release)
        assert finding.where.endswith(name)
        assert finding.says == f"cannot be read: {os.strerror(code)}"


def test_a_folder_that_cannot_be_listed_is_one_line(sound: Path) -> None:
    refused = Disk(lambda _, name: PermissionError(errno.EACCES, "Permission denied") if name == "scandir" else None)
    with refused.mounted():
        (finding,) = verify_release(sound / "v1.0.1")
        with pytest.raises(FieldledgerError, match=r"releases: Permission denied: make the folder writable"):
            newest_release(sound)
    assert finding.says == "cannot be read: Permission denied"


def test_a_folder_that_cannot_be_looked_at_is_an_error_of_the_call(sound: Path) -> None:
    refused = Disk(lambda _, name: PermissionError(errno.EACCES, "Permission denied") if name == "stat" else None)
    with refused.mounted():
        assert [finding.says for finding in verify_release(sound / "v1.0.1")] == ["cannot be read: Permission denied"]
        with pytest.raises(FieldledgerError, match="Permission denied"):
            newest_release(sound)


@pytest.mark.parametrize("name", ["datapackage.json", CSV])
def test_a_file_that_cannot_be_opened_is_told_by_its_path(sound: Path, name: str) -> None:
    release = sound / "v1.0.1"
    work: Callable[[], object] = lambda: open_release(release).frame("places")  # noqa: E731
    (at,) = _numbers(work, "open", release / name)
    broken = Disk(lambda number, _: OSError(errno.EIO, "Input/output error") if number == at else None)
    with broken.mounted(), pytest.raises(FieldledgerError, match=rf"{name}: .*Input/output error"):
        work()
