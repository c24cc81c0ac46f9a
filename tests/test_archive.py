"""Raw inputs are kept as they came in, for good; what no longer is what its name says is put aside."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pipeline.archive import Archive
from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes

DATA = b"Two villages were shelled.\n"
DIGEST = sha256_bytes(DATA)


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "store")


def test_a_file_is_kept_under_its_hash_and_read_only(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(DATA)
    assert archive.keep(tmp_path / "a.txt") == DIGEST
    assert archive.keep_bytes(DATA) == DIGEST
    assert archive.read(DIGEST) == DATA
    assert archive.path(DIGEST).stat().st_mode & 0o777 == 0o444
    assert [path for path in archive.store.rglob("*") if path.is_file()] == [archive.path(DIGEST)]


def test_what_is_kept_is_on_the_disk_with_its_name_before_anything_is_made_of_it(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        synced.append(os.readlink(f"/proc/self/fd/{descriptor}"))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    archive.keep_bytes(DATA)
    written = next(number for number, path in enumerate(synced) if Path(path).name.startswith(".writing-"))
    raw = archive.store / "raw"
    assert synced[:written] == [str(archive.store.parent), str(archive.store)], "the folders made, in their parents"
    assert synced[written + 1 :] == [str(raw), str(archive.path(DIGEST).parent)]


def test_a_file_that_is_there_is_not_written_again(archive: Archive) -> None:
    archive.keep_bytes(DATA)
    before = archive.path(DIGEST).stat()
    archive.keep_bytes(DATA)
    assert archive.path(DIGEST).stat().st_ino == before.st_ino


def test_a_damaged_file_is_put_aside_and_never_used(archive: Archive) -> None:
    archive.keep_bytes(DATA)
    for content in (b"damaged", b"damaged again"):
        path = archive.path(DIGEST)
        path.unlink()
        path.write_bytes(content)
        with pytest.raises(
            FieldledgerError, match=r"do not have the hash in its name; it was put aside as .*quarantine"
        ):
            archive.read(DIGEST)
        assert archive.keep_bytes(DATA) == DIGEST
        assert archive.read(DIGEST) == DATA
    aside = sorted((archive.store / "quarantine").iterdir())
    assert [path.name for path in aside] == [DIGEST, f"{DIGEST}.1"]
    assert [path.read_bytes() for path in aside] == [b"damaged", b"damaged again"]


def test_a_file_that_changes_while_it_is_kept_gets_the_name_of_what_was_kept(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.txt"
    source.write_bytes(b"before")
    real = Archive.fault

    def changed_meanwhile(self: Archive, sha256: str) -> str | None:
        source.write_bytes(DATA)
        return real(self, sha256)

    monkeypatch.setattr(Archive, "fault", changed_meanwhile)
    assert archive.keep(source) == DIGEST


def test_a_file_that_was_never_kept_is_missing(archive: Archive) -> None:
    with pytest.raises(FieldledgerError, match="is not in the archive"):
        archive.read(DIGEST)


def test_a_full_disk_gives_the_remedy_and_leaves_no_half_file(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(FieldledgerError, match=r"cannot be archived \(No space left on device\); make room"):
        archive.keep_bytes(DATA)
    assert [path for path in archive.store.rglob("*") if path.is_file()] == []
