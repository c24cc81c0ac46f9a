"""Bad input from end to end (architecture, section 5): one message and one row each, and everything else goes on."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pipeline.ingest.articles import to_articles
from pipeline.ingest.documents import Limits, reject, rejections_frame
from pipeline.ingest.records import read_inputs
from tests.ingest.makers import REGION, TEXT, line

LIMITS = Limits(first_date=REGION.first_date)
OTHER = "A mine killed a shepherd near the lake on Monday, his family said, and his brother lost a leg in the blast."

FAULTS: dict[str, tuple[bytes, str, str]] = {
    "missing field": (line(source=None), "missing_field", "source is required"),
    "wrong type": (line(title=["Market"]), "wrong_type", "title is a list; write it as text in quotes"),
    "invalid UTF-8": (b'{"id": "\xff"}\n', "invalid_utf8", "is not valid UTF-8"),
    "a line that is no JSON": (b"<html>\n", "invalid_json", "not valid JSON"),
    "a line that is no object": (b"[]\n", "wrong_type", "a list, not an object"),
    "a 10 MB line": (line(text="x" * (10 * 1024 * 1024)), "too_long", "longer than 10,485,760 bytes"),
    "absurd date": (line(published_at="1066-10-14"), "absurd_date", "lies before 2011-01-01"),
    "a date after the last": (line(published_at="2203-10-14"), "absurd_date", "lies after 2100-01-01"),
    "unreadable date": (line(published_at="last week"), "bad_date", "write it like 2022-10-04"),
    "path in an id": (line(id="../../etc/passwd"), "unsafe_id", "holds path steps"),
    "control character in an id": (line(id="a\u0000b"), "unsafe_id", "control characters"),
    "empty text": (line(text="\n"), "empty_text", "text is empty; supply it"),
    "another language": (
        line(id="de", text="Granaten trafen am Morgen den Markt der Stadt, zwei Menschen wurden dabei verletzt."),
        "language",
        "in 'de', only English",
    ),
    "an id used for two texts": (line(id="first", text=OTHER), "duplicate_id", "gave this id to another text"),
}


def run(folder: Path) -> list[tuple[str, str, str]]:
    """Return rule, record and message of all rejections; the good lines must be in and the books balance."""
    read = read_inputs([folder], LIMITS)
    result = to_articles(read.documents, REGION)
    assert len(read.documents) == result.articles.height + result.rejections.height + result.merged
    assert {"first", "last"} <= set(result.articles["external_id"])
    rows = [*rejections_frame(read.rejections).iter_rows(named=True), *result.rejections.iter_rows(named=True)]
    return [(row["rule"], row["record"], row["message"]) for row in rows]


@pytest.mark.parametrize("name", FAULTS)
def test_a_bad_line_is_one_rejection_and_the_lines_around_it_come_in(name: str, tmp_path: Path) -> None:
    data, rule, told = FAULTS[name]
    (tmp_path / "in.jsonl").write_bytes(line(id="first") + data + line(id="last", text=f"{TEXT} {OTHER}"))
    ((found, record, message),) = run(tmp_path)
    assert (found, record) == (rule, f"{tmp_path.name}/in.jsonl:2")
    assert message.startswith(f"{tmp_path.name}/in.jsonl, record 2: ")
    assert told in message
    assert len(message) < 400
    assert message.isprintable()


def _empty(folder: Path) -> None:
    (folder / "bad.jsonl").touch()


def _empty_text(folder: Path) -> None:
    (folder / "bad.txt").touch()


def _wrong_encoding(folder: Path) -> None:
    (folder / "bad.txt").write_text(f"Title\n{TEXT}", encoding="utf-16")


def _truncated(folder: Path) -> None:
    (folder / "bad.jsonl").write_bytes(line(id="cut")[:-20])


def _sidecar(folder: Path) -> None:
    (folder / "bad.txt").write_text(f"Title\n{TEXT}")
    (folder / "bad.json").write_text(json.dumps({"published_at": "1066-10-14"}))


def _link(folder: Path) -> None:
    (folder / "bad.txt").symlink_to("/etc/passwd")


@pytest.mark.parametrize(
    ("spoil", "rule"),
    [
        (_empty, "empty_file"),
        (_empty_text, "empty_file"),
        (_wrong_encoding, "invalid_utf8"),
        (_truncated, "truncated_record"),
        (_sidecar, "absurd_date"),
        (_link, "unreadable"),
    ],
)
def test_a_bad_file_is_one_rejection_and_the_files_beside_it_come_in(
    spoil: Callable[[Path], None], rule: str, tmp_path: Path
) -> None:
    (tmp_path / "good.jsonl").write_bytes(line(id="first") + line(id="last", text=OTHER))
    spoil(tmp_path)
    ((found, record, message),) = run(tmp_path)
    assert found == rule
    assert record.startswith(f"{tmp_path.name}/bad.")
    assert message.startswith(f"{tmp_path.name}/bad.")


@pytest.mark.parametrize(
    "title", ["<script>alert('x')</script>", "<b>Bold</b> & more", '=HYPERLINK("http://x";"y")', "@SUM(A1)", "-1+1"]
)
def test_markup_or_a_formula_in_a_title_is_only_text(title: str, tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(line(title=title))
    read = read_inputs([tmp_path], LIMITS)
    assert to_articles(read.documents, REGION).articles["title"].item() == title


def test_rejections_of_one_record_and_rule_have_ids_of_their_own() -> None:
    same = [reject("a.jsonl", 1, "unreadable", "it cannot be read")] * 3
    assert rejections_frame(same)["rejection_id"].n_unique() == 3
    assert rejections_frame([]).is_empty()


def test_the_same_bad_input_gives_the_same_rows_every_time(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(
        b"".join(data for data, _, _ in FAULTS.values()) + line(id="first") + line(id="last")
    )
    assert sorted(run(tmp_path)) == sorted(run(tmp_path))


def test_a_region_without_a_first_date_believes_any_past(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_bytes(line(published_at="1066-10-14"))
    (document,) = read_inputs([tmp_path], Limits(latest=date(2100, 1, 1))).documents
    assert document.published_at == "1066-10-14"
