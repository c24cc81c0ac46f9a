"""What is remembered of words is made once, and never more of it than was allowed."""

from __future__ import annotations

from pipeline.extract.remembered import Remembered


def test_what_is_asked_for_is_made_once_and_forgotten_when_there_is_too_much() -> None:
    made: list[str] = []

    def spelled(word: str) -> str:
        made.append(word)
        return word.upper()

    known = Remembered(spelled, most=2)
    assert [known[word] for word in ("a", "b", "a", "b")] == ["A", "B", "A", "B"]
    assert made == ["a", "b"]
    assert known["c"] == "C"
    assert dict(known) == {"c": "C"}
    assert known["a"] == "A"
    assert made == ["a", "b", "c", "a"]
