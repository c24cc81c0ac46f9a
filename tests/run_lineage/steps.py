"""All steps of the pipeline that make tables of the contract, and what was seen when their inputs were changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache

from pipeline.contracts import load_contract
from tests.run_lineage.event_steps import accounts_step, events_step, shared_step, weekly_step, weekly_tolls_step
from tests.run_lineage.extract_steps import extract_step
from tests.run_lineage.later_steps import accuracy_step, changes_step, correct_step, override_step, retired_step
from tests.run_lineage.reading_steps import ingest_step, region_step
from tests.run_lineage.taint import Step, Trial, trials

STEPS: Mapping[str, Callable[[], Step]] = {
    "regions": region_step,
    "ingest": ingest_step,
    "extraction": extract_step,
    "events": events_step,
    "accounts": accounts_step,
    "shared tolls": shared_step,
    "weekly figures": weekly_step,
    "weekly tolls": weekly_tolls_step,
    "corrections": correct_step,
    "overrides": override_step,
    "retired events": retired_step,
    "changes": changes_step,
    "accuracy": accuracy_step,
}


@lru_cache(maxsize=len(STEPS))
def step(name: str) -> Step:
    """Return a step of `STEPS`."""
    return STEPS[name]()


@lru_cache(maxsize=len(STEPS))
def seen(name: str) -> tuple[Trial, ...]:
    """Return what changes did to the outputs of a step; found once a process."""
    return tuple(trials(step(name), load_contract().tables))


def seen_of(table: str) -> list[Trial]:
    """Return what changes did to a table, in all the steps that make it."""
    return [trial for name in STEPS if table in step(name).outputs for trial in seen(name)]
