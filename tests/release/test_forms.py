"""Which forms a release has: every one is named once, listed in the manifest, and safe from documents of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.errors import FieldledgerError
from pipeline.release.about import package_words
from pipeline.release.files import listing
from pipeline.release.forms import RESERVED
from pipeline.release.manifest import read_manifest
from tests.release.factory import publish_world


def test_every_file_beside_the_tables_is_named_in_package_yaml_and_there(first: Path) -> None:
    beside = {path for path in listing(first).files if not path.startswith("data/")}
    names = {f"{path.split('/')[0]}/" if "/" in path else path for path in beside}
    assert names == set(package_words().files)


def test_every_form_is_in_the_manifest(first: Path) -> None:
    listed = {file.path for file in read_manifest((first / "manifest.json").read_bytes()).files}
    assert {*RESERVED, "data/weekly_events.hxl.csv", "data/weekly_tolls.hxl.csv"} <= listed


@pytest.mark.parametrize("path", ["fieldledger.sqlite", "Croissant.JSON"])
def test_a_document_in_the_place_of_a_form_is_refused(tmp_path: Path, path: str) -> None:
    with pytest.raises(FieldledgerError, match="the release has a file of its own there"):
        publish_world(tmp_path, documents={path: b"x"})
    assert not (tmp_path / "v1.0.0").exists()
