"""`latest` led back to an earlier release, until a newer one comes.

Releases stay as they are, and so does what the index tells of them; the pointer alone is swapped, and a note beside it
says so, else a rerun would take it for a publisher that died before the swap.
"""

from __future__ import annotations

from pathlib import Path

from pipeline.errors import FieldledgerError, InputError
from pipeline.release import files
from pipeline.release.publisher_lock import publisher_lock
from pipeline.release.reader import newest_release, release_folder, released_versions
from pipeline.release.swap import point, replace_files
from pipeline.release.verify import verify_release
from pipeline.version_numbers import VERSION

NOTE = ".rolled-back"
"""Holds the name of the newest release, which `latest` was led away from."""


def roll_back(releases: Path, version: str) -> Path:
    """Let `latest` lead to ``version``, which is verified first; return its folder.

    Naming the newest version undoes it.

    Raises:
        InputError: there is no such release.
        FieldledgerError: it is not whole, or another publisher is at work.
    """
    number = version.removeprefix("v")
    there = released_versions(releases)
    if not VERSION.fullmatch(number) or number not in there:
        raise InputError(f"{releases}: there is no release {version}; there are {', '.join(there) or 'none'}")
    target = releases / release_folder(number)
    if findings := verify_release(target):
        raise FieldledgerError(f"{target}: is not whole ({findings[0]}); name another one")
    try:
        with publisher_lock(releases):
            newest = newest_release(releases)
            if newest is None or newest.name == target.name:
                files.clear(releases / NOTE)
            else:
                replace_files(releases, {NOTE: newest.name.encode()})
            point(releases / "latest", target.name)
    except OSError as error:
        raise files.explain(error, releases) from error
    return target


def is_rolled_back(newest: Path) -> bool:
    """Tell whether `latest` was led away from ``newest``, on purpose.

    Raises:
        OSError: it cannot be told.
    """
    releases = newest.parent
    return files.is_link(releases / NOTE) is False and files.read_file(releases, NOTE) == newest.name.encode()
