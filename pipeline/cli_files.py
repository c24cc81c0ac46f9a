"""What a command reads from and writes to: a file, or standard input and output, named `-`."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.errors import InputError


@contextmanager
def as_file(source: str) -> Iterator[Path]:
    """Give the file ``source``; standard input as a file that is gone afterwards."""
    if source != "-":
        yield Path(source)
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "stdin.jsonl"
        with path.open("wb") as file:
            shutil.copyfileobj(sys.stdin.buffer, file)
        try:
            yield path
        except InputError as error:
            raise InputError(str(error).replace(str(path), "standard input")) from None


def write(target: str, text: str) -> None:
    """Write ``text`` to the file ``target``, whole or not at all, or to standard output."""
    if target == "-":
        sys.stdout.write(text)
        return
    from pipeline.storage import write_atomically

    write_atomically(Path(target), text.encode("utf-8"))
