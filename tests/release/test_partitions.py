"""A large table is in Parquet by year: every row in the part of its year, told everywhere, read back as one table."""

from __future__ import annotations

import contextlib
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from frictionless import Package
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes
from pipeline.parquet import parquet_bytes
from pipeline.release.changes import compare_editions
from pipeline.release.columns import rows_of
from pipeline.release.files import FileRecord, record_of
from pipeline.release.lock import read_lock
from pipeline.release.manifest import Manifest, json_bytes, read_manifest
from pipeline.release.partitions import all_parts, parquet_files, part_path, year_of_part
from pipeline.release.reader import open_release
from pipeline.release.verify import verify_release
from pipeline.reproduce.comparison import compare, records_of
from tests.release.factory import CONTRACT, event_id, with_values
from tests.release.forging import agree, describe, forge, rehash, says
from tests.release.yearly import PARTS, UNDATED, publish_years, years

COVERAGE = CONTRACT.tables["weekly_coverage"]
EVENTS = CONTRACT.tables["events"]


@pytest.fixture(scope="module")
def parted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release in parts. Read it, leave it as it is."""
    return publish_years(tmp_path_factory.mktemp("parted")).path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a release of the same tables, each in one file."""
    return publish_years(tmp_path_factory.mktemp("whole"), 1_000).path


@pytest.fixture
def release(parted: Path, tmp_path: Path) -> Path:
    """Return a release in parts to spoil."""
    return Path(shutil.copytree(parted, tmp_path / "v1.0.0"))


def table_in(release: Path, name: str) -> dict[str, Any]:
    content = json.loads((release / "datapackage.json").read_bytes())
    return next(resource for resource in content["resources"] if resource["name"] == name)


@settings(deadline=None, max_examples=30)
@given(st.lists(st.none() | st.dates(date(1, 1, 1), date(9999, 12, 31)), max_size=8), st.integers(0, 8) | st.none())
def test_every_row_is_in_the_part_of_its_year_and_in_no_other(days: list[date | None], most: int | None) -> None:
    rows = pl.DataFrame({"week_start": days}, schema={"week_start": pl.Date}).with_row_index("place")
    found = list(parquet_files(COVERAGE, rows, most))
    if most is None or len(days) <= most:
        assert [path for path, _ in found] == ["data/weekly_coverage.parquet"]
        return
    assert [path for path, _ in found] == sorted({path for path, _ in found})
    for path, part in found:
        assert part.height
        assert {day and day.year for day in part["week_start"]} == {year_of_part(path)}
        assert part["place"].is_sorted()
    assert pl.concat(part for _, part in found).sort("place").equals(rows)


def test_a_table_without_a_date_is_one_file_however_large() -> None:
    actors = CONTRACT.tables["actors"]
    assert [path for path, _ in parquet_files(actors, years()["actors"], 1)] == ["data/actors.parquet"]


def test_rows_without_a_date_come_last() -> None:
    assert [part_path("x", year) for year in (21, 2021, None)] == [
        "data/x/x-0021.parquet",
        "data/x/x-2021.parquet",
        "data/x/x-unknown.parquet",
    ]


def test_a_release_in_parts_is_sound_and_made_again_byte_for_byte(parted: Path, tmp_path: Path) -> None:
    assert verify_release(parted) == []
    again = publish_years(tmp_path).path
    found = compare(records_of(parted), records_of(again), parted, again)
    assert found.holds
    assert {*PARTS, UNDATED, "data/events.csv"} <= {*found.identical}
    assert not (parted / "data/events.parquet").exists()
    assert (parted / "data/actors.parquet").exists()


def test_one_pattern_reads_a_table_and_its_key_gives_the_order_of_the_csv(parted: Path) -> None:
    for resource in json.loads((parted / "datapackage.json").read_bytes())["resources"]:
        told, table = resource["fieldledger:parquet"], CONTRACT.tables[resource["name"]]
        read = pl.read_parquet(parted / told["path"])
        assert read.sort(table.primary_key).equals(open_release(parted).frame(table.name)), table.name
        if "parts" in told:
            assert told["partitionedBy"] == table.partition_by
            rows = [pl.read_parquet(parted / part["path"]) for part in told["parts"]]
            assert read.equals(pl.concat(rows)), "in the order of the parts"
    mentions = table_in(parted, "mentions")["fieldledger:parquet"]
    assert [part["year"] for part in mentions["parts"]] == [2021, 2022, None]
    for part in mentions["parts"]:
        data = (parted / part["path"]).read_bytes()
        assert (part["bytes"], part["hash"]) == (len(data), f"sha256:{sha256_bytes(data)}")


