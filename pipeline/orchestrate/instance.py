"""What Dagster's own settings in the data directory (`dagster.yaml`) must say of pools, whoever wrote the file.

A pool is held by a whole run: two runs that hold a parser, or publish, wait for each other in Dagster's queue. What a
maintainer has written is left as it is; only what is missing is added, at the end.
"""

from __future__ import annotations

import yaml

from pipeline.errors import InputError

POOLS = """\
# Added by fieldledger. One run at a time for each pool (`parser`, `release`), and two runs in all: the others wait.
concurrency:
  pools:
    granularity: run
    default_limit: 1
  runs:
    max_concurrent_runs: 2
"""
QUEUE = ("concurrency", "run_queue", "run_coordinator")
"""Words under which Dagster takes limits; where one stands, a maintainer has decided."""


def with_pools(text: str, where: str) -> str:
    """Return the text of a `dagster.yaml` with limits of pools: as it is where it has some.

    Args:
        text: the file.
        where: its path, for errors.

    Raises:
        InputError: the file is no YAML of names and values.
    """
    try:
        said = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise InputError(f"{where}: is no YAML ({type(error).__name__}); mend it, or move it away") from None
    if not isinstance(said, dict):
        raise InputError(f"{where}: holds no names and values; mend it, or move it away")
    if any(word in said for word in QUEUE):
        return text
    return f"{text.rstrip()}\n{POOLS}" if text.strip() else POOLS
