"""From a merged group to the mention that is published: the last step, where no text is read any more.

Turns actors, places and figures into the columns of the codebook (section 4). Deciding what they are is done before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.extract.actors import ActorSpan
from pipeline.extract.allies import are_allied
from pipeline.extract.confidence import Coding, confidence
from pipeline.extract.dates import DateSpan
from pipeline.extract.drafts import Draft
from pipeline.extract.groups import Group
from pipeline.extract.keep_card import kept
from pipeline.extract.kinds import BATTLES, CLASH, DISPLACEMENT, OVERTAKES, REMOTE_KINDS, STATE_BLOCS, VIOLENT
from pipeline.extract.likeness import same_place
from pipeline.extract.model import Article, Casualty, Mention
from pipeline.extract.presumed import base_owner, foe, is_base_alone
from pipeline.extract.side_choice import Around, weighed
from pipeline.extract.slots import Chosen, slots_of
from pipeline.extract.tolls import figures

_ONE_SIDED = frozenset(
    {"Force movement", "Displacement", "Change to group/activity", "Headquarters or base established"}
    | {"Peaceful protest", "Agreement", "Other", "Violent demonstration", "Mob violence"}
    | {"Non-violent transfer of territory", "Disrupted weapons use"}
)
"""Types in which there need be no second side."""
_BY_PEOPLE = frozenset({"Peaceful protest", "Violent demonstration", "Mob violence", "Displacement"})
"""Types in which unarmed people act, named or not."""
_TARGETING = VIOLENT | {"Abduction/forced disappearance", "Sexual violence", "Excessive force against protesters"}
"""Types that target civilians where these are the second side."""
_WORTH = {"here": 3, "elsewhere": -1, "type": 2, "toll": 2, "means": 2, "day": 1, "agent": 1, "target": 1}
"""What each part of a happening counts for in the choice of the sentence that is quoted."""


def compose(groups: Sequence[Group], article: Article, around: Around, dateline: DateSpan | None) -> list[Mention]:
    """Give the mentions of an article, sorted by where their evidence starts.

    The outlet stands where no source is named. `dateline` is the date that stands above the story.
    """
    chosen = kept(weighed(choices(groups), around), around.leaning)
    position = {number: at for at, one in enumerate(chosen) for number in one.group.numbers()}
    return [_mention(one, at, position, article, dateline) for at, one in enumerate(chosen)]


def choices(groups: Sequence[Group]) -> list[Chosen]:
    """Give what the rules chose for each happening, in the order of its mentions."""
    return [_chosen(group, evidence) for group, evidence in _with_evidence(groups)]


def in_order(groups: Sequence[Group]) -> list[Group]:
    """Sort groups as their mentions are published: by where the evidence starts."""
    return [group for group, _ in _with_evidence(groups)]


def _with_evidence(groups: Sequence[Group]) -> list[tuple[Group, Draft]]:
    """Groups in order, each with the draft whose sentence is quoted."""
    found = [(group, _evidence(group)) for group in groups]
    return sorted(found, key=lambda pair: (pair[1].told.scene.offset, pair[0].lead.told.at, min(pair[0].numbers())))


def _evidence(group: Group) -> Draft:
    """The sentence that tells most of what is published: place, type, toll, means, day and sides.

    What several drafts of a sentence tell counts together. The later of equals. A lead that names day and means
    outweighs a follow-up that only names the place.
    """
    if len(group.members) == 1:
        return group.members[0]
    told: dict[int, set[str]] = {}
    for draft in group.members:
        told.setdefault(draft.sentence, set()).update(_told(draft, group.lead))
    worth = {sentence: sum(_WORTH[part] for part in parts) for sentence, parts in told.items()}
    return max(group.members, key=lambda draft: (worth[draft.sentence], draft.number))


def _told(draft: Draft, lead: Draft) -> Iterator[str]:
    """The parts of what is published that a draft tells; "elsewhere" where it names another place or a wider one."""
    if lead.place is not None and draft.place is not None and draft.own_place:
        yield "here" if same_place(draft.place, lead.place) else "elsewhere"
    if draft.certain and draft.sub_event_type == lead.sub_event_type:
        yield "type"
    if draft.tolls and not draft.shared:
        yield "toll"
    if draft.weapon:
        yield "means"
    if draft.own_date and draft.interval is not None and draft.interval.precision == 1:
        yield "day"
    if draft.agent:
        yield "agent"
    if draft.target or draft.civil:
        yield "target"


def _one_side(agent: ActorSpan, target: ActorSpan, name: str) -> bool:
    """Tell two names of one side: nobody fights itself or its allies, and a state's forces are one side whatever
    their unit; a loose word for rebels and a group of theirs are two only where they clash."""
    same = agent.actor_id is not None and agent.actor_id == target.actor_id
    loose = name != CLASH and agent.bloc == target.bloc != "unidentified" and (agent.generic or target.generic)
    return (
        same
        or loose
        or are_allied(agent.bloc, target.bloc)
        or (agent.bloc == target.bloc and agent.bloc in STATE_BLOCS)
    )


def _is_swapped(name: str, agent: ActorSpan, target: ActorSpan) -> bool:
    """Tell a place taken from a state's forces, whose sides two sentences gave in different order."""
    loses = target.bloc not in STATE_BLOCS | {"civilians", "unidentified"}
    return name == OVERTAKES and agent.bloc in STATE_BLOCS and loses


