"""Events of OpenLineage: what a run of Dagster tells, to a file and to a server, and that it costs no run."""

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any, cast

import dagster as dg
import polars as pl
import pytest
from openlineage.client.event_v2 import RunState

from pipeline.column_lineage import parted
from pipeline.contracts import load_contract
from pipeline.dagster_tables import column_lineage, outputs, table_out
from pipeline.definitions import ROOMS
from pipeline.partitions import ALL_IN_ONE_RUN
from pipeline.run_lineage.events import Happening, event
from pipeline.run_lineage.listener import attach, jobs_of
from pipeline.run_lineage.record import Materialisation
from pipeline.run_lineage.sending import Sender, lineage_file
from pipeline.settings import Settings
from pipeline.storage import Frames, Store, StoreIOManager
from pipeline.workbench import Workbench
from tests.run_lineage.spec import BESIDE, faults, official_faults

TABLES = load_contract().tables
SECRET = "Five people died in the market of Ariha"
WEEKS = dg.StaticPartitionsDefinition(["2021-02-01", "2021-02-08"])

Events = list[dict[str, Any]]


@dg.multi_asset(outs={"sources": table_out("sources", "ingest"), "articles": table_out("articles", "ingest")})
def accept_articles() -> Iterator[dg.Output[pl.DataFrame]]:
    """Outlets and articles."""
    yield from outputs({name: TABLES[name].empty() for name in ("sources", "articles")})


@dg.asset(partitions_def=WEEKS, backfill_policy=ALL_IN_ONE_RUN, group_name="ingest", owners=["team:desk"])
def weekly_articles(context: dg.AssetExecutionContext, articles: pl.DataFrame) -> Frames:
    """Articles by week."""
    return dict.fromkeys(context.partition_keys, articles)


@dg.asset(group_name="resolve")
def events(articles: pl.DataFrame) -> pl.DataFrame:
    """An asset that fails."""
    raise ValueError(SECRET)


@dg.asset_check(asset="sources", blocking=True)
def keeps_to_contract() -> dg.AssetCheckResult:
    return dg.AssetCheckResult(passed=True)


def bench(folder: Path, url: str | None = None) -> Workbench:
    region = SimpleNamespace(name="testland", digest=lambda: "0" * 64)
    return cast(Workbench, SimpleNamespace(
        settings=Settings(data_dir=folder, openlineage_url=url), store=Store(folder / "store"), region=region
    ))  # fmt: skip


def run(assets: list[Any], made: Workbench) -> dg.ExecuteInProcessResult:
    @dg.io_manager
    def store(context: dg.InitResourceContext) -> StoreIOManager:
        attach(context, made, assets)
        return StoreIOManager(made.store)

    span = {"dagster/asset_partition_range_start": "2021-02-01", "dagster/asset_partition_range_end": "2021-02-08"}
    with dg.DagsterInstance.ephemeral() as instance:
        return dg.materialize(
            assets, instance=instance, resources={"io_manager": store}, tags=span, raise_on_error=False,
            run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}},
        )  # fmt: skip


