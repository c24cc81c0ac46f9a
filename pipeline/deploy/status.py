"""What `fieldledger status` tells: what is made, what is stale and why, what failed, the newest release, what is due.

Read from Dagster's records, the files of inputs and the definitions; nothing is made.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
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
from pipeline.deploy.last_run import Failed, failing_checks, last_failure
from pipeline.deploy.made import Made, made_of
from pipeline.errors import FieldledgerError
from pipeline.happenings import utc
from pipeline.ingest.assets import inputs_of
from pipeline.ingest.found import Found, find_inputs
from pipeline.release.reader import released_versions
from pipeline.run import open_instance
from pipeline.run_lock import at_work
from pipeline.settings import Settings
from pipeline.workbench import Workbench, open_workbench

NAMED = 6
"""Assets that a line names."""


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
    checks: tuple[str, ...]
    """Checks that failed when they were asked last, and what they say."""
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
        assets = tuple(made_of(definitions, instance, bench.store))
        weeks = _weeks(definitions, instance)
        return Status(
            data_dir=str(settings.data_dir),
            region=settings.region,
            assets=assets,
            inputs=tuple(_inputs(bench)),
            failed=last_failure(instance, settings.dagster_prefix, at_work=at_work(settings.data_dir)),
            checks=failing_checks(definitions, instance),
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


def _inputs(bench: Workbench) -> Iterator[str]:
    """Say which inputs are new, gone or changed since they were read, by their bytes."""
    try:
        was = bench.store.load("inputs")
    except FieldledgerError:
        yield "were never read"
        return
    now: Counter[str] = Counter()
    try:
        for item in find_inputs(inputs_of(bench)):
            if isinstance(item, Found):
                now.update(digest_of(path) for path in (item.path, *([item.sidecar.path] if item.sidecar else [])))
    except FieldledgerError as error:
        yield str(error)
        return
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
    never = [made.asset for made in status.assets if not (made.made or made.stored)]
    unrecorded = sum(made.stored for made in status.assets)
    return [
        f"{Path(status.data_dir)}, region {status.region}",
        f"made     {len(status.assets) - len(never):,} of {len(status.assets):,} assets"
        + (f", {unrecorded:,} of them before Dagster's records began" if unrecorded else "")
        + (f"; never: {_names(never)}" if never and len(never) < len(status.assets) else ""),
        *(_row(made) for made in status.assets if made.made),
        *_stale(status),
        f"inputs   {'; '.join(status.inputs) or 'as they were read'}",
        *_failed(status.failed),
        *_checks(status.checks),
        f"release  {_release(status)}",
        *(_due_line(due) for due in status.due),
        *([] if status.due else ["due      no schedule is set"]),
    ]


def _row(made: Made) -> str:
    rows = f"{made.rows:,} rows" if made.rows is not None else ""
    weeks = f"{made.weeks} weeks" if made.weeks else ""
    version = (made.data_version or "")[:16]
    return f"  {made.asset:<30} {made.made}  {version:<16}  {weeks or rows}".rstrip()


def _stale(status: Status) -> list[str]:
    """Return what is stale, a line for each reason."""
    stale = [made for made in status.assets if (made.made or made.stored) and made.stale]
    if not stale:
        return ["stale    nothing"]
    reasons: dict[str, list[str]] = {}
    for made in stale:
        for reason in made.stale:
            reasons.setdefault(reason, []).append(made.asset)
    return [
        f"stale    {len(stale):,} assets; `fieldledger run` makes them",
        *(f"  {reason}: {_names(names)}" for reason, names in reasons.items()),
    ]


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - NAMED:,} more" if len(names) > NAMED else ""
    return ", ".join(names[:NAMED]) + more


def _failed(failed: Failed | None) -> list[str]:
    if failed is None:
        return ["failed   nothing in the last run"]
    head = f"failed   the run {failed.run}, {failed.when}; mend what it names, then `fieldledger run`"
    return [head, *(f"  {line}" for line in failed.steps)]


def _checks(checks: Sequence[str]) -> list[str]:
    if not checks:
        return ["checks   none failed"]
    return [f"checks   {len(checks):,} failed; docs/operations.md says what each asks", *(f"  {one}" for one in checks)]


def _release(status: Status) -> str:
    if status.newest is None:
        return "none yet; `fieldledger run` makes one"
    back = f" (latest leads to {status.latest or 'nothing'})" if status.latest != status.newest else ""
    return f"{status.newest}{back}, newest week read {status.newest_week or 'none'}"


def _due_line(due: Due) -> str:
    return f"due      {due.next} {due.schedule} ({due.cron}){'' if due.on else ', switched off: turn it on in the UI'}"
