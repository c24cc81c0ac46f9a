"""Who most likely acts and who is hit: a scorecard over all sides that the sentences around a happening name.

The rules choose by grammar and leave gaps; what they chose is one of the things weighed here, beside where a side is
named, how often, by what kind of outlet, and which sides do or suffer such things. The weights are fitted on hand-coded
articles (`lexicon/sides.yaml`). A side is only ever one that the text names nearby, or nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.actor_standing import can_do
from pipeline.extract.actors import ActorSpan
from pipeline.extract.agency import agency
from pipeline.extract.kinds import AIR, ATTACK, BATTLES, CLASH, REMOTE_KINDS, SHELLING, TERRITORY, VIOLENT
from pipeline.extract.lexicon import Match
from pipeline.extract.scene import Scene
from pipeline.extract.words import load_words

NOBODY = "nobody"
"""No side: none is named, or the type has none."""
CIVILIANS = "civilians"
_NEAR = 2
"""Sentences around the evidence in which sides are looked for."""
_CLOSE = 60
"""Characters between a side and the words of the happening, at most, to stand close to them."""
_UNNAMED = frozenset({NOBODY, CIVILIANS, "unidentified"})
_CARD: Mapping[str, Mapping[str, int]] = load_words("sides")
"""For either role, the weight of each feature in hundredths of the log-odds."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all sides of a happening.

    `scene` is the sentence of the evidence, `at` the offset of the words that give the type, `near` the sentences
    around it, `named` how often the article names each bloc, `acting` how often each acts in it by the rules, `titled`
    the blocs of the title, `denying` those who deny a deed in it.
    """

    sub_event_type: str
    scene: Scene
    at: int
    near: Sequence[Scene]
    named: Counter[str]
    acting: Counter[str]
    titled: frozenset[str]
    denying: frozenset[str]
    leaning: str

    @property
    def match(self) -> Match | None:
        """The trigger whose words give the type, where the evidence holds it."""
        scene = self.scene
        found = (m for m in scene.triggers if scene.offset + scene.tokens[m.start].start == self.at)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Role:
    """A role (1 acts, 2 is hit) as the rules filled it: the bloc, whether the evidence names it, the other's bloc."""

    number: int
    bloc: str
    here: bool
    other: str


def neighbours(scenes: Sequence[Scene], scene: Scene) -> list[Scene]:
    """Give the told sentences around one, itself among them; `scenes` are all of the article, in text order."""
    here = scene.sentence.number
    return [other for other in scenes if abs(other.sentence.number - here) <= _NEAR]


def likeliest(setting: Setting, role: Role) -> str:
    """Give the bloc that most likely fills a role, NOBODY where nobody does; of equals what the rules chose."""
    if setting.sub_event_type not in VIOLENT:
        return role.bloc
    weights = _CARD[f"actor{role.number}"]
    scores = {
        bloc: sum(weights.get(name, 0) * times for name, times in features(setting, role, bloc))
        for bloc in candidates(setting, role)
    }
    return max(sorted(scores), key=lambda bloc: (scores[bloc], bloc == role.bloc))


def span_of(setting: Setting, bloc: str) -> ActorSpan | None:
    """Give the words nearby that name a bloc: of the evidence before others, close to the happening before far."""
    named = [(scene, actor) for scene in setting.near for actor in scene.actors if actor.bloc == bloc]
    if not named:
        return None
    here = setting.scene.sentence.number
    return min(named, key=lambda pair: (abs(pair[0].sentence.number - here), abs(pair[1].start - setting.at)))[1]


def candidates(setting: Setting, role: Role) -> list[str]:
    """Give the blocs that may fill a role, sorted: those named nearby, what the rules chose, nobody, civilians.

    Whom the sentence of the evidence names as doing nothing of it does not act, and neither does whoever
    denies it; civilians are no side of a battle, and of several enemies named elsewhere none is taken for this one.
    """
    named = {actor.bloc for scene in setting.near for actor in scene.actors} - {"unidentified", role.other}
    if role.number == 1:
        named -= {CIVILIANS, *_idle(setting), *setting.denying}
    elif setting.sub_event_type in BATTLES:
        named -= {CIVILIANS}
        if role.bloc == NOBODY:
            named &= {actor.bloc for actor in setting.scene.actors}
    else:
        named |= {CIVILIANS}
    return sorted({role.bloc, NOBODY, *named})


def _idle(setting: Setting) -> set[str]:
    """The blocs that the sentence of the evidence names and that by its grammar do not act."""
    match = setting.match
    if match is None:
        return set()
    here = {actor.bloc for actor in setting.scene.actors}
    return here - {actor.bloc for actor in setting.scene.actors if agency(setting.scene, match, actor) > 0}


def features(setting: Setting, role: Role, bloc: str) -> Iterator[tuple[str, int]]:
    """Yield what speaks for or against a bloc in a role: the name of a feature, and how many tenths or times."""
    kind = _kind(setting.sub_event_type)
    yield f"bloc {bloc}", 1
    yield f"bloc {bloc} {kind}", 1
    yield f"bloc {bloc} {setting.leaning}", 1
    yield f"bloc {bloc} other {role.other}", 1
    if bloc == role.bloc:
        yield "rule", 1
        yield f"rule {bloc}", 1
        yield f"rule {kind}", 1
        yield "rule here" if role.here else "rule elsewhere", 1
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
        if role.bloc == NOBODY:
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
        if not any(can_do(setting.scene, setting.sub_event_type, actor) for actor in own):
            yield "cannot", 1
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
