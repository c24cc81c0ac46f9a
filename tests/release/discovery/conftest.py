"""The facts about one release, made without writing one."""

from __future__ import annotations

import pytest

from pipeline.ids import sha256_text
from pipeline.release.database import DATABASE
from pipeline.release.discovery.facts import Facts, facts_of
from pipeline.release.discovery.making import making_of
from pipeline.release.files import FileRecord
from pipeline.release.manifest import TableRecord
from pipeline.release.package_zip import PACKAGE
from tests.release.factory import CONTRACT, MADE_FROM, about


def record(path: str) -> FileRecord:
    return FileRecord(path, len(path), sha256_text(path))


def facts_after(previous: str | None) -> Facts:
    """Return the facts about a release that follows the version ``previous``."""
    tables = [
        TableRecord(t.name, 1, len(t.fields), record(f"data/{t.name}.csv"), record(f"data/{t.name}.parquet"))
        for t in CONTRACT.published
    ]
    pages = ("README.md", "briefings/2021-W05.md", "data/weekly_events.hxl.csv", DATABASE, PACKAGE)
    listed = [*(file for table in tables for file in table.files), *map(record, pages)]
    return facts_of(about(previous=previous), tables, listed, making_of(MADE_FROM))


@pytest.fixture(scope="session")
def facts() -> Facts:
    """Return the facts about a first release."""
    return facts_after(None)
