"""What is made, stale, failed and due, from Dagster's own records."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import dagster as dg
import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.definitions import INBOX, assets_and_checks, resources
from pipeline.deploy.status import _due, lines, status_of
from pipeline.kept_apart import keys_of
from pipeline.run import QUIET, open_instance
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.end_to_end.articles import CLASH, RAID, write_jsonl


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    write_jsonl(tmp_path / "a.jsonl", RAID)
    return Settings(data_dir=tmp_path / "data", inputs=(tmp_path / "a.jsonl",))


def test_what_is_made_stale_and_failed_is_told(settings: Settings) -> None:
    bench = open_workbench(settings)

    @dg.asset
    def breaks() -> None:
        raise ValueError("the reason")

    with open_instance(settings) as instance:
        dg.materialize(
            assets_and_checks(bench), selection=keys_of("", *INBOX), instance=instance, resources=resources(bench),
            run_config=QUIET,
        )  # fmt: skip
        fine = status_of(settings)
        dg.materialize([breaks], instance=instance, run_config=QUIET, raise_on_error=False)
    made = {asset.asset: asset for asset in fine.assets}
    assert made["inbox"].rows == 1
    assert made["inbox"].made
    assert made["inbox"].stale == ()
    assert made["events"].stale == ("never made",)
    assert (fine.inputs, fine.failed, fine.latest, fine.newest_week) == ((), None, None, "2021-02-08")
    write_jsonl(settings.inputs[0], RAID, CLASH)
    later = status_of(settings)
    assert later.inputs == ("files new or changed since: 1", "files read that are gone or changed: 1")
    assert later.failed is not None
    assert later.failed.steps == ("breaks: ValueError: the reason",)
    assert "due      no schedule is set" in lines(later) or later.due
    settings.inputs[0].unlink()
    (gone,) = status_of(settings).inputs
    assert gone == f"{settings.inputs[0]}: there is no such file or folder; give the path of an input that exists"


def test_the_next_due_is_counted_in_utc(tmp_path: Path) -> None:
    job = dg.define_asset_job("weekly")
    on = dg.ScheduleDefinition(name="monday", job=job, cron_schedule="0 6 * * 1", execution_timezone="UTC")
    with open_instance(Settings(data_dir=tmp_path)) as instance:
        (due,) = _due(dg.Definitions(schedules=[on], jobs=[job]), instance, datetime(2026, 11, 29, tzinfo=UTC))
    assert (due.next, due.on) == ("2026-11-30T06:00:00Z", False)


def test_the_command_tells_it_as_json(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["status", "--json", "--data-dir", str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["newest"] is None
    assert not list(tmp_path.iterdir()), "who asks leaves nothing behind"
