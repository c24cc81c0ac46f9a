"""What runs that Dagster starts work with: the same as a run of the command line, behind the same lock.

Dagster makes the resources of a run in the process that does its steps, and gives them up when it ends: so long the
data directory is held. A run that Dagster starts meanwhile waits, and says in its log for whom: nobody would start it
again, as the sensor asks for each content of the inputs once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dagster as dg

from pipeline.run_lock import only_run

WORKED_WITH = "workbench"
STORED_BY = "io_manager"
"""Every asset needs this one; the first is needed by checks too."""


def behind_the_lock(resources: Mapping[str, object], data_dir: Path, wait: float) -> dict[str, object]:
    """Return ``resources``, to be had only by the one run that holds ``data_dir``; others wait for so many seconds."""

    def held(name: str, context: dg.InitResourceContext) -> Any:  # a generator: Dagster gives up what it yields
        data_dir.mkdir(parents=True, exist_ok=True)
        with only_run(data_dir, wait, context.log.info if context.log else None):
            yield _made(resources[name], context)

    return {
        **resources,
        WORKED_WITH: dg.ResourceDefinition(lambda context: held(WORKED_WITH, context)),
        STORED_BY: dg.IOManagerDefinition(lambda context: held(STORED_BY, context)),
    }


def _made(resource: Any, context: dg.InitResourceContext) -> Any:
    """Return the IO manager itself, made for this run where ``resource`` says how."""
    if not isinstance(resource, dg.IOManagerDefinition):
        return resource
    make: Any = resource.resource_fn
    return make(context)
