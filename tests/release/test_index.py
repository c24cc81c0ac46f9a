"""The index beside the releases tells what their files tell, in a published form, and is repaired by a rerun."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator
from lxml import etree

from pipeline.errors import FieldledgerError
from pipeline.release.files import record_of
from pipeline.release.index import SCHEMA_FILE, Entry, LeftOut, make_index, read_index
from pipeline.release.index_entry import entry_of, index_of
from pipeline.release.index_pages import atom_feed, html_page, index_files, size_words
from pipeline.release.manifest import read_manifest
from pipeline.release.plan import plan_release
from pipeline.release.reader import newest_release, open_release
from tests.release import small
from tests.release.disk import contents
from tests.release.renew_schemas import renewed

ATOM = "{http://www.w3.org/2005/Atom}"
NAMES = {"feed.xml", "index.html", "index.json", "index.schema.json"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of two releases. Read it, leave it as it is."""
    releases = tmp_path_factory.mktemp("made") / "releases"
    for step in range(2):
        small.publish_step(releases, step)
    return releases


@pytest.fixture
def releases(made: Path, tmp_path: Path) -> Path:
    """Return such a folder of one's own."""
    return Path(shutil.copytree(made, tmp_path / "releases", symlinks=True))


def index_json(releases: Path) -> Any:
    """Return `index.json`, which keeps to the schema beside it."""
    content = json.loads((releases / "index.json").read_bytes())
    Draft202012Validator(json.loads((releases / content["$schema"]).read_bytes())).validate(content)
    return content


def test_the_published_schema_is_one_and_is_made_of_the_records() -> None:
    Draft202012Validator.check_schema(json.loads(SCHEMA_FILE.read_bytes()))
    assert SCHEMA_FILE.read_text(encoding="utf-8") == renewed()[SCHEMA_FILE], "python -m tests.release.renew_schemas"


def test_every_release_is_listed_with_what_its_own_files_tell(made: Path) -> None:
    content = index_json(made)
    assert [entry["version"] for entry in content["releases"]] == ["1.0.1", "1.0.0"]
    assert content["left_out"] == []
    for entry in content["releases"]:
        folder = made / entry["path"]
        manifest = read_manifest((folder / "manifest.json").read_bytes())
        there = [path for path in folder.rglob("*") if path.is_file()]
        assert (entry["previous_version"], entry["build_time"]) == (manifest.previous_version, manifest.build_time)
        assert (entry["files"], entry["bytes"]) == (len(there), sum(path.stat().st_size for path in there))
        assert (entry["tables"], entry["rows"]) == (len(manifest.tables), sum(t.rows for t in manifest.tables))
        for file, name in ((entry["manifest"], "manifest.json"), (entry["archive"], "datapackage.zip")):
            assert file["path"] == entry["path"] + name
            found = record_of(folder, name)
            assert (file["bytes"], file["sha256"]) == (found.bytes, found.sha256)
        assert " ".join(entry["summary"]) in (folder / "CHANGES.md").read_text().replace("\\_", "_")
        assert (made / entry["changes"]).is_file()
    newest = content["releases"][0]
    assert content["latest"] == {
        "version": "1.0.1", "path": f"{os.readlink(made / 'latest')}/",
        "manifest_sha256": newest["manifest"]["sha256"],
    }  # fmt: skip
    assert newest["summary"][0] == "From 1.0.0 to 1.0.1 is a patch step, because 1 row changed of weekly_coverage."


def links(page: str) -> Iterator[str]:
    yield from (html.unescape(link) for link in re.findall(r'href="([^"]*)"', page))


def test_links_of_page_and_feed_are_relative_and_lead_to_files_that_are_there(made: Path) -> None:
    for name in ("index.html", "feed.xml"):
        found = [link for link in links((made / name).read_text()) if not link.startswith(("data:", "#"))]
        assert len(found) > 5
        for link in found:
            parts = urlsplit(link)
            assert not parts.scheme
            assert not link.startswith("/")
            assert (made / parts.path).exists(), link


def test_the_feed_has_what_the_atom_standard_asks_for(made: Path) -> None:
    feed = etree.fromstring((made / "feed.xml").read_bytes())
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert feed.find(f"{ATOM}author/{ATOM}name").text
    assert feed.find(f"{ATOM}link[@rel='self']").get("href") == "feed.xml"
    ids = [thing.findtext(f"{ATOM}id") for thing in (feed, *entries)]
    assert len(set(ids)) == 3
    for thing, id in zip((feed, *entries), ids, strict=True):
        assert id.startswith("urn:")
        assert thing.findtext(f"{ATOM}title")
        assert thing.findtext(f"{ATOM}updated") == "2021-02-12T00:00:00Z"
        assert thing.find(f"{ATOM}link[@rel='alternate']") is not None
    assert "INVENTED" in feed.findtext(f"{ATOM}subtitle").upper()


def _entry(made: Path, **changed: object) -> Entry:
    return replace(entry_of(made / "v1.0.0", "1.0.0"), **changed)  # type: ignore[arg-type]


