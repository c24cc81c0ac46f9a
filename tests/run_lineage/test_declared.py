"""What the contract declares of columns is what the code does with them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest

from pipeline.contracts import SCHEMAS, Table, load_contract
from pipeline.errors import FieldledgerError
from tests.run_lineage.judged import burdened, declares_unfollowed, follows_undeclared, relieved
from tests.run_lineage.steps import STEPS, seen, seen_of, step
from tests.run_lineage.taint import Trial

pytestmark = pytest.mark.xdist_group("column lineage")
"""What was seen is found once a process."""
TABLES = load_contract().tables
UNRELATED = "actors.aliases"
"""A column that enters no other."""


@pytest.mark.parametrize("name", STEPS)
def test_nothing_follows_what_it_does_not_declare(name: str) -> None:
    assert sorted(set(follows_undeclared(TABLES, seen(name)))) == []


def test_everything_follows_what_it_declares() -> None:
    assert [fault for table in TABLES.values() for fault in declares_unfollowed(table, seen_of(table.name))] == []


def test_every_table_of_the_contract_is_made_by_a_step_that_is_looked_at() -> None:
    assert {table for name in STEPS for table in step(name).outputs} == set(TABLES)


def declarations(table: Table) -> Iterator[tuple[str | None, str]]:
    """Yield each column, None for the rows, with each of its origins."""
    yield from ((None, origin) for origin in table.rows_from)
    yield from ((field.name, origin) for field in table.fields for origin in field.derived_from)


def covered(table: Table, column: str | None, origin: str, found: list[Trial]) -> bool:
    """Tell whether something else that is declared lets the column, or the rows, follow the origin."""
    keys = {name for key in table.primary_key for name in table.field(key).derived_from}
    others = {name for trial in found if origin in trial.names for name in trial.names} - {origin}
    if column is None:
        return origin in keys or bool(others & (keys | set(table.rows_from)))
    return bool(({origin} | others) & set(table.rows_from)) or bool(others & set(table.field(column).derived_from))


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_each_origin_that_is_not_declared_any_more_is_found(table: Table) -> None:
    for column, origin in declarations(table):
        found = [trial for trial in seen_of(table.name) if origin in trial.names]
        poorer = {table.name: relieved(table, column, origin)}
        missed = not list(follows_undeclared(poorer, found))
        assert not missed or covered(table, column, origin, found), (column, origin)


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES)
def test_each_origin_that_the_code_does_not_use_is_found(table: Table) -> None:
    for column in (None, *table.columns):
        (fault,) = declares_unfollowed(burdened(table, column, UNRELATED), seen_of(table.name))
        assert fault.endswith(f"declares {UNRELATED}, but does not follow it")


def test_values_that_are_handed_on_are_found_even_where_their_column_decides_on_the_rows() -> None:
    assert "places.latitude" in TABLES["events"].rows_from
    poorer = relieved(TABLES["events"], "latitude", "places.latitude")
    assert "events.latitude follows places.latitude, which it does not declare" in set(
        follows_undeclared({"events": poorer}, seen("events"))
    )


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
