"""Same input, same bytes: whatever the hash seed, the time zone, the locale, the number of threads or the folder."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from pipeline.contracts import load_contract
from tests.end_to_end.articles import fieldledger, files_below
from tests.end_to_end.conftest import PROJECT

SAMPLE = PROJECT / "pipeline" / "regions" / "syria" / "sample"
HERE = {
    "PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "POLARS_MAX_THREADS": "1", "SOURCE_DATE_EPOCH": "1614600000",
    "FIELDLEDGER_PARTITION_ROWS": "2", "PYTHONPATH": str(PROJECT),
}  # fmt: skip
THERE = {
    "PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "POLARS_MAX_THREADS": "2",
    "SOURCE_DATE_EPOCH": "7", "FIELDLEDGER_LATEST_DATE": "2020-01-01", "PYTHONPATH": str(PROJECT),
}  # fmt: skip
"""Also with settings of its own, which must not count: what went in stands in the lock."""
FEW_GOLD = "tests.end_to_end.few_gold"


def test_a_release_is_made_again_on_another_machine_byte_for_byte(tmp_path: Path) -> None:
    """From the store alone: the inputs are gone, and the release was taken elsewhere."""
    inputs = [Path(shutil.copytree(SAMPLE / kind, tmp_path / "in" / kind)) for kind in ("pages", "notes")]
    words = [word for path in inputs for word in ("--input", path)]
    made = fieldledger("run", "--no-site", *words, "--data-dir", "data", cwd=tmp_path, program=FEW_GOLD, **HERE)
    assert made.returncode == 0, made.stderr
    shutil.rmtree(tmp_path / "in")
    other = tmp_path / "other"
    other.mkdir()
    release = (tmp_path / "data" / "releases" / "v1.0.0").rename(other / "fetched")
    store = tmp_path / "data" / "store"
    words = ["reproduce", "fetched", "--store", store, "--work", "again"]
    again = fieldledger(*words, cwd=other, program=FEW_GOLD, **THERE)
    assert (again.returncode, again.stderr) == (0, ""), again.stdout + again.stderr
    one = files_below(release)
    assert f"{len(one)} of {len(one)} files are identical byte for byte\nrelease 1.0.0: reproduced\n" in again.stdout
    assert files_below(other / "again" / "data" / "releases" / "v1.0.0") == one
    assert {name for name in one if name.startswith("data/mentions/")} == {"data/mentions/mentions-2021.parquet"}
    assert len(json.loads(one["changes.json"])["tables"]) == len(load_contract().published) - 1, "all but `changes`"
    assert json.loads(one["lock.json"])["settings"]["source_date_epoch"] == 1614600000
    assert json.loads(one["manifest.json"])["build_time"] == "2021-03-01T12:00:00Z"
