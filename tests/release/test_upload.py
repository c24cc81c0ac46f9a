"""Releases in an object store, a server of its protocol on loopback: nothing is overwritten, one publisher wins."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

import obstore
import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import FieldledgerError
from pipeline.release import object_store
from pipeline.release.index import read_index
from pipeline.release.object_store import Found, Moved, ObjectStore
from pipeline.release.upload import Uploaded, upload
from pipeline.release.verify import verify_release
from pipeline.settings import OF_THIS_MACHINE, load_settings
from tests.release import small
from tests.release.disk import contents

KEY, SECRET = "AKIAOFNOBODY", "a-secret-that-is-shown-nowhere"
BESIDE = {"feed.xml", "index.html", "index.json", "index.schema.json", "latest.json"}
_BUCKETS = count()


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """Start the server; return its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.release.s3_server"], cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
        env={**os.environ, "AWS_ACCESS_KEY_ID": "server", "AWS_SECRET_ACCESS_KEY": "server"},
    )  # fmt: skip
    assert process.stdin
    assert process.stdout
    try:
        yield f"http://127.0.0.1:{int(process.stdout.readline())}"
    finally:
        process.stdin.close()
        process.wait(timeout=30)
        process.stdout.close()


def ask(url: str, method: str, data: bytes | None = None) -> None:
    request = urllib.request.Request(url, data, {"Content-Type": "text/plain"}, method=method)
    with urllib.request.urlopen(request, timeout=30):
        pass


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a bucket, and let the environment lead to it; return its name."""
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    said = {"ENDPOINT_URL": server, "ACCESS_KEY_ID": KEY, "SECRET_ACCESS_KEY": SECRET, "REGION": "us-east-1"}
    for name, value in said.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    name = f"ledger-{next(_BUCKETS)}"
    ask(f"{server}/{name}", "PUT")
    return name


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two releases. Read it, leave it as it is."""
    releases = tmp_path_factory.mktemp("made") / "releases"
    for step in range(2):
        small.publish_step(releases, step)
    return releases


@pytest.fixture
def store(bucket: str) -> ObjectStore:
    return ObjectStore(f"s3://{bucket}/open/ledger")


def objects(store: ObjectStore) -> dict[str, bytes]:
    """Return everything in the store, by key."""
    return {key: store.read(key).data for key in store.listing("")}  # type: ignore[union-attr]


def put(store: ObjectStore, key: str, data: bytes) -> None:
    """Put an object as no publisher would."""
    obstore.put(store._store, key, data)


@pytest.fixture(scope="module")
def early(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the first of the releases alone. Read it, leave it as it is."""
    folder = tmp_path_factory.mktemp("early") / "releases"
    shutil.copytree(made / "v1.0.0", folder / "v1.0.0")
    return folder


@pytest.fixture(scope="module")
def late(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a third release. Read it, leave it as it is."""
    folder = Path(shutil.copytree(made, tmp_path_factory.mktemp("late") / "releases", symlinks=True))
    small.publish_step(folder, 2)
    return folder


def test_what_lies_there_is_what_lies_here_and_reads_back_as_a_release(
    made: Path, store: ObjectStore, tmp_path: Path
) -> None:
    done = upload(made, store)
    there = objects(store)
    files = {
        path.relative_to(made).as_posix(): path.read_bytes()
        for path in made.rglob("*") if path.is_file() and path.name != ".lock" and "latest" not in path.parts
    }  # fmt: skip
    latest = there.pop("latest.json")
    assert there == files
    assert done == Uploaded(store.url, "1.0.1", 2, len(files) - len(BESIDE) + 1, 0, ())
    assert json.loads(latest) == json.loads(there["index.json"])["latest"]
    Draft202012Validator(json.loads(there["index.schema.json"])).validate(json.loads(there["index.json"]))
    for key, data in there.items():
        (tmp_path / key).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / key).write_bytes(data)
    assert verify_release(tmp_path / "v1.0.1", small.CONTRACT) == []
    for key, kind in (("index.html", "text/html; charset=utf-8"), ("feed.xml", "application/atom+xml")):
        assert obstore.get(store._store, key).attributes["Content-Type"] == kind


