"""A rename that never replaces anything, with the system's own call and without."""

from __future__ import annotations

import ctypes
import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline.release import exclusive
from pipeline.release.exclusive import rename_new
from tests.release.disk import contents


def declined(*arguments: object) -> int:
    """Do as a file system that does not know the flag."""
    ctypes.set_errno(errno.EINVAL)
    return -1


@pytest.fixture(params=["with the call", "without it", "declined"], autouse=True)
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run each test on a system that has the call, on one that has not, and on a file system that declines it."""
    ways: dict[str, Callable[..., int] | None] = {"without it": None, "declined": declined}
    if request.param in ways:
        monkeypatch.setattr(exclusive, "_renameat2", lambda: ways[request.param])


@pytest.fixture
def staged(tmp_path: Path) -> Path:
    """Return a folder with a file in it."""
    (tmp_path / "staged").mkdir()
    (tmp_path / "staged/file").write_bytes(b"x")
    return tmp_path / "staged"


def test_a_folder_gets_its_name(staged: Path) -> None:
    rename_new(staged, staged.with_name("release"))
    assert contents(staged.parent).keys() == {"release", "release/file"}


@pytest.mark.parametrize(
    "put",
    [
        lambda path: path.mkdir(),
        lambda path: (path / "inside").mkdir(parents=True),
        lambda path: path.touch(),
        lambda path: path.symlink_to("nowhere"),
    ],
)
def test_what_is_there_stays(staged: Path, put: Callable[[Path], None]) -> None:
    put(target := staged.with_name("release"))
    before = contents(staged.parent)
    with pytest.raises(FileExistsError):
        rename_new(staged, target)
    assert contents(staged.parent) == before


def test_any_other_failure_is_the_system_s(staged: Path) -> None:
    with pytest.raises(FileNotFoundError):
        rename_new(staged, staged.with_name("no") / "release")
    with pytest.raises(FileNotFoundError):
        rename_new(staged.with_name("nothing"), staged.with_name("release"))
