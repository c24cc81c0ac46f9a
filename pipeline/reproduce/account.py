"""What came of making a release again, in words for the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.reproduce.comparison import Comparison
from pipeline.reproduce.job import Reproduction
from pipeline.reproduce.steps import LAST, NAMING_THE_LOCK

SHOWN = 10
"""Files that are named one by one."""


def account(done: Reproduction) -> Iterator[str]:
    """Yield the lines that tell a user what was made, of what, and whether it is the same."""
    yield _what_was_made(done)
    if done.version != done.wanted:
        yield f"release {done.version} came out differently, so that {done.wanted}, which follows it, was not made"
    if done.comparison is None:
        yield f"release {done.version}: the pipeline found nothing new to release here"
    else:
        yield from _files(done.comparison, done.other_here)
    yield from (f"differs: quotes of {line}" for line in done.misquoted)
    yield f"release {done.wanted}: {_verdict(done)}"


def _what_was_made(done: Reproduction) -> str:
    if done.base is not None:
        return (
            f"made release {done.made[-1]} again; its predecessor {done.base} was taken as it is: it is whole, and its "
            "manifest has the hash in the lock (--whole makes it again too)"
        )
    if len(done.made) > 1:
        return f"made {len(done.made)} releases again, from the first on: {', '.join(done.made)}"
    return f"made release {done.made[-1]} again; it is the first of its series"


def _files(compared: Comparison, other_here: Sequence[str]) -> Iterator[str]:
    total = len(compared.identical) + len(compared.alike) + len(compared.different)
    yield f"{len(compared.identical):,} of {total:,} files are identical byte for byte"
    for path, reason in compared.alike.items():
        yield f"alike: {path}: {reason}"
    if not compared.different:
        return
    if other_here:
        yield f"differs first among what goes in: {other_here[0]}"
    first = compared.different[0]
    if first.path not in LAST:
        yield f"differs first in the order of making: {first.path}, made by the stage {first.step}"
    for difference in compared.different[:SHOWN]:
        yield f"differs: {difference.path}: {difference.says}"
    if len(compared.different) > SHOWN:
        yield f"  and {len(compared.different) - SHOWN:,} more files"


def _verdict(done: Reproduction) -> str:
    if done.holds:
        return "reproduced"
    told = {difference.path for difference in done.comparison.different} if done.comparison else set()
    if done.version == done.wanted and told and told <= NAMING_THE_LOCK and not done.misquoted:
        return "all tables, pages and documents came out the same; the lock, and what tells of it, is other"
    return "not reproduced"
