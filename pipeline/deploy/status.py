"""What `fieldledger status` tells: what is made, what is stale and why, what failed, the newest release, what is due.

Read from Dagster's records, the files of inputs and the definitions; nothing is made.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import dagster as dg
from dagster._core.definitions.run_request import InstigatorType
from dagster._utils.schedules import get_next_cron_tick

from pipeline.archive import digest_of
from pipeline.dagster_home import home_of
from pipeline.definitions import build_definitions
from pipeline.deploy.last_run import Failed, last_failures
from pipeline.errors import FieldledgerError
from pipeline.happenings import utc
from pipeline.ingest.assets import inputs_of
from pipeline.ingest.found import Found, find_inputs
from pipeline.release.reader import released_versions
from pipeline.run import open_instance
from pipeline.settings import Settings
from pipeline.workbench import Workbench, open_workbench

CODE, DATA, INPUT = "dagster/code_version", "dagster/data_version", "dagster/input_data_version/"


@dataclass(frozen=True, slots=True)
class Made:
    """An asset."""

    asset: str
    made: str | None
    """When, in UTC; None when it never was."""
    rows: int | None
    """Of the last time; None for what is no frame."""
    data_version: str | None
    weeks: str
    """How many of the weeks are made; empty where the asset has none."""
    stale: tuple[str, ...]
    """Why it is not what a run would make now."""


@dataclass(frozen=True, slots=True)
class Due:
    """A schedule."""

    schedule: str
    cron: str
    next: str
    """In UTC."""
    on: bool
    """Whether it is switched on; its daemon must run too (`fieldledger dev`)."""


@dataclass(frozen=True, slots=True)
class Status:
    """How a deployment stands."""

    data_dir: str
    region: str
    assets: tuple[Made, ...]
    inputs: tuple[str, ...]
    """What differs between the inputs of now and those that were read."""
    failed: Failed | None
    latest: str | None
    """Version that `latest` leads to."""
    newest: str | None
    newest_week: str | None
    """The last week of publication that was read, by its Monday."""
    due: tuple[Due, ...]


def status_of(settings: Settings, now: datetime | None = None) -> Status:
    """Return how the deployment stands.

    Raises:
        FieldledgerError: its region, inputs or Dagster's records cannot be read.
    """
    bench = open_workbench(settings)
    definitions = build_definitions(bench)
    releases = settings.data_dir / "releases"
    versions = released_versions(releases)
    latest = releases / "latest"
    with _records(settings) as instance:
        assets = tuple(_assets(definitions, instance))
        weeks = _weeks(definitions, instance)
        return Status(
            data_dir=str(settings.data_dir),
            region=settings.region,
            assets=assets,
            inputs=tuple(_inputs(bench)),
            failed=last_failures(instance, settings.dagster_prefix),
            latest=latest.resolve().name.removeprefix("v") if latest.is_dir() else None,
            newest=versions[-1] if versions else None,
            newest_week=max((week for week in weeks if week[:1].isdigit()), default=None),
            due=tuple(_due(definitions, instance, now or datetime.now(UTC))),
        )


@contextmanager
def _records(settings: Settings) -> Iterator[dg.DagsterInstance]:
    """Open Dagster's records; where there are none yet, none are begun: who asks leaves nothing behind."""
    with TemporaryDirectory() as nowhere:
        begun = (home_of(settings) / "dagster.yaml").exists() or settings.dagster_postgres_url is not None
        asked = settings if begun else settings.model_copy(update={"dagster_home": Path(nowhere)})
        with open_instance(asked) as instance:
            yield instance


def _weeks(definitions: dg.Definitions, instance: dg.DagsterInstance) -> list[str]:
    graph = definitions.resolve_asset_graph()
    names = {
        str(weeks.name)
        for key in graph.get_all_asset_keys()
        if isinstance(weeks := graph.get(key).partitions_def, dg.DynamicPartitionsDefinition)
    }
    return [week for name in sorted(names) for week in instance.get_dynamic_partitions(name)]