def test_a_rerun_puts_nothing(early: Path, store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    first = upload(early, store)

    def none(*_: object, **__: object) -> None:
        raise AssertionError("put something")

    monkeypatch.setattr(obstore, "put", none)
    again = upload(early, store)
    assert (again.new, again.same) == (0, first.new)


class Died(BaseException):
    """The publisher is gone."""


def dying(after: int) -> Callable[..., object]:
    """Return `obstore.put` that ends the process, in a manner of speaking, once so many objects were put."""
    real, left = obstore.put, [after]

    def put_or_die(*arguments: Any, **options: Any) -> object:
        if not left[0]:
            raise Died
        result = real(*arguments, **options)
        left[0] -= 1
        return result

    return put_or_die


@pytest.mark.parametrize("after", [-6, -5, -1])
def test_wherever_an_upload_breaks_off_nothing_half_is_a_release_and_a_rerun_completes_it(
    early: Path, store: ObjectStore, after: int
) -> None:
    here = early
    total = len([path for path in (here / "v1.0.0").rglob("*") if path.is_file()]) + len(BESIDE)
    with patch.object(obstore, "put", dying(after % total)), pytest.raises(Died):
        upload(here, store)
    left = store.listing("")
    assert len(left) == after % total
    release = [key for key in left if key.startswith("v1.0.0/")]
    if "v1.0.0/manifest.json" in left:
        assert len(release) == total - len(BESIDE)
    else:
        assert not BESIDE & set(left)
    done = upload(here, store)
    assert (done.new, done.same) == (total - len(BESIDE) - len(release), len(release))
    whole = {f"v1.0.0/{path.relative_to(early / 'v1.0.0').as_posix()}" for path in early.rglob("*") if path.is_file()}
    assert store.listing("").keys() == whole | BESIDE


@pytest.mark.parametrize(
    ("part", "finished"), [("manifest.json", True), ("data/sources.csv", True), ("datapackage.zip", False)]
)
def test_a_version_with_other_bytes_is_refused_and_left_as_it_is(
    early: Path, store: ObjectStore, part: str, finished: bool
) -> None:
    data = (early / "v1.0.0" / part).read_bytes()
    if finished:
        upload(early, store)
    put(store, f"v1.0.0/{part}", data[:-2] + b"!\n")
    before = store.listing("")
    with pytest.raises(FieldledgerError, match=rf"v1\.0\.0/{part}: version 1\.0\.0 is there already with other bytes"):
        upload(early, store)
    after = store.listing("")
    assert {key: after[key] for key in before} == before
    assert finished or not BESIDE & set(after)


def test_bytes_are_read_where_the_store_tells_no_md5(early: Path, store: ObjectStore) -> None:
    upload(early, store)
    real = ObjectStore.listing
    with patch.object(
        ObjectStore, "listing", lambda self, prefix: {k: (n, '"x-2"') for k, (n, _) in real(self, prefix).items()}
    ):
        assert upload(early, store).new == 0
        put(store, "v1.0.0/README.md", (early / "v1.0.0/README.md").read_bytes()[:-2] + b"!\n")
        with pytest.raises(FieldledgerError, match="other bytes"):
            upload(early, store)


def test_an_object_that_no_release_lists_is_named(made: Path, store: ObjectStore) -> None:
    put(store, "v1.0.0/data/more.csv", b"x")
    with pytest.raises(FieldledgerError, match=r"v1\.0\.0/data/more\.csv: is no file of version 1\.0\.0; move it away"):
        upload(made, store)


def test_versions_that_are_only_there_stay_listed_and_latest_does_not_go_back(
    made: Path, early: Path, store: ObjectStore
) -> None:
    upload(made, store)
    before = store.listing("")
    done = upload(early, store)
    assert (done.latest, done.versions, done.new) == ("1.0.1", 1, 0)
    assert store.listing("") == before
    index = store.read("index.json")
    assert index
    assert [entry.version for entry in read_index(index.data).releases] == ["1.0.1", "1.0.0"]


@pytest.mark.parametrize(
    ("swapped", "was_there"), [("index.json", True), ("index.html", False), ("latest.json", False)]
)
def test_of_two_publishers_one_wins_and_the_other_says_so_and_a_rerun_tells_of_both(
    made: Path, early: Path, late: Path, store: ObjectStore, swapped: str, was_there: bool
) -> None:
    mine = late if was_there else early
    if was_there:
        upload(early, store)
    real = ObjectStore.swap

    def overtaken(self: ObjectStore, key: str, data: bytes, before: Found | None) -> None:
        """The other publisher comes in right before ``swapped`` is."""
        if key == swapped:
            with patch.object(ObjectStore, "swap", real):
                upload(made, ObjectStore(store.url))
        real(self, key, data, before)

    with patch.object(ObjectStore, "swap", overtaken), pytest.raises(FieldledgerError, match="another publisher won"):
        upload(mine, store)
    upload(mine, store)
    index, latest, page = (store.read(name) for name in ("index.json", "latest.json", "index.html"))
    assert index
    assert latest
    assert page
    versions = [entry.version for entry in read_index(index.data).releases]
    assert versions == (["1.0.2", "1.0.1", "1.0.0"] if was_there else ["1.0.1", "1.0.0"])
    assert json.loads(latest.data)["version"] == versions[0]
    assert f"Version {versions[0]}</h2>" in page.data.decode()


def test_what_was_read_before_is_swapped_and_nothing_else(store: ObjectStore) -> None:
    store.swap("latest.json", b"1", None)
    read = store.read("latest.json")
    store.swap("latest.json", b"2", read)
    for before in (read, None):
        with pytest.raises(Moved):
            store.swap("latest.json", b"3", before)
    assert objects(store) == {"latest.json": b"2"}


class _Busy(BaseHTTPRequestHandler):
    """A store in which every object that somebody puts is being put by somebody else."""

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        body = b"<Error><Code>ConditionalRequestConflict</Code><Message>A conflicting request</Message></Error>"
        self.send_response(409)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_that_another_publisher_puts_the_same_object_at_this_moment_is_told(
    bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not taken for an object that is there already, with other bytes."""
    monkeypatch.setattr(object_store, "_RETRIES", {"max_retries": 0})
    with ThreadingHTTPServer(("127.0.0.1", 0), _Busy) as busy:
        Thread(target=busy.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{busy.server_port}")
        store = ObjectStore(f"s3://{bucket}/ledger")
        for work in (lambda: store.create("a", b"x"), lambda: store.swap("a", b"x", Found(b"y", '"of y"'))):
            with pytest.raises(
                FieldledgerError, match="another publisher is putting the same object there at this mom"
            ):
                work()
        busy.shutdown()


def test_a_pointer_that_the_index_does_not_know_is_not_turned_back(made: Path, store: ObjectStore) -> None:
    put(store, "latest.json", json.dumps({"version": "9.0.0", "path": "v9.0.0/", "manifest_sha256": "a" * 64}).encode())
    with pytest.raises(
        FieldledgerError, match=r"latest\.json: names version 9\.0\.0, which index\.json there does not"
    ):
        upload(made, store)


def test_a_damaged_release_is_not_uploaded(made: Path, store: ObjectStore, tmp_path: Path) -> None:
    here = Path(shutil.copytree(made, tmp_path / "here", symlinks=True))
    (here / "v1.0.1/README.md").write_bytes(b"other")
    with pytest.raises(FieldledgerError, match=r"README\.md: not the file that manifest\.json lists"):
        upload(here, store)
    assert "v1.0.1/manifest.json" not in store.listing("")
    (here / "v1.0.0/manifest.json").write_bytes(b"{}")
    (here / "v1.0.1/README.md").write_bytes((made / "v1.0.1/README.md").read_bytes())
    assert [folder.path for folder in upload(here, store).left_out] == ["v1.0.0/"]


def _no_bucket(server: str, patched: pytest.MonkeyPatch) -> str:
    return "s3://nobody-made-this/ledger"


def _denied(server: str, patched: pytest.MonkeyPatch) -> str:
    ask(f"{server}/moto-api/reset-auth", "POST", b"0")
    return ""


def _unreachable(server: str, patched: pytest.MonkeyPatch) -> str:
    patched.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:1")
    return ""


def _no_credentials(server: str, patched: pytest.MonkeyPatch) -> str:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        patched.delenv(name)
    patched.setenv("AWS_METADATA_ENDPOINT", "http://127.0.0.1:1")
    return ""


def _half_a_key(server: str, patched: pytest.MonkeyPatch) -> str:
    patched.delenv("AWS_SECRET_ACCESS_KEY")
    return ""


def _secret_in_the_place(server: str, patched: pytest.MonkeyPatch) -> str:
    return f"s3://{KEY}:{SECRET}@bucket/ledger"


@pytest.mark.parametrize(
    ("trouble", "code", "says"),
    [
        (_no_bucket, 2, "there is no bucket nobody-made-this; make it"),
        (_denied, 2, "denied (InvalidAccessKeyId); use credentials that may"),
        (_unreachable, 1, "cannot be reached; check the network"),
        (_no_credentials, 2, "no credentials; set AWS_ACCESS_KEY_ID"),
        (_half_a_key, 2, "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY together"),
        (_secret_in_the_place, 2, "is no place in an object store, such as s3://bucket/prefix"),
    ],
)
def test_what_is_in_the_way_is_one_line_without_a_secret(
    made: Path, server: str, bucket: str, monkeypatch: pytest.MonkeyPatch,
    trouble: Callable[[str, pytest.MonkeyPatch], str], code: int, says: str,
) -> None:  # fmt: skip
    monkeypatch.setattr(object_store, "_RETRIES", {"max_retries": 0})
    try:
        url = trouble(server, monkeypatch) or f"s3://{bucket}/ledger"
        done = CliRunner().invoke(app, ["upload", "--to", url, "--data-dir", str(made.parent)])
    finally:
        ask(f"{server}/moto-api/reset-auth", "POST", b"inf")
    assert (done.exit_code, done.output.count("\n")) == (code, 1)
    assert says in done.output
    assert SECRET not in done.output
    assert KEY not in done.output


def test_the_command_tells_what_it_did_and_the_setting_says_where(
    early: Path, bucket: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDLEDGER_PUBLISH_TO", f"s3://{bucket}/ledger/")
    before = contents(early)
    done = CliRunner().invoke(app, ["upload", "--data-dir", str(early.parent)])
    assert done.exit_code == 0, done.output
    assert done.output.startswith(f"s3://{bucket}/ledger: 1 release, ")
    assert "latest is 1.0.0" in done.output
    assert contents(early) == before


def test_without_a_place_the_command_says_how_to_name_one(early: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FIELDLEDGER_PUBLISH_TO", raising=False)
    done = CliRunner().invoke(app, ["upload", "--data-dir", str(early.parent)])
    assert (done.exit_code, done.output.count("\n")) == (2, 1)
    assert "publish_to" in done.output


@pytest.fixture
def ran(early: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Let a run do nothing but note that it ran."""
    done: list[str] = []

    def run(bench: object, *, with_site: bool, wait: float) -> SimpleNamespace:
        done.append("run")
        return SimpleNamespace(new_release=False)

    monkeypatch.setattr("pipeline.run.run", run)
    monkeypatch.setattr("pipeline.screen.account", lambda report: ["done"])
    monkeypatch.setattr(
        "pipeline.workbench.open_workbench",
        lambda settings, _: SimpleNamespace(region=SimpleNamespace(notes=()), settings=settings),
    )
    monkeypatch.setattr("pipeline.orchestrate.uploads.record_upload", lambda *_: done.append("recorded"))
    monkeypatch.setenv("FIELDLEDGER_DATA_DIR", str(early.parent))
    monkeypatch.delenv("FIELDLEDGER_PUBLISH_TO", raising=False)
    return done


def test_a_run_publishes_there_at_its_end_and_without_the_setting_asks_nobody(
    early: Path, bucket: str, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CliRunner().invoke(app, ["run"]).output == "done\n"
    monkeypatch.setenv("FIELDLEDGER_PUBLISH_TO", f"s3://{bucket}/ledger")
    told = CliRunner().invoke(app, ["run"]).output
    assert told.startswith(f"done\ns3://{bucket}/ledger: 1 release, ")
    put(ObjectStore(f"s3://{bucket}/ledger"), "v1.0.0/README.md", b"other")
    done = CliRunner().invoke(app, ["run"])
    assert (done.exit_code, ran) == (1, ["run", "recorded", "run", "recorded", "run"])
    assert f"published in {early}, but not there yet: s3://{bucket}/ledger/v1.0.0/README.md: version" in done.output


def test_a_run_says_before_it_begins_that_the_place_cannot_be_used(
    ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FIELDLEDGER_PUBLISH_TO", "https://bucket")
    done = CliRunner().invoke(app, ["run"])
    assert (done.exit_code, ran) == (2, [])
    assert "no place in an object store" in done.output


def test_a_store_that_knows_no_conditions_is_refused_before_anything_is_swapped(
    early: Path, store: ObjectStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = obstore.put

    def unconditional(*arguments: Any, mode: object, **options: Any) -> object:
        return real(*arguments, **options)

    monkeypatch.setattr(obstore, "put", unconditional)
    with pytest.raises(FieldledgerError, match="knows no conditional writes"):
        upload(early, store)
    assert not BESIDE & store.listing("").keys()


def test_the_place_is_of_this_machine_and_enters_no_lock() -> None:
    assert "publish_to" in OF_THIS_MACHINE
    assert "publish_to" not in load_settings(publish_to="s3://bucket/ledger").entering()
