"""No byte of a release can change unseen, and no descriptor, however odd, makes reading or verifying crash."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pipeline.errors import FieldledgerError, InputError
from pipeline.release.reader import open_release
from pipeline.release.verify import verify_release
from tests.release import small
from tests.release.forging import agree
from tests.release.soak import MUTATIONS


@pytest.fixture(scope="module")
def spoiled(first: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a sound release that a test may spoil as long as it mends it."""
    return Path(shutil.copytree(first, tmp_path_factory.mktemp("spoiled") / "release"))


def files_of(release: Path) -> list[Path]:
    """Return every file of a release."""
    return sorted(path for path in release.rglob("*") if path.is_file())


def told(release: Path) -> str:
    """Return what `verify` says, be it that it cannot judge."""
    try:
        return "\n".join(map(str, verify_release(release)))
    except InputError as error:
        return str(error)


def change(path: Path, release: Path, place: int, flip: int) -> str:
    """Return what is said of ``release`` while a byte of one of its files is another one."""
    before = path.read_bytes()
    broken = bytearray(before)
    broken[place % len(before)] ^= flip
    try:
        path.write_bytes(broken)
        return told(release)
    finally:
        path.write_bytes(before)


@settings(max_examples=MUTATIONS, deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_any_file_is_found(spoiled: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(files_of(spoiled)))
    place = data.draw(st.integers(0, path.stat().st_size - 1))
    assert path.name in change(path, spoiled, place, data.draw(st.integers(1, 255)))


def test_a_changed_byte_in_each_file_is_found(spoiled: Path) -> None:
    for number, path in enumerate(files_of(spoiled)):
        assert path.name in change(path, spoiled, 7919 * number, 1 + number % 255), path


@settings(max_examples=MUTATIONS // 2, deadline=None)
@given(data=st.data())
def test_a_file_that_is_longer_or_shorter_is_found(spoiled: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(files_of(spoiled)))
    before = path.read_bytes()
    cut = data.draw(st.integers(0, len(before)))
    more = data.draw(st.binary(min_size=1, max_size=3) if cut == len(before) else st.just(b""))
    try:
        path.write_bytes(before[:cut] + more)
        assert path.name in told(spoiled)
    finally:
        path.write_bytes(before)


ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, "", "x", "../x", "/etc/passwd", "\ud800", "a\0b", "(", "a" * 300, [], {}, [None], ["x"],
    [["x"]], {"a": 1}, 10**30, float("nan"), "sources", "week_start", "date", "string", "geopoint",
)  # fmt: skip


def places(content: Any, place: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to every value inside ``content``."""
    for key in content if isinstance(content, dict) else range(len(content)) if isinstance(content, list) else ():
        yield (*place, key)
        yield from places(content[key], (*place, key))


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes, bytes]:
    """Return a small release, and its descriptor and manifest."""
    path = small.publish_step(tmp_path_factory.mktemp("odd"), 0).path
    return path, (path / "datapackage.json").read_bytes(), (path / "manifest.json").read_bytes()


def put(content: Any, place: tuple[Any, ...], value: Any) -> None:
    """Put ``value`` at ``place``; an ellipsis takes away what is there."""
    for key in place[:-1]:
        content = content[key]
    if value is ...:
        del content[place[-1]]
    else:
        content[place[-1]] = value


CONSTRAINTS = ("resources", 1, "schema", "fields", 1, "constraints")


@settings(max_examples=MUTATIONS // 3, deadline=None)
@given(data=st.data(), fixed=st.none())
@example(data=None, fixed=(("resources", 0, "schema", "fields", 0), []))
@example(data=None, fixed=(("resources", 0, "schema", "primaryKey"), []))
@example(data=None, fixed=(("resources", 1, "name"), [None]))
@example(data=None, fixed=((*CONSTRAINTS, "enum"), [[None], "survey"]))
@example(data=None, fixed=((*CONSTRAINTS, "pattern"), "("))
@example(data=None, fixed=(("resources", 1, "schema", "foreignKeys", 0, "fields"), ["nowhere"]))
def test_an_odd_descriptor_is_told_of_and_never_a_crash(
    odd: tuple[Path, bytes, bytes], data: st.DataObject | None, fixed: tuple[tuple[Any, ...], Any] | None
) -> None:
    path, descriptor, manifest = odd
    content = json.loads(descriptor)
    if fixed is not None:
        place, value = fixed
    else:
        assert data is not None
        inside = [place for place in places(content) if len(place) < 4 or "schema" in place]
        place, value = data.draw(st.sampled_from(inside)), data.draw(st.sampled_from((..., *ODD)))
    put(content, place, value)
    (path / "datapackage.json").write_bytes(json.dumps(content).encode())
    (path / "manifest.json").write_bytes(manifest)
    agree(path, "datapackage.json")
    for words in (told(path), *refused(path)):
        words.encode()
        assert words.isprintable() or words.replace("\n", "").isprintable()


def refused(path: Path) -> Iterator[str]:
    """Yield why the release or one of its tables is not opened."""
    try:
        release = open_release(path)
        for name in release.tables:
            release.frame(name)
    except FieldledgerError as error:
        assert str(path) in str(error), error  # noqa: PT017 - it may as well not be raised
        yield str(error)
