"""Dagster as maintainers meet it: all assets, in groups, with schemas, checks and weeks."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipeline.contracts import load_contract
from pipeline.definitions import build_definitions
from pipeline.settings import Settings
from pipeline.workbench import open_workbench


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> dg.AssetGraph:
    bench = open_workbench(Settings(data_dir=tmp_path_factory.mktemp("dagster"), inputs=()))
    definitions = build_definitions(bench)
    dg.Definitions.validate_loadable(definitions)
    return definitions.resolve_asset_graph()


def test_every_table_of_the_contract_is_an_asset_with_its_schema_and_its_check(graph: dg.AssetGraph) -> None:
    checked = {key.asset_key for key in graph.asset_check_keys if key.name == "keeps_to_contract"}
    for table in load_contract().tables.values():
        key = dg.AssetKey(table.name)
        node = graph.get(key)
        schema = node.metadata["dagster/column_schema"]
        assert [column.name for column in schema.columns] == list(table.columns)
        assert key in checked


def test_every_stage_balances_its_books_in_a_check(graph: dg.AssetGraph) -> None:
    names = {key.asset_key.to_user_string() for key in graph.asset_check_keys if key.name == "books_balance"}
    assert names == {"ingest_books", "extract_books", "resolve_books", "correct_books", "aggregate_books"}


def test_ingest_and_extraction_are_partitioned_by_week_and_nothing_after_them(graph: dg.AssetGraph) -> None:
    weekly = {key.to_user_string() for key in graph.get_all_asset_keys() if graph.get(key).is_partitioned}
    assert weekly == {"weekly_articles", "weekly_coding"}


def test_every_asset_has_a_group_a_description_and_a_code_version(graph: dg.AssetGraph) -> None:
    groups = {"regions", "ingest", "extract", "resolve", "correct", "aggregate", "evaluate", "release", "brief"}
    groups |= {"history", "accounts", "plan", "site"}
    for key in graph.get_all_asset_keys():
        node = graph.get(key)
        assert node.group_name in groups
        assert node.description, key
        assert node.code_version, key


def test_data_flow_one_way_from_the_inbox_to_the_release(graph: dg.AssetGraph) -> None:
    above = {key.to_user_string() for key in graph.get_ancestor_asset_keys(dg.AssetKey("release"))}
    assert {"inbox", "weekly_articles", "weekly_coding", "mentions", "events", "weekly_events", "briefings"} <= above


def test_nothing_is_reported_and_nobody_is_asked_to_sign_up(tmp_path: Path) -> None:
    from pipeline.run import open_instance

    with open_instance(Settings(data_dir=tmp_path)) as instance:
        assert not instance.telemetry_enabled
        assert not instance.nux_enabled
