"""Is a happening told, or only named in passing? Deals by which something else is done, deeds summed up over a month,
what people are accused of, where somebody came from: no single happening.

Asked once the words around a trigger say that it was neither denied nor planned (`status.py`); tense, place and date
decide together.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.casualties import CasualtySpan
from pipeline.extract.dates import DateSpan
from pipeline.extract.dating import Dates
from pipeline.extract.governors import governors, is_begun
from pipeline.extract.habits import is_described, is_mentioned, is_ongoing, takes_much
from pipeline.extract.kinds import AGREEMENT, CHANGE, DISPLACEMENT, TERRITORY
from pipeline.extract.passages import Passage
from pipeline.extract.places import PlaceSpan
from pipeline.extract.scene import Scene
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_ACCUSING = frozenset(load_words("status")["accusing"])
_FILLED = 4
"""Words behind "27 days" among which stands what filled them."""
_AFTERWARDS = frozenset({"after", "following", "ending", "ended"})


def is_passing(
    scene: Scene, passage: Passage, match: Match, name: str, dates: Dates, places: Sequence[PlaceSpan], *, wide: bool
) -> bool:
    """Tell whether it is only named in passing, or summed up over a month: no single happening.

    `wide`: no place smaller than a province is named.
    """
    head, undated = match.head, not dates.happened
    if name == AGREEMENT and is_mentioned(scene.tokens, head):
        return not any(scene.first(date) > head for date in scene.dates)  # "under a deal reached between them"
    if undated and _is_aside(scene, passage, match, name, places, wide=wide):
        return True
    if undated:  # "thousands have fled the fighting", but not "the toll has risen to 40"
        updated = any(toll.is_total and not toll.cumulative for toll in passage.tolls)
        taken = name in TERRITORY
        if taken and takes_much(scene.tokens, head):
            return True
        fresh = dates.said and (taken or any(_is_exact(toll) for toll in passage.tolls))
        wide = wide and not updated and not fresh
        return (wide or name == DISPLACEMENT) and is_ongoing(scene.tokens, head)
    months = [date.kind == "month" for date in dates.happened]
    if wide and all(months) and is_begun(scene.tokens, head):
        return True  # "began carrying out strikes in the country in March"
    several = match.trigger.part == "noun" and scene.lower(head).endswith("s") and not is_counted(scene, match)
    return several and any(months) and bool(passage.tolls)


def is_counted(scene: Scene, match: Match) -> bool:
    """ "two blasts in March": so many, and no habit."""
    return any(scene.tokens[at].tag == "CD" for at in range(max(0, match.start - 2), match.start))


def is_spent(scene: Scene, date: DateSpan, head: int) -> bool:
    """ "Took the town after 27 days of shelling": the stretch was over when the town was taken, not the shelling."""
    first = scene.first(date)
    if 0 < head - scene.last(date) <= _FILLED:
        return False
    return any(scene.lower(at) in _AFTERWARDS for at in range(max(0, first - 2), first))


def _is_aside(
    scene: Scene, passage: Passage, match: Match, name: str, places: Sequence[PlaceSpan], *, wide: bool
) -> bool:
    """What is said of somebody without a day of its own: a new name, where people came from, what one is accused of."""
    head = match.head
    if name == CHANGE and is_described(scene.tokens, head):
        return True
    if name == DISPLACEMENT and (_is_where_from(scene, passage, head) or _is_idea(match, passage, places)):
        return True
    if name in TERRITORY and any(t.head == head and t.lower == "being" for t in scene.tokens[:head]):
        return True  # "after being driven from its strongholds"
    if not wide or _ACCUSING.isdisjoint(scene.vocabulary):
        return False
    chain = governors(scene.tokens, head)
    return any(scene.lower(scene.tokens[at].head) in _ACCUSING for at in chain)


def _is_idea(match: Match, passage: Passage, places: Sequence[PlaceSpan]) -> bool:
    """ "Displacement undermines a settlement": nobody, nowhere."""
    return match.trigger.part == "noun" and not places and not passage.tolls


def _is_exact(toll: CasualtySpan) -> bool:
    return not (toll.approximate or toll.cumulative) and toll.high != 0


def _is_where_from(scene: Scene, passage: Passage, head: int) -> bool:
    """ "Stuck after leaving the town": where uncounted people came from."""
    counted = bool(passage.tolls) or any(token.tag == "CD" for token in scene.tokens[:head])
    return not counted and scene.tokens[head].dep in {"relcl", "pcomp"}
