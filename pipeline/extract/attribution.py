"""Who says so: the person, monitor, agency or side that a sentence names as its source (codebook section 4).

Works on tokens alone, so that lost commas and broken quotes do no harm. Which happening the source vouches for, and
what stands when nobody is named, is decided by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.parse import Token
from pipeline.extract.record import record
from pipeline.extract.words import load_words

_WORDS = load_words("attribution")
SAYING = frozenset(_WORDS["saying"])
_WEAK = frozenset(_WORDS["weak"])
_PHRASE_TAGS = frozenset(_WORDS["phrase_tags"])
_INNER = frozenset(_WORDS["inner"])
_PRONOUNS = frozenset(_WORDS["pronouns"])
_QUOTED = frozenset({"quoted", "cited"})
_CITING = frozenset({"citing", "quoting", "quoted", "cited"})
_TELLING = SAYING | _CITING | {"according"}
"""Words without which a sentence names no source."""
_LONGEST = 16
_CLAIM_REACH = 6
"""Words after "claimed" among which its object stands."""


@record
class Source:
    """A named source: tokens[start:end] name it, the saying word stands at `verb`."""

    start: int
    end: int
    verb: int


_ARTICLES = frozenset({"a", "an", "the"})


def find_sources(tokens: Sequence[Token]) -> list[Source]:
    """Find the named sources of a sentence, left to right."""
    found: list[Source] = []
    for at in [token.at for token in tokens if token.lower in _TELLING]:
        token = tokens[at]
        if token.lower == "according" and at + 1 < len(tokens) and tokens[at + 1].lower == "to":
            found.extend(_after(tokens, at + 1, at))
        elif token.lower in _CITING:
            found.extend(_after(tokens, at, at))
        elif is_saying(token) and not _is_claim(tokens, at):
            before = list(_before(tokens, at))
            found.extend(before or (_after(tokens, at, at) if token.lower not in _WEAK else ()))
    return [source for source in found if _is_named(tokens, source)]


def by_pronoun(tokens: Sequence[Token]) -> bool:
    """Tell whether a pronoun is the one who says it ("he said"): the source that was named last."""
    pronouns = [t for t in tokens if t.lower in _PRONOUNS and t.dep == "nsubj"]
    return any(is_saying(tokens[t.head]) and abs(t.head - t.at) <= 2 for t in pronouns)


def _is_claim(tokens: Sequence[Token], at: int) -> bool:
    """ "claimed responsibility", "claimed the attack": who did it, not who says so; and a bomb "claimed the lives"."""
    if not tokens[at].lower.startswith("claim"):
        return False
    if {t.lower for t in tokens[at + 1 : at + 3]} & {"life", "lives"}:
        return True
    return any(t.head == at and t.dep == "dobj" and t.tag == "NN" for t in tokens[at + 1 : at + 1 + _CLAIM_REACH])


def is_saying(token: Token) -> bool:
    """Tell whether a token is a verb of saying."""
    return token.lower in SAYING and token.tag.startswith("VB")


def _before(tokens: Sequence[Token], verb: int) -> Iterator[Source]:
    """The subject left of the verb: the parser's, where it found one that reaches to the verb."""
    passive = {"nsubjpass"} if tokens[verb].lower in _QUOTED else set()  # who "was blamed" says nothing
    heads = [t for t in tokens[:verb] if t.head == verb and (t.dep == "nsubj" or t.dep in passive)]
    if not heads:
        yield from _behind_comma(tokens, verb)
        return
    top = heads[-1].at
    start = end = top
    for at in range(top - 1, -1, -1):
        if not _under(tokens, at, top):
            break
        start = at
        if tokens[at].lower in _ARTICLES and tokens[at].head == top:
            break  # what stands before it belongs to another clause, whose comma was lost
    for at in range(top + 1, verb):
        if not _under(tokens, at, top) or tokens[at].tag in {"WP", "WDT"}:
            break
        end = at
    if start > 0 and tokens[start - 1].lower in {"by", "from", "of"}:  # in "ousted by X, a monitor said" X says nothing
        start = next((at + 1 for at in range(start, top) if tokens[at].lower == ","), start)
    if end - start < _LONGEST:
        yield Source(start, end + 1, verb)


def _behind_comma(tokens: Sequence[Token], verb: int) -> Iterator[Source]:
    """ "..., a commander and the Monitor said.": the phrase between the last comma and a verb that closes the
    sentence, where the parser hung it on what stands before the comma."""
    if any(token.tag[:1].isalpha() for token in tokens[verb + 1 :]):
        return
    start = verb
    while start > 0 and verb - start < _LONGEST and tokens[start - 1].tag in _PHRASE_TAGS - {","}:
        start -= 1
    if 0 < start < verb and tokens[start - 1].tag == "," and tokens[start].tag != "RB":
        yield Source(start, verb, verb)


def _under(tokens: Sequence[Token], at: int, top: int) -> bool:
    for _ in range(_LONGEST):
        if at == top:
            return True
        if tokens[at].head == at:
            return False
        at = tokens[at].head
    return False


def _after(tokens: Sequence[Token], start: int, verb: int) -> Iterator[Source]:
    """The phrase right of "according to", "citing" or an inverted "said".

    Nouns and their company, up to the next verb.
    """
    first = at = start + 1
    last_noun = -1
    while at < len(tokens) and at - first < _LONGEST:
        token = tokens[at]
        if (token.tag == "IN" and token.lower not in _INNER) or (
            token.tag not in _PHRASE_TAGS and token.text not in "()"
        ):
            break
        if token.tag == "," or token.tag == "VBG":
            break
        if token.tag.startswith(("NN", "CD")):
            last_noun = at
        at += 1
    if last_noun >= first and tokens[first].tag != "IN":
        yield Source(first, last_noun + 1, verb)


def _is_named(tokens: Sequence[Token], source: Source) -> bool:
    """A pronoun names nobody."""
    words = tokens[source.start : source.end]
    return any(t.tag.startswith("NN") for t in words)
