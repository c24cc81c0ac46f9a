"""The site comes out of a run and out of a command of its own, and neither does what is done."""

from __future__ import annotations

import shutil
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from pipeline import run as main_job
from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.settings import Settings, load_settings
from pipeline.workbench import open_workbench


@pytest.fixture
def data_dir(two_releases: Path, tmp_path: Path) -> Path:
    shutil.copytree(two_releases, tmp_path / "data" / "releases", symlinks=True)
    return tmp_path / "data"


def test_the_command_builds_a_site_once(data_dir: Path) -> None:
    first = CliRunner().invoke(app, ["site", "--data-dir", str(data_dir)])
    assert first.exit_code == 0, first.output
    assert f"Site of version 1.0.1 in {data_dir / 'site'}: " in first.output
    again = CliRunner().invoke(app, ["site", "--data-dir", str(data_dir)])
    assert "nothing had changed" in again.output
    none = CliRunner().invoke(app, ["site", "--data-dir", str(data_dir), "--release", "9.9.9"])
    assert (none.exit_code, "no version 9.9.9" in none.output) == (2, True)


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["site", "--data-dir", str(tmp_path)])
    assert done.exit_code == 2
    assert "no release that can be read; `fieldledger run` makes one" in done.output
    assert CliRunner().invoke(app, ["serve", "--data-dir", str(tmp_path)]).exit_code == 2


def test_a_run_makes_the_site_and_a_rerun_leaves_it_alone(data_dir: Path) -> None:
    bench = open_workbench(Settings(data_dir=data_dir))
    digest = bench.store.put(pl.DataFrame({"version": ["1.0.1"], "path": [""], "new": [True]}))
    bench.store.point("release", None, digest)
    with main_job.open_instance(bench.settings) as instance:
        folder = main_job._site(bench, instance)
        assert (folder / "index.html").is_file()
        assert "site" not in bench.store.log
        main_job._site(bench, instance)
        assert bench.store.log["site"] == (0, 1)
        (data_dir / "site" / "index.html").unlink()
        main_job._site(bench, instance)
        assert (folder / "index.html").is_file()


@pytest.mark.parametrize(
    "url", ["https://example.org", "ftp://example.org/", "https://example.org/a b/", "https://e/?x/"]
)
def test_an_address_of_the_site_that_leads_nowhere_is_refused(url: str) -> None:
    with pytest.raises(InputError, match="setting site_url"):
        load_settings(site_url=url)
    assert load_settings(site_url="https://example.org/ledger/").site_url.endswith("/ledger/")
    assert "site_url" not in load_settings().entering()
