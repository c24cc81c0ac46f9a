"""Records of Dagster that another Dagster wrote are told in one line, with what to do, before anything reads them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.deploy.look_at_machine import dagster
from pipeline.errors import InputError
from pipeline.history_repair import DATABASES
from pipeline.run import open_instance
from pipeline.settings import Settings

OLDER, UNKNOWN = "5771160a95ad", "ffffffffffff"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Lay out the records of a deployment."""
    data_dir = tmp_path_factory.mktemp("form")
    with open_instance(Settings(data_dir=data_dir)) as instance:
        instance.get_runs_count()
    return data_dir / "dagster"


@pytest.mark.parametrize("name", DATABASES)
@pytest.mark.parametrize(
    ("revision", "remedy"),
    [(OLDER, "DAGSTER_HOME={home} dagster instance migrate"), (UNKNOWN, "install the newer one (make setup)")],
)
def test_records_of_another_dagster_are_one_line_of_doctor_status_and_run(
    home: Path, name: str, revision: str, remedy: str
) -> None:
    settings = Settings(data_dir=home.parent)
    assert [finding.level for finding in dagster(settings)] == ["ok"]
    with closing(sqlite3.connect(home / name)) as connection, connection:
        ((was,),) = connection.execute("SELECT version_num FROM alembic_version").fetchall()
        connection.execute("UPDATE alembic_version SET version_num = ?", [revision])
    try:
        with pytest.raises(InputError, match=r"these records are of an? (older|newer) Dagster") as raised:
            list(dagster(settings))
        for command in ("status", "run") if name == DATABASES[0] and revision == OLDER else ():
            done = CliRunner().invoke(app, [command, "--data-dir", str(home.parent)])
            assert (done.exit_code, done.stderr) == (2, f"fieldledger: {raised.value}\n")
    finally:
        with closing(sqlite3.connect(home / name)) as connection, connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", [was])
    assert str(raised.value).startswith(f"{home / name}: ")
    assert remedy.format(home=home) in str(raised.value)
