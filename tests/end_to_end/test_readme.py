"""The README's examples work as they stand, and it tells every setting, command and input field."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.settings import Settings
from tests.end_to_end.articles import CLASH, RAID, write_jsonl
from tests.end_to_end.conftest import PROJECT
from tests.end_to_end.few_gold import few_articles
from tests.evaluate.makers import write_set

README = (PROJECT / "README.md").read_text(encoding="utf-8")


def _blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the README's first example was followed, on two articles and a page."""
    folder = tmp_path_factory.mktemp("readme")
    write_jsonl(folder / "articles.jsonl", RAID, CLASH)
    (folder / "pages").mkdir()
    write_set(folder / "our-gold")
    write_jsonl(folder / "pages" / "more.jsonl", RAID | {"id": "raid-2", "source": "Test Post"})
    return folder


def test_every_command_of_the_readme_runs_in_its_order(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In this process: to start a program a dozen times takes longer than what they do."""
    monkeypatch.chdir(desk)
    lines = [line for block in _blocks("console") for line in block.splitlines()]
    commands = [shlex.split(line) for line in lines if not line.startswith("make ")]
    assert {command[1] for command in commands} == {
        "run",
        "extract",
        "evaluate",
        "review",
        "verify",
        "diff",
        "trace",
        "site",
    }
    for command in commands:
        assert command[0] == ".venv/bin/fieldledger"
        with few_articles():
            told = CliRunner().invoke(app, command[1:])
        assert told.exit_code == 0, f"{shlex.join(command)}\n{told.output}{told.exception!r}"
    code = "".join(_blocks("python")) + "\nassert deadliest.height and quotes.height\n"
    environment = {**os.environ, "PYTHONWARNINGS": "error"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=desk, env=environment, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_the_make_targets_of_the_readme_exist() -> None:
    makefile = (PROJECT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"make ([a-z]+)", README)) - {"and"}
    assert {"publish", "test", "dev", "help"} <= named
    for target in named:
        assert re.search(rf"^{target}:.*##", makefile, flags=re.MULTILINE), target


def test_every_setting_is_told_with_its_default() -> None:
    told = dict(re.findall(r"^\| `([a-z_]+)` \| (.+?) \|", README, flags=re.MULTILINE))
    for name, field in Settings.model_fields.items():
        assert name in told, f"README does not tell the setting {name}"
        assert field.description
        if field.default not in (None, (), {}):
            assert told[name] == f"`{_as_in_the_file(field.default)}`"


def _as_in_the_file(default: object) -> str:
    if isinstance(default, tuple):
        return ", ".join(map(str, default))
    return str(default).lower() if isinstance(default, bool) else str(default)


def test_every_command_has_help_with_an_example() -> None:
    for command in app.registered_commands:
        assert command.callback is not None
        assert command.callback.__doc__
        assert "Example" in (command.epilog or ""), command.callback.__name__
