"""One article laid open: on the terminal, as a page, and for any extractor."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.explain import Explanation, explain
from pipeline.explain.page import page
from pipeline.explain.terminal import STYLES, draw
from pipeline.explain.view import KINDS
from pipeline.extract.model import Article
from pipeline.regions import load_region
from tests.built_rules import built_rules
from tests.extract.double import WordFinder

TEXT = (
    "Warplanes bombed the town of Saraqib on Tuesday, killing five people, a monitor said.\n\n"
    "The weather was mild for the season. The raid on Saraqib came without warning.\n\n"
    "Since the conflict began more than 300,000 people have been killed in Syria."
)
ARTICLE = Article("a-1", "Raid on Saraqib", TEXT, "The Ford Post", "unknown", date(2016, 5, 4))


@pytest.fixture(scope="module")
def told() -> Explanation:
    return explain(ARTICLE, built_rules())


def _terminal(explanation: Explanation) -> str:
    screen = io.StringIO()
    draw(explanation, Console(file=screen, width=120, highlight=False))
    return screen.getvalue()


def test_nothing_of_the_text_is_lost_and_marks_lie_on_their_words(told: Explanation) -> None:
    runs = [run for passage in told.passages for run in passage.runs]
    assert "".join(run.text for run in runs) == TEXT
    marked = {mark.kind: run.text for run in runs for mark in run.marks}
    assert marked["event_date"] == "Tuesday"
    assert marked["place"] == "Saraqib"
    assert marked["attributed_to"] == "a monitor"
    assert "".join(run.text for run in runs if "casualties" in {m.kind for m in run.marks}) == "killing five people"


def test_sentences_that_tell_nothing_say_why(told: Explanation) -> None:
    notes = {"".join(run.text for run in passage.runs): passage.note for passage in told.passages}
    assert notes["The weather was mild for the season."] == "holds no word that tells of a happening"
    assert notes[TEXT.rsplit("\n", 1)[1]].startswith("background")
    assert notes["The raid on Saraqib came without warning."] == "tells of mention 1 once more"


def test_a_card_gives_each_value_its_words_and_its_reason(told: Explanation) -> None:
    (card,) = told.cards
    lines = {line.kind: line for line in card.lines}
    assert lines["event_date"].value == "2016-05-03, precision 1"
    assert lines["event_date"].reason.startswith("the latest such day on or before")
    assert lines["place"].value == "sy-idlib-saraqib, Idlib, precision 1"
    assert lines["casualties"].value == "5 killed, unknown"
    assert card.confidence is not None


def test_an_article_without_a_happening_says_so() -> None:
    quiet = Article("a-2", "Harvest", "The olive harvest was good this year.", "The Ford Post", "unknown", None)
    told = explain(quiet, built_rules())
    assert told.cards == ()
    assert "No mention was found." in _terminal(told)
    assert "No mention was found." in page(told)


def test_another_extractor_is_laid_open_too_with_what_was_refused() -> None:
    text = "A skirmish in Idlib ended."
    told = explain(
        Article("a-3", "", text, "The Ford Post", "unknown", date(2016, 5, 4)), WordFinder(load_region("syria"), "m")
    )
    assert "refused: actor1 “the Legion of the Moon” is not in the article" in _terminal(told)
    assert "Refused: actor1 “the Legion of the Moon”" in page(told)


def test_every_kind_of_mark_has_a_style_of_its_own_on_terminal_and_page() -> None:
    assert set(STYLES) == set(KINDS)
    css = (Path(__file__).parents[2] / "reports" / "explain.css").read_text(encoding="utf-8")
    assert all(f"\n.{kind} {{" in css for kind in KINDS)


def test_hostile_text_drives_neither_terminal_nor_page() -> None:
    text = "Warplanes bombed Saraqib <script>alert(1)</script> on Tuesday\x1b[2J\u202e, killing five."
    article = Article("<b>", "<i>\x1b]0;title\x07", text, "<u>", "unknown", date(2016, 5, 4))
    told = explain(article, built_rules())
    for drawn in (_terminal(told), page(told)):
        assert not set("\x1b\x07\u202e") & set(drawn)
    for tag in ("<script>", "<i>", "<b>", "<u>"):
        assert tag not in page(told)


def _file(folder: Path, count: int) -> Path:
    path = folder / "articles.jsonl"
    record = {"title": "Raid", "text": TEXT, "source": "The Ford Post", "published_at": "2016-05-04"}
    path.write_text("".join(json.dumps({"id": f"x-{n}", **record}) + "\n" for n in range(count)), encoding="utf-8")
    return path


def test_the_command_shows_one_article_and_writes_the_page(tmp_path: Path) -> None:
    target = tmp_path / "why.html"
    call = ["extract", str(_file(tmp_path, 3)), "--explain", "--article", "x-1", "--html", str(target)]
    result = CliRunner().invoke(app, call)
    assert result.exit_code == 0, result.output
    assert "Air/drone strike, reported" in result.output
    assert "x-1" in target.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (["--explain"], "holds 7 articles (x-0, x-1, x-2, x-3, x-4 and 2 more); name one with --article"),
        (["--explain", "--article", "y"], "holds no article 'y' that can be used, but x-0"),
        (["--explain", "--article", "x-1", "--out", "m.jsonl"], "--out cannot go with --explain"),
        (["--article", "x-1"], "--article and --html go with --explain"),
    ],
)
def test_a_wrong_call_gets_one_message(tmp_path: Path, given: list[str], says: str) -> None:
    result = CliRunner().invoke(app, ["extract", str(_file(tmp_path, 7)), *given])
    assert result.exit_code == 2
    assert says in result.output.replace("\n", " ")


def test_a_file_without_a_usable_article_says_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "x", "title": "Raid", "text": ""}\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(path), "--explain"])
    assert result.exit_code == 2
    assert "articles.jsonl" in result.output
