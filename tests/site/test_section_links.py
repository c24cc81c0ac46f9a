"""Links of the pages of events, governorates and actors lead to files of the site, and to anchors that are there."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest

from pipeline.site.sections import SECTIONS
from tests.brief.html_page import read

FOLDERS = ("events", "governorates", "actors")
WEEKS = any(section.name == "weeks" and type(section).__name__ != "SinglePage" for section in SECTIONS)
"""Whether weeks have pages already."""


@pytest.mark.parametrize("folder", FOLDERS)
def test_links_lead_somewhere_and_every_page_has_its_twin(built: Path, folder: str) -> None:
    pages = sorted((built / folder).glob("*.html"))
    assert pages
    for path in pages:
        page = read(path.read_bytes())
        assert page.faults == []
        assert path.with_suffix(".json").is_file()
        loaded = [value for _, name, value in page.attributes if name in ("href", "src")]
        for link in loaded:
            if link.startswith(("https://", "data:")):
                continue
            target, _, fragment = link.partition("#")
            there = posixpath.normpath(posixpath.join(folder, target)) if target else f"{folder}/{path.name}"
            if there.startswith("weeks/2") and not WEEKS:
                continue
            assert (built / there).is_file(), f"{path.name} leads to {there}"
            if fragment and there.endswith(".html"):
                assert fragment in read((built / there).read_bytes()).ids, f"{path.name} leads to {there}#{fragment}"


def test_each_kind_of_pages_is_in_the_list_once() -> None:
    names = [section.name for section in SECTIONS]
    assert len(set(names)) == len(names)
