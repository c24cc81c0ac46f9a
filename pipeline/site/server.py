"""The site shown on this machine: files of one folder over HTTP on the loopback address, and nothing else.

No listing, no link followed, no name of another host answered (so that a page elsewhere cannot read it by a name that
it lets lead here). What is not there gets the site's own page.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from pipeline.errors import FieldledgerError, InputError
from pipeline.site import addresses
from pipeline.site.chrome import POLICY

HOST = "127.0.0.1"
_NAMES = frozenset({HOST, "localhost", "[::1]"})
_TYPES = {
    ".cff": "application/yaml; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown; charset=utf-8",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".sqlite": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
    ".zip": "application/zip",
}
_FEEDS = {addresses.BRIEFINGS_FEED, addresses.RELEASES_FEED, "feed.xml"}


class _Handler(SimpleHTTPRequestHandler):
    server_version = "fieldledger"
    sys_version = ""
    protocol_version = "HTTP/1.1"

    def send_head(self) -> BytesIO | BinaryIO | None:
        """Answer for a file of the site; everything else is told to be missing."""
        if not self._is_for_us():
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
            return None
        if not self._leads_to_a_file():
            self._send_missing()
            return None
        return super().send_head()

    def _is_for_us(self) -> bool:
        name = self.headers.get("Host", "").lower()
        return (name.rpartition(":")[0] if name.rpartition(":")[2].isdigit() else name) in _NAMES

    def _leads_to_a_file(self) -> bool:
        root = Path(self.directory)
        parts = unquote(urlsplit(self.path).path).split("/")
        if any(part.startswith(".") or "\\" in part or "\0" in part for part in parts):
            return False
        here = root.joinpath(*(part for part in parts if part))
        if any(path.is_symlink() for path in (here, *here.parents) if path.is_relative_to(root) and path != root):
            return False
        return here.is_file() or (here / "index.html").is_file()

    def _send_missing(self) -> None:
        try:
            data = (Path(self.directory) / addresses.MISSING).read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return
        self.send_response(HTTPStatus.NOT_FOUND)
        self.send_header("Content-Type", _TYPES[".html"])
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    def end_headers(self) -> None:
        """Add what keeps pages harmless; pages inside releases bring the policy for their own inline style."""
        inside_release = urlsplit(getattr(self, "path", "")).path.startswith(f"/{addresses.RELEASES}/")
        policy = "frame-ancestors 'none'" if inside_release else f"{POLICY}; frame-ancestors 'none'"
        self.send_header("Content-Security-Policy", policy)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Referrer-Policy", "no-referrer")
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        """Return the type of a file by its ending."""
        name = Path(path)
        if name.name in _FEEDS:
            return "application/atom+xml; charset=utf-8"
        return _TYPES.get(name.suffix, "application/octet-stream")

    def log_message(self, format: str, *arguments: object) -> None:
        """Say nothing: a terminal is no place for what a request says."""


def site_server(folder: Path, port: int) -> ThreadingHTTPServer:
    """Return a server of the site in ``folder`` on the loopback address, listening; port 0 takes a free one.

    Raises:
        InputError: there is no site.
        FieldledgerError: the port is taken or may not be used.
    """
    if not (folder / addresses.HOME).is_file():
        raise InputError(f"{folder}: no site; `fieldledger site` makes one")
    handler: Callable[..., _Handler] = partial(_Handler, directory=str(folder.resolve()))
    try:
        return ThreadingHTTPServer((HOST, port), handler)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise FieldledgerError(f"port {port} of {HOST}: {why}; choose another with --port") from error
