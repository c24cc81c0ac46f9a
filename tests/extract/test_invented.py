"""Sentences of our own invention, of many types and styles, with the slots that a careful coder would fill.

`invented.jsonl` holds one text a line and, for each mention, type, status, place, both blocs and the killed; "*" leaves
a slot open. They were written before the program was asked.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.extract.model import Mention
from pipeline.extract.rules import RuleExtractor
from tests.extract.coded import mentions

LINES = (Path(__file__).parent / "invented.jsonl").read_text(encoding="utf-8").splitlines()
SOME_DAY = date(2019, 8, 14)


def _slots(mention: Mention) -> list[Any]:
    rows = [c for c in mention.casualties if c.kind == "killed" and not c.shared]
    ends = [[c.low for c in rows], [c.high for c in rows]]
    killed = [None if None in end else sum(n or 0 for n in end) for end in ends] if rows else None
    told = (mention.sub_event_type, mention.status, mention.place, mention.actor1_bloc, mention.actor2_bloc)
    return [*told, killed]


@pytest.mark.parametrize("case", [json.loads(line) for line in LINES], ids=lambda case: case["text"][:60])
def test_a_text_gives_its_mentions_and_no_others(extractor: RuleExtractor, case: dict[str, Any]) -> None:
    found = [_slots(mention) for mention in mentions(extractor, case["text"], on=SOME_DAY)]
    assert len(found) == len(case["told"])
    for wanted in case["told"]:
        fitting = [f for f in found if all(w in ("*", got) for w, got in zip(wanted, f, strict=True))]
        assert fitting, found
        found.remove(fitting[0])
