"""Every asset tells maintainers what it is, whose it is, what it rests on, and what it holds."""

from __future__ import annotations

import re
from graphlib import TopologicalSorter
from pathlib import Path
from urllib.parse import urlsplit

import dagster as dg
import pytest

from pipeline.codebook import codebook_page
from pipeline.contracts import load_contract
from pipeline.definitions import INBOX, build_definitions
from pipeline.errors import InputError
from pipeline.lineage import PARTS
from pipeline.run import SITE
from pipeline.settings import load_settings
from pipeline.site.rules_text import rules_of
from tests.orchestrate.conftest import Deployed
from tests.orchestrate.deployment import RECORDS, SECRET_WORDS, deployment


def materialisations(deployed: Deployed) -> list[dg.AssetMaterialization]:
    events = [
        *deployed.read.get_asset_materialization_events(),
        *deployed.released.get_asset_materialization_events(),
    ]
    return [event.step_materialization_data.materialization for event in events]


def test_every_asset_has_group_description_owner_kinds_tags_version_and_a_link_to_the_codebook(
    deployed: Deployed,
) -> None:
    for key in deployed.graph.get_all_asset_keys():
        node = deployed.graph.get(key)
        assert node.group_name != "default", key
        assert len(node.description or "") > 20, key
        assert node.owners == ["team:maintainers"], key
        assert node.kinds, key
        assert node.tags["region"] == "syria", key
        assert node.tags["stage"] in {*PARTS}, key
        assert re.fullmatch("[0-9a-f]{16}", node.code_version or ""), key
        assert node.metadata["codebook"].value.startswith(deployed.bench.settings.site_url), key


def test_groups_are_a_row_and_none_rests_on_one_that_rests_on_it(deployed: Deployed) -> None:
    above: dict[str, set[str]] = {}
    for key in deployed.graph.get_all_asset_keys():
        node = deployed.graph.get(key)
        mine = above.setdefault(str(node.group_name), set())
        mine |= {str(deployed.graph.get(parent).group_name) for parent in node.parent_keys} - {node.group_name}
    order = [*TopologicalSorter(above).static_order()]
    assert order.index("ingest") < order.index("extract") < order.index("resolve") < order.index("correct")
    assert order.index("aggregate") < order.index("plan") < order.index("brief") < order.index("release")
    assert order[-1] == "site"


def test_links_lead_to_sections_that_the_codebook_and_the_methodology_have(deployed: Deployed) -> None:
    anchors = {"codebook.html": {table.name for table in load_contract().published}, "methodology.html": _rules()}
    for key in deployed.graph.get_all_asset_keys():
        metadata = deployed.graph.get(key).metadata
        address = urlsplit(metadata["codebook"].value)
        page = Path(address.path).name
        assert address.fragment in anchors[page], (key, address.fragment)
        file = Path(metadata["codebook_file"].value)
        assert file.read_text(encoding="utf-8") == codebook_page(load_contract())


def _rules() -> set[str]:
    _, rules = rules_of(load_contract().rules)
    return {rule.anchor for rule in rules}


def test_every_materialisation_tells_rows_and_the_first_of_them(deployed: Deployed) -> None:
    made = materialisations(deployed)
    assert {m.asset_key for m in made} == deployed.graph.get_all_asset_keys() - {dg.AssetKey(SITE)}
    for one in made:
        rows = one.metadata["dagster/row_count"].value
        text = one.metadata["preview"].value
        assert isinstance(rows, int), one.asset_key
        assert isinstance(text, str), one.asset_key
        assert f"of {rows:,} rows" in text, one.asset_key
        assert (one.tags or {})["dagster/data_version_is_user_provided"] == "true", one.asset_key


def test_no_words_of_articles_stand_in_any_metadata(deployed: Deployed) -> None:
    for one in materialisations(deployed):
        said = str({name: value.value for name, value in one.metadata.items()})
        assert SECRET_WORDS not in said, one.asset_key
        assert "skirmish" not in said.lower(), one.asset_key


def test_each_week_tells_its_own_rows(deployed: Deployed) -> None:
    weekly = {
        m.partition: int(str(m.metadata["dagster/row_count"].value))
        for m in materialisations(deployed)
        if m.asset_key == dg.AssetKey("weekly_articles")
    }
    assert weekly == {"2021-02-08": 2, "2021-02-15": 2, "undated": 1}
    assert sum(weekly.values()) == len(RECORDS)


def test_what_reads_files_or_publishes_is_tried_again_and_what_is_large_or_publishes_waits_in_a_pool(
    deployed: Deployed,
) -> None:
    assets = {key.path[-1]: deployed.graph.get(key).assets_def.op for key in deployed.graph.get_all_asset_keys()}
    tried = {name for name, op in assets.items() if op.retry_policy is not None}
    assert tried >= {*INBOX, "predecessor", "release", "uploads", SITE}
    assert "mentions" not in tried, "a contract that is broken stays broken"
    pools = {name: op.pool for name, op in assets.items() if op.pool}
    assert {name for name, pool in pools.items() if pool == "parser"} == {"weekly_coding", "accuracy"}
    assert {"predecessor", "release_plan", "release", "uploads"} <= {
        n for n, pool in pools.items() if pool == "release"
    }


def test_inputs_and_releases_have_a_date_by_which_they_should_be_made(deployed: Deployed) -> None:
    policy = deployed.graph.get(dg.AssetKey("inbox")).freshness_policy_or_from_metadata
    assert policy == dg.FreshnessPolicy.cron("0 12 * * 1", policy.serializable_lower_bound_delta.to_timedelta())
    for name in ("release", "briefings", SITE):
        assert deployed.graph.get(dg.AssetKey(name)).freshness_policy_or_from_metadata is not None
    assert deployed.graph.get(dg.AssetKey("events")).freshness_policy_or_from_metadata is None


def test_owners_are_those_of_the_deployment(tmp_path: Path) -> None:
    bench = deployment(tmp_path, owners=("team:desk", "desk@example.org"))
    graph = build_definitions(bench).resolve_asset_graph()
    assert graph.get(dg.AssetKey("events")).owners == ["team:desk", "desk@example.org"]
    for wrong in ("desk", "team:", "team:a b", "a@b"):
        with pytest.raises(InputError, match=r"setting owners: .*team:NAME"):
            load_settings(owners=(wrong,))


@pytest.mark.parametrize(
    ("name", "cron"),
    [("reading_deadline", "0 99 * * 1"), ("reading_deadline", "* * * * *"), ("release_cron", "9 9 9 9 9")],
)
def test_a_cron_that_cannot_be_used_is_refused_by_its_name(name: str, cron: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=f"setting {name}: .*cron"):
        build_definitions(deployment(tmp_path, **{name: cron}))
    with pytest.raises(InputError, match=f"setting {name}"):
        load_settings(**{name: "weekly"})
