"""Which of the dates of a sentence are of the happening, and which only of the report ("said on Tuesday").

Reads spans and the words around them; turning a span into a calendar interval is the business of `dates.py`.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from pipeline.extract.attribution import SAYING, is_saying
from pipeline.extract.dates import DateSpan, find_dates, is_above_story
from pipeline.extract.record import record
from pipeline.extract.scene import Scene
from pipeline.extract.sentences import Sentence
from pipeline.extract.words import alternation

_BACK = 5
"""Words before a date among which a verb of saying makes it the date of the report."""
_MODIFIERS = 4
"""Words between a date and the noun it belongs to, at most ("the March 19 rebel rocket attack")."""
_UP = 4
"""Steps in the parse from a date to the verb that it hangs on."""
RELATING = frozenset({"before", "after", "since", "following", "until"})
"""Words that set one happening in relation to another one."""
_RANKS = frozenset({"first", "second", "third", "fourth"})
_ON_A_DAY = frozenset({"absolute", "weekday", "relative", "same_day"})
_CLAUSE = 12
"""Words before a verb among which the word stands that opens its clause."""
_NIGHT = frozenset({"night", "overnight"})
_BETWEEN = frozenset({"IN", "NN", "DT", "RB", "CD"})
_DAYS = frozenset({"absolute", "weekday", "relative", "anchored"})
_SAID_ON = re.compile(
    rf"\b{alternation(SAYING)}(?:\s+\w{{1,20}}){{0,3}}\s+(?:on\s+)?$|\bstatement\s+(?:on\s+)?$", re.IGNORECASE
)
_SAID_REACH = 48
"""Characters before a date in which a verb of saying makes it the day of the report, where nothing is parsed."""
_REMEMBERED = frozenset({"absolute", "month", "calendar", "year"})
_LATELY = frozenset({"weekday", "relative", "same_day", "time_of_day"})


@record
class Dates:
    """The dates of the happening, and those on which it was reported."""

    happened: tuple[DateSpan, ...]
    said: tuple[DateSpan, ...]


_NO_DATES = Dates((), ())


@record
class Aside:
    """The days that a sentence names which tells no happening: what follows may have been on one of them."""

    sentence: int
    paragraph: int
    days: tuple[DateSpan, ...]


def asides(text: str, cut: Sequence[Sentence], telling: Container[int]) -> list[Aside]:
    """Give the days named in the sentences that are not in `telling`, in text order.

    Days of a report are left out, and full dates: above a story they say when it was published.
    """
    found: list[Aside] = []
    for sentence in cut:
        if sentence.number in telling:
            continue
        words = text[sentence.start : sentence.end]
        spans = [d for d in find_dates(words, sentence.start) if d.kind in _DAYS and not d.period and d.year is None]
        days = tuple([d for d in spans if not _is_said_here(words, d.start - sentence.start)])
        if days:
            found.append(Aside(sentence.number, sentence.paragraph, days))
    return found


def _is_said_here(words: str, start: int) -> bool:
    """Tell whether a verb of saying makes the date at `start` the day of the report."""
    return _SAID_ON.search(words[max(0, start - _SAID_REACH) : start]) is not None


def dates_of(scene: Scene, span: range, head: int) -> Dates:
    """Part the dates of the tokens in `span`, for the happening told by the trigger at `head`.

    Where they give none of the happening, those of the sentence stand in. The line above the story is a report's date.
    """
    if not scene.dates:
        return _NO_DATES
    above = [d for d in scene.dates if is_above_story(d, scene.text, scene.offset)]
    dates = [d for d in scene.dates if d not in above and not _is_beside(scene, d, head)]
    own = [d for d in dates if scene.first(d) in span]
    said = tuple(d for d in own if is_said(scene, d))
    happened = tuple(d for d in own if d not in said)
    if happened and said:
        return Dates(happened, said)
    rest = [d for d in dates if d not in own]
    return Dates(
        happened or tuple(d for d in rest if not is_said(scene, d) and not d.period),
        said or tuple(d for d in rest if is_said(scene, d)) or tuple(above),
    )


def _is_beside(scene: Scene, date: DateSpan, head: int) -> bool:
    """ "before the April 4 attack planes bombed the town": the date is that of another happening, and so is that of
    "retook the town, which rebels had captured in March"."""
    if (verb := _had_been(scene, date)) is not None and _is_below(scene, verb, head):
        return True
    if _ranks(scene, date, head) or _is_of_place(scene, date, head):
        return True
    noun = dated_noun(scene, date)
    if noun is None or noun == head:
        return False
    first = scene.first(date)
    return any(scene.lower(at) in RELATING for at in range(max(0, first - 2), first))


def _is_of_place(scene: Scene, date: DateSpan, head: int) -> bool:
    """ "Raids hit the town where a convoy was bombed on 9 May", "a district seized by rebels earlier this month": the
    date is of what a place or a force is known for. A weekday more often is that of the whole sentence."""
    if date.kind not in _REMEMBERED:
        return False
    verb = _verb_of(scene, date)
    if verb is None or verb == head or scene.tokens[verb].dep not in {"relcl", "acl"} or _holds(scene, verb, head):
        return False
    known = scene.tokens[verb].head
    if known == head or any(match.head == known for match in scene.triggers):
        return False
    first = scene.first(date)
    before = [m for m in scene.triggers if m.head < first and m.head != head and m.trigger.kind != "harm"]
    told = [m for m in before if _holds(scene, verb, m.head)]
    return date.since or any(m.trigger.kind == "typed" or "where" in scene.vocabulary for m in told)


def _ranks(scene: Scene, date: DateSpan, head: int) -> bool:
    """ "the deadliest since the talks began in May": the clause of the date only says among how many."""
    verb = _verb_of(scene, date)
    if verb is None or _holds(scene, verb, head):
        return False
    near = scene.tokens[max(0, verb - _CLAUSE) : verb]
    since = next((t.at for t in near if t.lower == "since" and t.head == verb and t.dep == "mark"), None)
    return since is not None and any(t.tag == "JJS" or t.lower in _RANKS for t in scene.tokens[:since])


def names_day(scene: Scene, dates: Sequence[DateSpan]) -> bool:
    """Tell whether a date names the day of a happening, and no stretch of time or month."""
    return any(date.kind in _ON_A_DAY and date.until is None and not is_period(scene, date) for date in dates)


def _verb_of(scene: Scene, date: DateSpan) -> int | None:
    """The verb that a date hangs on."""
    at = scene.first(date)
    for _ in range(_UP):
        above = scene.tokens[at].head
        if above == at:
            return None
        if scene.tokens[above].tag.startswith("VB"):
            return above
        at = above
    return None


def _holds(scene: Scene, verb: int, head: int) -> bool:
    """Tell whether the trigger at `head` lies in the clause of a verb."""
    at = head
    for _ in range(len(scene.tokens)):
        if at == verb:
            return True
        above = scene.tokens[at].head
        if above == at:
            return False
        at = above
    return False


def _had_been(scene: Scene, date: DateSpan) -> int | None:
    """The verb in the past perfect that a date hangs on, if it hangs on one."""
    verb = _verb_of(scene, date)
    return verb if verb is not None and _is_past_perfect(scene, verb) else None


def _is_past_perfect(scene: Scene, verb: int) -> bool:
    return any(scene.lower(at) == "had" and scene.tokens[at].head == verb for at in range(max(0, verb - _BACK), verb))


def _is_below(scene: Scene, verb: int, head: int) -> bool:
    """Tell whether a verb opens a clause of its own under the trigger at `head`."""
    if scene.tokens[verb].dep not in {"relcl", "advcl"}:
        return False
    at = verb
    for _ in range(_UP):
        at = scene.tokens[at].head
        if at == head:
            return True
    return False


def is_period(scene: Scene, date: DateSpan) -> bool:
    """Tell whether a date opens or spans a stretch of time ("since Friday", "in the past three days")."""
    at = scene.first(date)
    if date.until is not None and any(scene.lower(back) in _NIGHT for back in range(max(0, at - 2), at)):
        return False  # "in the night from Friday to Saturday" is one night
    return date.period or scene.lower(at) == "since" or (at > 0 and scene.lower(at - 1) in {"since", "from"})


def is_lately(date: DateSpan) -> bool:
    """Tell whether a stretch of time begins within the last days ("since Friday", "since the weekend"): fighting that
    has gone on since then is one happening, a count over it is a running total."""
    return date.since and (date.kind in _LATELY or (date.kind == "calendar" and date.unit == "weekend"))


def is_brief(date: DateSpan) -> bool:
    """Tell whether a stretch of time is a day or two ("in the past 24 hours"): what is told of one town in it, and is
    not counted, is one happening."""
    most = {"hour": 48, "day": 2, "night": 2}.get(date.unit or "", 0)
    return date.kind == "span" and (date.amount or 1) <= most


def is_said(scene: Scene, date: DateSpan) -> bool:
    """Tell whether a date is that of the report, not of the happening."""
    return dated_noun(scene, date) is None and (_follows_saying(scene, date) or _opens_saying(scene, date))


def dated_noun(scene: Scene, date: DateSpan) -> int | None:
    """The head of the noun that a date belongs to: "the March 19 attack", "a mid-April suicide bombing"."""
    first, last = scene.first(date), scene.last(date)
    owned = first > 0 and scene.tokens[first - 1].tag in {"DT", "PRP$", "JJ", "JJS", "POS"}
    possessive = not owned and _is_possessive(scene, date)
    if not (owned or possessive):
        return None
    at = last + 1
    while at < min(last + 1 + _MODIFIERS, len(scene.tokens)) and scene.tokens[at].tag in {
        "JJ",
        "NN",
        "NNP",
        "VBN",
        "HYPH",
        "POS",
    }:
        if any(match.head == at and match.trigger.part == "noun" for match in scene.triggers):
            return at if owned or _does(scene, at) else None
        at += 1
    return None


def _does(scene: Scene, noun: int) -> bool:
    """ "Said Wednesday's strike destroyed ...": the noun is what did it, and is not only spoken of."""
    token = scene.tokens[noun]
    return token.dep in {"nsubj", "nsubjpass"} and scene.lower(token.head) not in {"is", "was", "are", "were"}


def _is_possessive(scene: Scene, date: DateSpan) -> bool:
    """ "Wednesday's strike", with or without its apostrophe."""
    after = scene.last(date) + 1
    return (date.kind == "weekday" and date.surface.endswith("s")) or (
        after < len(scene.tokens) and scene.tokens[after].tag == "POS"
    )


def _follows_saying(scene: Scene, date: DateSpan) -> bool:
    """ "the ministry said on Tuesday": only small words between the verb and the date."""
    first = scene.first(date)
    for at in range(first - 1, max(-1, first - 1 - _BACK), -1):
        token = scene.tokens[at]
        if is_saying(token) or token.lower in {"statement", "told"}:
            return True
        if token.tag[:2] not in _BETWEEN or any(match.head == at for match in scene.triggers):
            return False
    return False


def _opens_saying(scene: Scene, date: DateSpan) -> bool:
    """ "On Tuesday the ministry said ...": nothing happens between the date and the verb of saying it hangs on."""
    first = at = scene.first(date)
    for _ in range(_UP):
        above = scene.tokens[at].head
        if above == at:
            return False
        if scene.tokens[above].tag.startswith("VB"):
            told = any(first < match.head < above for match in scene.triggers)
            return is_saying(scene.tokens[above]) and above > first and not told
        at = above
    return False
