"""The sides of each happening weighed again, once all of an article is known: the scorecard's word is put in place.

What the rules chose stands unless a side that the sentences around it name is likelier (`side_card.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract.scene import Scene, Words
from pipeline.extract.side_card import CIVILIANS, NOBODY, Role, Setting, likeliest, neighbours, span_of
from pipeline.extract.slots import Chosen


@dataclass(frozen=True, slots=True)
class Around:
    """What of an article bears on who acts: its told sentences, the blocs of its title, its outlet's leaning."""

    scenes: Sequence[Scene]
    titled: frozenset[str]
    leaning: str


def weighed(chosen: Sequence[Chosen], around: Around) -> list[Chosen]:
    """Give the happenings with the sides that are likeliest; only reported ones, for the others nobody is counted."""
    settings = settings_of(chosen, around)
    return [_weighed(one, setting) if _counts(one) else one for one, setting in zip(chosen, settings, strict=True)]


def settings_of(chosen: Sequence[Chosen], around: Around) -> list[Setting]:
    """Give what surrounds each happening of an article."""
    named = Counter(actor.bloc for scene in around.scenes for actor in scene.actors)
    acting = Counter(one.bloc1 for one in chosen)
    denying = frozenset(one.bloc1 for one in chosen if one.lead.status == "denied")
    return [_setting(one, around, named, acting, denying) for one in chosen]


def _setting(
    one: Chosen, around: Around, named: Counter[str], acting: Counter[str], denying: frozenset[str]
) -> Setting:
    scene = one.evidence.told.scene
    return Setting(
        sub_event_type=one.lead.sub_event_type,
        scene=scene,
        at=one.evidence.typed_by.start,
        near=neighbours(around.scenes, scene),
        named=named,
        acting=acting,
        titled=around.titled,
        denying=denying,
        leaning=around.leaning,
    )


def roles_of(one: Chosen) -> tuple[Role, Role]:
    """Give both roles as they are filled."""
    scene = one.evidence.told.scene
    blocs = [_bloc(one.bloc1), _bloc(one.bloc2)]
    first = one.agent is not None and scene.holds(one.agent)
    second = one.target or one.civil
    return (
        Role(1, blocs[0], first, blocs[1]),
        Role(2, blocs[1], second is not None and scene.holds(second), blocs[0]),
    )


def _counts(one: Chosen) -> bool:
    return one.lead.status == "reported"


def _bloc(bloc: str | None) -> str:
    return NOBODY if bloc in {None, "unidentified"} else str(bloc)


def _weighed(one: Chosen, setting: Setting) -> Chosen:
    first, second = roles_of(one)
    bloc = likeliest(setting, first)
    if bloc != first.bloc:
        agent = None if bloc == NOBODY else span_of(setting, bloc)
        one = replace(one, agent=agent, bloc1=agent.bloc if agent else "unidentified")
        second = replace(second, other=bloc)
    bloc = likeliest(setting, second)
    if bloc == second.bloc:
        return one
    target = span_of(setting, bloc)
    if bloc == CIVILIANS:
        civil = one.lead.civil or (Words(target.start, target.end, target.surface) if target else None)
        return replace(one, target=None, civil=civil, bloc2=CIVILIANS)
    return replace(one, target=target, civil=None, bloc2=target.bloc if target else "unidentified")
