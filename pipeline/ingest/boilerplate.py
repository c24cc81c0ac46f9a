"""Cut what surrounds an article: author boxes, teasers to other stories, navigation, share and sign-up lines, credits.

Text that is not the article yields nothing (codebook section 3), so it goes before extraction, and the offsets of what
stays prove the cut. Conservative by rule: a line is judged as a whole and never because of how a sentence begins, a
heading takes with it only what looks like headlines, and a text without line breaks loses only a known ending. The
wordings are in ``furniture``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.ingest import furniture

LONGEST_FURNITURE = 350
LONGEST_HEADLINE = 200
LONGEST_SNIPPET = 400
LONGEST_BIOGRAPHY = 600
MOST_BIOGRAPHY = 3
"""Paragraphs of a biography."""
MOST_TEASERS = 8
SHORTEST_ARTICLE = 200
"""Characters told before a heading can be one that ends the article."""
LONGEST_FOOT = 60
"""Lines that the foot of a page can have."""
TOP_LINES = 4
"""Lines from the top in which a byline may stand."""
LAST_LINES = 6
"""Lines from the end in which a credit may stand."""
ENDING_WINDOW = 500
RELATED_WINDOW = 3000
MOST_ENDINGS = 12
"""Endings cut one after the other: related headlines, a sign-up line, a credit, a desk code."""
HEAD_WINDOW = 400
SHORTEST_REMAINDER = 80
"""Characters that an ending must leave before it, else it is the article."""

Span = tuple[int, int]

_BULLETS = "•·*-–—>»›▪■◦→| \t\r\xa0\u200b"
_ENDS = re.compile(r"[.!?:;,][\"'”’»)\]]*$|[\"”»]$")
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])$")


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    """Past its line break."""
    text: str
    """Without bullets and surrounding blanks."""


def kept_spans(raw: str) -> tuple[Span, ...]:
    """Return the [start, end) offsets, in code points, of the article in ``raw``: sorted, disjoint, none empty.

    The kept text is the concatenation of the slices. An empty result says that nothing in the text is an article.
    """
    lines = _lines(raw)
    cut = _cut_lines([line for line in lines if line.text])
    spans: list[Span] = []
    after_cut = after_blank = False
    for line in lines:
        if line.start in cut or (after_cut and after_blank and not line.text):
            after_cut = True
            continue
        after_cut, after_blank = False, not line.text
        if spans and spans[-1][1] == line.start:
            spans[-1] = (spans[-1][0], line.end)
        else:
            spans.append((line.start, line.end))
    return tuple(_trimmed(raw, _without_counters(raw, _without_tail(raw, _trimmed(raw, spans)))))


def kept_text(raw: str, spans: tuple[Span, ...]) -> str:
    """Return the slices of ``raw``, joined."""
    return "".join(raw[start:end] for start, end in spans)


def _lines(raw: str) -> list[_Line]:
    lines, start = [], 0
    for piece in raw.split("\n"):
        end = min(start + len(piece) + 1, len(raw))
        if end > start:
            lines.append(_Line(start, end, piece.strip(_BULLETS)))
        start = end
    return lines


def _cut_lines(lines: list[_Line]) -> frozenset[int]:
    """Return where those of the lines (all with text) start that are not the article."""
    cut: set[int] = set()
    for index, line in enumerate(lines):
        patterns = (furniture.LINES, furniture.TEASER_LINE, *((furniture.BYLINE,) if index < TOP_LINES else ()))
        if len(line.text) <= LONGEST_FURNITURE and any(pattern.fullmatch(line.text) for pattern in patterns):
            cut.add(index)
    told = 0
    for index, line in enumerate(lines):
        heading = line.text.rstrip(":…") if len(line.text) <= LONGEST_HEADLINE else ""
        closing = told >= SHORTEST_ARTICLE and furniture.CLOSING_HEADINGS.fullmatch(heading) is not None
        if closing or furniture.HEADINGS.fullmatch(heading):
            cut |= {index, *_teasers(lines, index + 1, cut, with_snippets=closing)}
        elif furniture.ABOUT_AUTHOR.fullmatch(heading) or furniture.ABOUT_NAME.fullmatch(heading):
            cut |= _author_box(lines, index, cut)
        told += 0 if index in cut else len(line.text)
    last = [index for index in range(max(0, len(lines) - LONGEST_FOOT), len(lines)) if index not in cut][-LAST_LINES:]
    for index in reversed(last):
        if index == 0 or not furniture.CREDITS.fullmatch(lines[index].text):
            break
        cut.add(index)
    return frozenset(lines[index].start for index in cut)


def _teasers(lines: list[_Line], first: int, cut: set[int], *, with_snippets: bool) -> set[int]:
    """Return the lines from ``first`` that announce other stories: headlines, and at the text's end their snippets.

    A snippet is one paragraph under one headline; two paragraphs together are the article going on.
    """
    found: set[int] = set()
    index = first
    while index < len(lines) and len(found) < MOST_TEASERS and (index in cut or _is_headline(lines, index)):
        found.add(index)
        index += 1
    if not with_snippets or index == first or len(lines) - index > LONGEST_FOOT:
        return found
    rest = [i for i in range(index, len(lines)) if i not in cut]
    headlines = found | {i for i in rest if _is_headline(lines, i)}
    alternating = all(i in headlines or i - 1 in headlines for i in rest)
    short = len(rest) <= MOST_TEASERS and all(len(lines[i].text) <= LONGEST_SNIPPET for i in rest)
    return found | set(rest) if alternating and short else found


def _is_headline(lines: list[_Line], index: int) -> bool:
    """Tell whether a line is a headline or a cut-off snippet, and not one line of a wrapped paragraph."""
    text = lines[index].text
    if len(text) > LONGEST_SNIPPET or text[0].islower():
        return False
    if _CUT_OFF.search(text):
        return True
    below = lines[index + 1] if index + 1 < len(lines) else None
    wrapped = below is not None and below.start == lines[index].end and below.text[0].islower()
    return len(text) <= LONGEST_HEADLINE and not wrapped and not _ENDS.search(text)


def _author_box(lines: list[_Line], heading: int, cut: set[int]) -> set[int]:
    """Return the heading and the biography below, up to the end or to lines cut already; nothing if it is no box."""
    end = heading + 1
    while end < len(lines) and end not in cut and not _is_heading(lines[end].text) and end - heading <= MOST_BIOGRAPHY:
        end += 1
    below = lines[heading + 1 : end]
    if not below:
        return {heading}
    named = furniture.ABOUT_AUTHOR.fullmatch(lines[heading].text) is not None
    told = named or furniture.BIOGRAPHY.search(below[0].text) is not None
    short = len(below) <= MOST_BIOGRAPHY and sum(len(line.text) for line in below) <= LONGEST_BIOGRAPHY
    return set(range(heading, end)) if told and short else set()


def _is_heading(text: str) -> bool:
    return any(p.fullmatch(text.rstrip(":…")) for p in (furniture.HEADINGS, furniture.CLOSING_HEADINGS))


def _without_tail(raw: str, spans: list[Span]) -> list[Span]:
    """Shorten the last span by the known endings, one after the other, as long as there is one."""
    if not spans:
        return spans
    first, (start, end) = spans[0][0], spans[-1]
    for _ in range(MOST_ENDINGS):
        places = [place for place in _endings(raw, start, end) if place - first >= SHORTEST_REMAINDER]
        if not places:
            break
        end = min(places)
    return _trimmed(raw, [*spans[:-1], (start, end)])


def _endings(raw: str, start: int, end: int) -> list[int]:
    """Return where in ``raw[start:end]`` the known endings that reach its end begin."""
    begin = max(start, end - ENDING_WINDOW)
    window = raw[begin:end]
    found = [begin + match.start() for pattern in furniture.ENDINGS if (match := pattern.search(window))]
    if furniture.FOOT.search(window):
        begin = max(start, end - RELATED_WINDOW)
        match = furniture.RELATED.search(raw[begin:end])
        found += [begin + match.start()] if match else []
    return [place for place in found if raw[place:end].strip()]


def _without_counters(raw: str, spans: list[Span]) -> list[Span]:
    if not spans:
        return spans
    start, end = spans[0]
    found = furniture.COUNTERS.search(raw, start, min(end, start + HEAD_WINDOW))
    if found is None or found.end() >= end:
        return spans
    head = [(start, found.start())] if found.start() > start else []
    return [*head, (found.end(), end), *spans[1:]]


def _trimmed(raw: str, spans: list[Span]) -> list[Span]:
    """Drop spans of white space alone, and white space at both ends of the kept text."""
    filled = [(start, end) for start, end in spans if not raw[start:end].isspace() and start < end]
    if filled:
        start, end = filled[0]
        filled[0] = (end - len(raw[start:end].lstrip()), end)
        start, end = filled[-1]
        filled[-1] = (start, start + len(raw[start:end].rstrip()))
    return filled