def test_other_programs_validate_it_and_the_examples_of_the_readme_read_it(parted: Path) -> None:
    assert Package(str(parted / "datapackage.json")).get_resource("events").validate().valid
    text = (parted / "README.md").read_text(encoding="utf-8")
    assert "| [`data/events/*.parquet`](data/events/) | The table `events` with exact types, one file for each" in text
    assert "[`events`](data/events.csv) ([Parquet](data/events/)) | 2 |" in text
    assert "FROM 'data/events/*.parquet' GROUP" in text
    assert "\n\n\n" not in text
    example = next(found for found in re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL) if "polars" in found)
    names: dict[str, Any] = {}
    with contextlib.chdir(parted):
        exec(example, names)
    assert names["events"].height == 2


def test_catalogues_are_told_of_every_part(parted: Path) -> None:
    croissant = json.loads((parted / "croissant.json").read_bytes())
    listed = {entry["@id"]: entry for entry in croissant["distribution"]}
    assert listed[PARTS[0]]["sha256"] == records_of(parted)[PARTS[0]].sha256
    assert listed[PARTS[0]]["description"] == "Events, 2021 (Parquet)"
    assert listed[UNDATED]["description"] == "Mentions, year unknown (Parquet)"
    assert listed[all_parts("events")]["includes"] == "data/events/*.parquet"
    sources = {r["name"]: {json.dumps(f["source"]) for f in r["field"]} for r in croissant["recordSet"]}
    assert all('"fileSet": {"@id": "data/events/*.parquet"}' in source for source in sources["events"])
    assert all('"fileObject": {"@id": "data/actors.parquet"}' in source for source in sources["actors"])
    for name in ("dcat.jsonld", "dataset.jsonld", "ro-crate-metadata.json", "provenance.intoto.json"):
        text = (parted / name).read_text(encoding="utf-8")
        assert all(f'{part}"' in text for part in (*PARTS, UNDATED)), name


def test_a_release_in_parts_compares_as_one_in_whole_files(parted: Path, whole: Path) -> None:
    before, after = (open_release(path) for path in (whole, parted))
    same = compare_editions(before, after)
    assert not any(table.total for table in same.tables.values())
    assert same.schema == ()
    for table in ("mentions", "events", "articles"):
        one, other = rows_of(before, table), rows_of(after, table)
        assert one is not None
        assert other is not None
        assert other.select(list(other.dtypes)).equals(one.select(list(one.dtypes)))


def test_what_changed_between_releases_in_parts_is_told(parted: Path, release: Path) -> None:
    tables = years()
    events = with_values(tables["events"], {"event_id": event_id("m4")}, fatalities_best=2, fatalities_low=2)
    data = parquet_bytes(events.filter(pl.col("event_id") == event_id("m4")))
    (release / PARTS[1]).write_bytes(data)
    rehash(release, PARTS[1])
    found = compare_editions(open_release(parted), open_release(release)).tables["events"]
    assert (found.changed_rows, sorted(found.columns)) == (1, ["fatalities_best", "fatalities_low"])


def test_where_a_part_was_not_copied_along_the_csv_is_read(release: Path) -> None:
    (release / UNDATED).unlink()
    rows = rows_of(open_release(release), "mentions")
    assert rows is not None
    assert rows.select(["mention_id"]).height == 5


def test_a_damaged_part_is_not_compared_but_named(release: Path) -> None:
    (release / UNDATED).write_bytes(b"PAR1")
    with pytest.raises(FieldledgerError, match=rf"{UNDATED}: not the file that datapackage\.json announces"):
        rows_of(open_release(release), "mentions")


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def _other(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "expected"),
    [
        (_other, f"{UNDATED}: has another content than the manifest says (SHA-256 differs): fetch it again"),
        (_longer, f"{UNDATED}: has "),
        (Path.unlink, f"{UNDATED}: is missing"),
        (lambda path: path.with_name("mentions-2023.parquet").write_bytes(b""), "2023.parquet: is not in the manifest"),
    ],
)
def test_a_part_that_is_changed_missing_or_too_many_is_found(
    release: Path, spoil: Callable[[Path], object], expected: str
) -> None:
    spoil(release / UNDATED)
    assert expected in says(release)
    assert "\n" not in says(release)


def test_what_reproduce_finds_different_names_the_part(parted: Path, release: Path) -> None:
    _other(release / PARTS[1])
    (difference,) = compare(records_of(parted), records_of(release), parted, release).different
    assert (difference.path, difference.step) == (PARTS[1], "correct")


