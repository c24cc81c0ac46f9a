"""A village that only a supplied gazetteer file knows is placed, from the command line to the release."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from pipeline.cli import app
from pipeline.release.reader import Release, open_release
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.end_to_end.articles import Record, write_jsonl

ATTACK: Record = {
    "id": "zumurra-1",
    "title": "Shells on a village",
    "text": "Syrian government forces shelled the village of Tall Zumurra on Thursday, killing one man and injuring "
    "two women, residents said.",
    "source": "Test Gazette",
    "published_at": "2021-02-26",
    "invented": True,
}
ROW = (
    "170001\tTall Zumurra\tTall Zumurra\t\t35.95\t36.62\tP\tPPL\tSY\t\t12\t\t\t\t0\t\t400\tAsia/Damascus\t2020-01-01\n"
)


@pytest.fixture
def gazetteer(tmp_path: Path) -> Path:
    path = tmp_path / "SY.txt"
    path.write_text(ROW, encoding="utf-8")
    return path


def fieldledger(*words: str | Path, gazetteer: Path | None = None) -> Result:
    """Call the command line in this process, which has read the model and the region's own gazetteer."""
    environment = {"FIELDLEDGER_GAZETTEERS": str(gazetteer)} if gazetteer else {}
    return CliRunner().invoke(app, [str(word) for word in words], env=environment)


def test_extract_places_it_and_tells_what_became_of_the_file(tmp_path: Path, gazetteer: Path) -> None:
    source = write_jsonl(tmp_path / "articles.jsonl", ATTACK)
    before = fieldledger("extract", source)
    after = fieldledger("extract", source, gazetteer=gazetteer)

    assert json.loads(before.stdout)["admin1"] is None
    assert json.loads(after.stdout)["admin1"] == "Idlib"
    assert f"{gazetteer}: 1 rows, 1 places added" in after.stderr
    assert str(gazetteer) not in before.stderr


def _release(data_dir: Path, source: Path, *gazetteers: Path) -> Release:
    settings = Settings(data_dir=data_dir, inputs=(source,), gazetteers=gazetteers, source_date_epoch=None)
    return open_release(run(open_workbench(settings)).release)


def test_a_run_on_the_same_store_places_it_in_every_table_of_a_new_release(tmp_path: Path, gazetteer: Path) -> None:
    source = write_jsonl(tmp_path / "articles.jsonl", ATTACK)
    before = _release(tmp_path / "data", source)
    after = _release(tmp_path / "data", source, gazetteer)

    assert before.frame("events").is_empty()  # not even its governorate is told
    (event,) = after.frame("events").to_dicts()
    assert (event["place_id"], event["admin1"], event["admin2"]) == ("geonames-170001", "Idlib", "Idlib")
    assert (event["latitude"], event["longitude"]) == (35.95, 36.62)
    (place,) = after.frame("places").filter(place_id="geonames-170001").to_dicts()
    assert place["coordinate_source"] == "GeoNames (CC BY 4.0)"


def test_a_file_that_cannot_be_used_stops_the_call_with_one_message(
    tmp_path: Path, gazetteer: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    gazetteer.write_text(ROW.replace("\t", ","), encoding="utf-8")
    source = write_jsonl(tmp_path / "articles.jsonl", ATTACK)
    for command in (("extract", source), ("run", "--no-site", "--input", source)):
        done = fieldledger(*command, gazetteer=gazetteer)
        assert done.exit_code == 2
        assert done.stderr.count("\n") == 1
        assert "not parted by tabs; supply the file as GeoNames ships it" in done.stderr
