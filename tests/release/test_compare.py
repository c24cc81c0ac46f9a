"""`fieldledger diff` tells the largest changes first, and says in one line what it cannot compare."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.errors import FieldledgerError, InputError
from pipeline.release.changes import compare_editions
from pipeline.release.compare import diff_releases, render_changes
from pipeline.release.reader import open_release
from tests.release.editions import edition, rekeyed
from tests.release.factory import event_id, publish_world, with_values, world
from tests.release.followed import followed
from tests.release.test_plan import without_column


def diff(*arguments: object) -> Result:
    """Call `fieldledger diff`."""
    return CliRunner().invoke(app, ["diff", *map(str, arguments)])


@pytest.fixture(scope="module")
def pair(first: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a release and the one that follows it; they are not to be changed."""
    releases = Path(shutil.copytree(first.parent, tmp_path_factory.mktemp("pair") / "releases", symlinks=True))
    return releases / "v1.0.0", publish_world(releases, followed()).path


def test_the_same_release_has_no_lines(first: Path) -> None:
    found = diff_releases(first, first)
    assert not found.differs
    assert render_changes(found.changes, "1.0.0") == ""
    told = diff(first, first)
    assert (told.exit_code, told.output.count("\n")) == (0, 1)
    assert "no difference in any row or column (they are one folder)" in told.output


def test_figures_come_largest_first(releases: Path) -> None:
    tables = world()
    tables["events"] = with_values(
        tables["events"], {"place_name": "Upper Mill"}, fatalities_best=6, fatalities_high=90
    )
    tables["sources"] = tables["sources"].with_columns(source_name="source_id")
    new = publish_world(releases, tables)
    told = diff(releases / "v1.0.0", new.path, "--show", 2)
    assert told.exit_code == 1
    assert told.output.splitlines() == [
        "From 1.0.0 to 1.0.1 is a patch step, because 3 rows changed of sources and 1 row changed of events. "
        "Rows were corrected or withdrawn, and none is new.",
        "1 event differs, the one whose figures of people moved furthest first.",
        "  Shelling/artillery/missile attack, Upper Mill (North), 2 February 2021: now 5–90, best estimate 6 killed, "
        f"injured not told; before at least 5 killed, injured not told. ({event_id('m1')})",
        "sources: 3 rows, before 3: 3 rows changed.",
        "  changed cells: source_name 3",
        "  ~ orchard-post  source_name: Orchard Post -> orchard-post",
        "  ~ river-wire  source_name: River Wire -> river-wire",
        "    and 1 more",
        "events: 2 rows, before 2: 1 row changed.",
        "  changed cells: fatalities_best 1, fatalities_high 1",
        f"  ~ {event_id('m1')}  fatalities_high: empty -> 90  (90 persons)",
        f"  ~ {event_id('m1')}  fatalities_best: 5 -> 6  (1 person)",
    ]


def test_schema_changes_rows_gone_and_rows_new_are_told(releases: Path) -> None:
    tables = world()
    tables["actors"] = with_values(tables["actors"], {"actor_id": "testland-army"}, actor_id="testland-forces")
    tables["mentions"] = with_values(tables["mentions"], {"actor1_id": "testland-army"}, actor1_id="testland-forces")
    new = publish_world(releases, tables, contract=without_column("mentions", "weapon"))
    lines = render_changes(diff_releases(releases / "v1.0.0", new.path).changes, new.version).splitlines()
    assert lines[0].startswith("From 1.0.0 to 2.0.0 is a major step, because column mentions.weapon is gone.")
    assert lines[1:3] == ["Schema", "  major  Column mentions.weapon is gone."]
    assert "  + testland-forces" in lines
    assert "  - testland-army" in lines


def test_another_key_is_told_as_such() -> None:
    rows = edition(weekly_coverage=world()["weekly_coverage"])
    shown = render_changes(compare_editions(rows, rekeyed(rows, "weekly_coverage", "iso_week")), "2.0.0")
    assert "The key of weekly_coverage is iso_week, no longer week_start." in shown
    assert "2 rows added and 2 removed. Its key is another one now, so that no row is found again." in shown
    assert "  + 2021-W05" in shown
    assert "  - 2021-02-01" in shown


def test_hostile_values_stay_on_their_line(pair: tuple[Path, Path], releases: Path) -> None:
    tables = world()
    title = "\x1b[31mred\n" + "x" * 500
    tables["articles"] = with_values(tables["articles"], {"input_record": 1}, title=title)
    new = publish_world(releases, tables)
    text = render_changes(diff_releases(releases / "v1.0.0", new.path).changes, new.version)
    text += render_changes(diff_releases(*pair).changes, "1.1.0")
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) < 500


