"""Whether Dagster's records have the form that the installed Dagster reads and writes, before anything reads them.

Records of another form work for a while: Dagster notices when a table or a column is missing, in the middle of a run.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import dagster as dg
from alembic.script import ScriptDirectory

from pipeline.errors import InputError
from pipeline.history_repair import DATABASES

REVISION = "SELECT version_num FROM alembic_version"


def check_files(home: Path) -> None:
    """Look at the databases of SQLite below ``home``; what is not there, or cannot be read, is for others to tell.

    Raises:
        InputError: one has another form than the installed Dagster's.
    """
    for path in (home / name for name in DATABASES):
        if path.exists():
            check_form(_revision(path), str(path), home)


def check_form(revision: str | None, where: str, home: Path) -> None:
    """Hold the ``revision`` that records say to be of to that of the installed Dagster.

    Args:
        revision: as alembic notes it; None where there are no records yet.
        where: the records, for the error.
        home: folder of Dagster's instance.

    Raises:
        InputError: it is an older one, or one that this Dagster does not know.
    """
    newest, known = _revisions()
    if revision in (None, newest):
        return
    if revision in known:
        raise InputError(
            f"{where}: these records are of an older Dagster; "
            f"`DAGSTER_HOME={home} dagster instance migrate` renews them"
        )
    raise InputError(
        f"{where}: these records are of a newer Dagster than {dg.__version__}, which is here; install the newer one "
        "(make setup), or move them away to begin new ones"
    )


@cache
def _revisions() -> tuple[str | None, frozenset[str]]:
    """Return the form of the installed Dagster, and all that it knows."""
    script = ScriptDirectory(str(Path(dg.__file__).parent / "_core" / "storage" / "alembic"))
    return script.get_current_head(), frozenset(one.revision for one in script.walk_revisions())


def _revision(path: Path) -> str | None:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            row = connection.execute(REVISION).fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row else None
