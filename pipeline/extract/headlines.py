"""Headlines: the title at the top of the text, sub-headings run into the next sentence, a lead told twice over.

Wire texts lose the line breaks around them. This module finds where a headline ends, so that it does not fuse with
what follows, and which sentences only repeat: they are context, no mentions. Teasers and author boxes are ingest's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from pipeline.extract.sentences import Sentence
from pipeline.extract.words import load_words

_WORD = re.compile(r"[^\W_]+")
_WORDS = load_words("headlines")
_STARTERS = frozenset(_WORDS["starters"])
_FUNCTION = frozenset(_WORDS["function"])
_STARTER = re.compile(rf"\s(?:{'|'.join(sorted(_STARTERS))})(?![^\W_])")
_DATELINE = re.compile(r"[^\n]{0,50}?\b(?:19|20)\d\d\b(?: \d{1,2}:\d\d)?\s+(?=[A-Z0-9\"(\u201c])")
_TWEET = re.compile(
    r"pic\.twitter\.com\S{0,40}\s+|\(@?\w{2,20}\)\s+[A-Z][a-z]{2,8} \d{1,2},? (?:19|20)\d\d\s+(?=[A-Z])"
)
_QUOTE_END = re.compile(r"[\"\u201d](?<=[^\W\d_].)\s+(?=[A-Z][a-z])")  # the mark first: it is what is rare
_STOP = re.compile(r"[.!?\n]")
_SAID = frozenset(_WORDS["said"])
_ATTRIBUTION = 9
"""Words after a quote among which the verb of an attribution stands."""
_HEADING_WORDS = 12
"""Words that may stand before the title at the top of a text (a date, an agency)."""
_LABELS = tuple(tuple(label.split()) for label in _WORDS["labels"])
_CAPTIONS = tuple(tuple(label.split()) for label in _WORDS["captions"])
_LABEL_OPENERS = frozenset(label[0] for label in (*_LABELS, *_CAPTIONS))
_LABEL_END = 24
"""Characters within which a colon must close the label of a caption."""
_TOP = 3
"""Sentences among which the title can be."""
_ECHO = 5
"""Words that must return for a lead to count as told twice."""


_BEYOND = 8
"""Words that a sentence which repeats the title may have beyond it."""
_SHORTEST_TWICE = 5
"""Words of a sentence that stands at the start of the next one, at least."""


def heading_breaks(text: str, title: str) -> tuple[int, ...]:
    """Give the offsets where a sentence starts although no full stop says so, in rising order."""
    title_ends = tuple(_title_end(text, title))
    found = {*_dateline_end(text), *_echoes(text), *_starters(text), *_quote_ends(text), *_tweet_ends(text)}
    if title_ends:
        found = {at for at in found if not title_ends[0] < at < title_ends[1]}
    return tuple(sorted({*found, *title_ends} - {0}))


def repeated(text: str, cut: Sequence[Sentence], title: str) -> frozenset[int]:
    """Give the numbers of the sentences that only repeat the title, or stand word for word at the start of the next
    one, or label something else."""
    heading = _words(title)
    first = [_first_word(text, sentence) for sentence in cut]
    found: set[int] = set()
    for at, (sentence, word, next_word) in enumerate(zip(cut, first, [*first[1:], None], strict=True)):
        titled = at < _TOP and bool(heading) and next_word is not None
        if not (titled or word == next_word or _may_be_label(word)):
            continue  # most sentences: the rest of their words is not asked for
        here = _words_in(text, sentence)
        titles = titled and _holds(here, heading) and len(here) <= len(heading) + _BEYOND
        label = _is_label(here, text[sentence.start : sentence.start + _LABEL_END])
        twice = word == next_word and len(here) >= _SHORTEST_TWICE and _words_in(text, cut[at + 1])[: len(here)] == here
        if label or twice or titles:
            found.add(sentence.number)
    return frozenset(found)


def _first_word(text: str, sentence: Sentence) -> str:
    match = _WORD.search(text, sentence.start, sentence.end)
    return match.group().lower() if match else ""


def _words_in(text: str, sentence: Sentence) -> list[str]:
    return _words(text[sentence.start : sentence.end])


def _may_be_label(first: str) -> bool:
    return first in _LABEL_OPENERS or first.isdecimal()


def _is_label(words: Sequence[str], opening: str) -> bool:
    """Tell a line that leads to other stories ("Read also") or stands under a picture ("File photo: ...")."""
    if len(words) > 1 and words[0].isdecimal() and words[1] in _LABEL_OPENERS:
        words, opening = words[1:], opening.lstrip("0123456789 ")  # a counter of readers ran into it
    if not words or words[0] not in _LABEL_OPENERS or not opening[:1].isupper():
        return False
    if any(tuple(words[: len(label)]) == label for label in _LABELS):
        return True
    return ":" in opening and any(tuple(words[: len(label)]) == label for label in _CAPTIONS)


def _dateline_end(text: str) -> Iterator[int]:
    """The word after a full date at the top of the text."""
    match = _DATELINE.match(text)
    if match:
        yield match.end()


def _tweet_ends(text: str) -> set[int]:
    """Behind the picture of a tweet and behind its signature, "(@name) September 5, 2016", the story goes on."""
    return {match.end() for match in _TWEET.finditer(text)}


def _quote_ends(text: str) -> Iterator[int]:
    """A closing quote without a full stop, when what follows is no attribution ("...", the man said)."""
    for match in _QUOTE_END.finditer(text):
        following = [m.group().lower() for m in islice(_WORD.finditer(text, match.end()), _ATTRIBUTION)]
        said = next((at for at, word in enumerate(following) if word in _SAID), None)
        if said is None or "that" in following[said : said + 4]:
            yield match.end()


def _title_end(text: str, title: str) -> Iterator[int]:
    """The word after the title, where the text begins with it."""
    heading = _words(title)
    if not heading:
        return
    top = list(islice(_WORD.finditer(text), _HEADING_WORDS + len(heading) + 1))
    words = [match.group().lower() for match in top]
    for start in range(min(len(top) - len(heading), _HEADING_WORDS + 1)):
        if words[start : start + len(heading)] == heading:
            yield top[start].start()
            yield top[start + len(heading)].start()
            return


def _echoes(text: str) -> Iterator[int]:
    """Where the words that open a sentence open it again, without a full stop between."""
    end = 0
    for sentence in _STOP.split(text):
        start, end = end, end + len(sentence) + 1
        if sentence.isascii() and (first := _WORD.search(sentence)) and _is_alone(sentence.lower(), first):
            continue
        words = _words(sentence)
        opening = words[:_ECHO]
        if len(opening) == _ECHO and (again := _again(words, opening, _ECHO + 1, len(words))) is not None:
            yield start + next(islice(_WORD.finditer(sentence), again, None)).start()


def _is_alone(lowered: str, first: re.Match[str]) -> bool:
    """Tell whether the word that opens a sentence stands nowhere else in it: then no opening comes again."""
    return lowered.find(lowered[first.start() : first.end()], first.end()) < 0


def _again(words: Sequence[str], opening: Sequence[str], start: int, end: int) -> int | None:
    """Return the first word of words[start:end] at which the words of an opening come again."""
    for _ in range(words[start:end].count(opening[0])):
        start = words.index(opening[0], start, end)
        if words[start : start + len(opening)] == opening:
            return start
        start += 1
    return None


def _starters(text: str) -> Iterator[int]:
    """A capital where no name begins: "... siege The region is ...", "Homs Meanwhile two ..."."""
    for match in _STARTER.finditer(text):
        end = match.start()
        while end and text[end - 1].isspace():
            end -= 1
        start = end
        while start and text[start - 1].isalnum():
            start -= 1
        before = text[start:end]
        if before and before.lower() not in _FUNCTION and not _is_day(before):
            yield match.start() + 1


def _is_day(word: str) -> bool:
    return len(word) <= 2 and word.isdecimal() and int(word) <= 31  # "km²" ends in a digit that is no number


def _words(text: str) -> list[str]:
    if text.isascii():  # elsewhere a letter may become two, the second of which belongs to no word
        return _WORD.findall(text.lower())
    return [word.lower() for word in _WORD.findall(text)]


def _holds(words: Sequence[str], heading: Sequence[str]) -> bool:
    start = max(0, len(words) - len(heading))
    return list(words[start:]) == list(heading) or list(words[: len(heading)]) == list(heading)
