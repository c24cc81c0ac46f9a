"""A PostgreSQL of its own for a test, from Debian's package, on loopback; gone with the test."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), reverse=True)), None)
PASSWORD = "a-word-shown-nowhere"


def why_not() -> str | None:
    """Return why there is none here, None where there is."""
    if PROGRAMS is None:
        return "no PostgreSQL in /usr/lib/postgresql: apt-get install postgresql"
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return "no user postgres, whom root must start it as" if os.getuid() == 0 else None
    return None


@contextmanager
def postgres() -> Iterator[str]:
    """Start one; give its address, with user and password."""
    assert PROGRAMS is not None
    folder = Path(tempfile.mkdtemp(prefix="ledger-pg-", dir="/tmp"))
    user = "postgres" if os.getuid() == 0 else None
    try:
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        if user:
            for path in (folder, folder / "password"):
                os.chown(path, pwd.getpwnam(user).pw_uid, -1)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/", "user": user}
        subprocess.run(
            [PROGRAMS, "-D", folder / "data", "-U", "ledger", "-A", "scram-sha-256", f"--pwfile={folder / 'password'}",
             "--no-sync", "--no-locale", "-E", "UTF8"], check=True, **quiet,
        )  # fmt: skip
        server = subprocess.Popen(
            [PROGRAMS.with_name("postgres"), "-D", folder / "data", "-p", str(port), "-k", folder, "-c", "fsync=off",
             "-c", "listen_addresses=127.0.0.1"], **quiet,
        )  # fmt: skip
        try:
            ready: list[str] = [str(PROGRAMS.with_name("pg_isready")), "-q", "-h", "127.0.0.1", "-p", str(port)]
            until = time.monotonic() + 20
            while subprocess.run(ready, check=False).returncode:
                assert server.poll() is None, "PostgreSQL ended"
                assert time.monotonic() < until, "PostgreSQL does not answer"
                time.sleep(0.05)
            yield f"postgresql://ledger:{PASSWORD}@127.0.0.1:{port}/postgres"
        finally:
            server.terminate()
            server.wait(timeout=20)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
