"""Renew `schemas/index.schema.json` from `release/index.py`: `python -m tests.release.renew_index_schema`."""

from __future__ import annotations

import json

from pipeline.release.index import SCHEMA_FILE, index_schema


def renewed() -> str:
    """Return the text of the schema as the records have it."""
    return json.dumps(index_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(renewed(), encoding="utf-8")
    print(f"{SCHEMA_FILE.name} renewed")
