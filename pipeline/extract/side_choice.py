"""Who is hit, weighed again once all of an article is known: the scorecard's word is put in place.

What the rules chose stands unless a side that the sentences around it name is likelier (`side_card.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pipeline.extract.presumed import base_owner
from pipeline.extract.record import record, replace
from pipeline.extract.scene import Scene, Words
from pipeline.extract.side_card import CIVILIANS, NOBODY, Hit, Setting, likeliest, neighbours, span_of
from pipeline.extract.slots import Chosen


@record
class Around:
    """What of an article bears on who is hit: its told sentences, the blocs of its title, its outlet's leaning."""

    scenes: Sequence[Scene]
    titled: frozenset[str]
    leaning: str


def weighed(chosen: Sequence[Chosen], around: Around) -> list[Chosen]:
    """Give the happenings with those hit who are likeliest; only reported ones, in the others nobody is.

    Whose a bombed air base is needs no weighing.
    """
    settings = settings_of(chosen, around)
    return [_weighed(one, setting) if _counts(one) else one for one, setting in zip(chosen, settings, strict=True)]


def settings_of(chosen: Sequence[Chosen], around: Around) -> list[Setting]:
    """Give what surrounds each happening of an article."""
    named = Counter(actor.bloc for scene in around.scenes for actor in scene.actors)
    acting = Counter(one.bloc1 for one in chosen)
    return [_setting(one, around, named, acting) for one in chosen]


def _setting(one: Chosen, around: Around, named: Counter[str], acting: Counter[str]) -> Setting:
    scene = one.evidence.told.scene
    return Setting(
        sub_event_type=one.lead.sub_event_type,
        scene=scene,
        at=one.evidence.typed_by.start,
        near=neighbours(around.scenes, scene),
        named=named,
        acting=acting,
        titled=around.titled,
        leaning=around.leaning,
    )


def hit_in(one: Chosen) -> Hit:
    """Give who is hit by the rules."""
    words = one.target or one.civil
    here = words is not None and one.evidence.told.scene.holds(words)
    return Hit(_bloc(one.bloc2), here, _bloc(one.bloc1))


def _counts(one: Chosen) -> bool:
    return one.lead.status == "reported" and not _is_settled(one)


def _is_settled(one: Chosen) -> bool:
    return one.target is None and one.bloc2 is not None and base_owner(one.group) == one.bloc2


def _bloc(bloc: str | None) -> str:
    return NOBODY if bloc in {None, "unidentified"} else str(bloc)


def _weighed(one: Chosen, setting: Setting) -> Chosen:
    hit = hit_in(one)
    bloc = likeliest(setting, hit)
    if bloc == hit.bloc:
        return one
    target = span_of(setting, bloc)
    if bloc == CIVILIANS:
        civil = one.lead.civil or (Words(target.start, target.end, target.surface) if target else None)
        return replace(one, target=None, civil=civil, bloc2=CIVILIANS)
    return replace(one, target=target, civil=None, bloc2=target.bloc if target else "unidentified")
