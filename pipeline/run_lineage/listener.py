"""What Dagster tells of a run, as records: a listener that every run attaches, however it is started.

The IO manager, which every step needs, is made once in a process that runs steps; it attaches the listener to Dagster's
instance there. So a run by the command line, from Dagster's page, by a schedule or of a backfill is told alike.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import dagster as dg
from openlineage.client.event_v2 import RunState
from openlineage.client.uuid import generate_static_uuid

from pipeline import lineage
from pipeline.contracts import load_contract
from pipeline.ids import sha256_text
from pipeline.partitions import UNDATED
from pipeline.run_lineage.events import Happening, event
from pipeline.run_lineage.record import Check, Dataset, Materialisation
from pipeline.run_lineage.sending import Sender
from pipeline.workbench import Workbench

_LOG = logging.getLogger(__name__)
_RANGE = ("dagster/asset_partition_range_start", "dagster/asset_partition_range_end")
_INPUT = "dagster/input_data_version/"
RUN = "run"
"""Name of the job of a whole run, which is the parent of its steps."""


def jobs_of(assets: Sequence[object]) -> dict[str, Materialisation]:
    """Return what is known beforehand of each step that makes assets, by the name of the step."""
    found: dict[str, Materialisation] = {}
    tables = load_contract().tables
    for asset in assets:
        if isinstance(asset, dg.AssetsDefinition) and asset.is_executable and asset.keys:
            specs = sorted(asset.specs, key=lambda spec: spec.key)
            found[asset.op.name] = Materialisation(
                job=asset.op.name,
                stage=specs[0].tags.get("stage", specs[0].group_name or ""),
                description=asset.op.description or specs[0].description or "",
                owners=tuple(sorted({owner for spec in specs for owner in spec.owners})),
                outputs=tuple(Dataset(name, None, None, tables.get(name)) for name in (s.key.path[-1] for s in specs)),
            )
    return found


def versions_of(bench: Workbench) -> dict[str, str]:
    """Return the versions of all that every step of a run rests on beside its inputs and its code."""
    return {
        "program": lineage.sources_digest(),
        "requirements.lock": lineage.lock_version(),
        f"regions/{bench.region.name}": bench.region.digest(),
        "settings": sha256_text(json.dumps(bench.settings.entering(), sort_keys=True)),
    }


def _of_stage(stage: str) -> dict[str, str]:
    known = {*lineage.PARTS, *lineage.MADE_OF_RELEASES}
    return {"stage": lineage.code_version(stage)} if stage in known else {}


@dataclass
class _Step:
    made: Materialisation
    worked: Mapping[str, tuple[int, int]]
    run_id: str
    rows: dict[str, int | None] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    inputs: dict[str, str] = field(default_factory=dict)
    checks: list[Check] = field(default_factory=list)


class RunListener:
    """Follows one run of Dagster and sends an event for each step that starts, ends or fails."""

    def __init__(self, bench: Workbench, jobs: Mapping[str, Materialisation], run: dg.DagsterRun, begun: datetime):
        self._bench = bench
        self._jobs = jobs
        self._run = run
        self._begun = begun
        self._sender = Sender(bench.settings.data_dir, bench.settings.openlineage_url)
        self._steps: dict[str, _Step] = {}
        self._made: dict[str, str] = {}
        self._versions = versions_of(bench)
        self._weeks = _weeks(run.tags)
        self._whole = Materialisation(RUN, RUN, "All steps of one run.", weeks=self._weeks, versions=self._versions)

    def start(self) -> None:
        """Tell that the run starts."""
        self._tell(self._whole, RunState.START, self._run.run_id, datetime.now(UTC).timestamp())

    def __call__(self, entry: dg.EventLogEntry) -> None:
        """Take one event of Dagster; nothing that goes wrong here ends the run."""
        try:
            if entry.dagster_event is not None:
                self._take(entry.dagster_event, entry.timestamp)
        except Exception as error:
            _LOG.warning("lineage of %s cannot be told (%s)", entry.step_key or "the run", type(error).__name__)

    def _take(self, said: dg.DagsterEvent, time: float) -> None:
        kind, key = said.event_type, said.step_key or ""
        if kind == dg.DagsterEventType.STEP_START:
            self._begin(key, time)
        elif kind == dg.DagsterEventType.ASSET_MATERIALIZATION and key in self._steps:
            _materialised(self._steps[key], said.step_materialization_data.materialization)
            self._made |= self._steps[key].versions
        elif kind == dg.DagsterEventType.ASSET_CHECK_EVALUATION and key in self._steps:
            _checked(self._steps[key], said.asset_check_evaluation_data)
        elif kind == dg.DagsterEventType.STEP_SUCCESS and key in self._steps:
            self._end(self._steps[key], RunState.COMPLETE, time)
        elif kind == dg.DagsterEventType.STEP_FAILURE:
            self._end(self._steps.get(key) or self._begin(key, time), RunState.FAIL, time, _fault(said))
        elif kind in (dg.DagsterEventType.RUN_SUCCESS, dg.DagsterEventType.RUN_FAILURE):
            failed = kind == dg.DagsterEventType.RUN_FAILURE
            state, error = (RunState.FAIL, "a step failed") if failed else (RunState.COMPLETE, None)
            self._tell(self._whole, state, self._run.run_id, time, error)

    def _begin(self, key: str, time: float) -> _Step:
        known = self._jobs.get(key, Materialisation(key, "check", "Checks of a dataset."))
        known = replace(known, weeks=self._weeks, versions=self._versions | _of_stage(known.stage))
        run_id = str(generate_static_uuid(self._begun, f"{self._run.run_id}:{key}".encode()))
        step = self._steps[key] = _Step(known, dict(self._bench.store.log), run_id)
        self._tell(known, RunState.START, run_id, time)
        return step

    def _end(self, step: _Step, state: RunState, time: float, error: str | None = None) -> None:
        del self._steps[step.made.job]
        outputs = (
            replace(one, version=step.versions.get(one.name), rows=step.rows.get(one.name))
            for one in step.made.outputs
            if one.name in step.versions or state != RunState.COMPLETE
        )
        named = step.inputs | {c.dataset: self._made.get(c.dataset, "") for c in step.checks}
        made = replace(
            step.made,
            inputs=tuple(Dataset(name, version or None) for name, version in sorted(named.items())),
            outputs=tuple(outputs),
            checks=tuple(step.checks),
            reused=_reused(step.worked, self._bench.store.log),
        )
        self._tell(made, state, step.run_id, time, error)

    def _tell(self, made: Materialisation, state: RunState, run_id: str, time: float, error: str | None = None) -> None:
        parent = None if made.job == RUN else self._run.run_id
        at = datetime.fromtimestamp(time, UTC).isoformat(timespec="milliseconds")
        self._sender.send(event(made, Happening(state, at, run_id, parent, RUN, error)))


def _materialised(step: _Step, told: dg.AssetMaterialization) -> None:
    name = told.asset_key.path[-1]
    rows = told.metadata.get("dagster/row_count")
    step.rows[name] = rows.value if isinstance(rows, dg.IntMetadataValue) else None
    tags = told.tags or {}
    step.versions[name] = tags.get("dagster/data_version", "")
    step.inputs |= {k.removeprefix(_INPUT).split("/")[-1]: v for k, v in tags.items() if k.startswith(_INPUT)}


def _checked(step: _Step, told: dg.AssetCheckEvaluation) -> None:
    blocking = told.severity == dg.AssetCheckSeverity.ERROR
    name = told.asset_key.path[-1]
    step.checks.append(Check(name, told.check_name, told.passed, blocking))


def _fault(said: dg.DagsterEvent) -> str:
    """Return which kind of error ended a step, and where; messages may quote an article, and stay with Dagster."""
    data = said.step_failure_data
    error = data.error if data else None
    while error is not None and error.cause is not None:
        error = error.cause
    if error is None:
        return f"{said.step_key} failed; the log of the run in Dagster tells why"
    return f"{error.cls_name} in {said.step_key}; the log of the run in Dagster tells why"


def _reused(before: Mapping[str, tuple[int, int]], after: Mapping[str, tuple[int, int]]) -> bool | None:
    """Return whether all work since ``before`` was found done; None where the memory was not asked."""
    done = sum(after[step][0] - before.get(step, (0, 0))[0] for step in after)
    found = sum(after[step][1] - before.get(step, (0, 0))[1] for step in after)
    return None if not done and not found else not done


def _weeks(tags: Mapping[str, str]) -> tuple[str, ...]:
    """Return the Mondays that a run is about: those of its range, or its one partition."""
    named = {tags[name] for name in (*_RANGE, "dagster/partition") if name in tags} - {UNDATED}
    return tuple(sorted(named))


def attach(context: dg.InitResourceContext, bench: Workbench, assets: Sequence[object]) -> None:
    """Let a listener follow the run that ``context`` is part of, if it is part of one; it may make ``assets``."""
    run, instance = context.run, context.instance
    if run is None or instance is None:
        return
    try:
        record = instance.get_run_record_by_id(run.run_id)
        begun = record.create_timestamp if record else datetime.now(UTC)
        listener = RunListener(bench, jobs_of(assets), run, begun)
        listener.start()
        instance.add_event_listener(run.run_id, listener)
    except Exception as error:
        _LOG.warning("lineage of this run cannot be told (%s)", type(error).__name__)
