"""The releases inside the site, under `releases/`: hard links where the disk allows, so that they take no room.

A release never changes. One that lies there with the same manifest is left alone; a new one appears by rename, whole.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from pipeline.errors import FieldledgerError
from pipeline.release import files
from pipeline.site.addresses import RELEASES
from pipeline.site.editions import Edition
from pipeline.site.writer import put_all

_NEXT = ".next"


def carry_releases(out: Path, editions: tuple[Edition, ...], index: Mapping[str, bytes]) -> int:
    """Let ``out/releases`` hold ``editions`` and the files of their ``index``, and nothing else; return how many came.

    Raises:
        FieldledgerError: a file is missing in a release, or the disk is at fault.
    """
    inside = out / RELEASES
    came = 0
    try:
        inside.mkdir(exist_ok=True)
        files.clear(inside / _NEXT)
        kept = {edition.release.path.name for edition in editions}
        for entry in sorted(os.listdir(inside)):
            if entry not in kept and entry not in index:
                files.clear(inside / entry)
        for edition in editions:
            came += _carry(edition, inside)
    except OSError as error:
        raise files.explain(error, inside) from error
    put_all(inside, index)
    return came


def _carry(edition: Edition, inside: Path) -> bool:
    source, target = edition.release.path, inside / edition.release.path.name
    if _same(source / "manifest.json", target / "manifest.json"):
        return False
    files.clear(target)
    paths = ["manifest.json", *(record.path for record in edition.manifest.files)]
    for path in paths:
        if fault := files.path_fault(path):
            raise FieldledgerError(f"{source}: {path!r} {fault}; fetch the release again")
        into = inside / _NEXT / path
        into.parent.mkdir(parents=True, exist_ok=True)
        _link(source / path, into)
    os.replace(inside / _NEXT, target)
    return True


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samefile(one, other) or one.read_bytes() == other.read_bytes()
    except FileNotFoundError:
        return False


def _link(source: Path, target: Path) -> None:
    if source.is_symlink():
        raise FieldledgerError(f"{source}: {files.NOT_PLAIN}; fetch the release again")
    try:
        os.link(source, target)
    except FileNotFoundError:
        raise FieldledgerError(f"{source}: is missing; fetch the release again") from None
    except OSError:  # another disk, or one without hard links
        shutil.copyfile(source, target)
