"""The site is shown on the loopback address, whole and harmless, and nothing else is."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.errors import FieldledgerError, InputError
from pipeline.site.server import site_server

Answer = tuple[http.client.HTTPResponse, bytes]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that looks like a site, with a secret beside it and a link that leads there."""
    home = tmp_path_factory.mktemp("served")
    (home / "secret.txt").write_text("secret")
    site = home / "site"
    for path, text in {
        "index.html": "<!doctype html><title>Home</title>",
        "404.html": "<!doctype html><title>Missing</title>",
        "weeks/index.html": "weeks",
        "events/e-1.json": "{}",
        "briefings.xml": "<feed/>",
        "releases/v1.0.0/data/events.csv": "event_id\r\n",
        "releases/v1.0.0/changes.html": "<style></style>",
        ".writing-1-x.html": "half",
        "assets/site.css": "",
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text)
    (site / "out.txt").symlink_to(home / "secret.txt")
    (site / "outside").symlink_to(home)
    return site


@pytest.fixture(scope="module")
def port(folder: Path) -> Iterator[int]:
    with site_server(folder, 0) as server:
        worker = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        worker.start()
        yield server.server_address[1]
        server.shutdown()
        worker.join()


def get(port: int, path: str, host: str = "127.0.0.1:8765", method: str = "GET") -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host)
        connection.endheaders()
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/weeks/", "text/html; charset=utf-8"),
        ("/events/e-1.json", "application/json"),
        ("/briefings.xml", "application/atom+xml; charset=utf-8"),
        ("/assets/site.css", "text/css; charset=utf-8"),
        ("/releases/v1.0.0/data/events.csv", "text/csv; charset=utf-8"),
    ],
)
def test_files_have_their_types_and_headers(port: int, path: str, kind: str) -> None:
    response, _ = get(port, path)
    assert response.status == 200
    assert response.headers["Content-Type"] == kind
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert "Python" not in response.headers["Server"]


def test_pages_of_releases_keep_their_own_policy_for_style(port: int) -> None:
    response, _ = get(port, "/releases/v1.0.0/changes.html")
    assert response.headers["Content-Security-Policy"] == "frame-ancestors 'none'"


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/events/", "/assets/", "/out.txt", "/outside/secret.txt", "/../secret.txt", "/%2e%2e/secret.txt",
     "/.writing-1-x.html", "/..%5csecret.txt", "/%00", "/events/..%2f..%2fsecret.txt"],
)  # fmt: skip
def test_what_is_no_file_of_the_site_gets_the_missing_page(port: int, path: str) -> None:
    response, data = get(port, path)
    assert response.status == 404
    assert b"Missing" in data


def test_a_folder_without_its_slash_is_led_to_its_page(port: int) -> None:
    response, _ = get(port, "/weeks")
    assert (response.status, response.headers["Location"]) == (301, "/weeks/")


def test_only_the_names_of_this_machine_are_answered(port: int) -> None:
    assert get(port, "/", host="evil.example")[0].status == 421
    assert get(port, "/", host="evil.example:8765")[0].status == 421
    assert get(port, "/", host="localhost")[0].status == 200


def test_a_head_request_has_no_body_and_no_other_method_is_known(port: int) -> None:
    response, data = get(port, "/nothing", method="HEAD")
    assert (response.status, data) == (404, b"")
    assert get(port, "/", method="POST")[0].status == 501


def test_a_missing_site_and_a_taken_port_are_told_with_the_remedy(folder: Path, port: int, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no site; `fieldledger site` makes one"):
        site_server(tmp_path, 0)
    with pytest.raises(FieldledgerError, match=rf"port {port} of 127\.0\.0\.1: .*choose another with --port"):
        site_server(folder, port)
