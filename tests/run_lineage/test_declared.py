"""What the contract declares of columns is what the code does with them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from shutil import copytree

import polars as pl
import pytest

from pipeline.column_lineage import SOURCES
from pipeline.contracts import SCHEMAS, load_contract
from pipeline.errors import FieldledgerError
from tests.run_lineage.steps import MAKERS, step
from tests.run_lineage.taint import CHANGES, Column, Step, effect, faults, origins, relieved, undeclared, without

FEW = 3
"""Of the columns that events declare, every third is changed alone: resolving takes a fifth of a second."""

UNSEEN = {
    "events": {
        "actors.bloc", "articles.duplicate_of", "articles.published_at", "event_types.precedence",
        "mentions.actor1_associate_id", "mentions.admin2", "places.coordinate_error_km", "places.place_kind",
        "sources.independent_of",
    },
    "accounts": {
        "actors.actor_id", "actors.actor_kind", "actors.bloc", "articles.published_at", "articles.published_date",
        "casualties.char_end", "casualties.char_start", "events.actor1_associate_id", "events.actor1_bloc",
        "events.actor1_id", "events.admin1", "events.event_date_end", "events.event_date_start",
        "events.fatalities_best", "events.fatalities_high", "events.fatalities_low", "events.geo_precision",
        "events.place_id", "events.place_name", "events.sources_by_leaning", "mentions.confidence",
        "sources.independent_of",
    },
    "shared tolls": {
        "articles.published_at", "articles.published_date", "articles.source_id", "events.fatalities_high",
        "events.fatalities_low", "mentions.admin1", "mentions.admin2", "sources.independent_of",
    },
}  # fmt: skip
"""By step, what the code reads (it refuses a table without it) and no row of the sample depends on."""


def declared(made: Step) -> list[Column]:
    named = sorted({name for table in made.tables.values() for name in origins(table)} - set(SOURCES))
    return [(table, column) for table, _, column in (name.partition(".") for name in named)]


@pytest.mark.parametrize("name", MAKERS)
def test_no_column_follows_what_no_table_declares(name: str) -> None:
    made = step(name)
    before, free = made.run(made.inputs), undeclared(made)
    assert free
    for change in CHANGES:
        found = effect(made, before, free, change)
        assert (found.rows, found.fields) == (frozenset(), frozenset()), change


@pytest.mark.parametrize("name", MAKERS)
def test_every_column_follows_what_it_declares_and_nothing_else(name: str) -> None:
    made = step(name)
    columns = [column for column in declared(made) if ".".join(column) not in UNSEEN.get(name, ())]
    assert list(faults(made, columns[::FEW] if name == "events" else columns)) == []


@pytest.mark.parametrize("name", MAKERS)
def test_a_stage_refuses_a_table_without_a_declared_column(name: str) -> None:
    made = step(name)
    for column in declared(made):
        with pytest.raises((pl.exceptions.PolarsError, FieldledgerError, ValueError)):
            made.run(without(made.inputs, column))


def test_an_origin_that_is_not_declared_any_more_is_found() -> None:
    made = step("weekly tolls")
    table = relieved(made.tables["weekly_tolls"], "injured", "weekly_events.injured")
    poorer = replace(made, tables={"weekly_tolls": table})
    assert list(faults(poorer, [("weekly_events", "injured")])) == [
        "weekly_tolls.injured follows weekly_events.injured, which it does not declare"
    ]


def test_an_origin_that_the_code_does_not_use_is_found() -> None:
    made = step("weekly tolls")
    field = made.tables["weekly_tolls"].field("injured")
    richer = replace(field, derived_from=(*field.derived_from, "weekly_events.events"))
    table = replace(
        made.tables["weekly_tolls"],
        fields=tuple(richer if f.name == "injured" else f for f in made.tables["weekly_tolls"].fields),
    )
    assert list(faults(replace(made, tables={"weekly_tolls": table}), [("weekly_events", "events")])) == [
        "weekly_tolls.injured declares weekly_events.events, but does not follow it"
    ]


def contract_with(folder: Path, old: str, new: str) -> Path:
    root = copytree(SCHEMAS, folder / "schemas")
    path = root / "tables" / "weekly_coverage.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("new", "says"),
    [
        ("derivedFrom: articles.duplicate", "field duplicates: derivedFrom: articles.duplicate is no column"),
        ("derivedFrom: inbox", "field duplicates: derivedFrom: inbox is no column"),
        ("unit: copies", "field duplicates: derivedFrom: None: name each column"),
        ("derivedFrom: [inputs, inputs]", "name each column it comes from once"),
    ],
)
def test_a_declaration_that_names_nothing_is_one_clear_error(tmp_path: Path, new: str, says: str) -> None:
    with pytest.raises(FieldledgerError, match="weekly_coverage") as caught:
        load_contract(contract_with(tmp_path, "derivedFrom: articles.duplicate_kind", new))
    assert says in str(caught.value)
