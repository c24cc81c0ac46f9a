"""What readers look up beside the releases, swapped in one step each: the link `latest`, the files of the index.

As in `files`, every step passes through the functions of `os`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from pipeline.release.files import clear, is_link, named, read_file, sync_folder, write_file


def point(link: Path, target: str) -> None:
    """Let the symbolic link ``link`` lead to ``target``, in one step: readers see the old target or the new one.

    What it leads to is made durable first, and then the link, also where it leads there already: a publisher that was
    killed may have got no further than the swap.
    """
    sync_folder(link.parent)
    if is_link(link) and os.readlink(link) == target:
        return
    fresh = link.with_name(f".{link.name}-next")
    clear(fresh)
    os.symlink(target, fresh)
    _swap(fresh, link)
    sync_folder(link.parent)


def replace_files(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Let files right below ``folder`` hold ``contents``, each in one step: readers see the old bytes or the new ones.

    A file that holds its bytes already is left as it is; a link in the place of one is replaced, never followed.

    Raises:
        OSError: one cannot be written, and is as it was; its `filename` names it.
    """
    stale = [name for name, data in contents.items() if not _holds(folder, name, data)]
    for name in stale:
        fresh = folder / f".{name}-next"
        clear(fresh)
        try:
            write_file(folder, fresh.name, [contents[name]])
        except BaseException:
            with suppress(OSError):
                os.unlink(fresh)
            raise
        _swap(fresh, folder / name)
    if stale:
        sync_folder(folder)


def _holds(folder: Path, name: str, data: bytes) -> bool:
    if is_link(folder / name) is not False:
        return False
    return read_file(folder, name) == data


def _swap(fresh: Path, target: Path) -> None:
    try:
        with named(target):
            os.replace(fresh, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(fresh)
        raise
