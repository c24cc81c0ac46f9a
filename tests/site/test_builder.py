"""A build writes what changed and nothing else, and any number of builds give what one from nothing gives."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Literal

import pytest

from pipeline.errors import FieldledgerError, InputError
from pipeline.site import rendering, writer
from pipeline.site.builder import Built, build_site
from pipeline.site.data import SiteData, open_site
from pipeline.site.section import LateFile, PageFiles
from pipeline.site.state import read_state, state_file
from pipeline.site.writer import opened_folder


@dataclass
class Leaves:
    """A section of pages whose content is a text each; what is rendered is noted."""

    texts: Mapping[str, str]
    rendered: list[str] = field(default_factory=list)
    late: list[str] = field(default_factory=list)
    name: str = "leaves"
    fail_at: str | None = None
    folder: str = "leaves"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        return dict(self.texts)

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        for key in keys:
            if key == self.fail_at:
                raise FieldledgerError("the power went")
            self.rendered.append(key)
            text = self.texts[key]
            yield PageFiles(
                f"{self.folder}/{key}.html", text, {"text": text},
                {f"{self.folder}/{key}.pdf": LateFile(text[:1], partial(self._print, text))},
            )  # fmt: skip

    def _print(self, text: str) -> bytes:
        self.late.append(text)
        return text[:1].encode()


@pytest.fixture(scope="module")
def site(two_releases: Path) -> SiteData:
    return open_site(two_releases)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


def files_of(out: Path) -> dict[str, bytes]:
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in sorted(out.rglob("*")) if path.is_file()}


def build(site: SiteData, out: Path, leaves: Leaves) -> Built:
    return build_site(site, out, [leaves], processes=1)


def test_only_what_changed_is_made_again(site: SiteData, out: Path) -> None:
    first = build(site, out, Leaves({"a": "one", "b": "two", "c": "three"}))
    assert (first.pages, first.made, first.changed) == (3, 3, True)
    untouched = (out / "leaves" / "a.html").stat().st_mtime_ns
    leaves = Leaves({"a": "one", "b": "too", "d": "four"})
    second = build(site, out, leaves)
    assert leaves.rendered == ["b", "d"]
    assert second.removed == 3, "the page that is no more, its twin and its print"
    assert (out / "leaves" / "a.html").stat().st_mtime_ns == untouched
    assert not (out / "leaves" / "c.html").exists()
    again = Leaves(leaves.texts)
    third = build(site, out, again)
    assert (again.rendered, third.changed) == ([], False)


def test_builds_upon_another_give_the_bytes_of_a_build_from_nothing(site: SiteData, tmp_path: Path) -> None:
    for texts in ({"a": "one", "b": "two"}, {"b": "too", "c": "three"}):
        build(site, tmp_path / "grown", Leaves(texts))
    build(site, tmp_path / "new", Leaves({"b": "too", "c": "three"}))
    assert files_of(tmp_path / "grown") == files_of(tmp_path / "new")
    assert read_state(state_file(tmp_path / "grown")) == read_state(state_file(tmp_path / "new"))


def test_a_late_file_is_made_again_only_when_it_would_say_something_else(site: SiteData, out: Path) -> None:
    build(site, out, Leaves({"a": "one", "b": "two"}))
    leaves = Leaves({"a": "once", "b": "six"})
    build(site, out, leaves)
    assert (leaves.rendered, leaves.late) == (["a", "b"], ["six"])
    assert (out / "leaves" / "b.pdf").read_bytes() == b"s"


def test_a_file_that_is_gone_or_cut_is_made_again(site: SiteData, out: Path) -> None:
    texts = {"a": "one", "b": "two", "c": "three"}
    build(site, out, Leaves(texts))
    (out / "leaves" / "a.json").unlink()
    (out / "leaves" / "c.html").write_bytes(b"")
    leaves = Leaves(texts)
    build(site, out, leaves)
    assert leaves.rendered == ["a", "c"]


def test_a_build_that_dies_is_completed_by_the_next(site: SiteData, tmp_path: Path) -> None:
    texts = {"a": "one", "b": "two", "c": "three"}
    with pytest.raises(FieldledgerError, match="the power went"):
        build(site, tmp_path / "died", Leaves(texts, fail_at="b"))
    (tmp_path / "died" / "leaves" / ".writing-1-b.html").write_bytes(b"half")
    build(site, tmp_path / "died", Leaves({"b": "two", "c": "three"}))
    build(site, tmp_path / "whole", Leaves({"b": "two", "c": "three"}))
    assert files_of(tmp_path / "died") == files_of(tmp_path / "whole")


def test_a_first_build_that_dies_half_way_through_a_file_is_completed_by_the_next(site: SiteData, out: Path) -> None:
    texts = {"a": "one", "b": "two", "c": "three"}
    with pytest.raises(FieldledgerError, match="the power went"):
        build(site, out, Leaves(texts, fail_at="c"))
    (out / "leaves" / "b.html").write_bytes(b"t")
    (out / "leaves" / "c.html").write_bytes(b"thr")
    build(site, out, Leaves(texts))
    assert [(out / "leaves" / f"{key}.html").read_text() for key in texts] == list(texts.values())


def test_what_a_finished_site_shows_is_never_opened_for_writing(
    site: SiteData, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(site, out, Leaves({"a": "one"}))
    written: list[str] = []
    write = writer._write

    def noted(folder: str, path: str, data: bytes, mode: Literal["wb", "xb"]) -> None:
        written.append(path.rpartition("/")[2])
        write(folder, path, data, mode)

    monkeypatch.setattr(writer, "_write", noted)
    build(site, out, Leaves({"a": "once", "b": "two"}))
    assert [name for name in written if name.endswith(("a.html", "b.html"))]
    assert all(name.startswith(".writing-") for name in written)


def test_two_pages_with_one_address_are_refused(site: SiteData, out: Path) -> None:
    with pytest.raises(FieldledgerError, match=r"the pages leaves/A and leaves/a would both be leaves/a\.html"):
        build(site, out, Leaves({"a": "one", "A": "two"}))


@pytest.mark.parametrize("path", ["../outside", "/etc/x", "a b", "x/.hidden"])
def test_a_page_cannot_be_written_elsewhere(site: SiteData, out: Path, path: str) -> None:
    with pytest.raises(FieldledgerError, match="a page cannot be there"):
        build(site, out, Leaves({path: "one"}))
    assert not (out.parent / "outside.html").exists()


def test_a_folder_of_others_is_refused_and_left_as_it_is(site: SiteData, out: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").write_text("mine")
    with pytest.raises(InputError, match="holds files"):
        build(site, out, Leaves({"a": "one"}))
    assert (out / "thesis.txt").read_text() == "mine"
    with pytest.raises(InputError, match="is no folder"):
        build(site, out / "thesis.txt", Leaves({"a": "one"}))


def test_one_build_at_a_time(site: SiteData, out: Path) -> None:
    with opened_folder(out), pytest.raises(FieldledgerError, match="another build is at work here"):
        build(site, out, Leaves({"a": "one"}))
    assert build(site, out, Leaves({"a": "one"})).made == 1


def test_a_damaged_state_costs_time_and_nothing_else(site: SiteData, out: Path) -> None:
    build(site, out, Leaves({"a": "one"}))
    before = files_of(out)
    state_file(out).write_text("{")
    leaves = Leaves({"a": "one"})
    build(site, out, leaves)
    assert leaves.rendered == ["a"]
    assert files_of(out) == before


def test_releases_lie_inside_without_taking_room(site: SiteData, out: Path) -> None:
    build(site, out, Leaves({"a": "one"}))
    for edition in site.editions:
        inside = out / "releases" / f"v{edition.version}"
        assert files_of(inside) == files_of(edition.release.path)
        assert os.path.samefile(inside / "manifest.json", edition.release.path / "manifest.json")
    assert {"index.html", "index.json", "feed.xml"} <= {path.name for path in (out / "releases").iterdir()}


def test_a_release_that_is_no_more_goes_and_one_that_is_another_is_replaced(
    site: SiteData, two_releases: Path, tmp_path: Path
) -> None:
    releases = shutil.copytree(two_releases, tmp_path / "releases", symlinks=True)
    build(open_site(releases), tmp_path / "site", Leaves({"a": "one"}))
    shutil.rmtree(releases / "v1.0.0")
    built = build(open_site(releases), tmp_path / "site", Leaves({"a": "one"}))
    assert built.made == 0
    assert not (tmp_path / "site" / "releases" / "v1.0.0").exists()
    build(open_site(two_releases, upto="1.0.0"), tmp_path / "site", Leaves({"a": "one"}))
    folders = [path.name for path in (tmp_path / "site" / "releases").iterdir() if path.is_dir()]
    assert folders == ["v1.0.0"]


def test_where_links_fail_releases_are_copied(site: SiteData, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(18, "Invalid cross-device link")

    monkeypatch.setattr(os, "link", refuse)
    build(site, out, Leaves({"a": "one"}))
    inside = out / "releases" / f"v{site.version}"
    assert files_of(inside) == files_of(site.newest.release.path)


@dataclass(frozen=True)
class Plain:
    """Pages that any process can make."""

    name: str = "plain"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        return {f"p{number}": "same" for number in range(20)}

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        for key in keys:
            yield PageFiles(f"plain/{key}.html", f"{key} of {site.version}", None)


def test_processes_make_the_same_pages(site: SiteData, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    build_site(site, tmp_path / "one", [Plain()], processes=1)
    monkeypatch.setattr(rendering, "FEWEST_TO_SHARE", 1)
    build_site(site, tmp_path / "two", [Plain()], processes=2)
    assert files_of(tmp_path / "two") == files_of(tmp_path / "one")


def test_orders_are_cut_so_that_processes_end_together() -> None:
    order = rendering.Order(0, {str(number): "" for number in range(20_000)}, {})
    few = rendering.Order(1, {"a": "", "b": ""}, {})
    parts = rendering.cut([order, few], 2)
    assert max(len(part.digests) for part in parts) == 1_000
    assert [key for part in parts for key in part.digests] == [*order.digests, *few.digests]
