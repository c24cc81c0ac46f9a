"""A desk that corrects a small corpus: records as a file of corrections holds them, and what comes of them."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from pipeline.correct.apply import Corrected, apply_corrections
from pipeline.correct.declared import Declared, declared
from pipeline.correct.files import FILES
from pipeline.correct.outcome import corrections_table
from pipeline.correct.standing import Sources, Standing
from pipeline.ids import content_id
from tests.resolve.corpus import Corpus

Record = dict[str, Any]


def mention(label: str) -> str:
    return content_id("m", label)


def event(label: str) -> str:
    """Return the id of the event that the mention ``label`` founds."""
    return content_id("e", mention(label))


def files(**texts: str) -> pl.DataFrame:
    """Return texts by file name (without suffix) as they are read from the folder of corrections."""
    rows = [(f"{name}.yaml", content_id("f", text), text, None) for name, text in texts.items()]
    return pl.DataFrame(rows, schema=FILES, orient="row")


def file_of(*records: Record) -> str:
    return json.dumps({"corrections": records})


def record(
    action: str, label: str, *, members: tuple[str, ...] = (), values: Record | None = None, **more: Any
) -> Record:
    """Return a correction of the event that ``label`` founds; ``members`` are labels."""
    expect: Record = {}
    if members:
        expect["members"] = [mention(name) for name in members]
    if values:
        expect["values"] = values
    said = {"action": action, "event": event(label), "reason": "seen", "who": "the desk", "date": "2021-03-01", **more}
    return said | ({"expect": expect} if expect else {})


def override(label: str, name: str, was: Any, right: Any, **more: Any) -> Record:
    return record("override", label, values={name: was}, set={name: right}, **more)


def merge(label: str, *others: str, members: tuple[str, ...], **more: Any) -> Record:
    return record("merge", label, members=members, **more) | {"with": [event(other) for other in others]}


def split(label: str, *leaving: str, members: tuple[str, ...], **more: Any) -> Record:
    return record("split", label, members=members, mentions=[mention(name) for name in leaving], **more)


_APPLIED: dict[tuple[str, str], Corrected] = {}
"""What came of corrections of a corpus; a test asks for it several times."""


@dataclass
class Desk:
    """A corpus, and its corrections by file."""

    corpus: Corpus = field(default_factory=Corpus)
    records: list[Record] = field(default_factory=list)

    def declare(self, *records: Record) -> None:
        self.records += records

    def declared(self) -> Declared:
        return declared(files(desk=file_of(*self.records)))

    def sources(self) -> Sources:
        return Sources(**self.corpus.tables())

    def standing(self) -> Standing:
        made = self.corpus.resolve()
        return Standing.of(made.events, made.event_mentions)

    def corrected(self) -> Corrected:
        asked = (repr(self.corpus), file_of(*self.records))
        if asked not in _APPLIED:
            _APPLIED[asked] = apply_corrections(self.standing(), self.declared().corrections, self.sources())
        return _APPLIED[asked]

    def table(self) -> list[Record]:
        """Return the table `corrections`, in the order of the records."""
        table = corrections_table(self.declared(), self.corrected())
        return table.sort("input_record", "field").to_dicts()

    def states(self) -> list[str]:
        return [row["state"] for row in self.table()]

    def event(self, label: str) -> Record:
        """Return the corrected row of the event that ``label`` founds."""
        (row,) = self.corrected().events.filter(pl.col("event_id") == event(label)).iter_rows(named=True)
        return row

    def together(self) -> list[list[str]]:
        """Return the labels of the mentions that report each event, sorted."""
        labels = {row["mention_id"]: label for label, row in self.corpus.mentions.items()}
        links = self.corrected().links.filter(pl.col("relation") == "reports")
        groups: dict[str, list[str]] = {}
        for mention_id, event_id in links.select("mention_id", "event_id").iter_rows():
            groups.setdefault(event_id, []).append(labels[mention_id])
        return sorted(sorted(group) for group in groups.values())
