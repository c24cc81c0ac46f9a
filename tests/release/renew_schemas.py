"""Renew the schemas that are made of records, of lock, index and trace: `python -m tests.release.renew_schemas`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pipeline.release import index, lock
from pipeline.trace import record


def renewed() -> dict[Path, str]:
    """Return the text of each schema as the records have it, by its file."""
    made: dict[Path, dict[str, Any]] = {
        index.SCHEMA_FILE: index.index_schema(),
        lock.SCHEMA_FILE: lock.lock_schema(),
        record.SCHEMA_FILE: record.trace_schema(),
    }
    return {file: json.dumps(schema, indent=2, ensure_ascii=False) + "\n" for file, schema in made.items()}


if __name__ == "__main__":
    for file, text in renewed().items():
        file.write_text(text, encoding="utf-8")
        print(f"{file.name} renewed")
