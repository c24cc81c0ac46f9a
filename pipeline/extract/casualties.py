"""Tolls named in a text: what became of people, and of how many (codebook section 4, "Counts").

Numbers are read by `numbers.py`, groups of people by `victims.py`, verbs by `casualty_heads.py`; here they become rows.
Which mention a toll belongs to, and which side the victims were on, is decided elsewhere. Decisions of ours where the
codebook is silent: "neutralized 20" sets nothing, for armies use it of the wounded and caught too; "no
reports of casualties" sets nothing, for nobody says that there were none; families are not counted as people.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ahocorasick_rs import AhoCorasick

from pipeline.extract.casualty_heads import has_head, heads
from pipeline.extract.casualty_links import Row, has_toll, linked, parts_of
from pipeline.extract.casualty_zero import zero_rows
from pipeline.extract.dates_grammar import DateSpan, find_dates
from pipeline.extract.record import record, replace
from pipeline.extract.victims import Group, groups
from pipeline.extract.words import Token, encodable, holds_phrase, load_words, phrase_set, tokens

_WORDS = load_words("casualties")
_TOTAL_CUES = phrase_set(_WORDS["total_cues"])
_STOPS = frozenset(".!?;")
_WAR = re.compile(
    r"\b(?:war(?!\s*planes)|conflict|crisis|uprising|revolution)\b[^.;]{0,80}"
    r"\b(?:has|have|had)\s+(?:already\s+|so\s+far\s+)?(?:killed|claimed|left|cost)"
    r"|\btoll\b[^.;]{0,60}\bkilled in (?:the|its|their) (?:\w+ ){0,2}(?:war|conflict)\b"
)
LONG_WAR = 10_000
"""A toll this high is no single happening's."""
_SINCE = re.compile(r"since(?<!\wsince)\s+(?:the|its|it|last|early|late|mid|[A-Z0-9])")
_SUPERLATIVE = re.compile(r"\b(?:biggest|bloodiest|deadliest|first|heaviest|highest|largest|most|worst)\b[^.;]{0,90}$")
"""Before "since": what is told is measured by what went before ("the deadliest since 2011"), no count up to now."""
_LOOK_BACK = 100
_OLDER_TOLL = re.compile(rf"\b(?:{'|'.join(_WORDS['old_toll'])})\b[^.;]{{0,12}}\btoll\b")
_MORE = frozenset({"more", "further", "additional", "others", "other"})
_DAY_REACH = 1
"""Characters between "since the" and a day that belongs to a noun."""
_CUES = AhoCorasick(_WORDS["cues"])
LONGEST = 250
"""Tokens of a sentence looked at together; a longer one is cut, so that time stays linear."""


@record
class CasualtySpan:
    """One toll; ``text[start - offset:end - offset] == surface``, from the first to the last word of number, people
    and verb."""

    start: int
    end: int
    surface: str
    kind: str
    """killed, injured, captured or displaced."""
    low: int | None
    high: int | None
    """Persons; None where the text leaves that end open, never both."""
    approximate: bool
    victims: str | None
    """Words for who ("civilians including two children"); None where only a figure stands ("12", "30 others")."""
    victim_class: str
    """civilian, combatant-government, combatant-opposition, combatant-other or unknown, by the words alone."""
    is_subtotal: bool
    """Within another toll ("including two children"): never to be added to it."""
    is_total: bool
    """The text calls it a total ("bringing the toll to", "in all")."""
    cumulative: bool
    """Over a stretch of time up to now ("since 2011", "in the past week"): background or a running total."""
    head: int
    """Offset of the word that says what became of them, for finding its clause."""
    distributed: bool = False
    """A figure for one place out of several, its verb elided ("and three in Sarmin")."""


def find_casualties(text: str, offset: int = 0) -> list[CasualtySpan]:
    """Find the tolls of a sentence or paragraph, sorted by `start`; those that set neither end are left out.

    "no casualties" gives two rows of 0-0, killed and injured. A figure for killed and injured together gives none.
    """
    if not _CUES.find_matches_as_indexes(encodable(text).lower()):
        return []
    dates = find_dates(text)
    days = [span for span in dates if span.kind == "absolute"]
    found: list[CasualtySpan] = []
    for words in _sentences(_without(tokens(text), days)):
        found.extend(_in_sentence(text, words, dates))
    found.sort(key=lambda s: (s.start, s.end, s.kind))
    if not offset:
        return found
    return [replace(s, start=s.start + offset, end=s.end + offset, head=s.head + offset) for s in found]


def _without(words: list[Token], days: list[DateSpan]) -> list[Token]:
    """Leave out the tokens of full dates: their figures count nobody."""
    if not days:
        return words
    kept: list[Token] = []
    at = 0
    for token in words:
        while at < len(days) and days[at].end <= token.start:
            at += 1
        if at == len(days) or token.end <= days[at].start:
            kept.append(token)
    return kept


