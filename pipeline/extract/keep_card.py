"""How likely a mention is what a careful coder would code: a scorecard over how its article tells it.

The rules find a happening by its words and hardly ask how it is told. That is weighed here: by a verb or in passing
("the raid", a side clause), with place, sides and figures of its own or without, once or again, among how many like
it. The weights are fitted on hand-coded articles (`lexicon/keep.yaml`), on the share of type, day, governorate and
sides that is right. What is told as a report and is unlikely to be one becomes `general`, and says why. What counts its
victims or its happenings stands, whatever its score: as `general` it would be read as a running total.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.groups import Group
from pipeline.extract.kinds import AIR, ATTACK, CLASH, REMOTE_KINDS, SHELLING, TERRITORY, VIOLENT
from pipeline.extract.places import ResolvedPlace
from pipeline.extract.record import record, replace
from pipeline.extract.scene import Scene
from pipeline.extract.slots import Chosen
from pipeline.extract.words import load_words

_CARD: Mapping[str, int] = load_words("keep")
"""The weight of each feature in hundredths of the log-odds."""
LEAST = -73
"""What a report must reach, about a third right: to take out what is less so than half of the F1 gains more than it
costs."""
_REASONS = 3
"""Features that are named as what spoke against a mention."""
_SIDE_CLAUSES = frozenset({"relcl", "acl", "advcl", "ccomp", "pcomp", "xcomp"})
_UPWARDS = 12
"""Words above a trigger, at most, among which a side clause is looked for."""
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})
_INDEFINITE = frozenset({"a", "an", "another"})
_SENTENCES, _POSITIONS, _MENTIONS, _ALIKE = (1, 2, 3), (0, 2, 5, 10, 20), (1, 2, 4, 7, 12), (0, 1, 3)
"""Up to where numbers are told apart."""
_Where = tuple[str, str | None]


@record
class Fellows:
    """The reports beside one: how many the article has with it, how many of its type there are beside it and before
    it, and whether one of them is in its place."""

    mentions: int
    alike: int
    before: int
    here: bool


def kept(chosen: Sequence[Chosen], leaning: str) -> list[Chosen]:
    """Give the happenings of an article, in their order; those unlikely to be reports as general.

    `leaning` is the perspective of its outlet.
    """
    fellows = fellows_of(chosen)
    return [
        one if beside is None or counts(one) else _settled(one, list(features(one, beside, leaning)))
        for one, beside in zip(chosen, fellows, strict=True)
    ]


def fellows_of(chosen: Sequence[Chosen]) -> list[Fellows | None]:
    """Give what is reported beside each happening of an article; None for one that is not reported."""
    reports = [one for one in chosen if one.lead.status == "reported"]
    kinds = Counter(one.lead.sub_event_type for one in reports)
    spots = Counter(_where(one) for one in reports)
    before: Counter[str] = Counter()
    found: list[Fellows | None] = []
    for one in chosen:
        if one.lead.status != "reported":
            found.append(None)
            continue
        name = one.lead.sub_event_type
        here = one.lead.place is not None and spots[_where(one)] > 1
        found.append(Fellows(len(reports), kinds[name] - 1, before[name], here))
        before[name] += 1
    return found


def counts(one: Chosen) -> bool:
    """Tell a mention with figures of its own."""
    return one.counted is not None or bool(one.group.shared) or any(draft.tolls for draft in one.group.members)


def features(one: Chosen, beside: Fellows, leaning: str) -> Iterator[str]:
    """Yield what speaks for or against a mention: names of features."""
    lead = one.lead
    violence = "violence" if lead.sub_event_type in VIOLENT else "no violence"
    yield "any"
    yield f"type {_kind(lead.sub_event_type)}"
    yield "type named" if lead.certain else "type by default"
    yield from _wording(lead.told.scene, lead.told.at)
    for name in (f"place {_origin(one)}", "figures" if lead.tolls else "no figures", f"target {_target(one)}"):
        yield name
        yield f"{name}, {violence}"
    yield f"agent {_how(one.agent)}"
    yield f"agent of {one.bloc1}"
    yield f"outlet of {leaning}"
    yield "day told" if lead.own_date else "day not told"
    if lead.place is not None:
        yield f"place of precision {lead.place.geo_precision or 'none'}"
        yield "place known" if lead.place.place_id is not None else "place unknown"
    if lead.weapon is not None:
        yield "means told"
    yield f"sentences {_upto(len({draft.sentence for draft in one.group.members}), _SENTENCES)}"
    yield f"position {_upto(lead.sentence, _POSITIONS)}"
    yield f"mentions {_upto(beside.mentions, _MENTIONS)}"
    yield f"alike {_upto(beside.alike, _ALIKE)}"
    yield f"alike before {_upto(beside.before, _ALIKE)}"
    if beside.here:
        yield "alike in place"
        yield f"alike in place, {violence}"


def _settled(one: Chosen, seen: Sequence[str]) -> Chosen:
    score = sum(_CARD.get(name, 0) for name in seen)
    if score >= LEAST:
        return one
    worst = sorted((name for name in seen if _CARD.get(name, 0) < 0 and name != "any"), key=lambda n: (_CARD[n], n))
    likely = round(100 / (1 + math.exp(-score / 100)))
    group = Group(replace(one.lead, status="general"), one.group.members, one.group.shared)
    return replace(one, group=group, against=(f"{likely} in 100", *worst[:_REASONS]))


def _wording(scene: Scene, at: int) -> Iterator[str]:
    """How the word that tells stands in its sentence: verb or noun, with which article, under which clause."""
    head = scene.token_at(at)
    if scene.tokens[head].tag.startswith("VB"):
        yield "told by a verb"
    else:
        words = {token.lower for token in scene.tokens if token.head == head and token.dep in {"det", "poss"}}
        yield f"told by {'the' if words & _DEFINITE else 'a' if words & _INDEFINITE else 'a bare'} noun"
    yield f"word {scene.tokens[head].tag}"
    yield f"clause {_clause(scene, head)}"


def _clause(scene: Scene, at: int) -> str:
    for _ in range(_UPWARDS):
        token = scene.tokens[at]
        if token.dep in _SIDE_CLAUSES:
            return token.dep
        if token.head == at:
            break
        at = token.head
    return "main"


def _origin(one: Chosen) -> str:
    if one.lead.place is None:
        return "none"
    if one.lead.own_place:
        return "own"
    return "of others" if one.lead.place.span is not None else "of the title"


def _target(one: Chosen) -> str:
    return "people" if one.target is None and one.civil is not None else _how(one.target)


def _how(actor: ActorSpan | None) -> str:
    if actor is None:
        return "none"
    return "loose" if actor.generic else "named"


def _where(one: Chosen) -> tuple[str, _Where | None]:
    place = one.lead.place
    return one.lead.sub_event_type, _key(place) if place is not None else None


def _key(place: ResolvedPlace) -> _Where:
    return ("", place.place_id) if place.place_id is not None else (place.place.lower(), None)


def _upto(number: int, steps: Sequence[int]) -> str:
    return next((str(step) for step in steps if number <= step), "more")


def _kind(name: str) -> str:
    if name in {AIR, SHELLING, CLASH, ATTACK}:
        return name
    if name in TERRITORY:
        return "territory"
    return "blast" if name in REMOTE_KINDS else "other"