def told(folder: Path) -> Events:
    return [json.loads(line) for line in lineage_file(folder).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Events:
    """Events of a run in which a stage, a week and a check go well and one asset fails."""
    folder = tmp_path_factory.mktemp("lineage")
    assert not run([accept_articles, weekly_articles, events, keeps_to_contract], bench(folder)).success
    return told(folder)


def of(said: Events, job: str, state: str) -> dict[str, Any]:
    (one,) = [e for e in said if e["job"]["name"] == job and e["eventType"] == state]
    return one


def test_every_event_keeps_to_the_specification(whole: Events) -> None:
    assert [fault for one in whole for fault in faults(one)] == []


def test_an_event_that_does_not_keep_to_it_is_found(whole: Events) -> None:
    broken = json.loads(json.dumps(of(whole, "events", "FAIL")))
    del broken["job"]["name"]
    broken["run"]["facets"]["errorMessage"].pop("message")
    broken["run"]["facets"]["errorMessage"]["colour"] = "red"
    assert len(list(faults(broken))) == 3


@pytest.mark.skipif(not BESIDE.exists(), reason=f"no specification at {BESIDE}")
def test_every_event_and_facet_keeps_to_the_schema_of_the_specification(whole: Events) -> None:
    assert [fault for one in whole for fault in official_faults(one)] == []
    broken = json.loads(json.dumps(of(whole, "events", "FAIL")))
    broken["run"]["runId"] = "7"
    broken["run"]["facets"]["errorMessage"]["message"] = 7
    assert len(list(official_faults(broken))) == 2


def test_every_step_starts_and_ends_once_under_the_run_it_is_part_of(whole: Events) -> None:
    lives = [(e["job"]["name"], e["eventType"]) for e in whole]
    ended = {"accept_articles": "COMPLETE", "weekly_articles": "COMPLETE", "events": "FAIL", "run": "FAIL"}
    ended |= {"sources_keeps_to_contract": "COMPLETE"}
    assert sorted(lives) == sorted([*((job, "START") for job in ended), *ended.items()])
    parent = of(whole, "run", "START")["run"]["runId"]
    steps = [e for e in whole if e["job"]["name"] != "run"]
    assert {e["run"]["facets"]["parent"]["run"]["runId"] for e in steps} == {parent}
    assert len({e["run"]["runId"] for e in whole}) == len(ended)


def test_column_lineage_and_schema_are_those_of_the_contract(whole: Events) -> None:
    made = {one["name"]: one for one in of(whole, "accept_articles", "COMPLETE")["outputs"]}
    assert set(made) == {"articles", "sources"}
    for name, one in made.items():
        columns = one["facets"]["columnLineage"]
        assert [f["name"] for f in one["facets"]["schema"]["fields"]] == list(TABLES[name].columns)
        assert {
            column: [(origin["name"], origin["field"]) for origin in found["inputFields"]]
            for column, found in columns["fields"].items()
        } == {f.name: [parted(origin) for origin in f.derived_from] for f in TABLES[name].fields if f.derived_from}
        assert [(o["name"], o["field"]) for o in columns["dataset"]] == [parted(o) for o in TABLES[name].rows_from]


def test_versions_are_hashes_of_content_and_go_from_output_to_input(whole: Events) -> None:
    made = {one["name"]: one["facets"]["version"] for one in of(whole, "accept_articles", "COMPLETE")["outputs"]}
    (read,) = of(whole, "weekly_articles", "COMPLETE")["inputs"]
    assert read["facets"]["version"] == made["articles"]
    assert len(made["articles"]["datasetVersion"]) == 64
    versions = of(whole, "accept_articles", "START")["run"]["facets"]["fieldledger_versions"]["versions"]
    assert {"stage", "program", "requirements.lock", "regions/testland", "settings"} == set(versions)


def test_weeks_are_the_nominal_time_and_owners_are_named(whole: Events) -> None:
    done = of(whole, "weekly_articles", "COMPLETE")
    time = done["run"]["facets"]["nominalTime"]
    assert (time["nominalStartTime"], time["nominalEndTime"]) == ("2021-02-01T00:00:00Z", "2021-02-15T00:00:00Z")
    assert done["job"]["facets"]["ownership"]["owners"] == [{"name": "team:desk", "type": "OWNER"}]
    assert done["job"]["facets"]["documentation"]["description"] == "Articles by week."


def test_what_a_check_found_is_told_of_the_version_that_it_looked_at(whole: Events) -> None:
    (looked,) = of(whole, "sources_keeps_to_contract", "COMPLETE")["inputs"]
    (said,) = looked["inputFacets"]["dataQualityAssertions"]["assertions"]
    assert (said["assertion"], said["success"], said["severity"]) == ("keeps_to_contract", True, "error")
    made = {one["name"]: one for one in of(whole, "accept_articles", "COMPLETE")["outputs"]}
    assert looked["facets"]["version"] == made["sources"]["facets"]["version"]


def test_a_failure_names_the_kind_of_error_and_no_text_of_an_article(whole: Events) -> None:
    failed = of(whole, "events", "FAIL")
    assert failed["run"]["facets"]["errorMessage"]["message"].startswith("ValueError in events")
    assert SECRET not in json.dumps(whole)


def test_dagster_shows_the_column_lineage_of_the_contract_and_stages_are_its_groups() -> None:
    shown = column_lineage(TABLES["weekly_tolls"]).deps_by_column["shared_injured"]
    assert {(dep.asset_key.path[-1], dep.column_name) for dep in shown} == {
        parted(origin) for origin in TABLES["weekly_tolls"].field("shared_injured").derived_from
    }
    known = jobs_of(dg.load_assets_from_modules(ROOMS))
    assert {one.name: job.stage for job in known.values() for one in job.outputs if one.table} == {
        table.name: table.stage for table in TABLES.values()
    }


class _Server(HTTPServer):
    received: list[tuple[str, str | None, dict[str, Any]]]


class _Lineage(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        cast(_Server, self.server).received.append((self.path, self.headers["Authorization"], body))
        self.send_response(201)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[_Server]:
    made = _Server(("127.0.0.1", 0), _Lineage)
    made.received = []
    thread = Thread(target=made.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield made
    made.shutdown()
    thread.join()
    made.server_close()


def test_an_endpoint_receives_what_the_file_holds(
    server: _Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("OPENLINEAGE_API_KEY", "open-sesame")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    with caplog.at_level(logging.DEBUG):
        assert run([accept_articles], bench(tmp_path, f"http://127.0.0.1:{server.server_port}")).success
    assert [body for _, _, body in server.received] == told(tmp_path)
    assert {(path, key) for path, key, _ in server.received} == {("/api/v1/lineage", "Bearer open-sesame")}
    assert "open-sesame" not in caplog.text


def test_an_endpoint_that_is_down_costs_one_warning_and_nothing_of_the_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with HTTPServer(("127.0.0.1", 0), _Lineage) as taken:
        port = taken.server_port
    assert run([accept_articles], bench(tmp_path, f"http://somebody:secret@127.0.0.1:{port}")).success
    warnings = [r.getMessage() for r in caplog.records if r.name == "pipeline.run_lineage.sending"]
    assert len(warnings) == 1
    assert warnings[0].startswith(f"OpenLineage endpoint http://127.0.0.1:{port} (ConnectionError)")
    assert [e["eventType"] for e in told(tmp_path)] == ["START", "START", "COMPLETE", "COMPLETE"]


def test_a_file_that_cannot_be_written_costs_one_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "lineage").write_text("in the way", encoding="utf-8")
    assert run([accept_articles], bench(tmp_path)).success
    assert len([r for r in caplog.records if r.name == "pipeline.run_lineage.sending"]) == 1


def test_writers_that_open_the_file_on_their_own_append_whole_lines(tmp_path: Path) -> None:
    """As runs of several processes do: the lock is on the open file, which threads do not share either."""
    long = Materialisation("long", "resolve", description="x" * 20_000)
    happening = Happening(RunState.OTHER, "2021-02-01T00:00:00+00:00", "01234567-89ab-7def-8123-456789abcdef")

    def send(sender: Sender) -> None:
        for _ in range(50):
            sender.send(event(long, happening))

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(send, [Sender(tmp_path), Sender(tmp_path)]))
    assert len(told(tmp_path)) == 100
