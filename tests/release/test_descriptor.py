"""The descriptor says what the release is, and carries the contract that the release keeps to."""

from __future__ import annotations

import dataclasses
from typing import Any

import polars as pl
import pytest

from pipeline.contracts import Table, load_contract
from pipeline.errors import FieldledgerError
from pipeline.release.descriptor import describe_package, describe_table, table_of
from pipeline.release.files import FileRecord
from pipeline.release.manifest import TableRecord
from pipeline.release.tables import csv_bytes, escapable, publishable
from tests.release.factory import CONTRACT, about, with_values, world


def describe(tables: dict[str, pl.DataFrame]) -> dict[str, Any]:
    records = [
        TableRecord(
            t.name,
            1,
            1,
            FileRecord(f"data/{t.name}.csv", 1, "0"),
            FileRecord(f"data/{t.name}.parquet", 2, "1"),
        )
        for t in CONTRACT.published
    ]
    return describe_package(about(tables), records)


@pytest.mark.parametrize("table", CONTRACT.published, ids=lambda table: table.name)
def test_the_contract_of_a_table_reads_back_from_its_resource(table: Table) -> None:
    read = table_of(describe_table(table))
    assert describe_table(read) == describe_table(table)
    assert [dict(field.constraints) for field in read.fields] == [dict(field.constraints) for field in table.fields]
    assert (read.primary_key, read.foreign_keys, read.checks) == (
        table.primary_key,
        table.foreign_keys,
        table.checks,
    )
    assert read.polars_schema() == table.polars_schema()


def test_describing_leaves_the_contract_as_it_is() -> None:
    before = load_contract().tables["articles"].resource()
    describe_table(load_contract().tables["articles"])
    assert load_contract().tables["articles"].resource() == before


@pytest.mark.parametrize("resource", [{}, {"name": "x"}, {**describe_table(CONTRACT.tables["events"]), "schema": None}])
def test_a_resource_of_another_tool_is_one_clear_error(resource: dict[str, Any]) -> None:
    with pytest.raises(FieldledgerError, match=r"datapackage\.json"):
        table_of(resource)


@pytest.mark.parametrize("table", CONTRACT.published, ids=lambda table: table.name)
def test_the_longest_text_allowed_fits_the_descriptor_when_it_is_escaped(table: Table) -> None:
    for field, described in zip(table.fields, describe_table(table)["schema"]["fields"], strict=True):
        if limit := field.constraints.get("maxLength") if escapable(field) else None:
            text = "=" * limit
            alone = dataclasses.replace(table, fields=(field,), primary_key=(field.name,))
            frame = publishable(alone, pl.DataFrame({field.name: [text]}))
            written = csv_bytes(alone, frame).decode().splitlines()[1]
            assert len(written) == limit + 1 == described["constraints"]["maxLength"]


def test_the_package_says_version_time_licence_coverage_and_where_the_parquet_is() -> None:
    package = describe(world())
    assert (package["name"], package["version"], package["created"]) == (
        "fieldledger-testland", "1.0.0", "2021-02-12T00:00:00Z",
    )  # fmt: skip
    assert package["licenses"][0]["name"] == "CC-BY-4.0"
    assert package["temporal"] == {"start": "2021-02-01", "end": "2021-02-14"}
    assert package["spatial"]["bbox"] == [35.0, 32.0, 42.5, 37.5]
    assert {"title": "Orchard Post (invented outlet)"} in package["sources"]
    events = next(resource for resource in package["resources"] if resource["name"] == "events")
    assert (events["path"], events["bytes"], events["hash"]) == ("data/events.csv", 1, "sha256:0")
    assert events["fieldledger:parquet"]["hash"] == "sha256:1"
    assert "fieldledger:rows" in events
    assert package["id"] == "fieldledger-testland-1.0.0"


def test_columns_carry_their_hxl_tag_and_examples_are_text_whatever_the_type() -> None:
    tables = {resource["name"]: resource["schema"]["fields"] for resource in describe(world())["resources"]}
    fields = {(table, field["name"]): field for table, listed in tables.items() for field in listed}
    assert fields["events", "fatalities_low"]["fieldledger:hxl"] == "#affected+killed+min"
    assert "fieldledger:hxl" not in fields["articles", "text_sha256"]
    assert (fields["events", "disputed"]["example"], fields["events", "fatalities_low"]["example"]) == ("false", "3")


def test_a_package_that_covers_no_week_says_so() -> None:
    tables = world()
    tables["weekly_coverage"] = tables["weekly_coverage"].clear()
    assert describe(tables)["temporal"] == {"start": None, "end": None}


def test_invented_data_say_so_first_and_real_data_do_not() -> None:
    invented, real = describe(world()), describe(world(invented=False))
    assert invented["title"].startswith("Invented demonstration data")
    assert invented["description"].startswith("INVENTED DEMONSTRATION DATA")
    assert "invented" not in (real["title"] + real["description"]).lower()
    assert all("invented" not in source["title"] for source in real["sources"][:3])


def test_a_mixture_is_called_partly_invented() -> None:
    tables = world(invented=False)
    tables["sources"] = with_values(tables["sources"], {"source_id": "river-wire"}, invented=True)
    assert describe(tables)["description"].startswith("PARTLY INVENTED")
