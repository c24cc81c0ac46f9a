"""Words that say what became of people, and which group of people each one is about.

Works on the tokens of one sentence: "killed" with the group before or behind it, "the death of" with the one behind,
"12 deaths" with the figure. Frames rather than a parse: wire texts lose their commas, and parsers then lose the
subject. Each pass looks at neighbours within a bounded reach: time is linear in the length of the sentence.
"""

from __future__ import annotations

from pipeline.extract.people_lists import continues, is_apposed, is_in_company, is_joint, is_name, only, with_list
from pipeline.extract.record import record
from pipeline.extract.victims import Group
from pipeline.extract.words import Token, holds_phrase, load_words, phrase_at, phrase_set

_WORDS = load_words("casualties")
_FORMS = ("participle", "gerund", "finite", "intransitive", "adjective", "nominal", "count_noun", "active_only")
_ADVERBS = frozenset(_WORDS["adverbs"])
_AUXILIARIES = frozenset(_WORDS["auxiliaries"])
_HAD = frozenset(_WORDS["had"])
_HELPING = _AUXILIARIES | _ADVERBS | _HAD
_BEFORE_OBJECT = _ADVERBS | {"the", ":"}
_BARRIERS = frozenset(_WORDS["barriers"])
_LIST_MARKS = frozenset(_WORDS["list_marks"])
_NOT_HEADS = phrase_set(_WORDS["not_heads"])
_COSTS = frozenset(
    {"claimed", "claiming", "claims", "claim", "cost", "costing", "costs", "took", "taking", "takes", "lost"}
)
_COSTING = frozenset(_WORDS["costing"])
_TO_DEATH = frozenset(_WORDS["to_death"])
_REACH = 30
"""Tokens between a subject and its verb, at most."""
_VICTIM_REACH = 8
"""Tokens between "beat" and "to death", at most."""
_LOSER_REACH = 4
"""Tokens between "cost" and what was lost, at most ("cost the regime forces four soldiers")."""


@record
class Head:
    """tokens[start:end] say that people were killed, injured, captured or displaced."""

    start: int
    end: int
    kind: str
    form: str
    needs_people: bool
    """Only with a noun for people: "executed 3 men", not "executed 3 attacks"."""
    at_most: bool
    """The word covers more than the kind ("neutralized" may be wounded or caught)."""


_HEADS: dict[tuple[str, ...], list[tuple[str, str]]] = {}
for _kind, _forms in _WORDS["kinds"].items():
    for _form in _FORMS:
        for _phrase in _forms.get(_form, ()):
            _HEADS.setdefault(tuple(_phrase.split()), []).append((_kind, _form))
_HEAD_SET = phrase_set(" ".join(parts) for parts in _HEADS)
_OPENERS = _TO_DEATH | _HEAD_SET.keys()
"""Words with which a head begins."""


def has_head(words: list[Token]) -> bool:
    """Tell whether there may be a head in a sentence, whoever it is about."""
    return holds_phrase(words, _HEAD_SET) or any(token.lower in _TO_DEATH for token in words)


def heads(words: list[Token], people: list[Group]) -> list[Head]:
    """Return the heads of a sentence, left to right; participles inside a group ("six injured civilians") are none."""
    inside = {place for group in people for place in range(group.start + 1, group.end)}
    found: list[Head] = []
    at = 0
    while at < len(words):
        if words[at].lower not in _OPENERS:
            at += 1
            continue
        parts = phrase_at(words, at, _HEAD_SET)
        if words[at].lower in _TO_DEATH and (death := _to_death(words, at)) is not None:
            found.append(Head(at, at + 1, "killed", "active_only", False, False))
            at = death
            continue
        if parts is None or at in inside or phrase_at(words, at, _NOT_HEADS):
            at += 1
            continue
        kind, form = _HEADS[parts][0]
        if not _is_attributive(words, at, form):
            needs = kind in {"killed_people", "neutralized", "captured", "displaced"} or parts == ("loss", "of")
            plain = "killed" if kind in {"killed_people", "neutralized"} else kind
            found.append(Head(at, at + len(parts), plain, form, needs, kind == "neutralized"))
        at += len(parts)
    return _without_joint(words, found)


def _to_death(words: list[Token], at: int) -> int | None:
    """Return the token after "to death" when a victim stands between it and the verb ("beat a man to death")."""
    for place in range(at + 2, min(at + _VICTIM_REACH, len(words) - 1)):
        if words[place].lower == "to" and words[place + 1].lower == "death":
            return place + 2
        if words[place].text in ",.;":
            return None
    return None


def behind(words: list[Token], head: Head, people: list[Group], found: list[Head]) -> list[int]:
    """Return the groups (indices) that are the object behind `head`: "killing a man and two women"."""
    first = next((i for i, group in enumerate(people) if group.start >= head.end), None)
    if first is None:
        return []
    if words[head.start].lower in _COSTING:
        return _lost(words, head, people, first)
    named = people[first].weak and is_name(words, head.end, people[first].start)
    beside = named or only(words, head.end, people[first].start, _BEFORE_OBJECT)
    if not beside and (head.form == "nominal" or not is_joint(words, head.end, people[first].start)):
        return []
    members: list[int] = []
    last = first
    for place in range(first, len(people)):
        group = people[place]
        if members and is_apposed(words, people[last], group):
            last = place
            continue
        if members and not continues(words, people[last], group):
            break
        last = place
        if _has_own_head(words, group, found):
            break
        members.append(place)
        if not group.counted:
            break
    return members


