"""Where Dagster keeps its records: in SQLite beside the data, or in PostgreSQL, as the settings say.

`dagster.yaml` names the variable of the environment that holds the address, never the address, which has a password.
"""

from __future__ import annotations

import os
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import yaml

from pipeline.errors import InputError
from pipeline.settings import Settings

VARIABLE = "FIELDLEDGER_DAGSTER_STORAGE"
STORAGES = ("storage", "run_storage", "event_log_storage", "schedule_storage")
"""Words under which Dagster takes where it stores; where one stands, the file says so itself."""
POSTGRES = f"""\
# Added by fieldledger: the address stands in the environment, as it has a password in it.
storage:
  postgres:
    postgres_url:
      env: {VARIABLE}
"""
HANDLER = """\
# Added by fieldledger: what happens in runs is told to its log (settings log_level, log_format).
python_logs:
  dagster_handler_config:
    handlers:
      fieldledger:
        class: pipeline.happenings.OfDagster
"""


def home_of(settings: Settings) -> Path:
    """Return the folder of Dagster's instance: the one set, or `dagster` in the data directory."""
    return (settings.dagster_home or settings.data_dir / "dagster").resolve()


def read_settings(text: str, where: str) -> dict[str, Any]:
    """Return what the text of a `dagster.yaml`, which lies at ``where``, says.

    Raises:
        InputError: it is no YAML of names and values.
    """
    try:
        said = yaml.safe_load(text) or {}
    except yaml.YAMLError as error:
        raise InputError(f"{where}: is no YAML ({type(error).__name__}); mend it, or move it away") from None
    if not isinstance(said, dict):
        raise InputError(f"{where}: holds no names and values; mend it, or move it away")
    return said


def with_storage(text: str, settings: Settings, where: str) -> str:
    """Return the text of a `dagster.yaml` with the storage of the settings; the address goes into the environment.

    Args:
        text: the file as it is.
        settings: the deployment.
        where: path of the file, for errors.

    Raises:
        InputError: the file is no YAML, or says another storage than the settings; `dagster-postgres` is not installed.
    """
    said = read_settings(text, where)
    ours = VARIABLE in str(said.get("storage"))
    if settings.dagster_postgres_url is None:
        if ours:
            raise InputError(
                f"{where}: Dagster's records are in PostgreSQL, but dagster_postgres_url is not set; set it, or remove "
                "`storage` from the file to begin new records in SQLite"
            )
        return text
    if find_spec("dagster_postgres") is None:
        raise InputError(
            "setting dagster_postgres_url: dagster-postgres is not installed; pip install 'fieldledger[postgres]'"
        )
    address = settings.dagster_postgres_url.get_secret_value()
    os.environ[VARIABLE] = address.replace("postgresql://", "postgresql+psycopg2://", 1)  # not SQLAlchemy's own choice
    if ours:
        return text
    if any(word in said for word in STORAGES):
        raise InputError(f"{where}: names a storage of its own, and dagster_postgres_url another; remove one of them")
    return f"{text.rstrip()}\n{POSTGRES}"


def with_handler(text: str) -> str:
    """Return the text of a `dagster.yaml`, which is YAML, with our handler of events; as it is where it has some."""
    return text if "python_logs" in (yaml.safe_load(text) or {}) else f"{text.rstrip()}\n{HANDLER}"


def check_postgres(settings: Settings) -> None:
    """Connect once to PostgreSQL, where it is set: Dagster itself would try for half a minute, and name the address.

    Raises:
        InputError: it cannot be reached, or does not let us in; its records are of another Dagster.
    """
    if settings.dagster_postgres_url is None:
        return
    import psycopg2

    from pipeline.history_form import REVISION, check_form

    try:
        with (
            closing(
                psycopg2.connect(settings.dagster_postgres_url.get_secret_value(), connect_timeout=10)
            ) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT to_regclass('alembic_version')")
            (begun,) = cursor.fetchone()
            cursor.execute(REVISION if begun else "SELECT NULL")
            (revision,) = cursor.fetchone() or (None,)
    except psycopg2.Error as error:
        raise InputError(
            f"setting dagster_postgres_url: PostgreSQL cannot be used ({type(error).__name__}); see that it runs and "
            "that address, user and password are right (not shown here)"
        ) from None
    check_form(revision, "PostgreSQL", home_of(settings))
