"""Is a word of the lexicon a trigger where it stands? Its tag, its object and its neighbours decide.

"The besieged town" besieges nobody, "took" without a town takes no territory, "Battle" in a name is no battle.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.mentioned import only_speaks
from pipeline.extract.parse import Token
from pipeline.extract.places import PlaceSpan
from pipeline.extract.subjects import subject_of
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_WINDOW = 9
_BEING = frozenset({"is", "are", "was", "were", "been", "being"})
"""Helpers of a passive; in capitals, "IS" is a group."""
_LOOSE = frozenset({"to", "in", "at", "near", "on", "into", "towards", "with", "by", "for", "that", "during", "around"})
_AIMED = frozenset({"at", "on", "against"})
""" "fired at the convoy": what is hit moves nowhere."""
_AGREED = frozenset({"for", "on", "about"})
""" "a deal on the evacuation": what is agreed has not happened yet."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_NOT_EVENTS = frozenset(load_words("accept")["not_events"])


def accepts(
    lexicon: Lexicon, tokens: Sequence[Token], places: Sequence[PlaceSpan], actors: Sequence[ActorSpan], offset: int
) -> Callable[[Match], bool]:
    """Make the test for one sentence; `offset` is where it starts in the text that the spans count into."""
    words = [token.lower for token in tokens]
    named = [(span.start - offset, span.end - offset) for span in places if not span.foreign]
    sides = [(span.start - offset, span.end - offset) for span in actors]
    armed = [side for side, span in zip(sides, actors, strict=True) if span.bloc != "civilians"]

    names = [*named, *sides]
    subjects: dict[tuple[int, bool], list[int]] = {}

    def subject(verb: int, undergoing: bool) -> list[int]:
        if (verb, undergoing) not in subjects:
            subjects[verb, undergoing] = subject_of(tokens, verb, undergoing=undergoing)
        return subjects[verb, undergoing]

    def accept(match: Match) -> bool:
        if not _tagged(tokens, match) or only_speaks(lexicon, tokens, match):
            return False
        if _in_name(tokens, match, names) and not _is_said_of(tokens, match):
            return False
        trigger = match.trigger
        if trigger.unless is not None and lexicon.has_object(trigger.unless, words):
            return False
        if trigger.subject is not None:
            at = subject(match.head, trigger.roles != "acts")
            if not _has_subject(lexicon, tokens, trigger.subject, at, armed, named):
                return False
        if (trigger.part == "noun" and _of_workers(words, match)) or (
            trigger.roles == "sides" and _disputes(words, match, armed)
        ):
            return False
        if (
            match.trigger.sub_event_type == "Agreement"
            and match.trigger.part == "noun"
            and not lexicon.has_object("concluding", words)
        ):
            return False
        if trigger.needs == "territory" and len(trigger.steps) == 1 and _passive(tokens, match.head):
            at = subject(match.head, True)
            if at and tokens[at[-1]].dep != "pobj" and not _has_subject(lexicon, tokens, "territory", at, armed, named):
                return False  # "the fighters were taken to the city": it is not the city that was taken
        return trigger.needs is None or _is_met(lexicon, tokens, words, match, armed, named)

    return accept


def _is_met(
    lexicon: Lexicon,
    tokens: Sequence[Token],
    words: Sequence[str],
    match: Match,
    armed: Sequence[tuple[int, int]],
    named: Sequence[tuple[int, int]],
) -> bool:
    """Tell whether the object of a trigger, or what else it needs, stands where it has to."""
    trigger, head = match.trigger, tokens[match.head]
    needs = trigger.needs or ""
    start, end = _object_range(tokens, match)
    if needs in {"protest_aims", "yielded"}:
        return lexicon.has_object(needs, words[match.end :])
    if needs == "armed_subject":
        return any(a < head.start and head.start - a < 60 for a, _ in armed)
    if needs == "military_moved" and "to" in words[match.end : end]:
        end = words.index("to", match.end)  # "sent messages to the fighters": it is the messages that were sent
    if needs in {"territory", "territory_armed"}:
        end = _direct_end(tokens, match, end)
        if any(tokens[start].start <= a < tokens[end - 1].end for a, _ in named if start < end):
            return True
    passive = trigger.part == "verb" and _passive(tokens, match.head)
    if needs == "people" and trigger.part == "verb" and not passive:
        start = max(0, match.head - _WINDOW)
    if needs == "weapons" and passive:
        end = match.start  # "were neutralised in a drone strike": the drone is not what was neutralised
    return lexicon.has_object(needs, words[start:end])


