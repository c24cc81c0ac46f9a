"""The files of corrections: found, read and held to a size. What they say is `declared`'s."""

from __future__ import annotations

from pathlib import Path

import polars as pl

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


def read_correction_files(settings: Settings) -> pl.DataFrame:
    """Return the files of corrections with their texts (columns `FILES`), sorted by name; none without the folder.

    Raises:
        InputError: the settings name a folder that is not there.
    """
    folder = corrections_folder(settings)
    if not folder.is_dir():
        if settings.corrections is not None or folder.exists():
            raise InputError(f"setting corrections: {folder} is no folder; name one that holds files of corrections")
        return pl.DataFrame(schema=FILES)
    paths = sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file())
    rows = [(_name(path, folder), *_read(path, settings.max_record_bytes)) for path in paths]
    return pl.DataFrame(rows, schema=FILES, orient="row").sort("input_name")


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder).as_posix().encode("utf-8", errors="backslashreplace").decode("utf-8")


def _read(path: Path, most_bytes: int) -> tuple[str, str | None, str | None]:
    """Return hash, text and fault of one file."""
    try:
        if (size := path.stat().st_size) > most_bytes:
            # the size stands for the content, so that a file that shrinks is read anew
            return sha256_bytes(str(size).encode()), None, f"is longer than {most_bytes:,} bytes; split it"
        data = path.read_bytes()
    except OSError as error:
        return sha256_bytes(b""), None, f"cannot be read ({error.strerror}); give permission"
    try:
        return sha256_bytes(data), data.decode("utf-8-sig"), None
    except UnicodeDecodeError:
        return sha256_bytes(data), None, "is not UTF-8; save it as UTF-8"
