"""Pools have limits in every instance, old and new, and what a maintainer wrote stays."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.errors import InputError
from pipeline.orchestrate.instance import POOLS, with_pools
from pipeline.run import open_instance
from pipeline.settings import Settings

OLD = "# Written by fieldledger.\ntelemetry:\n  enabled: false\nnux:\n  enabled: false\n"


def test_an_instance_that_exists_gets_limits_and_keeps_its_words(tmp_path: Path) -> None:
    file = tmp_path / "dagster" / "dagster.yaml"
    file.parent.mkdir()
    file.write_text(OLD, encoding="utf-8")
    for _ in range(2):
        with open_instance(Settings(data_dir=tmp_path)) as instance:
            settings = instance.get_concurrency_config()
            assert settings.pool_config.default_pool_limit == 1
            assert settings.pool_config.pool_granularity is not None
            assert settings.pool_config.pool_granularity.value == "run"
        assert file.read_text(encoding="utf-8").startswith(OLD + POOLS)


@pytest.mark.parametrize("word", ["concurrency: {pools: {default_limit: 4}}", "run_queue: {max_concurrent_runs: 9}"])
def test_limits_of_a_maintainer_stay(word: str) -> None:
    assert with_pools(f"{word}\n", "x") == f"{word}\n"


def test_an_empty_file_gets_limits() -> None:
    assert yaml.safe_load(with_pools("", "x"))["concurrency"]["pools"]["default_limit"] == 1


@pytest.mark.parametrize("text", ["a: [", "- a\n", "words"])
def test_a_file_that_cannot_be_read_is_named(text: str) -> None:
    with pytest.raises(InputError, match=r"home/dagster\.yaml: .*move it away"):
        with_pools(text, "home/dagster.yaml")
