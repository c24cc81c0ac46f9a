"""The inbox is read once for each content, and only when it lies still."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.orchestrate.inbox_watch import Look, Memory, look
from pipeline.settings import Settings


class Desk:
    """An inbox, and the looks at it."""

    def __init__(self, folder: Path) -> None:
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        self.settings = Settings(data_dir=folder / "data", inputs=(self.inbox,))
        self.memory = Memory()

    def look(self) -> Look:
        seen = look(self.settings, self.memory)
        self.memory = Memory.from_text(seen.memory.to_text())
        return seen

    def looks(self, number: int) -> list[str | None]:
        return [self.look().ask_for for _ in range(number)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_new_files_are_asked_for_once_after_two_looks_alike(desk: Desk) -> None:
    (desk.inbox / "a.jsonl").write_text("{}", encoding="utf-8")
    first, second, third = desk.looks(3)
    assert (first, third) == (None, None)
    assert second is not None
    assert desk.look().why_not == "nothing has changed"


def test_a_file_that_grows_is_waited_for(desk: Desk) -> None:
    file = desk.inbox / "a.jsonl"
    for size in range(1, 4):
        file.write_text("x" * size, encoding="utf-8")
        seen = desk.look()
        assert seen.ask_for is None
        assert "once a second look sees them alike" in seen.why_not
    assert desk.look().ask_for is not None


def test_a_file_under_a_name_of_copying_counts_once_it_has_its_own(desk: Desk) -> None:
    (desk.inbox / "a.jsonl").write_text("1", encoding="utf-8")
    asked = desk.looks(2)[1]
    for name in ("b.jsonl.part", ".b.jsonl", "b.jsonl.tmp"):
        (desk.inbox / name).write_text("2", encoding="utf-8")
        assert desk.looks(2) == [None, None]
    (desk.inbox / "b.jsonl.part").rename(desk.inbox / "b.jsonl")
    again = desk.looks(2)[1]
    assert again not in (None, asked)


def test_the_key_is_the_content_and_not_the_time(desk: Desk) -> None:
    file = desk.inbox / "a.jsonl"
    file.write_text("1", encoding="utf-8")
    asked = desk.looks(2)[1]
    os.utime(file, (1, 1))
    assert desk.looks(2) == [None, None]
    file.write_text("2", encoding="utf-8")
    assert desk.looks(2)[1] not in (None, asked)
    file.write_text("1", encoding="utf-8")
    assert desk.looks(2)[1] == asked, "Dagster knows this key, and runs nothing"


def test_a_clock_that_jumps_back_hides_no_file(desk: Desk) -> None:
    file = desk.inbox / "a.jsonl"
    file.write_text("1", encoding="utf-8")
    desk.looks(2)
    file.write_text("2", encoding="utf-8")
    os.utime(file, (4_000_000_000, 4_000_000_000))
    assert desk.looks(2)[1] is not None
    file.write_text("3", encoding="utf-8")
    os.utime(file, (5, 5))
    assert desk.looks(2)[1] is not None


def test_metadata_beside_a_page_and_corrections_count_too(desk: Desk) -> None:
    (desk.inbox / "a.txt").write_text("words", encoding="utf-8")
    first = desk.looks(2)[1]
    (desk.inbox / "a.json").write_text("{}", encoding="utf-8")
    second = desk.looks(2)[1]
    corrections = desk.settings.data_dir / "corrections"
    corrections.mkdir(parents=True)
    (corrections / "c.yaml").write_text("[]", encoding="utf-8")
    third = desk.looks(2)[1]
    assert len({first, second, third, None}) == 4


def test_a_file_that_changes_while_it_is_hashed_is_looked_at_anew(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipeline.orchestrate import inbox_watch

    file = desk.inbox / "a.jsonl"
    file.write_text("1", encoding="utf-8")
    desk.look()
    hashed = inbox_watch._content

    def meanwhile(settings: Settings) -> str:
        digest = hashed(settings)
        file.write_text("1 and more", encoding="utf-8")
        return digest

    with monkeypatch.context() as patch:
        patch.setattr(inbox_watch, "_content", meanwhile)
        assert desk.look().why_not == "a file changed while it was looked at"
    assert [one is None for one in desk.looks(2)] == [True, False]


def test_an_inbox_that_is_not_there_is_told_and_waited_for(desk: Desk) -> None:
    desk.inbox.rmdir()
    assert "there is no such file or folder" in desk.look().why_not
    desk.inbox.mkdir()
    (desk.inbox / "a.jsonl").write_text("1", encoding="utf-8")
    assert desk.looks(2)[1] is not None


def test_the_bundled_sample_is_not_watched(tmp_path: Path) -> None:
    seen = look(Settings(data_dir=tmp_path, inputs=()), Memory())
    assert seen.ask_for is None
    assert "sample" in seen.why_not


def test_a_cursor_of_another_form_is_none() -> None:
    for text in (None, "", "broken", '{"other": 1}', "[]", "7"):
        assert Memory.from_text(text) == Memory()
