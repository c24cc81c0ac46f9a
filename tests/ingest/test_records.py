"""Inputs on disk: folders, links, permissions, names, and what counts as nothing read."""

from __future__ import annotations

import builtins
import hashlib
import json
import os
from pathlib import Path

import pytest

from pipeline.errors import InputError
from pipeline.ingest.records import Limits, NothingReadError, read_inputs
from tests.ingest.makers import TEXT, line

PAGE = f"<html><head><title>A page</title></head><body><article>{f'<p>{TEXT}</p>' * 4}</article></body></html>"


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """A folder with one article of each kind and things that are none."""
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "b.jsonl").write_bytes(line(id="b1") + line(id="b2"))
    (folder / "a.txt").write_text(f"Title of a\n{TEXT}")
    (folder / "a.json").write_text(json.dumps({"source": "Northern Herald", "published_at": "2021-02-09"}))
    (folder / "sub" / "c.HTML").write_text(PAGE)
    (folder / "notes.md").write_text("no article")
    (folder / "lonely.json").write_text("{}")
    (folder / ".hidden.txt").write_text(f"Hidden\n{TEXT}")
    return folder


def test_a_link_that_leads_round_in_a_circle_is_one_rejection(tmp_path: Path) -> None:
    (tmp_path / "good.jsonl").write_text(
        '{"id": "1", "title": "t", "text": "Rebels shelled Tal Ward.", "source": "s"}\n', encoding="utf-8"
    )
    (tmp_path / "loop").symlink_to("loop")
    read = read_inputs([tmp_path])
    assert len(read.documents) == 1
    assert [item.rule for item in read.rejections] == ["unreadable"]


def test_a_folder_is_read_in_the_order_of_names_with_names_from_its_own(corpus: Path) -> None:
    result = read_inputs([corpus])
    names = [(d.input_name, d.input_record, d.fmt) for d in result.documents]
    assert names == [
        ("corpus/a.txt", 1, "txt"),
        ("corpus/b.jsonl", 1, "jsonl"),
        ("corpus/b.jsonl", 2, "jsonl"),
        ("corpus/sub/c.HTML", 1, "html"),
    ]
    assert result.documents[0].published_at == "2021-02-09"
    assert result.rejections == ()
    assert result.skipped == ("corpus/lonely.json", "corpus/notes.md")


def test_every_file_read_has_its_digest(corpus: Path) -> None:
    digests = read_inputs([corpus]).digest_by_input
    assert list(digests) == ["corpus/a.json", "corpus/a.txt", "corpus/b.jsonl", "corpus/sub/c.HTML"]
    assert digests["corpus/b.jsonl"] == hashlib.sha256((corpus / "b.jsonl").read_bytes()).hexdigest()


