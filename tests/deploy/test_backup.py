"""A data directory copied to an object store and made again from there; nothing damaged is copied or put back."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest

from pipeline.archive import Archive
from pipeline.deploy.backup import SNAPSHOT, back_up, recover
from pipeline.deploy.snapshot import read_snapshot, snapshot_of
from pipeline.errors import FieldledgerError, InputError
from pipeline.release.object_store import Found, Moved
from pipeline.release.rolled_back import roll_back
from pipeline.release.verify import verify_release
from pipeline.storage import Store
from tests.release import small
from tests.release.disk import contents


class Shelf:
    """An object store in memory, with the conditions of a real one (tests/release/test_upload.py speaks to one)."""

    url = "s3://shelf/copies"

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}

    def read(self, key: str) -> Found | None:
        return Found(self.objects[key], str(hash(self.objects[key]))) if key in self.objects else None

    def create(self, key: str, data: bytes) -> bool:
        return self.objects.setdefault(key, data) is data

    def swap(self, key: str, data: bytes, before: Found | None) -> None:
        if self.objects.get(key) != (before.data if before else None):
            raise Moved
        self.objects[key] = data

    def listing(self, prefix: str) -> dict[str, tuple[int, str]]:
        return {key: (len(data), "") for key, data in self.objects.items() if key.startswith(prefix)}

    def holds(self, key: str, data: bytes, listed: object = None) -> bool:
        return self.objects.get(key) == data


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data_dir = tmp_path_factory.mktemp("template") / "data"
    for step in range(2):
        small.publish_step(data_dir / "releases", step)
    store = Store(data_dir / "store")
    store.remember("coding", ["a"], lambda: {"coding": pl.DataFrame({"x": [1]})})
    store.point("events", None, store.put(pl.DataFrame({"y": [2]})))
    Archive(data_dir / "store").keep_bytes(b"an article")
    (data_dir / "dagster").mkdir()
    (data_dir / "dagster" / "run.db").write_bytes(b"of this machine")
    return data_dir


@pytest.fixture
def data_dir(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "data", symlinks=True))


def test_a_new_machine_has_all_that_the_old_one_had(data_dir: Path, tmp_path: Path) -> None:
    shelf = Shelf()
    first = back_up(data_dir, shelf)  # type: ignore[arg-type]
    assert first.new
    assert back_up(data_dir, shelf).new == 0  # type: ignore[arg-type]
    other = tmp_path / "other"
    recover(other, shelf)  # type: ignore[arg-type]
    assert snapshot_of(other) == snapshot_of(data_dir)
    assert not (other / "dagster").exists()
    assert (other / "releases" / "latest").resolve() == other / "releases" / small.NEXT
    for version in ("v1.0.0", small.NEXT):
        assert contents(other / "releases" / version) == contents(data_dir / "releases" / version)
    assert Store(other / "store").load("events")["y"].to_list() == [2]
    assert Store(other / "store").recall("coding", ["a"]) is not None
    assert recover(other, shelf).new == 0  # type: ignore[arg-type]
    may = {path: path.stat().st_mode for path in (data_dir / "releases").rglob("*")}
    assert may == {data_dir / path.relative_to(other): path.stat().st_mode for path in (other / "releases").rglob("*")}


def test_what_was_lost_is_put_back_and_what_is_damaged_is_told(data_dir: Path) -> None:
    shelf = Shelf()
    back_up(data_dir, shelf)  # type: ignore[arg-type]
    lost = next((data_dir / "store" / "objects").rglob("*.parquet"))
    whole = lost.read_bytes()
    lost.write_bytes(b"torn")
    with pytest.raises(FieldledgerError, match="nothing was copied"):
        back_up(data_dir, shelf)  # type: ignore[arg-type]
    assert recover(data_dir, shelf).new == 1  # type: ignore[arg-type]
    assert lost.read_bytes() == whole
    key = next(key for key in shelf.objects if key.endswith(lost.name.split(".")[0]))
    shelf.objects[key] = b"torn"
    lost.unlink()
    with pytest.raises(FieldledgerError, match="does not have the hash in its name; it cannot be put back"):
        recover(data_dir, shelf)  # type: ignore[arg-type]


def test_a_release_that_differs_is_not_overwritten(data_dir: Path) -> None:
    shelf = Shelf()
    back_up(data_dir, shelf)  # type: ignore[arg-type]
    (data_dir / "releases" / "v1.0.0" / "CODEBOOK.md").write_bytes(b"altered")
    with pytest.raises(FieldledgerError, match="move it away, then recover again"):
        recover(data_dir, shelf)  # type: ignore[arg-type]
    (data_dir / "releases" / "v1.0.0").rename(data_dir / "altered")
    recover(data_dir, shelf)  # type: ignore[arg-type]
    assert (data_dir / "releases" / "v1.0.0" / "CODEBOOK.md").read_bytes() == b"# Codebook\n"


def test_two_machines_do_not_write_over_each_other(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shelf = Shelf()
    monkeypatch.setattr(shelf, "listing", lambda prefix: shelf.objects.setdefault(SNAPSHOT, b"of another") and {})
    with pytest.raises(FieldledgerError, match="another machine copied to the same place"):
        back_up(data_dir, shelf)  # type: ignore[arg-type]
    assert shelf.objects[SNAPSHOT] == b"of another"


@pytest.mark.parametrize("path", ["../away", "store/raw/../../x", "site/index.html", "/etc/passwd", "store/values/x"])
def test_a_snapshot_that_leads_out_of_the_data_directory_is_refused(path: str) -> None:
    data = f'{{"schema_version": 1, "latest": null, "files": [{{"path": "{path}", "bytes": 1, "sha256": "aa"}}]}}'
    with pytest.raises(FieldledgerError, match="is no file of a data directory"):
        read_snapshot(data.encode(), "s3://x/snapshot.json")


def test_nothing_to_recover_from_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"holds no snapshot\.json"):
        recover(tmp_path, Shelf())  # type: ignore[arg-type]


def test_latest_is_led_back_and_stays_until_a_newer_release(data_dir: Path) -> None:
    releases = data_dir / "releases"
    before = {path: contents(releases / path) for path in ("v1.0.0", small.NEXT)}
    roll_back(releases, "v1.0.0")
    assert (releases / "latest").resolve().name == "v1.0.0"
    small.publish_step(releases, 1)
    assert (releases / "latest").resolve().name == "v1.0.0", "a rerun that finds nothing new leaves it"
    small.publish_step(releases, 2)
    newest = (releases / "latest").resolve()
    assert newest.name not in before
    assert not verify_release(newest, small.CONTRACT)
    assert {path: contents(releases / path) for path in before} == before


def test_only_a_release_that_is_there_and_whole_can_be_led_to(data_dir: Path) -> None:
    releases = data_dir / "releases"
    with pytest.raises(InputError, match=r"no release v9\.9\.9; there are 1\.0\.0, 1\.0\.1"):
        roll_back(releases, "v9.9.9")
    (releases / "v1.0.0" / "CODEBOOK.md").write_bytes(b"altered")
    with pytest.raises(FieldledgerError, match="is not whole"):
        roll_back(releases, "1.0.0")
    assert (releases / "latest").resolve().name == small.NEXT
