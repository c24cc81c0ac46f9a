"""The files of corrections: found, read and held to a size. What they say is `declared`'s."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from pipeline.archive import Archive
from pipeline.errors import InputError
from pipeline.ids import sha256_bytes
from pipeline.settings import Settings

FOLDER = "corrections"
SUFFIXES = (".yaml", ".yml", ".json")
FILES = pl.Schema({"input_name": pl.String(), "sha256": pl.String(), "text": pl.String(), "fault": pl.String()})
"""Name relative to the folder, hash of the bytes (of nothing where there are none), text, and why there is none."""


def corrections_folder(settings: Settings) -> Path:
    """Return the folder that holds the files: what the settings name, else `corrections` in the data directory."""
    return settings.corrections or settings.data_dir / FOLDER


def read_correction_files(settings: Settings, archive: Archive) -> pl.DataFrame:
    """Return the files of corrections with their texts (columns `FILES`), sorted by name; none without the folder.

    Those that could be read are in ``archive`` then, under their hash.

    Raises:
        InputError: the settings name a folder that is not there.
        FieldledgerError: the archive cannot be written.
    """
    folder = corrections_folder(settings)
    if not folder.is_dir():
        if settings.corrections is not None or folder.exists():
            raise InputError(f"setting corrections: {folder} is no folder; name one that holds files of corrections")
        return pl.DataFrame(schema=FILES)
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    rows = [(_name(path, folder), *_read(path, settings.max_record_bytes, archive)) for path in paths]
    return pl.DataFrame(rows, schema=FILES, orient="row").sort("input_name")


def kept_files(kept: Iterable[tuple[str, str, str | None]], archive: Archive) -> pl.DataFrame:
    """Return files of which name, hash and fault are known as `read_correction_files` did, from the archive alone.

    Raises:
        FieldledgerError: one that has no fault is not in the archive.
    """
    rows = [
        (name, sha256, None if fault else archive.read(sha256).decode("utf-8-sig"), fault)
        for name, sha256, fault in kept
    ]
    return pl.DataFrame(rows, schema=FILES, orient="row").sort("input_name")


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix().encode("utf-8", errors="backslashreplace").decode("utf-8")


def _read(path: Path, most_bytes: int, archive: Archive) -> tuple[str, str | None, str | None]:
    """Return hash, text and fault of one file."""
    try:
        if (size := path.stat().st_size) > most_bytes:
            # the size stands for the content, so that a file that shrinks is read anew
            return sha256_bytes(str(size).encode()), None, f"is longer than {most_bytes:,} bytes; split it"
        data = path.read_bytes()
    except OSError as error:
        return sha256_bytes(b""), None, f"cannot be read ({error.strerror}); give permission"
    digest = archive.keep_bytes(data)
    try:
        return digest, data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return digest, None, "is not UTF-8; save it as UTF-8"
