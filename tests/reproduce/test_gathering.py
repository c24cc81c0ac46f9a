"""What is needed to make a release again: found by hash wherever it is, or named as missing, first things first."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from pydantic import JsonValue

from pipeline import lineage
from pipeline.archive import Archive
from pipeline.errors import InputError
from pipeline.ids import sha256_bytes
from pipeline.progress import Unwatched
from pipeline.release.lock import GoldFile, RawInput, SuppliedFile
from pipeline.reproduce.chain import find_chain
from pipeline.reproduce.environment import differing
from pipeline.reproduce.job import Order, reproduce, store_of
from pipeline.reproduce.materials import Shelves, gather, gazetteers, gold_sets
from pipeline.reproduce.rebuild import Workshop
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.release.factory import MADE_FROM

ONE, TWO = b"one", b"two"
LOCK = replace(
    MADE_FROM,
    inputs=(
        RawInput("in/one.txt", "txt", sha256_bytes(ONE), None, None),
        RawInput("in/link", None, None, None, "is a link"),
    ),
    knowledge=replace(
        MADE_FROM.knowledge,
        gazetteers=(SuppliedFile("SY.txt", sha256_bytes(TWO)), SuppliedFile("SY.txt", sha256_bytes(ONE))),
    ),
    gold=(GoldFile("ours", "articles.jsonl", sha256_bytes(ONE), False), GoldFile("syria", "x", "0" * 64, True)),
)


@pytest.fixture
def store(tmp_path: Path) -> Archive:
    archive = Archive(tmp_path / "store")
    archive.keep_bytes(ONE)
    archive.keep_bytes(TWO)
    return archive


def test_inputs_are_gathered_and_laid_out_under_their_names(store: Archive, tmp_path: Path) -> None:
    clean = Archive(tmp_path / "clean")
    gather(LOCK, Shelves(store), clean)
    assert [path.read_bytes() for path in gazetteers(LOCK, clean, tmp_path)] == [TWO, ONE]
    assert [path.name for path in gazetteers(LOCK, clean, tmp_path / "again")] == ["SY.txt", "SY.txt"]
    (folder,) = gold_sets(LOCK, clean, tmp_path)
    assert (folder.name, (folder / "articles.jsonl").read_bytes()) == ("ours", ONE)


def test_what_the_store_lost_is_found_by_hash_whatever_it_is_called(store: Archive, tmp_path: Path) -> None:
    store.path(sha256_bytes(ONE)).unlink()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "renamed.bin").write_bytes(ONE)
    clean = Archive(tmp_path / "clean")
    gather(LOCK, Shelves(store, [tmp_path / "mine"]), clean)
    assert clean.read(sha256_bytes(ONE)) == ONE


@pytest.mark.parametrize("damage", [None, b"rotten"])
def test_the_first_input_that_is_missing_or_damaged_is_named(
    store: Archive, tmp_path: Path, damage: bytes | None
) -> None:
    path = store.path(sha256_bytes(ONE))
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    why = "is not in the archive" if damage is None else "do not have the hash in its name; it was put aside"
    with pytest.raises(InputError, match=rf"(?s)3 of 4 raw inputs .*First:\n  in/one\.txt \(\w+\): .*{why}"):
        gather(LOCK, Shelves(store), Archive(tmp_path / "clean"))


def test_a_file_of_the_name_with_another_hash_is_named_beside(store: Archive, tmp_path: Path) -> None:
    store.path(sha256_bytes(ONE)).unlink()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "one.txt").write_bytes(b"one, corrected")
    digest = sha256_bytes(b"one, corrected")[:16]
    with pytest.raises(InputError, match=rf"is not in the archive, and .*mine/one\.txt has another hash \({digest}\)"):
        gather(LOCK, Shelves(store, [tmp_path / "mine"]), Archive(tmp_path / "clean"))


def test_a_place_to_look_in_must_be_there(store: Archive, tmp_path: Path) -> None:
    store.path(sha256_bytes(ONE)).unlink()
    with pytest.raises(InputError, match=r"nowhere: there is no such file or folder"):
        gather(LOCK, Shelves(store, [tmp_path / "nowhere"]), Archive(tmp_path / "clean"))


def test_a_predecessor_at_hand_is_taken_as_it_is_unless_the_whole_series_is_wanted(series: Path) -> None:
    archive = Archive(store_of(series, None))
    chain = find_chain(series, archive, whole=False)
    assert (chain.base, [link.manifest.version for link in chain.links]) == (series.parent / "v1.0.0", ["1.0.1"])
    chain = find_chain(series, archive, whole=True)
    assert (chain.base, [link.manifest.version for link in chain.links]) == (None, ["1.0.0", "1.0.1"])
    assert chain.links[0].folder == series.parent / "v1.0.0"


@pytest.mark.parametrize("damage", ["gone", "another", "damaged"])
def test_a_predecessor_that_is_not_the_one_is_made_again_from_its_papers(series: Path, damage: str) -> None:
    before = series.parent / "v1.0.0"
    if damage == "damaged":
        (before / "README.md").write_bytes(b"?")
    else:
        shutil.rmtree(before)
    if damage == "another":
        shutil.copytree(series, before)
    chain = find_chain(series, Archive(store_of(series, None)), whole=False)
    assert chain.base is None
    assert [(link.manifest.version, link.folder) for link in chain.links] == [("1.0.0", None), ("1.0.1", series)]


def test_a_predecessor_of_which_nothing_is_left_is_named(series: Path, tmp_path: Path) -> None:
    shutil.rmtree(series.parent / "v1.0.0")
    with pytest.raises(InputError, match=r"the release before, 1\.0\.0 \(manifest \w+\), is missing.*v1\.0\.0"):
        find_chain(series, Archive(tmp_path / "nothing"), whole=False)


def test_what_is_other_here_is_told_in_order(tmp_path: Path) -> None:
    bench = open_workbench(Settings(data_dir=tmp_path, source_date_epoch=None))
    told = [line.partition(":")[0] for line in differing(MADE_FROM, bench)]
    assert told[:5] == [
        "code version",
        "dependency lock",
        "Python",
        *(f"package {name}" for name in list(lineage.package_versions())[:2]),
    ]
    assert told[-9:] == [
        "knowledge of region syria",
        "gold set syria, articles.jsonl",
        "gold set syria, mentions.jsonl",
        *["settings"] * 6,
    ]


def test_nothing_is_other_where_the_release_was_made(tmp_path: Path) -> None:
    bench = open_workbench(Settings(data_dir=tmp_path, source_date_epoch=None))
    package, version = lineage.project_version()
    gold = sorted((bench.region.directory / "gold").glob("*.jsonl"))
    lock = replace(
        MADE_FROM,
        code=replace(
            MADE_FROM.code,
            package=package,
            version=version,
            sha256=lineage.sources_digest(),
            stages=lineage.code_versions(),
        ),
        dependencies=replace(
            MADE_FROM.dependencies,
            lock_sha256=lineage.lock_version(),
            python=lineage.python_version(),
            packages=lineage.package_versions(),
        ),
        knowledge=replace(MADE_FROM.knowledge, region="syria", sha256=bench.region.digest()),
        settings=bench.settings.entering(),
        gold=tuple(GoldFile("syria", path.name, sha256_bytes(path.read_bytes()), True) for path in gold),
    )
    assert list(differing(lock, bench)) == []
    other = replace(lock, code=replace(lock.code, sha256="0" * 64, stages={**lock.code.stages, "brief": "?"}))
    (line,) = differing(other, bench)
    assert line.endswith("(other in brief)")


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ({"region": "atlantis"}, "atlantis"),
        ({"region": "syria", "later_setting": 1}, "later_setting of the lock"),
        ({"region": "syria", "max_record_bytes": -1}, "max_record_bytes of the lock"),
    ],
)
def test_a_lock_that_this_program_cannot_follow_is_an_error_of_the_call(
    tmp_path: Path, settings: dict[str, JsonValue], says: str
) -> None:
    lock = replace(MADE_FROM, settings=settings, inputs=())
    with pytest.raises(InputError, match=says):
        Workshop(tmp_path).bench(lock, Shelves(Archive(tmp_path)), Unwatched())


def test_the_environment_has_no_say_in_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDLEDGER_LATEST_DATE", "2020-01-01")
    monkeypatch.setenv("FIELDLEDGER_CORRECTIONS", "elsewhere")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "7")
    lock = replace(MADE_FROM, settings={"region": "syria", "max_record_bytes": 5_000}, inputs=())
    made = Workshop(tmp_path).bench(lock, Shelves(Archive(tmp_path)), Unwatched()).settings
    assert (made.max_record_bytes, made.corrections, made.source_date_epoch) == (5_000, None, None)
    assert made.latest_date.isoformat() == "2100-01-01"


def test_a_release_that_is_not_whole_is_not_made_again(series: Path) -> None:
    (series / "README.md").unlink()
    with pytest.raises(InputError, match=r"not whole: README\.md: is missing"):
        reproduce(Order(series, store_of(series, None)), Unwatched(), print)


def test_a_link_that_leads_to_itself_is_told_of(tmp_path: Path) -> None:
    release = tmp_path / "releases" / "latest"
    release.parent.mkdir()
    release.symlink_to("latest")
    with pytest.raises(InputError, match="Too many levels of symbolic links"):
        reproduce(Order(release, store_of(release, None)), Unwatched(), print)


def test_the_folder_to_work_in_must_be_empty(series: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is not empty"):
        reproduce(Order(series, store_of(series, None), work=series.parent), Unwatched(), print)
    with pytest.raises(InputError, match="cannot be used"):
        reproduce(Order(series, store_of(series, None), work=series / "README.md"), Unwatched(), print)