def _tagged(tokens: Sequence[Token], match: Match) -> bool:
    trigger, head = match.trigger, tokens[match.head]
    if head.dep == "amod" and trigger.part == "verb" and len(trigger.steps) == 1 and not _only_verb(tokens, head):
        return False
    following = tokens[match.end].lower if match.end < len(tokens) else ""
    if trigger.part == "noun":
        if trigger.weak and trigger.sub_event_type == "Force movement" and _after(tokens, match, _AIMED):
            return False
        if trigger.sub_event_type == "Displacement" and _after(tokens, match, _AGREED):
            return False
        if (
            following in _NOT_EVENTS
            or following == "-"
            or (match.start and tokens[match.start - 1].lower == "propelled")
        ):
            return False
        return (
            head.tag.startswith("NN")
            or (head.tag in {"VBG", "JJ", "CD"} and len(trigger.steps) + (head.tag == "VBG") > 1)
            or match.end - match.start > 1
        )
    if _before_noun(tokens, match) or _is_people(tokens, match):
        return False
    if _mistagged(tokens, match):
        return True
    if following == "-" or (match.start and tokens[match.start - 1].lower == "-"):
        return False
    return head.tag.startswith("VB") or (head.lower.endswith(("ed", "ing")) and not head.tag.startswith("NN"))


def _only_verb(tokens: Sequence[Token], head: Token) -> bool:
    """ "Army artillery targeted positions of the militants": the parser took the one verb for an adjective."""
    if head.at == 0 or not tokens[head.at - 1].tag.startswith("NN"):
        return False
    return not any(t.tag in _FINITE for t in tokens)


def _before_noun(tokens: Sequence[Token], match: Match) -> bool:
    """ "the besieged towns": a participle that describes."""
    at = match.head
    if match.end - match.start > 1 or at == 0 or at + 1 >= len(tokens) or not tokens[at].lower.endswith("ed"):
        return False
    return tokens[at - 1].tag in {"DT", "PRP$", "IN", "POS"} and tokens[at + 1].tag in {"NNS", "NN", "NNP", "NNPS"}


def _after(tokens: Sequence[Token], match: Match, words: frozenset[str]) -> bool:
    """Tell whether one of the words stands before the noun phrase of a trigger."""
    before = [t.lower for t in tokens[max(0, match.start - 3) : match.start] if t.tag not in {"DT", "JJ", "CD", "PRP$"}]
    return bool(before) and before[-1] in words


def _is_people(tokens: Sequence[Token], match: Match) -> bool:
    """ "a crowd of the displaced": a participle that names people."""
    at = match.head
    return match.end - match.start == 1 and at > 0 and tokens[at - 1].tag == "DT" and tokens[at].lower.endswith("ed")


def _mistagged(tokens: Sequence[Token], match: Match) -> bool:
    """ "gunmen on a motorcycle shot a judge", "shot dead two men": a past form taken for a noun by the tagger."""
    head = tokens[match.head]
    if (
        not head.tag.startswith("NN")
        or head.lower == match.trigger.text.split()[0]
        or head.lower.endswith(("s", "ing"))
    ):
        return False
    if len(match.trigger.steps) > 1:
        return match.end - match.start == len(match.trigger.steps)
    after = tokens[match.end] if match.end < len(tokens) else None
    before = tokens[match.head - 1].tag if match.head else ""
    return after is not None and after.tag in {"DT", "PRP$", "CD"} and before not in {"DT", "PRP$", "JJ"}


def _in_name(tokens: Sequence[Token], match: Match, spans: Sequence[tuple[int, int]]) -> bool:
    start, end = tokens[match.start].start, tokens[match.end - 1].end
    return True in [a <= start and end <= b for a, b in spans]


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
        t.lower in _BEING and t.text != "IS" for t in tokens[max(0, head - 4) : head]
    )


def _has_subject(
    lexicon: Lexicon,
    tokens: Sequence[Token],
    name: str,
    at: Sequence[int],
    armed: Sequence[tuple[int, int]],
    places: Sequence[tuple[int, int]],
) -> bool:
    """Tell whether the words of a subject hold one of the class asked for; a named side is `forces`, a named place
    `territory`."""
    if not at:
        return False
    if lexicon.has_object(name, [tokens[i].lower for i in at]):
        return True
    start, end = tokens[at[0]].start, tokens[at[-1]].end
    named = armed if name == "forces" else places if name == "territory" else ()
    return any(start <= a and b <= end for a, b in named)


def _is_said_of(tokens: Sequence[Token], match: Match) -> bool:
    """ "Families were displaced": a verb with its helper, though "the displaced" are people."""
    one = match.trigger.part == "verb" and match.end - match.start == 1 and tokens[match.head].tag == "VBN"
    return one and any(t.head == match.head and t.dep in {"aux", "auxpass"} for t in tokens[: match.head])


def _of_workers(words: Sequence[str], match: Match) -> bool:
    """ "went on strike", "a general strike": work is put down, nothing is hit."""
    before = words[match.start - 1] if match.start else ""
    return words[match.head] in {"strike", "strikes"} and before in {"on", "general", "labour", "labor", "hunger"}


def _disputes(words: Sequence[str], match: Match, armed: Sequence[tuple[int, int]]) -> bool:
    """ "the envoys clashed over the draft": words, where no armed side is named."""
    return words[match.end : match.end + 1] == ["over"] and not armed
