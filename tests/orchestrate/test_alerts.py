"""Alerts reach a webhook with what failed and no more, and whatever becomes of them, the run goes on."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

from pipeline import run as main_job
from pipeline.definitions import build_definitions
from pipeline.errors import InputError
from pipeline.orchestrate.alerts import Alert, send
from pipeline.orchestrate.run_account import TOGETHER, alert_of, alerting
from pipeline.run import open_instance
from pipeline.settings import Settings, load_settings
from tests.orchestrate.conftest import Deployed
from tests.orchestrate.deployment import SECRET_WORDS, deployment, run_job
from tests.orchestrate.receiver import receiver

ALERT = Alert("fieldledger: the run failed", "run-1", "syria", "http://127.0.0.1:3000/runs/run-1", ("read_inputs: X",))


def settings(url: str | None, **said: Any) -> Settings:
    return Settings(data_dir=Path("nowhere"), alert_webhook=url, **said)


def test_a_receiver_gets_words_and_fields() -> None:
    with receiver() as server:
        assert send(ALERT, settings(server.url))
        (body,) = server.bodies
    assert body == {
        "title": "fieldledger: the run failed",
        "text": "fieldledger: the run failed (region syria)\nstep read_inputs: X\nhttp://127.0.0.1:3000/runs/run-1",
        "run": "run-1",
        "region": "syria",
        "failed_steps": ["read_inputs: X"],
        "failed_checks": [],
        "warnings": [],
        "link": "http://127.0.0.1:3000/runs/run-1",
    }


def test_one_failure_is_tried_once_more_and_two_are_enough(caplog: pytest.LogCaptureFixture) -> None:
    with receiver(500, 200) as server:
        assert send(ALERT, settings(server.url))
        assert len(server.bodies) == 2
    with receiver(503) as server:
        assert not send(ALERT, settings(server.url))
        assert len(server.bodies) == 2
    assert "HTTPError 503" in caplog.text
    assert "127.0.0.1" in caplog.text
    assert "SECRET-TOKEN" not in caplog.text


def test_a_receiver_that_does_not_answer_costs_seconds_and_no_run(caplog: pytest.LogCaptureFixture) -> None:
    with receiver(delay=0.3) as server:
        assert not send(ALERT, settings(server.url), timeout=0.05)
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/SECRET-TOKEN"
    assert not send(ALERT, settings(nobody))
    assert "SECRET-TOKEN" not in caplog.text


def test_an_alert_is_not_led_elsewhere() -> None:
    with receiver(302) as server:
        assert not send(ALERT, settings(server.url))
        assert set(server.paths) == {"/services/SECRET-TOKEN"}


def test_without_a_webhook_nothing_is_sent() -> None:
    assert not send(ALERT, settings(None))


@pytest.mark.parametrize(
    "url", ["ftp://example.org/SECRET-TOKEN", "SECRET-TOKEN", "https:///SECRET-TOKEN", "file:///etc"]
)
def test_an_address_that_is_none_is_refused_and_never_told(url: str) -> None:
    with pytest.raises(InputError, match="setting alert_webhook") as raised:
        load_settings(alert_webhook=url)
    assert url not in str(raised.value)


def test_the_address_is_in_no_text_of_the_settings() -> None:
    said = settings("https://hooks.example.org/SECRET-TOKEN")
    assert "SECRET-TOKEN" not in f"{said!r} {said.model_dump(mode='json')}"
    assert "alert_webhook" not in said.entering()


def test_a_run_that_fails_is_told_with_its_step_and_raises_as_before(tmp_path: Path) -> None:
    with receiver() as server:
        bench = deployment(tmp_path, alert_webhook=server.url)
        (tmp_path / "inbox" / "articles.jsonl").unlink()
        (tmp_path / "inbox").rmdir()
        with pytest.raises(InputError, match="there is no such file or folder"):
            main_job.run(bench)
        (body,) = server.bodies
    assert body["failed_steps"] == ["read_inputs: InputError"]
    assert body["link"] == f"http://127.0.0.1:3000/runs/{body['run']}"
    assert len(body["run"]) == 36


def test_an_error_before_any_step_is_told_too() -> None:
    with receiver() as server, dg.DagsterInstance.ephemeral() as instance:
        with pytest.raises(ZeroDivisionError), alerting(settings(server.url), instance):
            raise ZeroDivisionError(SECRET_WORDS)
        (body,) = server.bodies
    assert body["failed_steps"] == ["before any step: ZeroDivisionError"]
    assert SECRET_WORDS not in body["text"]


def test_a_record_that_cannot_be_read_ends_no_run(monkeypatch: pytest.MonkeyPatch) -> None:
    with receiver() as server, dg.DagsterInstance.ephemeral() as instance:
        monkeypatch.setattr(instance, "get_run_ids", lambda *_: 1 / 0)
        with alerting(settings(server.url), instance):
            pass
        assert server.bodies == []


def test_warnings_are_told_where_the_settings_say_so(deployed: Deployed) -> None:
    run_ids = [deployed.released.run_id]
    assert alert_of(deployed.instance, run_ids, settings("https://example.org/")) is None
    alert = alert_of(deployed.instance, run_ids, settings("https://example.org/", alert_on_warnings=True))
    assert alert is not None
    assert alert.title == "fieldledger: the run is done, with warnings"
    (line,) = alert.warnings
    assert line.startswith("share_rejected of extract_books: ")
    assert SECRET_WORDS not in alert.text


def test_a_check_that_stops_is_told_without_what_it_saw() -> None:
    @dg.asset
    def figure() -> int:
        return 1

    @dg.asset_check(asset=figure, blocking=True)
    def keeps_to_contract() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=False, description=SECRET_WORDS, metadata={"first": SECRET_WORDS})

    quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
    with receiver() as server, dg.DagsterInstance.ephemeral() as instance:
        with alerting(settings(server.url), instance) as tags:
            assert set(tags) == {TOGETHER}
            made = [figure, keeps_to_contract]
            dg.materialize(made, instance=instance, tags=tags, run_config=quiet, raise_on_error=False)
        (body,) = server.bodies
    assert "keeps_to_contract of figure" in body["failed_checks"]
    assert SECRET_WORDS not in str(body)


def test_the_sensors_of_dagster_tell_what_the_command_line_tells(deployed: Deployed, tmp_path: Path) -> None:
    with receiver() as server:
        bench = deployment(tmp_path, alert_webhook=server.url, alert_on_warnings=True)
        (tmp_path / "inbox" / "articles.jsonl").unlink()
        (tmp_path / "inbox").rmdir()
        definitions = build_definitions(bench)
        with open_instance(bench.settings) as instance:
            failed = run_job(bench, "read_inputs_job", instance, raise_on_error=False)
            event = failed.all_events[-1]
            context = dg.build_run_status_sensor_context("alert_on_failure", event, instance, failed.dagster_run)
            definitions.resolve_sensor_def("alert_on_failure")(context.for_run_failure())
        assert server.bodies[-1]["failed_steps"] == ["read_inputs: InputError"]

        event = deployed.released.all_events[-1]
        context = dg.build_run_status_sensor_context(
            "alert_on_checks", event, deployed.instance, deployed.released.dagster_run
        )
        definitions.resolve_sensor_def("alert_on_checks")(context)
        assert server.bodies[-1]["warnings"][0].startswith("share_rejected of extract_books")
        assert len(server.bodies) == 2
