"""Releases that follow each other, of a small corpus that a desk corrects; without the pages and files."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import polars as pl

from pipeline.correct.apply import apply_corrections
from pipeline.correct.declared import declared
from pipeline.correct.outcome import correct_balances, corrections_table
from pipeline.correct.standing import Sources, Standing
from pipeline.release.predecessor import past_founders, past_reports
from pipeline.release.retired import retired_events, retirement_balances
from pipeline.resolve.resolve import resolve
from tests.correct.desk import Record, file_of, files
from tests.resolve.corpus import Corpus
from tests.resolve.history import Edition, part


def follow(before: Edition | None, corpus: Corpus, *records: Record, without: Collection[str] = ()) -> Edition:
    """Return the release of ``corpus``, less the articles of ``without``, corrected, that follows ``before``."""
    gone = {f"article of {label}" for label in without}
    tables = part(corpus, [label for label in corpus.articles if label not in gone])
    return follow_tables(before, tables, *records)


def follow_tables(before: Edition | None, tables: Mapping[str, pl.DataFrame], *records: Record) -> Edition:
    """Return the release of ``tables``, corrected, that follows ``before``; its versions are 1.0.0, 1.1.0 and so on."""
    said, coded = declared(files(desk=file_of(*records))), standing(before, tables)
    version = "1.0.0" if before is None else f"1.{int(before.version.split('.')[1]) + 1}.0"
    made = apply_corrections(coded, said.corrections, Sources(**tables))
    retired = retired_events(before, made.events, made.links, version)
    balances = [
        correct_balances(coded.links, made),
        retirement_balances(before, made.events, retired),
    ]
    assert pl.concat(balances)["ok"].all(), balances
    frames = {
        "events": made.events,
        "event_mentions": made.links,
        "corrections": corrections_table(said, made),
        "retired_events": retired,
    }
    return Edition(version, frames, {name: {} for name in frames})


def standing(before: Edition | None, tables: Mapping[str, pl.DataFrame]) -> Standing:
    """Return what the coding of ``tables`` gives after the release ``before``."""
    founders = past_founders(before)
    made = resolve(**tables, past_founders=founders, past_reports=past_reports(before))
    return Standing.of(made.events, made.event_mentions, founders)


def states(edition: Edition) -> list[str]:
    """Return what became of the corrections, in the order of their records."""
    table = edition.frame("corrections").sort("input_record", "field")
    return table["state"].to_list()


def what_became(edition: Edition) -> dict[str, tuple[str, str | None]]:
    """Return reason and current event of each retired event."""
    return {key: (row["retirement_reason"], row["current_event_id"]) for key, row in edition.retired.items()}
