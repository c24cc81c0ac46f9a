"""Dagster's records in a real PostgreSQL: written by one instance, read by another, and no password anywhere."""

from __future__ import annotations

import os
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import dagster as dg
import pytest
from pydantic import SecretStr

from pipeline.dagster_home import VARIABLE
from pipeline.errors import InputError
from pipeline.run import open_instance
from pipeline.settings import Settings, load_settings
from tests.deploy.postgres import PASSWORD, postgres, why_not

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}


@dg.asset
def first() -> int:
    return 1


@dg.asset
def second(first: int) -> int:
    return first + 1


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, VARIABLE, "")


@pytest.mark.skipif(find_spec("dagster_postgres") is None, reason="dagster-postgres is not installed (make setup)")
@pytest.mark.skipif(why_not() is not None, reason=str(why_not()))
@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
def test_what_one_instance_wrote_another_one_reads(tmp_path: Path) -> None:
    with postgres() as address:
        here, there = (
            Settings(data_dir=tmp_path / name, dagster_postgres_url=SecretStr(address)) for name in ("here", "there")
        )
        with open_instance(here) as instance:
            made = dg.materialize([first, second], instance=instance, run_config=QUIET)
            assert made.success
        with open_instance(there) as instance:
            event = instance.get_latest_materialization_event(dg.AssetKey("second"))
            assert event is not None
            assert event.run_id == made.run_id
            assert [run.run_id for run in instance.get_runs()] == [made.run_id]
        written = [path for path in tmp_path.rglob("*") if path.is_file()]
        assert not [path for path in written if PASSWORD.encode() in path.read_bytes()]
        assert not [path for path in written if path.suffix == ".db"]
        wrong = address.replace(PASSWORD, "another-word")
        with pytest.raises(InputError) as told:
            open_instance(Settings(data_dir=tmp_path / "wrong", dagster_postgres_url=SecretStr(wrong)))
        assert "PostgreSQL cannot be used" in str(told.value)
        assert "another-word" not in str(told.value)
        import psycopg2

        with closing(psycopg2.connect(address)) as connection, connection, connection.cursor() as cursor:
            cursor.execute("UPDATE alembic_version SET version_num = '5771160a95ad'")
        with pytest.raises(InputError, match="PostgreSQL: these records are of an older Dagster"):
            open_instance(there)


def test_an_address_that_is_none_is_refused_without_showing_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDLEDGER_DAGSTER_POSTGRES_URL", f"mysql://ledger:{PASSWORD}@host/x")
    with pytest.raises(InputError, match="setting dagster_postgres_url") as told:
        load_settings()
    assert PASSWORD not in str(told.value)


def test_an_address_enters_no_release_and_no_text_of_the_settings() -> None:
    settings = Settings(dagster_postgres_url=SecretStr(f"postgresql://ledger:{PASSWORD}@host/x"))
    assert PASSWORD not in repr(settings)
    assert "dagster_postgres_url" not in settings.entering()


def test_records_do_not_fall_back_to_sqlite_in_silence(tmp_path: Path) -> None:
    home = tmp_path / "dagster"
    home.mkdir()
    (home / "dagster.yaml").write_text(f"storage: {{postgres: {{postgres_url: {{env: {VARIABLE}}}}}}}\n")
    with pytest.raises(InputError, match="dagster_postgres_url is not set"):
        open_instance(Settings(data_dir=tmp_path))