def test_rows_in_the_part_of_another_year_are_found_though_every_hash_is_right(release: Path) -> None:
    data = [(release / part).read_bytes() for part in PARTS]
    for part, other in zip(PARTS, reversed(data), strict=True):
        (release / part).write_bytes(other)
    relist(release, lambda parts: tuple(record_of(release, part.path) for part in parts))
    assert says(release).splitlines() == [f"{part}: holds other rows than data/events.csv" for part in PARTS]


def relist(release: Path, change: Callable[[tuple[FileRecord, ...]], tuple[FileRecord, ...] | FileRecord]) -> None:
    """Let manifest and descriptor agree on other files of the table events in Parquet."""

    def changed(manifest: Manifest) -> Manifest:
        at = next(n for n, table in enumerate(manifest.tables) if table.name == "events")
        tables = list(manifest.tables)
        old = tables[at]
        tables[at] = replace(old, parquet=change(old.parts))
        listed = {*manifest.files} - {*old.parts} | {*tables[at].parts}
        files = tuple(sorted(listed, key=lambda record: record.path))
        return replace(manifest, tables=tuple(tables), files=files)

    forge(release, changed)
    parts = next(t for t in read_manifest((release / "manifest.json").read_bytes()).tables if t.name == "events").parts

    def told(content: dict[str, Any]) -> None:
        resource = next(r for r in content["resources"] if r["name"] == "events")
        resource["fieldledger:parquet"]["parts"] = [
            {"path": p.path, "year": year_of_part(p.path), "bytes": p.bytes, "hash": f"sha256:{p.sha256}"}
            for p in parts
        ]

    describe(release, told)


def test_a_part_that_no_file_lists_any_more_is_missed(release: Path) -> None:
    (release / PARTS[0]).unlink()
    relist(release, lambda parts: parts[1:])
    assert says(release) == f"manifest.json: table events: lists no {PARTS[0]}, though there are rows for it"


def test_a_part_without_rows_of_the_table_is_found(release: Path) -> None:
    empty = parquet_bytes(EVENTS.empty())
    path = part_path("events", 2030)
    (release / path).write_bytes(empty)
    relist(release, lambda parts: (*parts, FileRecord(path, len(empty), sha256_bytes(empty))))
    assert says(release) == f"{path}: is no file of table events: data/events.csv has no rows for it"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda parts: parts[::-1], "table events: lists its parts twice or out of order"),
        (lambda parts: (*parts, parts[-1]), "table events: lists its parts twice or out of order"),
        (lambda parts: (), "table events: its files are not among the files listed"),
    ],
)
def test_a_manifest_that_lists_parts_as_no_publisher_does_is_found(
    release: Path, change: Callable[[tuple[FileRecord, ...]], tuple[FileRecord, ...]], expected: str
) -> None:
    relist(release, change)
    assert expected in says(release)


def test_a_part_that_passes_for_the_whole_table_is_found(release: Path) -> None:
    (release / PARTS[1]).unlink()
    relist(release, lambda parts: parts[0])
    assert (
        says(release) == f"datapackage.json: table events: path, bytes or hash of {PARTS[0]} differ from the manifest"
    )


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"partitionedBy": "event_type"}, "table events is partitioned by what is no column of dates"),
        ({"partitionedBy": ["event_date_start"]}, "table events is partitioned by what is no column of dates"),
        ({"partitionedBy": None}, "table events: lists no data/events.parquet"),
        ({"path": "data/*/*.parquet"}, "table events: its Parquet parts differ from those of the manifest"),
        ({"parts": "all"}, "table events: its Parquet parts differ from those of the manifest"),
    ],
)
def test_a_descriptor_that_tells_other_parts_is_found(release: Path, change: dict[str, Any], expected: str) -> None:
    def told(content: dict[str, Any]) -> None:
        next(r for r in content["resources"] if r["name"] == "events")["fieldledger:parquet"].update(change)

    describe(release, told)
    assert expected in says(release)


def test_the_publisher_holds_the_column_against_its_contract(parted: Path) -> None:
    tables = {**CONTRACT.tables, "events": replace(EVENTS, partition_by="week_start")}
    (found,) = verify_release(parted, replace(CONTRACT, tables=tables))
    assert found.says == "table events: is not partitioned by the contract's column"


def test_parts_of_a_table_that_the_lock_has_in_one_file_are_found(release: Path) -> None:
    lock = read_lock((release / "lock.json").read_bytes())
    other = replace(lock, settings={**lock.settings, "partition_rows": 2})
    (release / "lock.json").write_bytes(json_bytes({"schema_version": 1, **json.loads(other.to_bytes())}))
    agree(release, "lock.json")
    assert "lock.json: has tables of up to 2 rows in one Parquet file, but weekly_coverage, of 2, is in parts" in says(
        release
    )
