"""The account of a release made again says what was made, of what, and what differs first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.reproduce.account import account
from pipeline.reproduce.comparison import Comparison, FileDifference
from pipeline.reproduce.job import Reproduction

SAME = Comparison(("data/events.csv", "README.md"), {}, ())
DONE = Reproduction("1.1.0", "1.1.0", "1.0.0", ("1.1.0",), (), SAME, ())
ROWS = FileDifference("data/mentions.csv", "extract", "row m-1: weapon is a there, b here")
LOCK = FileDifference("lock.json", "release", "code.sha256 is a there, b here")
CODE = "code version: made by fieldledger 0.1.0; here fieldledger 0.2.0"


@pytest.mark.parametrize(
    ("done", "holds", "says"),
    [
        (DONE, True, ["predecessor 1.0.0 was taken as it is", "2 of 2 files are identical", "1.1.0: reproduced"]),
        (
            replace(DONE, base=None, made=("1.0.0", "1.1.0")),
            True,
            ["made 2 releases again, from the first on: 1.0.0, 1.1.0"],
        ),
        (replace(DONE, base=None), True, ["it is the first of its series"]),
        (
            replace(DONE, comparison=replace(SAME, alike={"a.parquet": "the same rows"})),
            True,
            ["2 of 3 files", "alike: a.parquet: the same rows", "reproduced"],
        ),
        (
            replace(DONE, comparison=replace(SAME, different=(ROWS, LOCK)), other_here=(CODE,)),
            False,
            [
                f"differs first among what goes in: {CODE}",
                "differs first in the order of making: data/mentions.csv, made by the stage extract",
                "differs: data/mentions.csv: row m-1: weapon",
                "1.1.0: not reproduced",
            ],
        ),
        (
            replace(DONE, comparison=replace(SAME, different=(LOCK,)), other_here=(CODE,)),
            False,
            ["differs: lock.json", "all tables, pages and documents came out the same; the lock, and what"],
        ),
        (
            replace(DONE, version="1.0.0", comparison=replace(SAME, different=(ROWS,) * 12)),
            False,
            ["release 1.0.0 came out differently, so that 1.1.0", "and 2 more files", "1.1.0: not reproduced"],
        ),
        (replace(DONE, comparison=None), False, ["found nothing new to release", "not reproduced"]),
        (replace(DONE, misquoted=("mentions: m-1",)), False, ["differs: quotes of mentions: m-1", "not reproduced"]),
    ],
)
def test_what_is_told(done: Reproduction, holds: bool, says: list[str]) -> None:
    text = "\n".join(account(done))
    assert done.holds is holds
    for words in says:
        assert words in text
