"""The parser: plain tokens with exact offsets, the same whatever stands beside them."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from pipeline.errors import FieldledgerError
from pipeline.extract.parse import Parser

TEXTS = ["Rebels shelled the village.", "Troops  left\nthe town.", "\x00 \U0001f600 !", "x"]


def test_tokens_slice_to_their_text(parser: Parser) -> None:
    for text, tokens in zip(TEXTS, parser.parse(TEXTS), strict=True):
        assert all(text[t.start : t.end].replace("\x00", " ") == t.text for t in tokens)
        assert [t.at for t in tokens] == list(range(len(tokens)))
        assert all(0 <= t.head < len(tokens) for t in tokens)


def test_the_parse_of_a_sentence_does_not_depend_on_its_company(parser: Parser) -> None:
    alone = [next(parser.parse([text])) for text in TEXTS]
    assert list(parser.parse(TEXTS)) == alone
    assert list(parser.parse(TEXTS[::-1])) == alone[::-1]


def test_a_model_that_is_not_installed_is_named() -> None:
    with pytest.raises(FieldledgerError, match="no_such_model"):
        Parser("no_such_model")


def test_the_parse_is_the_same_whichever_library_multiplies(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [
        *TEXTS,
        "Three farmers were wounded on Monday when a mine went off beside the road to the mill, they said.",
    ]
    parses = []
    for threads in ("1", "2"):
        monkeypatch.setenv("OPENBLAS_NUM_THREADS", threads)
        parses.append(list(Parser().parse(texts)))
    assert parses[0] == parses[1]


@pytest.mark.parametrize(("before", "threads"), [("", "1"), ("numpy, ", "None")])
def test_numpy_gets_one_thread_only_where_it_is_not_loaded_yet(before: str, threads: str) -> None:
    code = f"import {before}os, pipeline; print(os.environ.get('OPENBLAS_NUM_THREADS'))"
    environment = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    done = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, check=True, env=environment)
    assert done.stdout.strip() == threads
