"""What Dagster's own settings in the data directory (`dagster.yaml`) must say of pools, whoever wrote the file.

A pool is held by a whole run: two runs that hold a parser, or publish, wait for each other in Dagster's queue. What a
maintainer has written is left as it is; only what is missing is added, at the end.
"""

from __future__ import annotations

from pipeline.dagster_home import read_settings

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
    said = read_settings(text, where)
    if any(word in said for word in QUEUE):
        return text
    return f"{text.rstrip()}\n{POOLS}" if text.strip() else POOLS
