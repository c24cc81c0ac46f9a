"""Weeks are partitions up to the coding; what comes after rests on all of them, also when one is made anew."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import polars as pl

from pipeline.definitions import build_definitions
from pipeline.orchestrate.automation import all_weeks
from pipeline.run import open_instance
from tests.end_to_end.articles import write_jsonl
from tests.orchestrate.conftest import Deployed
from tests.orchestrate.deployment import RECORDS, deployment, record, run_job

WEEKLY = [dg.AssetKey("weekly_articles"), dg.AssetKey("weekly_coding")]


def test_the_mappings_are_said_and_not_guessed(deployed: Deployed) -> None:
    def mapping(asset: str, above: str) -> object:
        node = deployed.graph.get(dg.AssetKey(asset)).assets_def
        return node.get_partition_mapping(dg.AssetKey(above))

    assert isinstance(mapping("weekly_coding", "weekly_articles"), dg.IdentityPartitionMapping)
    assert isinstance(mapping("articles", "weekly_articles"), dg.AllPartitionMapping)
    assert isinstance(mapping("mentions", "weekly_coding"), dg.AllPartitionMapping)


def test_all_weeks_of_a_backfill_share_one_run(deployed: Deployed) -> None:
    for key in WEEKLY:
        assert deployed.graph.get(key).assets_def.backfill_policy == dg.BackfillPolicy.single_run()
    runs = {record.run_id for record in deployed.instance.fetch_materializations(WEEKLY[0], limit=10).records}
    assert runs == {deployed.released.run_id}


def test_one_week_made_anew_leaves_the_others_and_what_follows_sees_all(tmp_path: Path) -> None:
    bench = deployment(tmp_path)
    with open_instance(bench.settings) as instance:
        run_job(bench, "read_inputs_job", instance)
        weeks = instance.get_dynamic_partitions("publication_week")
        assert weeks == ["2021-02-08", "2021-02-15", "undated"]
        run_job(bench, "release_job", instance, tags=all_weeks(weeks), asset_selection=WEEKLY)
        before = {week: bench.store.current("weekly_coding", week) for week in weeks}

        write_jsonl(bench.settings.inputs[0] / "articles.jsonl", *RECORDS, record(6, "2021-02-17"))
        run_job(bench, "read_inputs_job", instance)
        run_job(bench, "release_job", instance, partition_key="2021-02-15", asset_selection=WEEKLY)
        after = {week: bench.store.current("weekly_coding", week) for week in weeks}
        assert {week for week in weeks if before[week] != after[week]} == {"2021-02-15"}

        graph = build_definitions(bench).resolve_asset_graph()
        tables = [key for key in graph.get_all_asset_keys() if key.path[-1] in ("sources", "articles", "article_texts")]
        run_job(bench, "release_job", instance, asset_selection=tables)
        articles = bench.store.load("articles")
    counts = articles.group_by(pl.col("week_start").cast(pl.String).fill_null("undated")).len()
    assert dict(counts.iter_rows()) == {"2021-02-08": 2, "2021-02-15": 3, "undated": 1}