def _assets(definitions: dg.Definitions, instance: dg.DagsterInstance) -> Iterator[Made]:
    graph = definitions.resolve_asset_graph()
    order = graph.toposorted_asset_keys
    made = {key: instance.get_latest_materialization_event(key) for key in order}
    tags = {
        key: dict((entry.asset_materialization.tags or {}) if entry and entry.asset_materialization else {})
        for key, entry in made.items()
    }
    for key in order:
        entry, node = made[key], graph.get(key)
        found = entry.asset_materialization if entry else None
        rows = found.metadata.get("dagster/row_count") if found else None
        stale = ["never made"] if found is None else []
        if found and node.code_version and tags[key].get(CODE) != node.code_version:
            stale.append("its code or knowledge changed")
        for parent in sorted(node.parent_keys) if found else ():
            used = tags[key].get(INPUT + parent.to_user_string())
            if not (node.is_partitioned or graph.get(parent).is_partitioned) and used != tags[parent].get(DATA):
                stale.append(f"{parent.to_user_string()} changed")
        weeks = ""
        if node.partitions_def is not None:
            known = set(instance.get_dynamic_partitions(str(node.partitions_def.name)))  # type: ignore[attr-defined]
            there = instance.get_materialized_partitions(key) & known
            weeks = f"{len(there):,} of {len(known):,}"
            stale += ["weeks are missing"] if found and len(there) < len(known) else []
        yield Made(
            key.to_user_string(),
            utc(entry.timestamp) if entry else None,
            int(rows.value) if rows is not None and isinstance(rows.value, int) else None,
            tags[key].get(DATA),
            weeks,
            tuple(stale),
        )


def _inputs(bench: Workbench) -> Iterator[str]:
    """Say which inputs are new, gone or changed since they were read, by their bytes."""
    try:
        was = bench.store.load("inputs")
    except FieldledgerError:
        yield "were never read"
        return
    now: Counter[str] = Counter()
    for item in find_inputs(inputs_of(bench)):
        if isinstance(item, Found):
            now.update(digest_of(path) for path in (item.path, *([item.sidecar.path] if item.sidecar else [])))
    before = Counter(was["sha256"].drop_nulls().to_list())
    if new := (now - before).total():
        yield f"files new or changed since: {new:,}"
    if gone := (before - now).total():
        yield f"files read that are gone or changed: {gone:,}"


def _due(definitions: dg.Definitions, instance: dg.DagsterInstance, now: datetime) -> Iterator[Due]:
    states = {state.name: state for state in instance.all_instigator_state(instigator_type=InstigatorType.SCHEDULE)}
    for schedule in definitions.schedules or ():
        if not isinstance(schedule, dg.ScheduleDefinition) or not isinstance(schedule.cron_schedule, str):
            continue
        zone = schedule.execution_timezone or "UTC"
        tick = get_next_cron_tick(schedule.cron_schedule, now, zone)
        state = states.get(schedule.name)
        on = state.is_running if state else schedule.default_status == dg.DefaultScheduleStatus.RUNNING
        yield Due(schedule.name, f"{schedule.cron_schedule} {zone}", utc(tick.timestamp()), on)


def as_json(status: Status) -> str:
    """Return the status as JSON."""
    return json.dumps(asdict(status), indent=2, ensure_ascii=False)


def lines(status: Status) -> list[str]:
    """Return the status for people."""
    stale = [made for made in status.assets if made.made and made.stale]
    never = [made.asset for made in status.assets if not made.made]
    shown = [f"  {made.asset}: {', '.join(made.stale)}" for made in stale]
    return [
        f"{Path(status.data_dir)}, region {status.region}",
        f"made     {len(status.assets) - len(never):,} of {len(status.assets):,} assets"
        + (f"; never: {', '.join(never)}" if never and len(never) < len(status.assets) else ""),
        *(_row(made) for made in status.assets if made.made),
        *(
            ["stale    nothing"]
            if not stale
            else [f"stale    {len(stale):,} assets; `fieldledger run` makes them", *shown]
        ),
        f"inputs   {'; '.join(status.inputs) or 'as they were read'}",
        *_failed(status.failed),
        f"release  {_release(status)}",
        *(_due_line(due) for due in status.due),
        *([] if status.due else ["due      no schedule is set"]),
    ]


def _row(made: Made) -> str:
    rows = f"{made.rows:,} rows" if made.rows is not None else ""
    weeks = f"{made.weeks} weeks" if made.weeks else ""
    version = (made.data_version or "")[:16]
    return f"  {made.asset:<30} {made.made}  {version:<16}  {weeks or rows}".rstrip()


def _failed(failed: Failed | None) -> list[str]:
    if failed is None:
        return ["failed   nothing in the last run"]
    return [f"failed   run {failed.run}, {failed.when}", *(f"  {line}" for line in (*failed.steps, *failed.checks))]


def _release(status: Status) -> str:
    if status.newest is None:
        return "none yet; `fieldledger run` makes one"
    back = f" (latest leads to {status.latest or 'nothing'})" if status.latest != status.newest else ""
    return f"{status.newest}{back}, newest week read {status.newest_week or 'none'}"


def _due_line(due: Due) -> str:
    return f"due      {due.next} {due.schedule} ({due.cron}){'' if due.on else ', switched off: turn it on in the UI'}"