def test_the_result_does_not_depend_on_where_the_folder_lies(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = read_inputs([corpus])
    moved = corpus.parent / "elsewhere" / "corpus"
    moved.parent.mkdir()
    corpus.rename(moved)
    assert read_inputs([moved]) == here
    monkeypatch.chdir(moved)
    assert read_inputs([Path(".")]) == here


def test_a_single_file_is_named_alone_and_finds_its_sidecar(corpus: Path) -> None:
    result = read_inputs([corpus / "a.txt", corpus / "b.jsonl", corpus / "sub" / "c.HTML"])
    assert [d.input_name for d in result.documents] == ["a.txt", "b.jsonl", "b.jsonl", "c.HTML"]
    assert result.documents[0].source_name == "Northern Herald"


def test_one_input_named_twice_is_read_once_and_two_of_one_name_are_told_apart(corpus: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "b.jsonl"
    other.parent.mkdir()
    other.write_bytes(line(id="other"))
    result = read_inputs([corpus / "b.jsonl", corpus / "sub" / ".." / "b.jsonl", other])
    assert [(d.input_name, d.external_id) for d in result.documents] == [
        ("b.jsonl", "b1"),
        ("b.jsonl", "b2"),
        ("b.jsonl#2", "other"),
    ]


def test_links_in_a_folder_are_not_followed(corpus: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(f"Secret\n{TEXT}")
    (corpus / "link.txt").symlink_to(secret)
    (corpus / "loop").symlink_to(corpus)
    (corpus / "broken.txt").symlink_to(tmp_path / "nowhere")
    os.mkfifo(corpus / "pipe.jsonl")
    result = read_inputs([corpus])
    assert len(result.documents) == 4
    assert [(r.input_name, r.rule) for r in result.rejections] == [
        ("corpus/broken.txt", "unreadable"),
        ("corpus/link.txt", "unreadable"),
        ("corpus/loop", "unreadable"),
        ("corpus/pipe.jsonl", "unreadable"),
    ]


def test_a_link_given_as_input_is_followed(corpus: Path) -> None:
    (corpus.parent / "link").symlink_to(corpus)
    assert len(read_inputs([corpus.parent / "link"]).documents) == 4


def test_a_file_without_permission_costs_only_itself(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.open

    def guarded(file: object, *args: object, **kwargs: object) -> object:
        if str(file).endswith("b.jsonl"):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", guarded)
    result = read_inputs([corpus])
    assert [d.input_name for d in result.documents] == ["corpus/a.txt", "corpus/sub/c.HTML"]
    (item,) = result.rejections
    assert (item.rule, item.record) == ("unreadable", "corpus/b.jsonl")
    assert item.message == (
        "corpus/b.jsonl: the file cannot be read (Permission denied); check that it is there and its permissions"
    )


def test_a_sidecar_without_permission_is_named_beside_its_article(
    corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = builtins.open

    def guarded(file: object, *args: object, **kwargs: object) -> object:
        if str(file).endswith("a.json"):
            raise PermissionError(13, "Permission denied", str(file))
        return real(file, *args, **kwargs)  # type: ignore[call-overload]

    monkeypatch.setattr(builtins, "open", guarded)
    (item,) = read_inputs([corpus]).rejections
    assert item.record == "corpus/a.txt"
    assert "a.json beside it" in item.message


def test_a_folder_without_permission_costs_only_itself(corpus: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def guarded(path: Path) -> object:
        if path.name == "sub":
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    result = read_inputs([corpus])
    assert len(result.documents) == 3
    assert [(r.rule, r.record) for r in result.rejections] == [("unreadable", "corpus/sub")]


@pytest.mark.parametrize(("content", "rule"), [(b"", "empty_file"), (b" \n", "empty_file"), (b"{", "invalid_json")])
def test_a_bad_sidecar_rejects_its_article_and_nothing_else(corpus: Path, content: bytes, rule: str) -> None:
    (corpus / "a.json").write_bytes(content)
    result = read_inputs([corpus])
    assert len(result.documents) == 3
    assert [r.rule for r in result.rejections] == [rule]
    assert "corpus/a.json" in result.rejections[0].message


def test_a_text_or_page_longer_than_the_limit_is_rejected(corpus: Path) -> None:
    result = read_inputs([corpus], Limits(max_line_bytes=300))
    assert [(r.rule, r.input_name) for r in result.rejections] == [("too_long", "corpus/sub/c.HTML")]


def test_a_file_name_that_is_not_utf8_is_written_with_escapes(tmp_path: Path) -> None:
    name = os.fsdecode(b"bad\xff.txt")
    (tmp_path / name).write_text(f"Title\n{TEXT}")
    (document,) = read_inputs([tmp_path]).documents
    assert document.input_name.endswith("bad\\udcff.txt")


def test_folders_too_deep_are_not_entered(tmp_path: Path) -> None:
    deep = tmp_path / "deep" / "/".join("d" * 120)
    deep.mkdir(parents=True)
    (tmp_path / "deep" / "a.jsonl").write_bytes(line())
    result = read_inputs([tmp_path / "deep"])
    assert len(result.documents) == 1
    assert [r.rule for r in result.rejections] == ["unreadable"]


def test_an_input_that_is_not_there_is_an_error_of_the_call(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"nowhere\.jsonl: there is no such file or folder"):
        read_inputs([tmp_path / "nowhere.jsonl"])


def test_nothing_read_at_all_is_an_error_that_keeps_the_rejections(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "data.csv").write_text("a,b")
    with pytest.raises(NothingReadError, match="no article could be read") as caught:
        read_inputs([tmp_path / "empty.jsonl", tmp_path / "data.csv"])
    assert [r.rule for r in caught.value.rejections] == ["empty_file", "unreadable"]
    assert "the file holds no record" in str(caught.value)
    with pytest.raises(NothingReadError, match="no input given"):
        read_inputs([])


def test_one_bad_input_does_not_keep_the_others_from_being_read(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "good.jsonl").write_bytes(line())
    result = read_inputs([tmp_path / "empty.jsonl", tmp_path / "good.jsonl"])
    assert len(result.documents) == 1
    assert [r.rule for r in result.rejections] == ["empty_file"]
