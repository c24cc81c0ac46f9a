"""What came out differently is told by file, in the order of making, by row and column where it is a table."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from pipeline.contracts import load_contract
from pipeline.parquet import parquet_bytes
from pipeline.release.forms import RESERVED
from pipeline.release.lock import Lock
from pipeline.reproduce.alike import kinds_alike, same_rows
from pipeline.reproduce.comparison import Comparison, compare, records_of, where_bytes_part
from pipeline.reproduce.rows import first_row
from pipeline.reproduce.steps import NAMING_THE_LOCK, place_of, step_of
from tests.release.factory import MADE_FROM, event_id, mention_id, publish_world, with_values, world


def compared(there: Path, here: Path, lock: Lock = MADE_FROM) -> Comparison:
    return compare(records_of(there), records_of(here), there, here, kinds_alike(lock))


def test_the_same_release_is_identical_to_the_last_file(first: Path, tmp_path: Path) -> None:
    again = publish_world(tmp_path).path
    found = compared(first, again)
    assert found.holds
    assert sorted(found.identical) == sorted(records_of(first))
    assert (found.alike, found.different) == ({}, ())


def test_the_table_that_is_made_first_comes_first_with_row_and_column(first: Path, tmp_path: Path) -> None:
    tables = world()
    tables["events"] = with_values(tables["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    tables["mentions"] = with_values(tables["mentions"], {"mention_id": mention_id("m4")}, weapon=None)
    other = publish_world(tmp_path, tables, documents={"briefings/2021-W05.md": b"# Week 6\n"}).path
    found = compared(first, other)
    paths = [difference.path for difference in found.different]
    assert paths[:4] == ["data/mentions.csv", "data/mentions.parquet", "data/events.csv", "data/events.parquet"]
    assert paths[4:6] == ["briefings/2021-W05.md", "briefings/index.html"]
    after = paths[paths.index("datapackage.json") :]
    assert after == ["datapackage.json", *RESERVED, "manifest.json"]
    told = {difference.path: (difference.step, difference.says) for difference in found.different}
    mention, event = mention_id("m4"), event_id("m1")
    assert told["data/mentions.csv"] == ("extract", f"row {mention}: weapon is drones there, empty here")
    assert told["data/events.csv"] == ("correct", f"row {event}: fatalities_best is 5 there, 6 here")
    assert told["briefings/2021-W05.md"] == ("brief", "line 1 is '# Week 5' there, '# Week 6' here")
    assert told["briefings/index.html"] == ("brief", "was not made again")
    assert told["datapackage.json"][1].startswith("resources.")
    assert "lock.json" in found.identical


def test_another_program_that_makes_the_same_differs_in_the_lock_and_in_what_tells_of_it(
    first: Path, tmp_path: Path
) -> None:
    other = replace(MADE_FROM, code=replace(MADE_FROM.code, sha256="0" * 64))
    found = compared(first, publish_world(tmp_path, made_from=other).path)
    assert found.different[0].path == "lock.json"
    assert {difference.path for difference in found.different} <= NAMING_THE_LOCK


def test_of_records_alone_the_hashes_are_told(first: Path, tmp_path: Path) -> None:
    tables = {**world(), "events": with_values(world()["events"], {"place_name": "Upper Mill"}, fatalities_best=6)}
    other = publish_world(tmp_path, tables).path
    found = compare(records_of(first), records_of(other), None, other)
    assert found.different[0].path == "data/events.csv"
    assert found.different[0].says.startswith("SHA-256 is ")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.head(1), "row b | 2: only there"),
        (lambda f: f.vstack(f.select(k="k", n=f["n"] + 5, v="v").head(1)), "row a | 6: only here"),
        (lambda f: f.with_columns(v=f["v"].reverse()), "row a | 1: v is x there, empty here, and 1 more rows"),
        (lambda f: f, None),
    ],
)
def test_the_first_row_by_key_is_told(change: object, says: str | None) -> None:
    frame = pl.DataFrame({"k": ["a", "b"], "n": [1, 2], "v": ["x", None]})
    assert first_row(frame, change(frame), ["k", "n"]) == says  # type: ignore[operator]


def test_articles_are_made_before_mentions_before_events_before_weeks_before_pages() -> None:
    names = ["places", "articles", "mentions", "casualties", "events", "event_mentions", "weekly_events", "accuracy"]
    made = [*(f"data/{name}.csv" for name in names), "briefings/index.md", "README.md", "lock.json", "manifest.json"]
    assert sorted(sorted(made), key=place_of) == made
    assert place_of("data/events/2021.parquet") == (*place_of("data/events.csv")[:2], "data/events/2021.parquet")


def test_every_published_table_has_its_step() -> None:
    stages = {table.name: step_of(f"data/{table.name}.csv") for table in load_contract().published}
    assert {"regions", "ingest", "extract", "correct", "aggregate", "evaluate"} <= set(stages.values())
    assert (stages["articles"], stages["mentions"], stages["retired_events"]) == ("ingest", "extract", "release")


OLDER = replace(MADE_FROM, dependencies=replace(MADE_FROM.dependencies, packages={"polars": "1.0.0"}))


def test_parquet_of_another_polars_is_compared_by_its_rows_and_so_is_what_names_its_hash(
    first: Path, tmp_path: Path
) -> None:
    again = publish_world(tmp_path).path
    world()["events"].write_parquet(again / "data/events.parquet", compression="uncompressed")
    old, new = (records_of(release)["data/events.parquet"] for release in (first, again))
    for name in ("datapackage.json", "manifest.json"):
        text = (again / name).read_text(encoding="utf-8")
        text = text.replace(old.sha256, new.sha256).replace(f'"bytes": {old.bytes}', f'"bytes": {new.bytes}')
        (again / name).write_text(text, encoding="utf-8")
    assert compared(first, again).different[0].path == "data/events.parquet"
    found = compared(first, again, OLDER)
    assert found.holds
    assert sorted(found.alike) == ["data/events.parquet", "datapackage.json", "manifest.json"]
    assert "polars 1.0.0 there" in found.alike["data/events.parquet"]


def test_parquet_with_other_rows_is_never_alike() -> None:
    events = world()["events"]
    for other in (parquet_bytes(events.head(1)), b"no parquet"):
        assert same_rows(parquet_bytes(events), other, versions=("1", "2")) is None


@pytest.mark.parametrize("name", ["data/events.csv", "data/events.parquet", "README.md", "changes.json"])
def test_a_link_that_takes_the_place_of_a_file_while_two_are_compared_is_not_followed(
    first: Path, tmp_path: Path, name: str
) -> None:
    """Releases are verified before; only somebody who swaps a file in between gets this far."""
    other = Path(shutil.copytree(first, tmp_path / "other"))
    there, here = records_of(first), records_of(other)
    swapped = other / name
    (swapped.parent / "secret").write_bytes(b"secret")
    swapped.unlink()
    swapped.symlink_to("secret")
    there = {**there, name: replace(there[name], sha256="0" * 64)}
    try:
        told = compare(there, here, first, other, kinds_alike(OLDER)).different[0].says
    except OSError as error:
        told = str(error)
    assert "secret" not in told
    assert "is a link or device, not a file" in told or "cannot be compared" in told


@pytest.mark.parametrize(
    ("there", "here", "name", "says"),
    [
        ('{"a": [1, {"b": "x"}]}', '{"a": [1, {"b": "y"}]}', "x.json", "a.1.b is x there, y here"),
        ("[1]", "[1, 2]", "x.json", "the whole is [1] there, [1, 2] here"),
        ("a\nb\n", "a\nc\n", "x.md", "line 2 is 'b' there, 'c' here"),
        ("a\n", "a\nc\n", "x.md", "byte 2 is the first that differs (2 bytes there, 4 here)"),
        ('{"a":1}', '{"a": 1}', "x.json", "byte 5 is the first that differs (7 bytes there, 8 here)"),
    ],
)
def test_where_two_files_part_is_told_by_place_line_or_byte(there: str, here: str, name: str, says: str) -> None:
    assert where_bytes_part(there.encode(), here.encode(), name) == says