def _lost(words: list[Token], head: Head, people: list[Group], first: int) -> list[int]:
    """Return the people that something cost a side; the side itself, uncounted, may stand before them."""
    for place in range(first, min(first + 2, len(people))):
        group = people[place]
        between = words[head.end : group.start]
        if group.start - head.end > _LOSER_REACH or any(not word.text[0].isalpha() for word in between):
            break
        if group.counted and not group.weak:
            return [place]
    return []


def before(
    words: list[Token], head: Head, people: list[Group], found: list[Head], claimed: frozenset[int]
) -> list[int]:
    """Return the groups (indices) that are the subject before `head`: "12 civilians, among them 3 children, were
    killed"."""
    start, helped = subject_end(words, head)
    helped = helped or head.form == "intransitive"
    fallback: list[int] = []
    for place in range(len(people) - 1, -1, -1):
        group = people[place]
        if group.end > start:
            continue
        if (
            start - group.end > _REACH
            or place in claimed
            or not _reachable(words, group.end, start, people, found, helped)
        ):
            break
        aside = group.oblique and (helped or group.end != start) and not is_in_company(words, place, people)
        if group.subtotal or aside:
            fallback = fallback or ([place] if group.end == start else [])
            continue
        if group.weak and group.end != start:
            fallback = []
            break
        return with_list(words, place, people, claimed)
    return fallback


def subject_end(words: list[Token], head: Head) -> tuple[int, bool]:
    """Return the token where the subject of `head` ends, and whether a form of "be" stands between."""
    start, helped = head.start, False
    while start > 0 and words[start - 1].lower in _HELPING:
        start -= 1
        helped = helped or words[start].lower in _AUXILIARIES
        if words[start].lower == "to" and words[start - 1].lower == "said" and words[start - 2].lower in _AUXILIARIES:
            start, helped = start - 2, True  # "were said to be killed"
    return start, helped


def is_active(words: list[Token], head: Head, objects: list[int]) -> bool:
    """Tell "killed 12 people" from "12 people killed": voice by auxiliary, else by what stands behind."""
    if head.form in {"gerund", "finite", "active_only", "nominal"}:
        return True
    if head.form != "participle":
        return False
    _, helped = subject_end(words, head)
    return not helped and (bool(objects) or (head.end < len(words) and words[head.end].lower == "him"))


def counts_lives(words: list[Token], place: int) -> bool:
    """Tell whether a verb of cost stands before token `place` ("claimed the lives of", "claimed 12 lives")."""
    return any(token.lower in _COSTS for token in words[max(0, place - 7) : place])


def _is_attributive(words: list[Token], at: int, form: str) -> bool:
    if form not in {"participle", "adjective"} or at == 0:
        return False
    following = words[at + 1].lower if at + 1 < len(words) else ""
    return words[at - 1].lower in {"the", "of", "for", "with", "more"} and following not in {"by", "in"}


def _without_joint(words: list[Token], found: list[Head]) -> list[Head]:
    """Drop "killed or injured 30": the figure is of neither; of "captured and executed 5" the second holds.

    A noun that is counted before it ("claimed nine lives and wounded ten") shares no figure with what follows.
    """
    dropped: set[int] = set()
    for place in range(len(found) - 1):
        one, two = found[place], found[place + 1]
        if one.form == "count_noun":
            continue
        between = [word.lower for word in words[one.end : two.start]]
        headline = not between and one.form == two.form == "finite"
        if one.kind == two.kind or not (headline or between in (["and"], ["or"], ["/"])):
            continue
        dropped.add(place)
        if {one.kind, two.kind} == {"killed", "injured"}:
            dropped.add(place + 1)
    return [head for place, head in enumerate(found) if place not in dropped]


def _has_own_head(words: list[Token], group: Group, found: list[Head]) -> bool:
    """Tell whether a passive stands right behind the group: in "killed 12 and 30 wounded" 30 is not of the killed."""
    at = group.end
    while at < len(words) and words[at].lower in _HELPING:
        at += 1
    return any(head.start == at and head.form in {"participle", "adjective", "intransitive"} for head in found)


def _reachable(words: list[Token], end: int, start: int, people: list[Group], found: list[Head], helped: bool) -> bool:
    if any(end <= head.start < start for head in found):
        return False
    if any(token.lower in _BARRIERS for token in words[end:start]):
        return False
    if helped:
        return True
    covered = {place for group in people if group.subtotal for place in range(group.start, group.end)}
    leads = _LIST_MARKS | {"including", "among", "them", "whom", "mostly", "of", "most", "(", ")", "-"}
    return all(place in covered or words[place].lower in leads for place in range(end, start))