def test_words_of_releases_are_text_in_page_and_feed(made: Path) -> None:
    hostile = '"><script>alert(1)</script>&\x1b[31m\u202e'
    index = make_index([_entry(made, title=hostile, summary=(hostile,))], [LeftOut("v9.9.9/", hostile)])
    for page in (html_page(index), atom_feed(index)):
        assert "<script" not in page
        assert not set("\x1b\u202e") & set(page)
    assert "<script>alert(1)</script>&" in str(
        etree.fromstring(atom_feed(index).encode()).findtext(f".//{ATOM}summary")
    )


def test_versions_are_ranked_as_numbers_and_bytes_do_not_depend_on_the_order_of_finding(made: Path) -> None:
    entries = [_entry(made, version=version) for version in ("1.9.0", "1.10.0", "1.0.0")]
    index = make_index(entries)
    assert [entry.version for entry in index.releases] == ["1.10.0", "1.9.0", "1.0.0"]
    assert index_files(index) == index_files(make_index(reversed(entries)))


def test_an_index_reads_back_and_one_of_a_later_program_or_a_damaged_one_is_refused(made: Path) -> None:
    index = index_of(made)
    data = index.to_bytes()
    assert read_index(data) == index
    with pytest.raises(FieldledgerError, match=r"index\.json: schema_version is 2, this program reads 1"):
        read_index(data.replace(b'"schema_version": 1', b'"schema_version": 2'))
    with pytest.raises(FieldledgerError, match=r"index\.json: releases\.0\.rows"):
        read_index(re.sub(rb'"rows": \d+', b'"rows": -1', data))


@pytest.mark.parametrize("gone", [NAMES, {"index.json"}, {"feed.xml", "index.html"}])
def test_what_a_publisher_that_died_left_undone_a_rerun_does(releases: Path, gone: set[str]) -> None:
    before = contents(releases)
    for name in gone:
        (releases / name).unlink()
    (releases / ".index.json-next").write_bytes(b"half")
    small.publish_step(releases, 1)
    left = contents(releases)
    left.pop(".index.json-next", None)
    assert left == before


def test_an_index_that_was_changed_or_linked_away_is_put_right_and_nothing_behind_the_link_is_touched(
    releases: Path, tmp_path: Path
) -> None:
    before = contents(releases)
    other = tmp_path / "other"
    other.write_bytes(b"not ours")
    (releases / "index.html").unlink()
    (releases / "index.html").symlink_to(other)
    (releases / "index.json").write_bytes(b"{}")
    small.publish_step(releases, 1)
    assert contents(releases) == before
    assert other.read_bytes() == b"not ours"


def test_the_index_is_not_taken_for_a_release(made: Path) -> None:
    newest = newest_release(made)
    assert newest is not None
    assert newest.name == "v1.0.1"


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("manifest.json", b"{}", "schema_version is None"),
        ("manifest.json", None, "manifest.json: No such file"),
        ("changes.json", b"{}", "changes.json: not the file that manifest.json lists"),
    ],
)
def test_a_folder_that_cannot_be_told_of_is_named_with_the_reason_and_without_a_place_of_this_machine(
    releases: Path, name: str, content: bytes | None, says: str
) -> None:
    path = releases / "v1.0.0" / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    index = index_of(releases)
    assert [entry.version for entry in index.releases] == ["1.0.1"]
    (left,) = index.left_out
    assert left.path == "v1.0.0/"
    assert says in left.why
    assert str(releases) not in index.to_bytes().decode()
    assert html.escape(left.why, quote=False) in html_page(index).replace("&#39;", "'").replace("&#34;", '"')


def test_a_manifest_under_the_name_of_another_version_is_left_out(releases: Path) -> None:
    shutil.copytree(releases / "v1.0.0", releases / "v2.0.0")
    index = index_of(releases)
    assert [entry.version for entry in index.releases] == ["1.0.1", "1.0.0"]
    assert index.left_out == (LeftOut("v2.0.0/", "manifest.json: is of version 1.0.0; fetch the release again"),)


def test_a_folder_without_a_release_has_no_index(tmp_path: Path) -> None:
    with pytest.raises(FieldledgerError, match="no release that can be read; `fieldledger run` makes one"):
        index_of(tmp_path)


def test_a_version_that_was_declared_higher_says_so(releases: Path) -> None:
    newest = open_release(releases / "v1.0.1")
    declared = plan_release(
        small.tables(2), newest, build_time=datetime(2021, 2, 12, tzinfo=UTC), contract=small.CONTRACT, declared="3.0.0"
    )
    small.publish_plan(releases, 2, declared)
    assert index_of(releases).newest.summary == (
        "From 1.0.1 to 3.0.0 is a patch step, because 1 row changed of weekly_coverage.",
        "Rows were corrected or withdrawn, and none is new.",
        "The changes ask for 1.0.2; the maintainers declared 3.0.0.",
    )


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (1, "1 byte"), (999, "999 bytes"), (1_000, "1.0 kB"), (999_960, "1.0 MB"), (2_345_678, "2.3 MB")],
)
def test_sizes_are_told_in_round_figures(size: int, words: str) -> None:
    assert size_words(size) == words
