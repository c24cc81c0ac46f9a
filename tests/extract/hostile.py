"""Texts that no editor would print, each of about as many words as asked for, for tests and benchmarks of extraction.

All of our own making. Every text opens with a sentence that tells of a happening, so that the sieve lets it through.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import cycle, islice

from pipeline.regions import load_region

OPENING = "Warplanes bombed the town of Saraqib in air strikes on Monday.\n\n"
PROSE = (
    "Government warplanes bombed the town of Saraqib on Monday, killing three people and injuring five, medics said. "
)
DULL = "The orchard cooperative of the valley said that prices of olives had risen by a tenth over the year. "


def _repeat(piece: str, words: int, of: int | None = None) -> str:
    """Repeat a piece that counts as ``of`` words, else as those that blanks part."""
    return piece * max(1, words // (of or max(1, len(piece.split()))))


@lru_cache(maxsize=1)
def places() -> tuple[str, ...]:
    """Every Latin name of the region's places."""
    return tuple(sorted({name for place in load_region("syria").places for name in place.names if name.isascii()}))


@lru_cache(maxsize=1)
def actors() -> tuple[str, ...]:
    """Every wording of the region's actors."""
    return tuple(sorted({alias.text for actor in load_region("syria").actors for alias in actor.aliases}))


def _names(names: Sequence[str], count: int, between: str = ", ") -> str:
    return "Warplanes bombed " + between.join(islice(cycle(names), count))


def _reports(words: int) -> str:
    told = enumerate(islice(cycle(places()), words // 9))
    return "\n\n".join(f"Warplanes bombed {name} on {n % 28 + 1} March 2017, killing {n}." for n, name in told)


def _dates(words: int) -> str:
    return "bombed on " + ", ".join(f"{n % 28 + 1} March 20{n % 19:02d}" for n in range(words // 3))


def _mixed(words: int) -> str:
    return _names([name for pair in zip(places(), cycle(actors()), strict=False) for name in pair], words)


DENSE: dict[str, Callable[[int], str]] = {
    "one paragraph of news": lambda n: _repeat(PROSE, n),
    "capitals": lambda n: _repeat(PROSE.upper(), n),
    "no punctuation": lambda n: _repeat(PROSE.replace(".", "").replace(",", ""), n),
    "tabs": lambda n: _repeat(PROSE.replace(" ", "\t"), n),
    "carriage returns": lambda n: _repeat(PROSE + "\r\n\r\n", n),
    "emoji": lambda n: _repeat(
        "\U0001f4a5 bombed \U0001f3da Idlib \U0001f468\u200d\U0001f469\u200d\U0001f467 killing 3 ", n
    ),
    "remains of HTML": lambda n: _repeat("<div class='x'><p>Warplanes &amp; rebels bombed <b>Idlib</b>&nbsp;<br/>", n),
    "null bytes": lambda n: _repeat("\x00bombed\x00Idlib \x00killing 3\x00 ", n),
    "thousands of places": lambda n: _names(places(), n),
    "thousands of places joined by and": lambda n: _names(places(), n, " and "),
    "thousands of actors": lambda n: _names(actors(), n),
    "thousands of names": _mixed,
    "thousands of reports": _reports,
    "one trigger over and over": lambda n: _repeat("bombing of ", n),
    "one toll over and over": lambda n: _repeat("Three people were killed. ", n),
    "one word a paragraph": lambda n: _repeat("bombed\n\n", n),
    "weekdays": lambda n: _repeat("bombed on Monday and Tuesday, ", n),
}
"""Texts that hold a trigger in every sentence, so that all of them is parsed."""

SPARSE: dict[str, Callable[[int], str]] = {
    "nothing of interest": lambda n: _repeat(DULL, n),
    "right-to-left marks": lambda n: _repeat("\u202b\u0642\u0635\u0641 \u200fIdlib\u202c air\u200e ", n),
    "accents piled up": lambda n: _repeat("I\u0301d\u0302lib Ale\u0301\u0302\u0303\u0304\u0305\u0306ppo ", n),
    "one letter under all accents": lambda n: "e" + "\u0301" * (6 * n),
    "invisible characters in names": lambda n: _repeat("in Id\u200blib and Al\u200dep\ufeffpo ", n),
    "half an emoji": lambda n: _repeat("\ud83d Idlib \udca5 ", n),
    "numbers": lambda n: "killing " + " ".join(map(str, range(n))),
    "numbers in words": lambda n: _repeat("twenty one hundred thousand and ", n),
    "dates": _dates,
    "spans of days": lambda n: _repeat("between March 3 and 5, from 2 to 4 May, ", n),
    "quotes in quotes": lambda n: '\u201c\u2018"' * n + "Idlib" + '"\u2019\u201d' * n,
    "brackets in brackets": lambda n: "([{" * n + "Idlib" + "}])" * n,
    "one word without end": lambda n: "a" * (6 * n),
    "one number without end": lambda n: "7" * (6 * n),
    "digits and commas": lambda n: "1," * (3 * n),
    "full stops": lambda n: "." * (6 * n),
    "full stops and quotes": lambda n: '."' * (3 * n),
    "blanks": lambda n: " " * (6 * n) + "Idlib",
    "empty lines": lambda n: "\n \t" * (2 * n) + "Idlib",
    "articles of Arabic names": lambda n: "Al-" * (2 * n),
    "apostrophes": lambda n: "a'" * (3 * n),
    "the village of the village": lambda n: _repeat("the village of ", n),
    "the countryside of the countryside": lambda n: _repeat("countryside of ", n),
    "one place a paragraph": lambda n: _repeat("Idlib\n\n", n),
    "names of brigades": lambda n: _repeat("Liwa Army of Brigade ", n),
    "who said that who said": lambda n: _repeat("the army said that ", n),
}
"""Texts of which little or nothing is parsed: they try what looks at the whole text."""

TEXTS = DENSE | SPARSE
