"""The version number of a release: how it follows from the changes, and what a maintainer may declare instead.

MAJOR when a column goes, is renamed or retyped or a constraint tightens, MINOR for new rows, tables or columns, PATCH
for corrections only (architecture, Release as a transaction).
"""

from __future__ import annotations

from pipeline.errors import InputError
from pipeline.release.change_reasons import because
from pipeline.release.changes import Changes
from pipeline.release.reader import version_key
from pipeline.release.schema_changes import Level

FIRST_VERSION = "1.0.0"


def next_version(previous: str | None, level: Level) -> str:
    """Return the version that follows ``previous`` for a change of ``level``; the first is 1.0.0."""
    if previous is None:
        return FIRST_VERSION
    major, minor, patch = version_key(previous)
    following = {
        "major": (major + 1, 0, 0),
        "minor": (major, minor + 1, 0),
        "patch": (major, minor, patch + 1),
        "none": (major, minor, patch),
    }
    return ".".join(map(str, following[level]))


def release_version(changes: Changes, declared: str | None) -> str:
    """Return the version of the release with ``changes``: the one that follows from them, or a higher one declared.

    Raises:
        InputError: the one declared is lower; the message names the change that asks for more.
    """
    derived = next_version(changes.previous_version, changes.level)
    if declared is None:
        return derived
    if version_key(declared) >= version_key(derived):
        return declared
    if changes.previous_version is None:
        why = "a first release has at least"
    elif changes.level == "none":
        why = "the newest release is"
    else:
        why = f"{because(changes, most=1)}, so that after {changes.previous_version} it takes"
    raise InputError(
        f"setting release_version: {declared} is too low: {why} {derived}; declare that or higher, or leave it empty"
    )
