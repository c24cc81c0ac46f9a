"""The code version of an asset changes with what its result rests on, and with nothing else."""

from __future__ import annotations

import ast
import dataclasses
import inspect
from pathlib import Path
from typing import Any

import pytest

from pipeline.definitions import ROOMS, assets_and_checks
from pipeline.orchestrate import versions
from pipeline.orchestrate.versions import RESTS_ON, asset_version
from pipeline.settings import OF_THIS_MACHINE, Settings
from pipeline.workbench import Workbench
from tests.orchestrate.conftest import Deployed

OTHER: dict[str, Any] = {
    "extractor": "tests.extract.double:Other",
    "model": "another",
    "max_record_bytes": 5_000,
    "latest_date": "2090-01-01",
    "source_date_epoch": 7,
    "partition_rows": 3,
    "release_version": "9.0.0",
    "region": "elsewhere",
}


def by_name(bench: Workbench) -> dict[str, str]:
    return {name: asset_version(name, "own", bench) for name in RESTS_ON}


def test_every_name_is_that_of_an_asset(deployed: Deployed) -> None:
    assert set(RESTS_ON) <= {key.path[-1] for key in deployed.graph.get_all_asset_keys()}
    assert set(versions.ALSO_CODE) <= set(RESTS_ON)


def test_a_setting_that_enters_a_release_changes_the_version_of_what_reads_it(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(versions, "backend_version", lambda name: f"version of {name}")
    before = by_name(deployed.bench)
    entering = Settings.model_fields.keys() - OF_THIS_MACHINE
    assert entering == OTHER.keys(), "say here what another value of a new setting is"
    for name in entering - {"region"}:  # the region counts by its content, below
        said = {**deployed.bench.settings.model_dump(), name: OTHER[name]}
        after = by_name(dataclasses.replace(deployed.bench, settings=Settings(**said)))
        changed = {asset for asset in before if before[asset] != after[asset]}
        assert changed == {asset for asset, words in RESTS_ON.items() if name in words}
        assert changed, name


def test_knowledge_of_the_region_changes_what_asks_it(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    before = by_name(deployed.bench)
    monkeypatch.setattr(type(deployed.bench.region), "digest", lambda _: "other knowledge")
    after = by_name(deployed.bench)
    changed = {asset for asset in before if before[asset] != after[asset]}
    assert {"weekly_coding", "inbox", "places", "weekly_events"} <= changed
    assert not changed & {"events", "correction_files", "coding_backend", "site"}


def test_who_codes_counts_by_its_own_version(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    before = by_name(deployed.bench)
    monkeypatch.setattr(versions, "backend_version", lambda name: "a later one")
    after = by_name(deployed.bench)
    assert {asset for asset in before if before[asset] != after[asset]} == {
        "coding_backend",
        "weekly_coding",
        "accuracy",
    }


def test_the_lock_counts_everywhere(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    before = asset_version("events", "own", deployed.bench)
    assert before != asset_version("events", "other", deployed.bench)
    monkeypatch.setattr(versions, "lock_version", lambda: "other libraries")
    assert before != asset_version("events", "own", deployed.bench)


def test_an_asset_that_asks_the_region_or_a_setting_says_so() -> None:
    """What the functions of the assets read of the workbench stands in their code; helpers are read with them."""
    for module in ROOMS:
        tree = ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))
        functions = {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}
        for asset in vars(module).values():
            keys = getattr(asset, "keys", None)
            if not keys or not hasattr(asset, "op"):
                continue
            code = functions[asset.op.compute_fn.decorated_fn.__name__]
            read = _reads(code, functions, set())
            said = {word for key in keys for word in RESTS_ON.get(key.path[-1], ())}
            asked = {name for name in read if name in OTHER}
            assert asked <= said, (module.__name__, code.name)


def _reads(code: ast.FunctionDef, functions: dict[str, ast.FunctionDef], seen: set[str]) -> set[str]:
    names = {node.attr for node in ast.walk(code) if isinstance(node, ast.Attribute)}
    calls = (node.func for node in ast.walk(code) if isinstance(node, ast.Call))
    called = {call.id for call in calls if isinstance(call, ast.Name)} & functions.keys()
    for name in called - seen:
        seen.add(name)
        names |= _reads(functions[name], functions, seen)
    return names


def test_versions_follow_from_the_deployment_alone(deployed: Deployed) -> None:
    def all_versions() -> dict[str, str | None]:
        assets = assets_and_checks(deployed.bench)
        return {spec.key.to_user_string(): spec.code_version for a in assets if hasattr(a, "specs") for spec in a.specs}

    assert all_versions() == all_versions()
