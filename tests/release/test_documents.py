"""README and citation are right, show hostile words as words, and their examples run."""

from __future__ import annotations

import contextlib
import importlib.util
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.release.markdown import markdown_text
from tests.release.factory import SCOPE, publish_world, with_values, world


def examples(release: Path, language: str) -> list[str]:
    """Return the README's examples in a language."""
    text = (release / "README.md").read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def test_the_python_examples_run(first: Path) -> None:
    found = examples(first, "python")
    assert len(found) == 4
    with contextlib.chdir(first):
        for example in found:
            if "pandas" not in example or importlib.util.find_spec("pandas"):
                exec(example, {})


def test_the_readme_tells_version_weeks_tables_and_books(first: Path) -> None:
    text = (first / "README.md").read_text(encoding="utf-8")
    assert "| Version | 1.0.0 |" in text
    assert "2021-02-01 to 2021-02-14" in text
    assert "[`weekly_events`](data/weekly_events.csv) ([Parquet](data/weekly_events.parquet)) | 108 |" in text
    assert "| ingest | 6 | 5 | 1 | 0 |" in text
    assert "[CODEBOOK.md](CODEBOOK.md)" in text
    assert "What changed" not in text
    assert "\n\n\n" not in text


def test_the_readme_of_a_later_release_tells_what_changed(releases: Path) -> None:
    tables = world()
    tables["events"] = with_values(tables["events"], {"place_name": "Upper Mill"}, fatalities_best=6)
    text = (publish_world(releases, tables).path / "README.md").read_text(encoding="utf-8")
    assert "## What changed since 1.0.0" in text
    assert r"| `events` | 0 | 0 | 1 | fatalities\_best |" in text
    assert "\n\n\n" not in text


def test_the_readme_tells_how_good_the_coding_is(first: Path, tmp_path: Path) -> None:
    text = (first / "README.md").read_text(encoding="utf-8")
    assert "| testland | 20 | 0.83 | – | – | – | – | – |" in text
    unmeasured = world()
    unmeasured["accuracy"] = unmeasured["accuracy"].clear()
    text = (publish_world(tmp_path, unmeasured).path / "README.md").read_text(encoding="utf-8")
    assert "Not measured: no gold set" in text
    assert "\n\n\n" not in text


def test_without_codebook_and_briefings_the_readme_does_not_point_to_them(tmp_path: Path) -> None:
    text = (publish_world(tmp_path, documents={}).path / "README.md").read_text(encoding="utf-8")
    assert "CODEBOOK.md" not in text
    assert "briefings/" not in text
    assert "`manifest.json`" in text


def test_real_data_carry_no_notice(tmp_path: Path) -> None:
    text = (publish_world(tmp_path, world(invented=False)).path / "README.md").read_text(encoding="utf-8")
    assert "INVENTED" not in text


def test_a_hostile_region_title_stays_text(tmp_path: Path) -> None:
    title = "War: \"x\" | <script>alert(1)</script>\n- 'y' [z](w)"
    release = publish_world(tmp_path, scope=replace(SCOPE, title=title)).path
    readme = (release / "README.md").read_text(encoding="utf-8")
    assert "<script>" not in readme
    assert r"\[z\](w)" in readme
    citation = yaml.safe_load((release / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["title"] == f"Invented demonstration data, conflict events: {title}"


@settings(deadline=None)
@given(st.text())
def test_markdown_text_is_one_line_without_markup(text: str) -> None:
    shown = markdown_text(text)
    assert "\n" not in shown
    assert not re.search(r"(?<!\\)(\\\\)*[|`*\[\]<>]", shown)


@pytest.mark.parametrize(
    ("text", "shown"), [("a|b", r"a\|b"), ("<b>&", "&lt;b&gt;&amp;"), ("a_b\n c", r"a\_b c"), (3, "3")]
)
def test_markdown_text_escapes_what_it_must(text: object, shown: str) -> None:
    assert markdown_text(text) == shown
