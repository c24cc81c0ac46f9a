"""Each thing that can be wrong with a deployment is found, with what to do, and tells itself by the exit code."""

from __future__ import annotations

import json
import os
import shutil
from collections import namedtuple
from importlib import metadata
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.deploy import look_at_machine
from pipeline.deploy.doctor import OK, WARN, WRONG, examine
from pipeline.run import open_instance
from pipeline.settings import Settings
from pipeline.storage import Store
from tests.release import small

Usage = namedtuple("Usage", "total used free")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("template") / "data"
    for step in range(2):
        small.publish_step(data_dir / "releases", step)
    store = Store(data_dir / "store")
    store.point("events", None, store.put(pl.DataFrame({"y": [2]})))
    return data_dir


@pytest.fixture
def data_dir(template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in [name for name in os.environ if name.startswith("FIELDLEDGER_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("pipeline.deploy.look_at_store.verify_release", lambda path: _verify(path))
    return Path(shutil.copytree(template, tmp_path / "data", symlinks=True))


def _verify(path: Path) -> list[str]:
    from pipeline.release.verify import verify_release

    return [str(finding) for finding in verify_release(path, small.CONTRACT)]


def found(data_dir: Path, subject: str, *, deep: bool = False) -> list[tuple[str, str, str]]:
    return [(f.level, f.says, f.remedy) for f in examine(data_dir, deep=deep) if f.subject == subject]


def test_a_sound_deployment_has_nothing_wrong(data_dir: Path) -> None:
    done = CliRunner().invoke(app, ["doctor", "--deep", "--data-dir", str(data_dir)])
    assert done.exit_code == 0, done.output
    assert "0 wrong" in done.output


def test_settings_that_cannot_be_read_are_wrong_and_misspelt_variables_are_named(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDLEDGER_DATADIR", "x")
    assert found(data_dir, "settings")[0][:2] == (WARN, "FIELDLEDGER_DATADIR in the environment is no setting")
    Path("fieldledger.toml").write_text("nonsense = 1\n")
    assert found(data_dir, "settings")[-1][0] == WRONG
    done = CliRunner().invoke(app, ["doctor", "--json", "--data-dir", str(data_dir)])
    assert done.exit_code == 1
    assert json.loads(done.stdout)[-1]["subject"] == "settings"


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("RELEASE_CRON", "61 * * * *", "setting release_cron: 61"),
        ("READING_DEADLINE", "0 25 * * 1", "setting reading_deadline: 0 25"),
        ("CHECK_LIMITS", '{"share_of_lies": 1}', "setting check_limits: there is no limit share_of_lies"),
    ],
)
def test_times_and_limits_that_cannot_be_used_are_told(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    ((level, told, _),) = found(data_dir, "automation")
    assert (level, told.partition(",")[0]) == (OK, "release_cron 0 6 * * 1 (UTC)")
    monkeypatch.setenv(f"FIELDLEDGER_{name}", value)
    ((level, told, _),) = found(data_dir, "automation")
    assert level == WRONG
    assert told.startswith(says)


def test_a_model_a_region_and_inputs_that_are_not_there_are_told(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDLEDGER_MODEL", "no_such_model")
    monkeypatch.setenv("FIELDLEDGER_REGION", "atlantis")
    monkeypatch.setenv("FIELDLEDGER_INPUTS", '["nowhere.jsonl"]')
    for subject in ("model", "region", "inputs"):
        assert found(data_dir, subject)[0][0] == WRONG, subject


def test_a_full_disk_and_a_file_in_place_of_the_folder_are_told(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Usage(10**9, 10**9, 1000))
    assert found(data_dir, "disk")[0][0] == WRONG
    file = data_dir.with_name("file")
    file.write_text("")
    assert found(file, "permissions")[0][::2] == (WRONG, "name a folder in data_dir")


def test_a_folder_that_may_not_be_written_is_told(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path).name != "store")
    assert found(data_dir, "permissions")[0][0] == WRONG


def test_damaged_objects_are_put_aside_and_lost_ones_told(data_dir: Path) -> None:
    path = next((data_dir / "store" / "objects").rglob("*.parquet"))
    path.write_bytes(b"torn")
    told = found(data_dir, "store")
    assert [level for level, *_ in told] == [WRONG, WARN, WRONG]
    assert "quarantine" in told[0][1]
    assert "leads to no object" in told[2][1]


def test_latest_and_damaged_releases_are_told(data_dir: Path) -> None:
    latest = data_dir / "releases" / "latest"
    latest.unlink()
    latest.symlink_to("v1.0.0")
    assert found(data_dir, "latest")[0][0] == WRONG
    (data_dir / "releases" / small.NEXT / "CODEBOOK.md").write_bytes(b"altered")
    assert [level for level, *_ in found(data_dir, "releases")] == [OK], "latest is whole"
    assert WRONG in [level for level, *_ in found(data_dir, "releases", deep=True)]


def test_an_object_store_without_credentials_and_a_place_that_is_none_are_told(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDLEDGER_BACKUP_TO", "https://somewhere/x")
    assert found(data_dir, "backup_to")[0][0] == WRONG


def test_records_of_dagster_are_opened(data_dir: Path) -> None:
    with open_instance(Settings(data_dir=data_dir)):
        pass
    assert found(data_dir, "dagster")[0][0] == OK
    (data_dir / "dagster" / "dagster.yaml").write_text("a: [", encoding="utf-8")
    assert found(data_dir, "dagster")[0][0] == WRONG


def test_packages_are_held_to_the_lock(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lock = tmp_path / "lock"
    lock.write_text("polars==0.0.1 \\\n    --hash=sha256:x\ntyper==0.0 ; sys_platform == 'nowhere' \\\n", "utf-8")
    assert look_at_machine.locked(lock.read_text()) == {"polars": "0.0.1"}
    monkeypatch.setattr(look_at_machine, "LOCK", lock)
    (finding,) = look_at_machine.packages(Settings())
    assert finding.level == WARN
    assert f"polars {metadata.version('polars')} (locked 0.0.1)" in finding.says
