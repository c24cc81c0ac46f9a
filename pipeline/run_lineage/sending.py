"""Where events go: always to a file in the data directory, and to an endpoint where a setting names one.

A file that cannot be written and an endpoint that does not answer cost one warning each, never the run.
"""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from openlineage.client import OpenLineageClient
from openlineage.client.event_v2 import RunEvent
from openlineage.client.transport.file import FileConfig, FileTransport
from openlineage.client.transport.http import ApiKeyTokenProvider, HttpConfig, HttpTransport, TokenProvider

API_KEY = "OPENLINEAGE_API_KEY"
"""Variable of the environment that holds the key of the endpoint; it is sent, and never shown."""
TIMEOUT = 5.0
"""Seconds that an answer of the endpoint may take."""
_LOG = logging.getLogger(__name__)


def lineage_file(data_dir: Path) -> Path:
    """Return the file of events of a deployment: JSON lines, one an event, the newest last."""
    return data_dir / "lineage" / "openlineage.jsonl"


class Sender:
    """Sends events to the file and to the endpoint."""

    def __init__(self, data_dir: Path, url: str | None = None) -> None:
        self._path = lineage_file(data_dir)
        self._url = url
        self._file: OpenLineageClient | None = OpenLineageClient(
            transport=FileTransport(FileConfig(str(self._path), append=True))
        )
        self._endpoint = OpenLineageClient(transport=HttpTransport(_http(url))) if url else None

    def send(self, event: RunEvent) -> None:
        """Send one event; after a failure a destination is left alone, the other goes on."""
        if self._file and not _done(lambda: self._append(event), f"{self._path}: cannot be written"):
            self._file = None
        if self._endpoint and not _done(lambda: self._post(event), f"OpenLineage endpoint {_shown(self._url)}"):
            self._endpoint = None

    def _append(self, event: RunEvent) -> None:
        """Append one line; runs of other processes wait for each other."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if self._file:
                self._file.emit(event)

    def _post(self, event: RunEvent) -> None:
        if self._endpoint:
            self._endpoint.emit(event)


def _http(url: str) -> HttpConfig:
    key = os.environ.get(API_KEY)
    auth = ApiKeyTokenProvider({"apiKey": key}) if key else TokenProvider({})
    return HttpConfig(url=url, timeout=TIMEOUT, auth=auth, retry={"total": 1, "backoff_factor": 0.1})


def _shown(url: str | None) -> str:
    """Return the address without what may be secret in it."""
    parts = urlsplit(url or "")
    return f"{parts.scheme}://{parts.hostname}:{parts.port}" if parts.port else f"{parts.scheme}://{parts.hostname}"


def _done(act: Callable[[], None], what: str) -> bool:
    try:
        act()
    except Exception as error:  # whatever the client raises, lineage must not cost the run
        _LOG.warning("%s (%s); lineage of this run goes there no further", what, type(error).__name__)
        return False
    return True
