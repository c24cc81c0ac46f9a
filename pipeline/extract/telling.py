"""Which triggers of a passage tell a happening, which means they tell it with, and how many a number counts.

Strong words go before weak ones, words of harm tell only where nothing else does, and beside disasters, crime and
games only an unmistakable word counts. The type of what is told is settled in `kinds.py`.
"""

from __future__ import annotations

from pipeline.extract.kinds import AIR, ATTACK, CLASH, LOOTING, REGAINS, REMOTE, REMOTE_KINDS, SHELLING, Kind
from pipeline.extract.passages import Passage
from pipeline.extract.scene import Scene, Words
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_WORDS = load_words("kinds")
_LEFTOVER = frozenset(_WORDS["leftover"])
_BURSTING = frozenset(_WORDS["bursting"])
_FALLING = frozenset(_WORDS["falling"])
_RAIDING = frozenset(_WORDS["raiding"])
_HITTING = frozenset(_WORDS["hitting"])
_MUNDANE = frozenset({"Displacement", "Arrests", "Disrupted weapons use", "Force movement", LOOTING, "Agreement"})
"""Types that disasters and crime are told with, too."""
UNCOUNTED: tuple[int | None, int | None] = (None, None)
"""What `counted_by` gives where no number counts the happenings."""
_LARGEST_COUNT = 999
"""A number before a trigger above this counts no happenings."""


def main_matches(passage: Passage) -> list[Match]:
    """The triggers that tell; words of harm only where nothing else does, weak ones only where no strong one does."""
    telling = [m for m in passage.matches if m.trigger.kind != "harm"]
    if any(toll.kind in {"killed", "injured"} and toll.high != 0 for toll in passage.tolls):
        telling = [m for m in telling if not _is_damage(m)]
    typed = [m for m in telling if m.trigger.kind == "typed" and (not m.trigger.weak or m.trigger.conditional)]
    if any(m.trigger.roles == "repels" for m in typed):
        return typed  # "foiled an attack launched by": it is the attack that was beaten off
    if typed and all(m.trigger.sub_event_type not in REMOTE_KINDS | {REGAINS, CLASH, ATTACK} for m in typed):
        return [*typed, *(m for m in telling if m.trigger.kind == "general" and m.trigger.part == "verb")]
    if typed:
        return typed
    if telling:
        return [m for m in telling if m.trigger.part == "verb"] or telling
    harm = [m for m in passage.matches if m.trigger.kind == "harm"] or list(passage.matches)
    return [m for m in harm if m.trigger.part == "verb"] or harm


def _is_damage(match: Match) -> bool:
    """ "seven fighters were killed and a gun was destroyed": beside the dead, no happening of its own."""
    return match.trigger.sub_event_type in {"Disrupted weapons use", LOOTING} and match.trigger.weak


def is_related(scene: Scene, kind: Kind, match: Match) -> bool:
    """Disasters, crime and diplomacy use the same words; beside theirs only an unmistakable type counts."""
    if scene.classes["games"]:
        named = match.trigger.kind == "typed" and not match.trigger.weak
        return named and kind.sub_event_type in REMOTE_KINDS
    if not scene.classes["unrelated"]:
        return True
    return match.trigger.kind == "typed" and not match.trigger.weak and kind.sub_event_type not in _MUNDANE


def named_means(scene: Scene, passage: Passage) -> set[str]:
    """The types that the means stand for; a bomb that nothing dropped was planted, and so is a shell that was found."""
    means = {m.trigger.sub_event_type for m in passage.means if m.trigger.sub_event_type}
    words = {m.trigger.text for m in passage.matches}
    planted = any(m.trigger.text == "bomb" and m.trigger.part == "noun" for m in passage.matches)
    if not means and planted:
        means.add(AIR if words & _FALLING else REMOTE)
    if not means and any(_by_strikes(scene, m) for m in passage.matches):
        means.add(AIR)
    if words & _BURSTING and means == {SHELLING} and _LEFTOVER & {scene.lower(at) for at in passage.span}:
        means = {REMOTE}
    return means


def _by_strikes(scene: Scene, match: Match) -> bool:
    """ "The raids hit the market", "twelve targets were destroyed in the strikes": what does so comes from the air."""
    token = scene.tokens[match.head]
    if match.trigger.kind != "general" or match.trigger.text not in _RAIDING:
        return False
    if token.dep in {"nsubj", "appos"}:
        return scene.lower(token.head) in _HITTING
    above = scene.tokens[token.head]
    return token.dep == "pobj" and above.lower in {"in", "by"} and scene.lower(above.head) in _HITTING


def counted_by(scene: Scene, match: Match) -> tuple[tuple[int | None, int | None], Words | None]:
    """How many happenings a number before the trigger counts ("more than 11 raids": 11 and upwards)."""
    if match.trigger.part != "noun" or match.trigger.kind == "harm":
        return UNCOUNTED, None
    if "CD" not in [token.tag for token in scene.tokens[max(0, match.start - 3) : match.start]]:
        return UNCOUNTED, None
    for at in range(match.start - 1, max(-1, match.start - 4), -1):
        word = scene.lower(at)
        if scene.dates and any(scene.first(date) <= at <= scene.last(date) for date in scene.dates):
            break  # "the October 4 operation" is one
        if scene.tokens[at].tag == "CD" and word.isascii() and word.isdecimal() and int(word) <= _LARGEST_COUNT:
            more = {scene.lower(back) for back in range(max(0, at - 2), at)} & {"than", "least", "over"}
            return (int(word), None if more else int(word)), scene.quote(at, match.end)
    return UNCOUNTED, None