def _chosen(group: Group, evidence: Draft) -> Chosen:
    lead = group.lead
    agent, target = lead.agent, lead.target
    if agent is not None and target is not None and _one_side(agent, target, lead.sub_event_type):
        target = None
    if lead.sub_event_type == DISPLACEMENT and target is not None and target.bloc == "civilians":
        agent, target = target, None  # "the refugees were taken away": they are who moves, and no second side
    if agent is not None and target is not None and _is_swapped(lead.sub_event_type, agent, target):
        agent, target = target, agent
    unarmed = lead.civil is not None and (target is None or target.bloc == "civilians")
    if is_base_alone(group) and (target is None or target.bloc == "civilians"):
        target, unarmed = None, False
    if target is None and (lead.sub_event_type in _ONE_SIDED or lead.sub_event_type in BATTLES):
        unarmed = False
    return Chosen(
        group=group,
        evidence=evidence,
        agent=agent,
        target=target,
        civil=lead.civil if unarmed else None,
        source=next((d.told.source for d in (evidence, *group.members) if d.told.source), None),
        counted=next((d.told.counted for d in group.members if d.told.counted), None),
        bloc1=foe(lead.sub_event_type, target, agent) or _bloc1(agent, lead.sub_event_type),
        bloc2=foe(lead.sub_event_type, agent, target) or _bloc2(target, group, unarmed=unarmed),
    )


def _bloc1(agent: ActorSpan | None, name: str) -> str:
    if agent is not None:
        return agent.bloc
    return "civilians" if name in _BY_PEOPLE else "unidentified"


def _bloc2(target: ActorSpan | None, group: Group, *, unarmed: bool) -> str | None:
    if target is not None:
        return target.bloc
    if (owner := base_owner(group)) is not None:
        return owner
    if unarmed or _inhabited(group):
        return "civilians"
    return None if group.lead.sub_event_type in _ONE_SIDED else "unidentified"


def _inhabited(group: Group) -> bool:
    """Tell a place that is bombed, with nobody and no military post named as hit: people live there."""
    return group.lead.sub_event_type in REMOTE_KINDS and not any(draft.told.post for draft in group.members)


def _mention(chosen: Chosen, at: int, position: dict[int, int], article: Article, dateline: DateSpan | None) -> Mention:
    lead, agent, target, group = chosen.lead, chosen.agent, chosen.target, chosen.group
    interval, place, bloc2 = lead.interval, lead.place, chosen.bloc2
    scene = chosen.evidence.told.scene
    second = target or chosen.civil
    counts = next((d.told.count for d in group.members if d.told.counted), (None, None))
    place_id, precision = (place.place_id, place.geo_precision) if place else (None, None)
    casualties, slots = _casualties(group, at, position), slots_of(chosen, article, dateline)
    return Mention(
        sub_event_type=lead.sub_event_type,
        status=lead.status,
        event_date_start=interval.start if interval else None,
        event_date_end=interval.end if interval else None,
        time_precision=interval.precision if interval else None,
        actor1_id=agent.actor_id if agent else None,
        actor1=agent.surface if agent else None,
        actor1_bloc=chosen.bloc1,
        actor1_associate_id=agent.associate_id if agent else None,
        actor2_id=target.actor_id if target else None,
        actor2=second.surface if second else None,
        actor2_bloc=bloc2,
        place_id=place_id,
        place=place.place if place else None,
        admin1=place.admin1 if place else None,
        admin2=place.admin2 if place else None,
        geo_precision=precision,
        weapon=lead.weapon.surface if lead.weapon else None,
        civilian_targeting=bloc2 == "civilians" and lead.sub_event_type in _TARGETING,
        happenings_low=counts[0],
        happenings_high=counts[1],
        attributed_to=chosen.source.surface if chosen.source else article.source_name,
        evidence=scene.text,
        char_start=scene.sentence.start,
        char_end=scene.sentence.end,
        casualties=casualties,
        slots=slots,
        confidence=confidence(Coding(lead.sub_event_type, lead.status, place_id, precision, casualties, slots)),
    )


def _casualties(group: Group, at: int, position: dict[int, int]) -> tuple[Casualty, ...]:
    rows = []
    for figure in figures(group):
        others = tuple(sorted({position[n] for n in figure.covers if n in position} - {at}))
        span = figure.span
        rows.append(
            Casualty(
                figure.kind,
                figure.party,
                figure.low,
                figure.high,
                figure.approximate,
                bool(others),
                others,
                span.surface,
                span.start,
                span.end,
            )
        )
    return tuple(rows)
