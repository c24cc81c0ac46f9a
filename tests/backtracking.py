"""Whether a pattern can be made to backtrack without bound, tried out with texts built from the pattern itself.

For every repeat in a pattern: what leads up to it, then what it repeats, many times, then something that lets the
match fail. A pattern that can take the same text in several ways tries them all on it, and takes twice as long for
every repetition more (nested repeats), or grows with the cube of it or faster.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from itertools import islice
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

REPETITIONS = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128)
"""In small steps, so that a little more time shows before a lot of it is spent; half of each even one is there too."""
AT_MOST = 13
"""Twice the text takes 4 times as long when quadratic, 8 times when cubic, 256 times where each of 8 doubles it."""
TOO_SHORT_TO_TELL = 0.002
NARROW = 20
"""A repeat that can take no more than this is bounded."""
_ENDS = ("", "\x01", "!", " \x01")
_SAMPLES = 12
_BRANCHES = 12

Node = tuple[Any, Any]


def attacks(pattern: re.Pattern[Any]) -> Iterator[tuple[str, str]]:
    """Give (what comes first, what is repeated) for the repeats without a narrow limit in a pattern."""
    yield from _attacks(list(parser.parse(pattern.pattern, pattern.flags)), "")


def backtracks(pattern: re.Pattern[Any]) -> str | None:
    """Return a text that the pattern takes too long for, cut short, else None."""
    for first, pumped in dict.fromkeys(attacks(pattern)):
        for end in _ENDS:
            if _explodes(pattern, first, pumped, end):
                return f"{first}{pumped}{pumped}{pumped}...{end}"
    return None


def _explodes(pattern: re.Pattern[Any], first: str, pumped: str, end: str) -> bool:
    """Tell whether twice the repetitions take far longer.

    Three tries for each: other work on the machine can slow a run down, never speed it up.
    """
    taken: dict[int, float] = {}
    for times in REPETITIONS:
        text = first + pumped * times + end
        taken[times] = _taken(pattern, text)
        limit = AT_MOST * taken.get(times // 2, taken[times]) + TOO_SHORT_TO_TELL
        if taken[times] > limit and all(_taken(pattern, text) > limit for _ in range(2)):
            return True
    return False


def _taken(pattern: re.Pattern[Any], text: str) -> float:
    given = text if isinstance(pattern.pattern, str) else text.encode("latin-1")
    start = time.process_time()
    pattern.search(given)
    pattern.fullmatch(given)
    return time.process_time() - start


def _attacks(nodes: Sequence[Node], before: str) -> Iterator[tuple[str, str]]:
    for op, given in nodes:
        if op in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}:
            _, most, body = given
            if most > NARROW:
                yield from ((before, sample) for sample in islice(_samples(list(body)), _BRANCHES) if sample)
            yield from _attacks(list(body), before)
        elif op is code.SUBPATTERN:
            yield from _attacks(list(given[3]), before)
        elif op is code.ATOMIC_GROUP:
            yield from _attacks(list(given), before)
        elif op is code.BRANCH:
            for branch in given[1]:
                yield from _attacks(list(branch), before)
        elif op in {code.ASSERT, code.ASSERT_NOT}:
            yield from _attacks(list(given[1]), before)
        before += next(_samples([(op, given)]), "")


def _samples(nodes: Sequence[Node]) -> Iterator[str]:
    """Give some texts that a run of nodes matches, the shortest choices first."""
    if not nodes:
        yield ""
        return
    for head in islice(_of_node(*nodes[0]), _SAMPLES):
        for tail in islice(_samples(nodes[1:]), _SAMPLES):
            yield head + tail


def _of_node(op: Any, given: Any) -> Iterator[str]:
    if op is code.LITERAL:
        yield chr(given)
    elif op in {code.NOT_LITERAL, code.ANY, code.IN}:
        yield from (sign for sign in _signs(op, given))
    elif op in {code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT}:
        least, _, body = given
        for sample in _samples(list(body)):
            yield sample * max(1, least)
        if least == 0:
            yield ""
    elif op is code.SUBPATTERN:
        yield from _samples(list(given[3]))
    elif op is code.ATOMIC_GROUP:
        yield from _samples(list(given))
    elif op is code.BRANCH:
        for branch in given[1]:
            yield from islice(_samples(list(branch)), 1)
    else:
        yield ""


def _signs(op: Any, given: Any) -> Iterator[str]:
    """Give characters that a class takes, one of each usual sort."""
    one = re.compile(parser_text(op, given), re.DOTALL)
    yield from (sign for sign in ("a", "A", " ", "1", "\n", "'", "-", ".", ",", '"', "(", "é") if one.match(sign))
    if op is code.IN:
        yield from (chr(value) for kind, value in given if kind is code.LITERAL)


def parser_text(op: Any, given: Any) -> str:
    """Write a class of characters as a pattern again."""
    if op is code.ANY:
        return r"[^\n]"
    if op is code.NOT_LITERAL:
        return f"[^{re.escape(chr(given))}]"
    names = {
        code.CATEGORY_DIGIT: r"\d", code.CATEGORY_NOT_DIGIT: r"\D", code.CATEGORY_SPACE: r"\s",
        code.CATEGORY_NOT_SPACE: r"\S", code.CATEGORY_WORD: r"\w", code.CATEGORY_NOT_WORD: r"\W",
    }  # fmt: skip
    parts = []
    for kind, value in given:
        if kind is code.NEGATE:
            parts.append("^")
        elif kind is code.LITERAL:
            parts.append(re.escape(chr(value)))
        elif kind is code.RANGE:
            parts.append(f"{re.escape(chr(value[0]))}-{re.escape(chr(value[1]))}")
        else:
            parts.append(names[value])
    return f"[{''.join(parts)}]"
