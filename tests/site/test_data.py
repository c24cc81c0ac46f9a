"""What all pages share comes from the releases themselves."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from polars.testing import assert_frame_equal

from pipeline.errors import InputError
from pipeline.site.data import open_site
from tests.site.worlds import EARLY


def test_facts_of_every_page_come_from_the_release(two_releases: Path) -> None:
    site = open_site(two_releases)
    context = site.context_of(site.history.oldest)
    assert (context.version, context.previous_version, context.invented) == ("1.0.0", None, True)
    assert site.region_title == "War in Testland"
    assert site.region == "testland"
    assert context.citation.endswith("War in Testland, version 1.0.0.")
    assert [edition.version for edition in site.editions] == [site.version, "1.0.0"]
    assert site.newest.cutoff == date(2021, 2, 9)
    assert len(site.newest.build_id) == 12
    assert site.weeks == ((date(2021, 2, 1), "2021-W05"), (date(2021, 2, 8), "2021-W06"))
    (revision,) = site.history.event(EARLY)
    assert revision.version == site.version


def test_the_cutoff_is_read_from_csv_where_there_is_no_parquet(two_releases: Path, tmp_path: Path) -> None:
    bare = shutil.copytree(two_releases, tmp_path / "bare", ignore=shutil.ignore_patterns("*.parquet"), symlinks=True)
    assert open_site(bare).newest.cutoff == date(2021, 2, 9)


def test_tables_are_the_same_from_parquet_and_from_csv(two_releases: Path, tmp_path: Path) -> None:
    bare = shutil.copytree(two_releases, tmp_path / "bare", ignore=shutil.ignore_patterns("*.parquet"), symlinks=True)
    whole, copied = open_site(two_releases).tables(), open_site(bare).tables()
    for name, rows in whole.items():
        assert_frame_equal(rows, copied[name])


def test_a_table_that_is_not_the_announced_one_is_refused(two_releases: Path, tmp_path: Path) -> None:
    releases = shutil.copytree(two_releases, tmp_path / "releases", symlinks=True)
    site = open_site(releases)
    with (site.newest.release.path / "data" / "mentions.parquet").open("ab") as file:
        file.write(b"more")
    with pytest.raises(InputError, match=r"mentions\.parquet: not the file that datapackage\.json announces"):
        site.frame("mentions")


def test_an_older_version_can_be_the_newest(two_releases: Path) -> None:
    older = open_site(two_releases, upto="1.0.0")
    assert older.version == "1.0.0"
    assert older.history.event(EARLY) == ()


def test_no_release_is_told_with_its_remedy(two_releases: Path, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no release that can be read; `fieldledger run` makes one"):
        open_site(tmp_path)
    with pytest.raises(InputError, match=r"no version 9\.9\.9; there are 1\.0\.0"):
        open_site(two_releases, upto="9.9.9")


def test_a_release_that_cannot_be_read_is_left_out(two_releases: Path, tmp_path: Path) -> None:
    releases = shutil.copytree(two_releases, tmp_path / "releases", symlinks=True)
    (releases / "v1.0.0" / "manifest.json").write_text("{}")
    found = open_site(releases)
    assert [edition.version for edition in found.editions] == [found.version]
    ((folder, why),) = found.left_out
    assert folder == "v1.0.0"
    assert why.startswith("manifest.json: ")
