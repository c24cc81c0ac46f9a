"""Traces of the small world: up to quotes, articles and raw inputs, down to figures, pages, files and versions."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from jsonschema import Draft202012Validator
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.ids import content_id, sha256_text
from pipeline.site import addresses
from pipeline.trace.cells import Cell, cell_of
from pipeline.trace.job import trace
from pipeline.trace.record import SCHEMA_FILE, Node, Trace
from pipeline.trace.volume import Shelf, chosen_release, open_shelf
from tests.release.factory import MADE_FROM, world
from tests.release.renew_schemas import renewed
from tests.release.rows import TEXTS, article_id, mention_id
from tests.site.worlds import EARLY, LATE, of_event, publish_all
from tests.trace.conftest import CELL

TOLL = content_id("t", "c2")


def of(shelf: Shelf, asked: str) -> Trace:
    return trace(shelf, asked, addresses)


def named(nodes: tuple[Node, ...], kind: str) -> list[str]:
    """Return the ids of all nodes of a kind, in their order, once each."""
    return list(dict.fromkeys(node.id for root in nodes for node in root.walk() if node.kind == kind))


def test_a_figure_leads_to_its_events_their_quotes_articles_and_inputs(shelf: Shelf) -> None:
    found = of(shelf, f"{CELL}/fatalities_best")
    (figure,) = found.figures
    assert (figure.value, figure.sum, figure.parts, figure.adds_up) == (7, 7, 1, True)
    (event,) = found.upwards
    assert (event.kind, event.id, event.adds) == ("events", EARLY, {"fatalities_best": 7})
    assert {*named(found.upwards, "mentions")} == {mention_id("m1"), mention_id("m2")}
    articles = {
        node.id: node for root in found.upwards for node in root.walk() if node.kind == "articles" and node.values
    }
    for node in (node for root in found.upwards for node in root.walk()):
        if node.kind == "mentions" and not node.repeated:
            label = next(name for name in TEXTS if article_id(name) == node.values["article_id"])
            start, end = node.values["char_start"], node.values["char_end"]
            assert isinstance(start, int)
            assert isinstance(end, int)
            assert TEXTS[label][start:end] == node.values["evidence"]
            assert articles[article_id(label)].values["text_sha256"] == sha256_text(TEXTS[label])
    assert not found.findings


def test_a_row_leads_to_the_figures_that_it_entered_and_the_pages_that_show_them(shelf: Shelf) -> None:
    found = of(shelf, EARLY)
    figures = {node.id: node for root in found.downwards for node in root.walk() if node.kind.startswith("weekly_")}
    assert figures[CELL].adds["fatalities_best"] == 7
    assert figures["2021-W05/North"].adds["total_fatalities_best"] == 7
    assert figures["2021-W05"].adds == {"events": 1}
    assert figures[CELL].adds["fatalities_high"] is None, "an open end is no number"
    pages = named(found.downwards, "page")
    assert {f"events/{EARLY}.html", "governorates/north.html", "weeks/2021-W05.html"} <= {*pages}
    assert "briefings/2021-W05.md" in pages
    assert "trace/2021-W05.html#in-north-shelling-artillery-missile-attack" in pages
    files = {file.path: file.holds for file in found.files}
    assert files["data/events.csv"] == ("events",)
    assert {"data/weekly_events.hxl.csv", "fieldledger.sqlite", "briefings/2021-W05.md"} <= {*files}


def test_an_article_leads_down_through_mentions_to_events(shelf: Shelf) -> None:
    found = of(shelf, article_id("a1"))
    assert mention_id("m1") in named(found.downwards, "mentions")
    assert EARLY in named(found.downwards, "events")
    assert CELL in named(found.downwards, "weekly_events")
    assert named(found.upwards, "sources") == ["orchard-post"]


def test_a_shared_toll_rests_on_what_was_quoted_and_enters_the_totals(shelf: Shelf) -> None:
    found = of(shelf, TOLL)
    assert named(found.upwards, "casualties")[0] == content_id("c", "c2")
    assert named(found.upwards, "articles")
    assert "2021-W06/several governorates" in named(found.downwards, "weekly_tolls")
    assert LATE in named(found.upwards, "events")


@pytest.mark.parametrize(
    ("asked", "kind"),
    [("residents", "actors"), ("actors/residents", "actors"), ("upper-mill", "places"), ("river-wire", "sources")],
)
def test_what_is_named_in_rows_leads_to_them(shelf: Shelf, asked: str, kind: str) -> None:
    found = of(shelf, asked)
    assert found.subject.kind == kind
    assert found.downwards
    assert all(not node.nodes or node.kind != "events" for node in found.downwards)


def test_versions_tell_which_changed_the_value(shelf: Shelf) -> None:
    for asked in (EARLY, f"{CELL}/fatalities_best", "2021-W05/North/total_fatalities_best", "2021-W05/fatalities_best"):
        newest, oldest = of(shelf, asked).versions
        assert [(change.old, change.new) for change in newest.changes] == [(5, 7)]
        assert oldest.holds
        assert not oldest.changes


def test_a_version_that_is_chosen_is_traced_in_and_the_others_are_told_of(releases: Path) -> None:
    found = of(open_shelf(releases, "1.0.0"), f"{CELL}/fatalities_best")
    assert found.figures[0].value == 5
    assert found.version == "1.0.0"
    assert len(found.versions) == 2


def test_a_file_of_a_release_leads_to_inputs_and_versions(shelf: Shelf) -> None:
    found = of(shelf, "data/events.csv")
    assert found.subject.values["sha256"] == shelf.volumes[0].files["data/events.csv"]["sha256"]
    assert {"data/mentions.csv", "data/event_mentions.csv", "data/accounts.csv"} <= {*named(found.upwards, "file")}
    assert {"data/weekly_events.csv", "data/shared_tolls.csv"} <= {*named(found.downwards, "file")}
    assert named(found.upwards, "raw_input") == [item.name for item in MADE_FROM.inputs]
    assert {change.field for change in found.versions[0].changes} >= {"sha256"}


def test_the_briefing_of_a_week_rests_on_its_figures(shelf: Shelf) -> None:
    found = of(shelf, "briefings/2021-W05.md")
    assert CELL in named(found.upwards, "weekly_events")
    assert named(found.upwards, "weekly_tolls") == ["2021-W05/North"]
    assert named(found.upwards, "weekly_coverage") == ["2021-W05"]


def test_what_is_left_out_on_a_terminal_is_counted(releases: Path) -> None:
    command = ["trace", EARLY, "--data-dir", str(releases.parent)]
    few = CliRunner().invoke(app, [*command, "--show", "1"]).stdout
    whole = CliRunner().invoke(app, [*command, "--show", "0"]).stdout
    assert re.search(r"and \d+ more of mentions", few)
    assert "more of" not in whole
    assert len(whole.splitlines()) > len(few.splitlines())


@pytest.mark.parametrize(
    ("asked", "table", "scope", "columns"),
    [
        (f"{CELL}/events", "weekly_events", 2, 1),
        (CELL, "weekly_events", 2, 7),
        ("2021-W05/North/events", "weekly_events", 1, 1),
        ("2021-W05/North/injured", "weekly_tolls", 1, 1),
        ("2021-W05/several governorates/total_injured", "weekly_tolls", 1, 1),
        ("2021-W05/North", "weekly_tolls", 1, 13),
        ("2021-W05/fatalities_best", "weekly_tolls", 0, 1),
        ("2021-W05/civilian_targeting_events", "weekly_events", 0, 1),
        ("2021-W05/articles", "weekly_coverage", 0, 1),
        ("2021-W05", "weekly_coverage", 0, 5),
        ("weekly_events/2021-W05/fatalities_best", "weekly_events", 0, 1),
        ("2021-02-03/events", "weekly_coverage", 0, 1),
    ],
)
def test_a_figure_is_read_with_the_slashes_of_its_names(
    shelf: Shelf, asked: str, table: str, scope: int, columns: int
) -> None:
    cell = cell_of(shelf.volumes[0], asked)
    assert isinstance(cell, Cell)
    assert (cell.table, len(cell.scope), len(cell.columns), cell.iso_week) == (table, scope, columns, "2021-W05")
    assert not of(shelf, asked).findings


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (EARLY[:-1] + ("0" if EARLY[-1] != "0" else "1"), f"near it: {EARLY}"),
        ("residnts", "near it: residents"),
        ("Upper Mil", "near it: upper-mill"),
        ("data/event.csv", "near it: data/events.csv"),
        ("e-zzz", "2022-W40/Idlib/Air/drone strike/fatalities_best"),
        ("1999-W01/events", "not covered; covered are 2021-W05 to 2021-W06"),
        ("2021-W05/Nort/events", "a governorate (North, South)"),
        ("2021-W99/events", "a shared toll (t-...)"),
    ],
)
def test_what_there_is_not_is_answered_with_what_there_is(shelf: Shelf, asked: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        of(shelf, asked)
    assert says in str(refused.value)


def test_what_only_an_older_release_has_is_found_there(tmp_path: Path) -> None:
    later = world()
    ghost = later["actors"].head(1).with_columns(actor_id=pl.lit("ghost-brigade"))
    first = {**later, "actors": pl.concat([later["actors"], ghost]).sort("actor_id")}
    shelf = open_shelf(publish_all(tmp_path / "releases", first, later))
    found = of(shelf, "ghost-brigade")
    assert (found.version, found.newest) == ("1.0.0", shelf.volumes[0].version)
    assert [version.holds for version in found.versions] == [False, True]
    with pytest.raises(InputError, match=r"is not in version .*, but in 1\.0\.0"):
        of(open_shelf(tmp_path / "releases", shelf.volumes[0].version), "ghost-brigade")


def test_a_figure_that_its_rows_do_not_give_is_found_wrong(tmp_path: Path) -> None:
    home = publish_all(tmp_path / "releases", of_event(world(), EARLY, fatalities_best=6))
    found = of(open_shelf(home), f"{CELL}/fatalities_best")
    assert found.findings == (
        "fatalities_best is 5, but its 1 rows add up to 6; run `fieldledger verify` on the release",
    )
    done = CliRunner().invoke(app, ["trace", f"{CELL}/fatalities_best", "--data-dir", str(tmp_path)])
    assert done.exit_code == 1
    assert "DO NOT ADD UP" in done.stdout


def test_the_json_of_a_trace_keeps_to_the_published_schema(shelf: Shelf) -> None:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    assert SCHEMA_FILE.read_text(encoding="utf-8") == renewed()[SCHEMA_FILE], "python -m tests.release.renew_schemas"
    Draft202012Validator.check_schema(schema)
    check = Draft202012Validator(schema)
    for asked in (EARLY, CELL, TOLL, article_id("a1"), "data/events.csv", "2021-W05", "residents"):
        said: dict[str, Any] = json.loads(of(shelf, asked).to_bytes())
        check.validate(said)
        assert of(shelf, asked).to_bytes() == of(open_shelf(shelf.volumes[0].release.path.parent), asked).to_bytes()


def test_the_command_prints_a_tree_one_thing_a_line(releases: Path) -> None:
    done = CliRunner().invoke(app, ["trace", f"{CELL}/fatalities_best", "--data-dir", str(releases.parent)])
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == f"weekly_events {CELL}: fatalities_best 7"
    for words in (
        "rests on",
        f"events {EARLY} [fatalities_best 7]",
        "“Shells hit",
        "text sha256",
        "weeks/2021-W05.html",
    ):
        assert any(words in line for line in lines), words
    assert any("changed: fatalities_best 5 to 7" in line for line in lines)


def test_a_package_alone_is_traced_without_its_series_manifest_and_lock(releases: Path, tmp_path: Path) -> None:
    alone = tmp_path / "download"
    shutil.copytree(releases / "v1.0.0", alone)
    for name in ("manifest.json", "lock.json"):
        (alone / name).unlink()
    done = CliRunner().invoke(app, ["trace", EARLY, "--release", str(alone), "--json", "--data-dir", str(tmp_path)])
    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert [version["version"] for version in said["versions"]] == ["1.0.0"]
    assert "the release tells no hash of it" in done.stdout


def test_a_call_that_names_nothing_ends_with_2(releases: Path, tmp_path: Path) -> None:
    run = CliRunner().invoke
    for command in (
        ["trace", "e-0000000000000000", "--data-dir", str(releases.parent)],
        ["trace", EARLY, "--data-dir", str(releases.parent), "--release", "9.0.0"],
        ["trace", EARLY, "--data-dir", str(tmp_path)],
        ["trace", EARLY, "--release", str(tmp_path)],
    ):
        done = run(app, command)
        assert done.exit_code == 2, done.output
        assert done.stderr.startswith("fieldledger: ")


def test_a_version_is_told_from_a_folder(tmp_path: Path) -> None:
    assert chosen_release("v1.2.0") == chosen_release("1.2.0") == "1.2.0"
    assert chosen_release(str(tmp_path)) == tmp_path
    assert chosen_release(None) is None