def test_all_about_the_changes_is_written_into_a_new_folder(pair: tuple[Path, Path], tmp_path: Path) -> None:
    told = diff(*pair, "--out", tmp_path / "changes of 1.1.0")
    assert told.exit_code == 1
    out = tmp_path / "changes of 1.1.0"
    content = json.loads((out / "changes.json").read_bytes())
    written = {path.relative_to(out).as_posix() for path in out.rglob("*.*")}
    tables = {table["table"] for table in content["tables"] if table["added"] + table["removed"] + table["changed"]}
    assert written == {
        "CHANGES.md", "changes.html", "changes.json", "changes.schema.json",
        *(f"changes/{name}.parquet" for name in tables),
    }  # fmt: skip
    for table in content["tables"]:
        if table["table"] in tables:
            rows = pl.read_parquet(out / f"changes/{table['table']}.parquet")
            cells = sum(table["changed_cells_by_column"].values())
            assert rows.height == table["added"] + table["removed"] + cells
            assert rows.columns == [*table["key"], "change", "column", "old", "new", "size", "unit"]
    assert "INVENTED DEMONSTRATION DATA" in (out / "CHANGES.md").read_text(encoding="utf-8")


def test_the_same_comparison_writes_the_same_bytes(pair: tuple[Path, Path], tmp_path: Path) -> None:
    found = diff_releases(*pair)
    for name in ("one", "two"):
        found.write(tmp_path / name)
    one, two = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*.*")}
        for name in ("one", "two")
    )
    assert one == two


def test_nothing_is_written_over_or_into_a_release(pair: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine")
    for out in (tmp_path, tmp_path / "mine", pair[1] / "changes", pair[0]):
        told = diff(*pair, "--out", out)
        assert (told.exit_code, told.stderr.count("\n")) == (2, 1)
        assert "name a" in told.stderr
    assert (tmp_path / "mine").read_text() == "mine"
    assert not (pair[1] / "changes").exists()


def test_what_cannot_be_written_or_told_is_not_taken_for_a_difference(
    pair: tuple[Path, Path], releases: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").write_text("mine")
    unwritable = diff(*pair, "--out", tmp_path / "mine" / "below")
    (tmp_path / "round").symlink_to("round")
    endless = diff(*pair, "--out", tmp_path / "round")
    sources = releases / "v1.0.0/data/sources.csv"
    sources.write_bytes(sources.read_bytes() + b"x")
    unknown = diff(pair[0], releases / "v1.0.0", "--out", tmp_path / "out")
    for told, says in (
        (unwritable, "cannot be written"),
        (endless, "cannot be written"),
        (unknown, "not whole: data/sources.csv: has"),
    ):
        assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
        assert says in told.stderr


def _older(release: Path) -> None:
    descriptor = json.loads((release / "datapackage.json").read_bytes())
    for resource in descriptor["resources"]:
        del resource["fieldledger:checks"]
    (release / "datapackage.json").write_text(json.dumps(descriptor))


def _other_tool(release: Path) -> None:
    (release / "datapackage.json").write_text('{"name": "x", "resources": [{"name": "x", "path": "x.csv"}]}')


def _no_json(release: Path) -> None:
    (release / "datapackage.json").write_bytes(b"\xff{")


def _damaged(release: Path) -> None:
    path = release / "data/events.parquet"
    path.write_bytes(path.read_bytes()[:-1])


def _bare(release: Path) -> None:
    _damaged_csv(release)
    (release / "manifest.json").unlink()


def _damaged_csv(release: Path) -> None:
    path = release / "data/events.csv"
    path.write_bytes(path.read_bytes().replace(b"Upper", b"Under"))
    (release / "data/events.parquet").unlink()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (_older, "a resource is not described as fieldledger does it"),
        (_other_tool, "is of another tool; name the folder of a release"),
        (_no_json, "not JSON"),
        (_damaged, "not whole: data/events.parquet: has"),
        (_damaged_csv, "not whole: data/events.csv: has another content than the manifest says"),
        (_bare, "events.csv: not the file that datapackage.json announces; fetch the release again"),
        (shutil.rmtree, "no release (No such file or directory: datapackage.json)"),
    ],
)
def test_what_cannot_be_compared_is_one_line_that_names_the_folder(
    first: Path, releases: Path, spoil: object, says: str
) -> None:
    spoil(releases / "v1.0.0")  # type: ignore[operator]
    told = diff(first, releases / "v1.0.0")
    assert (told.exit_code, told.stdout, told.stderr.count("\n")) == (2, "", 1)
    assert says in told.stderr
    assert str(releases / "v1.0.0") in told.stderr


def test_what_is_no_release_is_an_error_of_the_call(first: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no release"):
        diff_releases(first, tmp_path)


def test_a_copy_without_parquet_compares_alike(pair: tuple[Path, Path], tmp_path: Path) -> None:
    bare = Path(shutil.copytree(pair[1], tmp_path / "bare"))
    (bare / "manifest.json").unlink()
    for path in bare.rglob("*.parquet"):
        path.unlink()
    (whole, bared) = (diff_releases(pair[0], new).changes for new in (pair[1], bare))
    assert render_changes(whole, "1.1.0") == render_changes(bared, "1.1.0")


def test_a_damaged_table_is_not_read(releases: Path) -> None:
    _damaged_csv(releases / "v1.0.0")
    with pytest.raises(FieldledgerError, match=r"events.csv: not the file that datapackage\.json announces"):
        open_release(releases / "v1.0.0").frame("events")
