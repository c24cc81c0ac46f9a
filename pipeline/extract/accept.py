"""Is a word of the lexicon a trigger where it stands? Its tag, its object and its neighbours decide.

"The besieged town" besieges nobody, "took" without a town takes no territory, "Battle" in a name is no battle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.lexicon import Lexicon, Match
from pipeline.extract.parse import Token
from pipeline.extract.places import PlaceSpan

_WINDOW = 9
_LOOSE = frozenset({"to", "in", "at", "near", "on", "into", "towards", "with", "by", "for", "that", "during", "around"})
_NOT_EVENTS = frozenset(
    {
        "group",
        "helicopter",
        "helicopters",
        "plane",
        "planes",
        "line",
        "lines",
        "movement",
        "leader",
        "monitor",
        "squad",
        "ready",
        "hardened",
    }
)


def accepts(
    lexicon: Lexicon, tokens: Sequence[Token], places: Sequence[PlaceSpan], actors: Sequence[ActorSpan], offset: int
) -> Callable[[Match], bool]:
    """Make the test for one sentence; `offset` is where it starts in the text that the spans count into."""
    words = [token.lower for token in tokens]
    named = [(span.start - offset, span.end - offset) for span in places if not span.foreign]
    armed = [(span.start - offset, span.end - offset) for span in actors]

    def accept(match: Match) -> bool:
        head = tokens[match.head]
        if not _tagged(tokens, match) or _in_name(tokens, match, [*named, *armed]):
            return False
        needs = match.trigger.needs
        if (
            match.trigger.sub_event_type == "Agreement"
            and match.trigger.part == "noun"
            and not lexicon.find_objects("concluding", words)
        ):
            return False
        if needs is None:
            return True
        start, end = _object_range(tokens, match)
        if needs == "armed_subject":
            return any(a < head.start and head.start - a < 60 for a, _ in armed)
        if needs in {"territory", "territory_armed"}:
            end = _direct_end(tokens, match, end)
            if any(tokens[start].start <= a < tokens[end - 1].end for a, _ in named if start < end):
                return True
        if needs in {"people", "returnees"} and match.trigger.part == "verb" and not _passive(tokens, match.head):
            start = max(0, match.head - _WINDOW)
        return bool(lexicon.find_objects(needs, words[start:end]))

    return accept


def _tagged(tokens: Sequence[Token], match: Match) -> bool:
    head = tokens[match.head]
    if head.dep == "amod" and match.trigger.part == "verb":
        return False
    following = tokens[match.end].lower if match.end < len(tokens) else ""
    if match.trigger.part == "noun":
        if (
            following in _NOT_EVENTS
            or following == "-"
            or (match.start and tokens[match.start - 1].lower == "propelled")
        ):
            return False
        return (
            head.tag.startswith("NN")
            or (head.tag in {"VBG", "JJ", "CD"} and len(match.trigger.steps) + (head.tag == "VBG") > 1)
            or match.end - match.start > 1
        )
    if _before_noun(tokens, match):
        return False
    if following == "-" or (match.start and tokens[match.start - 1].lower == "-"):
        return False
    return head.tag.startswith("VB") or (head.lower.endswith(("ed", "ing")) and not head.tag.startswith("NN"))


def _before_noun(tokens: Sequence[Token], match: Match) -> bool:
    """ "the besieged towns": a participle that describes."""
    at = match.head
    if match.end - match.start > 1 or at == 0 or at + 1 >= len(tokens) or not tokens[at].lower.endswith("ed"):
        return False
    return tokens[at - 1].tag in {"DT", "PRP$", "IN", "POS"} and tokens[at + 1].tag in {"NNS", "NN", "NNP", "NNPS"}


def _in_name(tokens: Sequence[Token], match: Match, spans: Sequence[tuple[int, int]]) -> bool:
    start, end = tokens[match.start].start, tokens[match.end - 1].end
    return any(a <= start and end <= b for a, b in spans)


def _object_range(tokens: Sequence[Token], match: Match) -> tuple[int, int]:
    """Where the object of a trigger can be: after it, and for a passive before it; as far as the next verb."""
    end = match.end
    if match.trigger.part == "noun":
        return match.head, min(len(tokens), match.end + 4)
    while (
        end < len(tokens)
        and end < match.end + _WINDOW
        and not (tokens[end].tag in {"VBD", "VBZ", "VBP"} and end > match.end)
    ):
        end += 1
    start = max(0, match.head - _WINDOW) if _passive(tokens, match.head) else match.head
    return start, end


def _direct_end(tokens: Sequence[Token], match: Match, end: int) -> int:
    """The object itself, not what hangs on it: "took the town", but not "took him to the town"."""
    for at in range(match.end, end):
        dated = tokens[at].lower == "on" and at + 1 < len(tokens) and tokens[at + 1].lower.endswith("day")
        if tokens[at].lower in _LOOSE and not dated:
            return at
    return end


def _passive(tokens: Sequence[Token], head: int) -> bool:
    return tokens[head].tag in {"VBN", "VBD"} and any(
        t.lower in {"is", "are", "was", "were", "been", "being"} for t in tokens[max(0, head - 4) : head]
    )