def _sentences(words: list[Token]) -> Iterator[list[Token]]:
    start = 0
    for place, token in enumerate(words):
        if place - start >= LONGEST or (token.text in _STOPS and not _is_abbreviated(words, place)):
            yield words[start : place + 1]
            start = place + 1
    if start < len(words):
        yield words[start:]


def _is_abbreviated(words: list[Token], dot: int) -> bool:
    """Tell the dot of "Dr." and "J." from the end of a sentence."""
    return dot > 0 and len(words[dot - 1].text) <= 2 and words[dot - 1].text[0].isupper()


def _in_sentence(text: str, words: list[Token], dates: list[DateSpan]) -> list[CasualtySpan]:
    # where no word can say what became of people, nobody need be looked for
    spans = _told(text, words, dates) if has_head(words) or has_toll(words) else []
    taken = {(span.kind, span.head) for span in spans}
    zeros = (_zero(text, words[start], words[end - 1], kind, who) for kind, start, end, who in zero_rows(words))
    return [*spans, *(span for span in zeros if (span.kind, span.head) not in taken)]


def _told(text: str, words: list[Token], dates: list[DateSpan]) -> list[CasualtySpan]:
    """Give the tolls of people who are named or counted; the statements that there were none are others."""
    people = groups(words)
    found = heads(words, people)
    rows = linked(words, people, found)
    rows += parts_of(words, people, rows, found)
    counted = [_whole(row, rows) for row in rows if row.low is not None or row.high is not None]
    if not counted:
        return []
    first, last = words[0].start, words[-1].end
    passage = text[first:last]
    total = holds_phrase(words, _TOTAL_CUES)
    since = _since(passage, [d.start - first for d in dates if not d.period])
    cumulative = since or bool(_WAR.search(passage)) or any(first <= d.start < last for d in dates if d.period)
    older = "toll" in passage and _OLDER_TOLL.search(passage) is not None
    counted = [replace(row, subtotal=True) if older and _is_added(words, people, row) else row for row in counted]
    return [_span(text, words, people, row, total and _is_whole(row, counted, people), cumulative) for row in counted]


def _is_added(words: list[Token], people: list[Group], row: Row) -> bool:
    """Tell "its earlier toll of 15, saying that three more had died": they are in the toll that follows."""
    return any(
        token.lower in _MORE for place in row.members for token in words[people[place].start : people[place].end]
    )


def _is_whole(row: Row, counted: list[Row], people: list[Group]) -> bool:
    """Tell the total from what stands beside it: in "six teachers died, 35 people in total" the six are in it."""
    sides = {_class_of(row, people), "unknown"}
    beside = (other for other in counted if other.kind == row.kind and _class_of(other, people) in sides)
    return (row.low or 0) >= max(other.low or 0 for other in beside)


def _class_of(row: Row, people: list[Group]) -> str:
    classes = (people[place].victim_class for place in row.members)
    return next((told for told in classes if told != "unknown"), "unknown")


def _since(passage: str, days: list[int]) -> bool:
    """Tell a count up to now ("since the war began") from "since the March 19 attack", by the days at `days`."""
    return any(
        not any(match.end() - 1 <= day <= match.end() + _DAY_REACH for day in days)
        and _SUPERLATIVE.search(passage, max(0, match.start() - _LOOK_BACK), match.start()) is None
        for match in _SINCE.finditer(passage)
    )


def _whole(row: Row, rows: list[Row]) -> Row:
    """Take "clashes broke out, killing two of them" for a toll: it is part of no larger one that the sentence gives."""
    alone = row.subtotal and not any(other.kind == row.kind and not other.subtotal for other in rows)
    return replace(row, subtotal=False) if alone else row


def _zero(text: str, first: Token, last: Token, kind: str, victims: str | None) -> CasualtySpan:
    surface = text[first.start : last.end]
    told = "civilian" if "civilian" in surface.lower() else "unknown"
    return CasualtySpan(
        first.start, last.end, surface, kind, 0, 0, False, victims, told, False, False, False, last.start
    )  # fmt: skip


def _span(text: str, words: list[Token], people: list[Group], row: Row, total: bool, cumulative: bool) -> CasualtySpan:
    members = [people[place] for place in row.members]
    part = row.subtotal or row.distributed
    starts = [group.start for group in members] + ([] if part and members else [row.head[0]])
    ends = [group.end for group in members] + ([] if part and members else [row.head[1]])
    first, last = words[min(starts)].start, words[max(ends) - 1].end
    named = [group for group in members if not group.is_bare]
    victims = text[words[named[0].noun].start : words[named[-1].end - 1].end] if named else None
    victim_class = _class_of(row, people)
    is_total = (row.total or total) and not row.subtotal
    return CasualtySpan(
        first, last, text[first:last], row.kind, row.low, row.high, row.approximate, victims, victim_class,
        row.subtotal, is_total, cumulative or (row.low or 0) >= LONG_WAR, words[row.head[1] - 1].start, row.distributed,
    )  # fmt: skip
