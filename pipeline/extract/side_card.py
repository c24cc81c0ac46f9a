"""Who is most likely hit: a scorecard over all sides that the sentences around a happening name.

The rules choose by grammar and leave gaps; what they chose is one of the things weighed here, beside where a side is
named, how often, by what kind of outlet, and which sides such things happen to. The weights are fitted on hand-coded
articles (`lexicon/sides.yaml`). A side is only ever one that the text names nearby, or nobody. Who acts is left to
grammar: a card for that was tried, and was right no more often.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.agency import agency
from pipeline.extract.allies import ALLIES
from pipeline.extract.kinds import AIR, ATTACK, BATTLES, CLASH, REMOTE_KINDS, SHELLING, TERRITORY, VIOLENT
from pipeline.extract.record import record
from pipeline.extract.scene import Scene
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

NOBODY = "nobody"
"""No side: none is named, or the type has none."""
CIVILIANS = "civilians"
_NEAR = 2
"""Sentences around the evidence in which sides are looked for."""
_CLOSE = 60
"""Characters between a side and the words of the happening, at most, to stand close to them."""
_UNNAMED = frozenset({NOBODY, CIVILIANS, "unidentified"})
_CARD: Mapping[str, int] = load_words("sides")
"""The weight of each feature in hundredths of the log-odds."""


@record
class Setting:
    """What is the same for all sides of a happening.

    `scene` is the sentence of the evidence, `at` the offset of the words that give the type, `near` the sentences
    around it, `named` how often the article names each bloc, `acting` how often each acts in it by the rules, `titled`
    the blocs of the title.
    """

    sub_event_type: str
    scene: Scene
    at: int
    near: Sequence[Scene]
    named: Counter[str]
    acting: Counter[str]
    titled: frozenset[str]
    leaning: str

    @property
    def match(self) -> Match | None:
        """The trigger whose words give the type, where the evidence holds it."""
        scene = self.scene
        found = (m for m in scene.triggers if scene.offset + scene.tokens[m.start].start == self.at)
        return next(found, None)


@record
class Hit:
    """Who is hit by the rules: the bloc, whether the evidence names it, and the bloc that acts."""

    bloc: str
    here: bool
    agent: str


def neighbours(scenes: Sequence[Scene], scene: Scene) -> list[Scene]:
    """Give the told sentences around one, itself among them; `scenes` are all of the article, in text order."""
    here = scene.sentence.number
    first = bisect_left(scenes, here - _NEAR, key=_number)
    return list(scenes[first : bisect_right(scenes, here + _NEAR, key=_number)])


def _number(scene: Scene) -> int:
    return scene.sentence.number


def likeliest(setting: Setting, hit: Hit) -> str:
    """Give the bloc that is most likely hit, NOBODY where none is; of equals what the rules chose."""
    if setting.sub_event_type not in VIOLENT:
        return hit.bloc
    scores = {
        bloc: sum(_CARD.get(name, 0) * times for name, times in features(setting, hit, bloc))
        for bloc in candidates(setting, hit)
    }
    return max(sorted(scores), key=lambda bloc: (scores[bloc], bloc == hit.bloc))


def span_of(setting: Setting, bloc: str) -> ActorSpan | None:
    """Give the words nearby that name a bloc: of the evidence before others, close to the happening before far."""
    named = [(scene, actor) for scene in setting.near for actor in scene.actors if actor.bloc == bloc]
    if not named:
        return None
    here = setting.scene.sentence.number
    return min(named, key=lambda pair: (abs(pair[0].sentence.number - here), abs(pair[1].start - setting.at)))[1]


def candidates(setting: Setting, hit: Hit) -> list[str]:
    """Give the blocs that may be hit, sorted: those named nearby, what the rules chose, nobody, civilians.

    Nobody hits itself or its allies, civilians are no side of a battle, and of several enemies named elsewhere none is
    taken for that of this one.
    """
    friends = {hit.agent}.union(*(allies for allies in ALLIES if hit.agent in allies))
    named = {actor.bloc for scene in setting.near for actor in scene.actors} - {"unidentified", *friends}
    if setting.sub_event_type not in BATTLES:
        named |= {CIVILIANS}
    else:
        named -= {CIVILIANS}
        if hit.bloc == NOBODY:
            named &= {actor.bloc for actor in setting.scene.actors}
    return sorted({hit.bloc, NOBODY, *named})


def features(setting: Setting, hit: Hit, bloc: str) -> Iterator[tuple[str, int]]:
    """Yield what speaks for or against a bloc: the name of a feature, and how many tenths or times."""
    kind = _kind(setting.sub_event_type)
    yield f"bloc {bloc}", 1
    yield f"bloc {bloc} {kind}", 1
    yield f"bloc {bloc} {setting.leaning}", 1
    yield f"bloc {bloc} by {hit.agent}", 1
    if bloc == hit.bloc:
        yield "rule", 1
        yield f"rule {bloc}", 1
        yield f"rule {kind}", 1
        yield "rule here" if hit.here else "rule elsewhere", 1
    if bloc in _UNNAMED and bloc != CIVILIANS:
        return
    yield from _standing(setting, bloc)
    if bloc != CIVILIANS:
        total = sum(count for name, count in setting.named.items() if name not in _UNNAMED)
        yield "share of names", 10 * setting.named[bloc] // max(1, total)
        yield "share of deeds", 10 * setting.acting[bloc] // max(1, sum(setting.acting.values()))
        if bloc in setting.titled:
            yield "titled", 1
        if setting.named.keys() - _UNNAMED == {bloc}:
            yield "only one", 1
        if hit.bloc == NOBODY:
            yield f"fill {kind}", 1


def _standing(setting: Setting, bloc: str) -> Iterator[tuple[str, int]]:
    """Where a bloc stands in the sentences nearby, and how in that of the evidence."""
    here = setting.scene.sentence.number
    spots = {scene.sentence.number - here for scene in setting.near for actor in scene.actors if actor.bloc == bloc}
    for spot in sorted(spots):
        yield f"sentence {spot:+d}", 1
    own = [actor for actor in setting.scene.actors if actor.bloc == bloc]
    if not own:
        return
    yield ("before" if own[0].start < setting.at else "after"), 1
    if min(abs(actor.start - setting.at) for actor in own) < _CLOSE:
        yield "close", 1
    if all(actor.generic for actor in own):
        yield "loose word", 1
    match = setting.match
    if match is not None:
        weight = max((agency(setting.scene, match, actor) for actor in own), key=abs)
        yield f"agency {_bucket(weight)}", 1


def _bucket(weight: float) -> str:
    if weight == 0:
        return "none"
    return ("acts" if weight > 0 else "undergoes") + (" surely" if abs(weight) >= 3 else "")


def _kind(name: str) -> str:
    if name in {AIR, SHELLING, CLASH, ATTACK}:
        return name
    if name in TERRITORY:
        return "territory"
    return "blast" if name in REMOTE_KINDS else "other"
