"""Two regions on one Dagster: nothing of one enters the other."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest

from pipeline.definitions import INBOX
from pipeline.deploy.locations import definitions_in, open_regions, write_workspace
from pipeline.errors import InputError
from pipeline.kept_apart import key_of
from pipeline.regions import load
from pipeline.run import open_instance
from tests.end_to_end.articles import RAID, write_jsonl
from tests.regions.makers import write_region


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Two deployments, each with a region of its own, on one Dagster."""
    packs = tmp_path / "packs"
    packs.mkdir()
    write_region(packs)
    (packs / "syria").symlink_to(load.HOME / "syria")
    monkeypatch.setattr(load, "HOME", packs)
    monkeypatch.chdir(tmp_path)
    for name in ("DATA_DIR", "REGION"):
        monkeypatch.delenv(f"FIELDLEDGER_{name}", raising=False)
    made = []
    for region, day in (("syria", "2021-02-02"), ("testland", "2021-03-09")):
        folder = tmp_path / region
        folder.mkdir()
        write_jsonl(folder / "articles.jsonl", RAID | {"published_at": day})
        (folder / "fieldledger.toml").write_text(
            f'region = "{region}"\ndagster_prefix = "{region}"\ndagster_home = "../dagster"\n'
            'inputs = ["articles.jsonl"]\n',
            encoding="utf-8",
        )
        made.append(folder)
    return made


def test_what_one_region_makes_is_not_made_of_the_other(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    regions = open_regions(folders)
    keys: dict[str, set[dg.AssetKey]] = {}
    with open_instance(regions[0][1]) as instance:
        for folder, settings in regions:
            defs = definitions_in(str(folder))
            monkeypatch.chdir(folder)
            prefix = settings.dagster_prefix
            job = defs.resolve_job_def("read_inputs_job")
            assert job.execute_in_process(instance=instance).success
            keys[prefix] = set(defs.resolve_asset_graph().get_all_asset_keys())
            assert all(key.path[0] == prefix for key in keys[prefix])
            checked = {check.asset_key for check in defs.resolve_asset_graph().asset_check_keys}
            assert checked <= keys[prefix]
        assert instance.get_dynamic_partitions("syria/publication_week") == ["2021-02-01"]
        assert instance.get_dynamic_partitions("testland/publication_week") == ["2021-03-08"]
        assert instance.get_dynamic_partitions("publication_week") == []
        for prefix in keys:
            assert instance.get_latest_materialization_event(key_of(prefix, "inbox")) is not None
        assert instance.get_latest_materialization_event(dg.AssetKey(INBOX[0])) is None
    assert not keys["syria"] & keys["testland"]
    assert {path.parents[1].name for path in tmp_path.rglob("store") if path.is_dir()} == {"syria", "testland"}


def test_lineage_of_columns_leads_to_tables_of_the_same_region(folders: list[Path]) -> None:
    graph = definitions_in(str(folders[1])).resolve_asset_graph()
    lineage = graph.get(key_of("testland", "articles")).metadata["dagster/column_lineage"]
    leads = {dep.asset_key for deps in lineage.deps_by_column.values() for dep in deps}
    assert {key_of("testland", "inputs"), key_of("testland", "region")} <= leads
    assert {key.path[0] for key in leads} == {"testland"}


def test_the_workspace_names_a_location_for_each_region(folders: list[Path]) -> None:
    regions = open_regions(folders)
    workspace = write_workspace(regions)
    text = workspace.read_text(encoding="utf-8")
    for folder, settings in regions:
        assert f"location_name: {settings.dagster_prefix}" in text
        module = workspace.parent / "locations" / f"{settings.dagster_prefix}.py"
        assert repr(str(folder)) in module.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('dagster_prefix = "testland"', "", "dagster_prefix is empty"),
        ('dagster_prefix = "testland"', 'dagster_prefix = "syria"', "dagster_prefix is syria, as in"),
        ('"../dagster"', '"elsewhere"', "name one folder in both"),
        ("inputs", 'data_dir = "../syria/data"\ninputs', "data_dir is "),
    ],
)
def test_regions_that_would_mix_are_refused(folders: list[Path], old: str, new: str, says: str) -> None:
    file = folders[1] / "fieldledger.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=says):
        open_regions(folders)


def test_a_setting_of_one_region_in_the_environment_of_all_is_refused(
    folders: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDLEDGER_REGION", "syria")
    with pytest.raises(InputError, match="would count for all regions"):
        open_regions(folders)
