"""Same input, same bytes: whatever the hash seed, the time zone, the locale, the number of threads or the folder."""

from __future__ import annotations

import json
from pathlib import Path

from pipeline.contracts import load_contract
from tests.end_to_end.articles import fieldledger, files_below
from tests.end_to_end.conftest import PROJECT

SAMPLE = PROJECT / "pipeline" / "regions" / "syria" / "sample"
HERE = {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C", "POLARS_MAX_THREADS": "1"}
THERE = {"PYTHONHASHSEED": "7", "TZ": "Asia/Kathmandu", "LC_ALL": "C.UTF-8", "POLARS_MAX_THREADS": "2"}


def _copy_reversed(folder: Path, target: Path) -> Path:
    """Put the same files into another folder, written in another order."""
    target.mkdir(parents=True)
    for path in sorted(folder.iterdir(), reverse=True):
        (target / path.name).write_bytes(path.read_bytes())
    return target


def test_two_machines_make_the_same_release_byte_for_byte(tmp_path: Path) -> None:
    inputs = [_copy_reversed(SAMPLE / kind, tmp_path / "elsewhere" / "deep" / kind) for kind in ("pages", "notes")]
    here = fieldledger(
        "run", "--input", SAMPLE / "pages", "--input", SAMPLE / "notes", "--data-dir", "data", cwd=tmp_path, **HERE
    )
    (tmp_path / "other").mkdir()
    there = fieldledger(
        "run", "--input", inputs[0], "--input", inputs[1], "--data-dir", "d", cwd=tmp_path / "other", **THERE
    )
    assert here.returncode == there.returncode == 0, here.stderr + there.stderr
    one = files_below(tmp_path / "data" / "releases" / "v1.0.0")
    other = files_below(tmp_path / "other" / "d" / "releases" / "v1.0.0")
    assert one == other
    assert (
        len(json.loads(one["changes.json"])["tables"]) == len(load_contract().published) - 1
    )  # all but `changes` itself
