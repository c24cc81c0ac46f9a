"""A few invented articles, and ways to put them before the command line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Record = dict[str, Any]

RAID: Record = {
    "id": "raid-1",
    "title": "Air raid on Ariha",
    "text": "Russian warplanes carried out two air strikes on the town of Ariha in Idlib province on Tuesday, killing "
    "three civilians and wounding five others, Civil Defence said.",
    "source": "Test Gazette",
    "published_at": "2021-02-10",
    "invented": True,
}
CLASH: Record = {
    "id": "clash-1",
    "title": "Clashes near Saraqib",
    "text": "Clashes broke out on Monday between Syrian government forces and Hayat Tahrir al-Sham fighters near the "
    "town of Saraqib in Idlib province. At least four soldiers were killed, the Observatory said.",
    "source": "Test Courier",
    "published_at": "2021-02-16",
    "invented": True,
}
SHELLING: Record = {
    "id": "shelling-1",
    "title": "Shells on al-Atarib",
    "text": "Syrian government forces shelled the town of al-Atarib in western Aleppo countryside on Thursday, killing "
    "one woman and injuring two children, residents said.",
    "source": "Test Gazette",
    "published_at": "2021-02-26",
    "invented": True,
}


def write_jsonl(path: Path, *records: Mapping[str, Any]) -> Path:
    """Write records as JSON lines."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def fieldledger(
    *words: str | Path, cwd: Path, program: str = "pipeline.cli", **environment: str
) -> subprocess.CompletedProcess[str]:
    """Call the command line as a user does."""
    command = [sys.executable, "-m", program, *map(str, words)]
    env = {**os.environ, "DAGSTER_DISABLE_TELEMETRY": "yes", **environment}
    return subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=300)


def files_below(folder: Path, *, without: Sequence[str] = ()) -> dict[str, bytes]:
    """Return every file below ``folder`` by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in without
    }
