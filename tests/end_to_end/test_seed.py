"""The article that the project began with, read from the folder beside the checkout; skipped where it is absent."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from pipeline.release.reader import Release, open_release
from pipeline.run import run
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.end_to_end.articles import fieldledger
from tests.end_to_end.conftest import PROJECT

SEED = PROJECT.parent / "shared" / "corpora" / "seed"
pytestmark = pytest.mark.skipif(not SEED.exists(), reason="the seed article lies beside the checkout only where it may")


def _release(tmp_path: Path, source: Path) -> Release:
    settings = Settings(data_dir=tmp_path / "data", inputs=(source,), source_date_epoch=None)
    return open_release(run(open_workbench(settings)).release)


@pytest.fixture(scope="module")
def dated(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return the release of the article with its date."""
    return _release(tmp_path_factory.mktemp("dated"), SEED / "article.jsonl")


def _event(events: pl.DataFrame, **wanted: Any) -> dict[str, Any]:
    (event,) = events.filter(*(pl.col(name) == value for name, value in wanted.items())).to_dicts()
    return event


def test_the_dated_article_gives_its_events_and_nothing_from_denials_threats_or_the_teaser(dated: Release) -> None:
    events = dated.frame("events")
    clash = _event(events, sub_event_type="Armed clash", admin1="Aleppo")
    assert str(clash["event_date_start"]) == "2022-10-04"
    assert (clash["fatalities_low"], clash["fatalities_best"], clash["fatalities_high"]) == (5, 5, 5)
    assert (clash["actor1_bloc"], clash["actor2_bloc"]) == ("hts", "syrian_government")
    raid = _event(events, sub_event_type="Air/drone strike", admin1="Latakia")
    assert str(raid["event_date_start"]) == "2022-10-04"
    assert (raid["fatalities_low"], raid["fatalities_high"], raid["actor1_bloc"]) == (0, 0, "russia")
    flights = _event(events, sub_event_type="Force movement", actor1_bloc="russia")
    assert (flights["admin1"], flights["geo_precision"], str(flights["event_date_start"])) == ("Idlib", 3, "2022-10-04")
    for bloc in ("opposition", "syrian_government"):
        troops = _event(events, sub_event_type="Force movement", actor1_bloc=bloc)
        assert (troops["admin1"], str(troops["event_date_start"]), troops["time_precision"]) == (
            "Idlib",
            "2022-10-07",
            2,
        )
    moved = _event(events, sub_event_type="Displacement")
    assert (moved["admin1"], str(moved["event_date_start"]), moved["actor1_bloc"]) == (
        "Idlib",
        "2022-10-07",
        "civilians",
    )
    assert events.height == 6, "as many as the article tells"
    strikes = events.filter(sub_event_type="Air/drone strike")
    assert strikes.height == 1, "neither 'may see more bombardments' nor 'more than 11 raids' is an event"
    quotes = dated.frame("mentions")["evidence"].to_list()
    for words in ("30 rockets", "6 dead"):
        assert not any(words in quote for quote in quotes), "the teaser is another story"


def test_what_is_denied_threatened_or_usual_is_kept_with_that_status(dated: Release) -> None:
    mentions = dated.frame("mentions")

    def told(status: str, sub_event_type: str) -> list[str | None]:
        return mentions.filter(status=status, sub_event_type=sub_event_type)["actor1_bloc"].to_list()

    assert "syrian_government" in told("denied", "Force movement")
    assert len(told("denied", "Displacement")) == 1
    assert "syrian_government" in told("prospective", "Armed clash")
    assert "russia" in told("prospective", "Air/drone strike")
    (raids,) = mentions.filter(status="general", sub_event_type="Air/drone strike").to_dicts()
    assert (raids["actor1_bloc"], raids["happenings_low"], raids["happenings_high"]) == ("russia", 11, None)
    assert mentions.filter(status="reported").height == 6


def test_the_same_article_as_bare_text_is_undated_and_nothing_is_guessed(tmp_path: Path) -> None:
    folder = tmp_path / "seed"
    folder.mkdir()
    (text,) = SEED.glob("*.txt")
    shutil.copy(text, folder)
    release = _release(tmp_path, folder)
    assert release.frame("articles")["published_date"].to_list() == [None]
    assert release.frame("events").is_empty()
    rejected = release.frame("rejections").filter(table="mentions")
    assert "undated" in rejected["rule"].to_list()
    assert release.frame("mentions")["event_date_start"].null_count() == release.frame("mentions").height


def test_offsets_of_the_extract_command_count_into_the_text_as_given(tmp_path: Path) -> None:
    done = fieldledger("extract", SEED / "article.jsonl", "--out", "mentions.jsonl", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    given = json.loads((SEED / "article.jsonl").read_text(encoding="utf-8"))
    mentions = [json.loads(line) for line in (tmp_path / "mentions.jsonl").read_text(encoding="utf-8").splitlines()]
    assert mentions
    for mention in mentions:
        assert mention["article_id"] == given["id"]
        assert given["text"][mention["char_start"] : mention["char_end"]] == mention["evidence"]
        for casualty in mention["casualties"]:
            assert given["text"][casualty["char_start"] : casualty["char_end"]] == casualty["quote"]
