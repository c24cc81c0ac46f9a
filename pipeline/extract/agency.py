"""How far one actor acts for one trigger: above zero it acts, below zero it is acted upon, and the size says how sure.

What stands before the actor (by, on, against, between), on which side of the trigger it is, and what the parser says of
it are weighed. The weights are few and stated; a parse error alone does not turn a victim into an attacker. Blame is
not agency: "blamed on" and "accused" lend a weaker weight. Which of several actors is chosen is not decided here
(`roles.py`).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.actor_standing import FLYING, is_held, word_before
from pipeline.extract.actors import ActorSpan
from pipeline.extract.hits import is_at_post
from pipeline.extract.kinds import AIR, FOUGHT_OVER, REMOTE_KINDS, SHELLING
from pipeline.extract.parse import Token
from pipeline.extract.scene import Scene
from pipeline.extract.triggers import Match
from pipeline.extract.words import load_words

_WORDS = load_words("roles")
TARGETING = frozenset(_WORDS["targeting"])
_CLAIMING = frozenset(_WORDS["claiming"])
_BLAMING = frozenset(_WORDS["blaming"])
_CALLING = frozenset(_WORDS["calling"])
_SPEAKING = _CALLING | _BLAMING
_UNDERGOING = frozenset({"in", "by", "during", "with"})
_OFFSHOOTS = frozenset(_WORDS["offshoots"])
_INCLUDING = frozenset(_WORDS["including"])
_AMONG = frozenset({"them", "whom", "which"})
"""After "among": of those just told."""
_BE = frozenset(_WORDS["be"])
_ATTENDING = frozenset(_WORDS["attending"])
_SCENES = frozenset(_WORDS["scenes"])
_AIMS = frozenset(_WORDS["aims"])
_AID = frozenset(_WORDS["aid"])
_PHRASE = frozenset({"NN", "JJ", "VB", "PO", "HY", "RB"})
"""Tags of words inside a noun phrase."""
_NOT_BETWEEN = frozenset({"NN", "JJ", "PR"})
"""Tags of words that do not stand between "was" and its participle."""
_NEAR = 9
"""Words after a trigger within which "from" tells who did it ("shelling of the town from army positions")."""
_BLAMED = 0.4
"""Weight of whoever is said to have done it, where nothing else tells."""
_PART = 12
"""Words behind "including" within which its parts stand."""
_BESIDE_PART = 5
"""Words between a whole and "including": "groups that included", ", an alliance that includes"."""
_ORIGIN = 0.2
"""Weight of whoever another group is an offshoot of: it acts where nobody else is named."""
SUBJECT = 3.0
"""Weight of the subject of a verb, without what nearness adds."""


def is_passive(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb form is passive: a form of "be" before it, or a bare participle with "by" after it."""
    if tokens[verb].tag not in {"VBN", "VBD"}:
        return False
    for at in range(verb - 1, max(-1, verb - 5), -1):
        if tokens[at].lower in _BE and tokens[at].text != "IS":
            return True
        if tokens[at].tag[:2] in _NOT_BETWEEN:
            break
    return tokens[verb].tag == "VBN" and any(t.lower == "by" for t in tokens[verb + 1 : verb + 4])


def agency(scene: Scene, match: Match, actor: ActorSpan) -> float:
    """Weigh an actor: above zero it acts, below it is acted upon; the size says how sure."""
    tokens, head = scene.tokens, match.head
    first, last = scene.first(actor), scene.last(actor)
    before = word_before(scene, first)
    if match.trigger.part == "noun" and _modifies(scene, match, first, last):
        return 3.5
    if match.trigger.part == "noun" and _leads(scene, match, first):
        return 4.0
    part = last < head and actor.bloc != "civilians" and _is_part(scene, first)
    if part or (before == "of" and _is_origin(scene, first)):
        return _ORIGIN
    if is_held(scene, actor):  # but "rockets fired from rebel-held areas" are theirs
        return _BLAMED if before == "from" and match.trigger.sub_event_type == SHELLING else 0.0
    if before == "from" and actor.means == "air":
        return 3.5  # "bombs dropped from a helicopter"
    if before == "of" and match.trigger.sub_event_type == AIR and match.trigger.part == "noun" and _flies(actor):
        return 3.5  # "the raids of Russian warplanes"
    nearness = 1.0 / (1 + min(abs(first - head), abs(last - head)))
    if match.trigger.sub_event_type in REMOTE_KINDS and before == "of" and is_at_post(scene, first):
        return -1.5 - nearness
    if match.trigger.roles == "repels" and not _is_aid(scene, first):
        return _repelling(scene, head, last, before) * (1 + nearness)
    if match.start <= first < match.end:
        return 0.5 if match.trigger.part == "noun" or is_passive(tokens, head) else -2.0 - nearness
    if before == "from" and _is_aid(scene, first):
        return 0.0
    taken = match.trigger.sub_event_type in FOUGHT_OVER
    if before == "from" and match.trigger.part == "verb" and (taken or not is_passive(tokens, head)):
        return -2.0 - nearness
    if before == "by" and match.trigger.part == "verb" and done_by_another(scene, head, first):
        return 0.0
    if before == "by" and match.trigger.part == "verb" and taken and last < head and is_passive(tokens, head):
        return -2.0 - nearness  # "the hills taken by X were recaptured": X held them before
    if before == "by" or (before == "from" and 0 < first - head <= _NEAR):
        return 4 + nearness
    if match.trigger.roles == "suffers" and match.trigger.part == "verb" and match.end <= first <= match.end + 2:
        return 4 + nearness  # "fell to the rebels", "came under attack from the army"
    if match.trigger.part == "noun":
        return _noun_agency(scene, match, first, last, before, nearness)
    passive = is_passive(tokens, head) or match.trigger.roles == "suffers"
    subject = is_subject(tokens, head, first, last)
    side = -1.0 if passive else 1.0
    if last < head:
        weight = (SUBJECT if subject else 1.5) + nearness
        return side * weight * (0.3 if before in TARGETING and not subject else 1.0)
    return -1.5 - nearness if not passive else -0.5 - nearness


def _flies(actor: ActorSpan) -> bool:
    return actor.means == "air" and actor.bloc in FLYING


def is_subject(tokens: Sequence[Token], verb: int, first: int, last: int) -> bool:
    """Tell whether one of the tokens `first` to `last`, or what it hangs on, is the subject of the verb."""
    for at in range(first, last + 1):
        for _ in range(6):
            token = tokens[at]
            if token.head == verb and token.dep in {"nsubj", "nsubjpass"}:
                return True
            if token.head == at or token.head == verb:
                break
            at = token.head
    return False


def done_by_another(scene: Scene, head: int, first: int) -> bool:
    """ "captured the hill and were thrown off it by X", "hit a house used by X": X does what another verb says."""
    between = scene.tokens[head + 1 : first]
    return not is_passive(scene.tokens, head) and any(t.tag in {"VBN", "VBD"} for t in between)


def _repelling(scene: Scene, head: int, last: int, before: str) -> float:
    """ "repelled an attack by X": X is not the one who repels; "was repelled by Y": Y is."""
    if not is_passive(scene.tokens, head):
        return 2.0 if last < head and before not in {"by", "of"} else -2.0
    return 2.0 if last > head and before == "by" else -2.0


def _modifies(scene: Scene, match: Match, first: int, last: int) -> bool:
    """ "Russian airstrikes", "the army's heavy shelling": the actor stands in the noun phrase of the trigger."""
    if not first < match.start:
        return False
    between = scene.tokens[last + 1 : match.start]
    return len(between) <= 3 and all(t.tag[:2] in _PHRASE or t.lower in {"-", "'s", "'"} for t in between)


def _noun_agency(scene: Scene, match: Match, first: int, last: int, before: str, nearness: float) -> float:
    if last < match.start:
        if match.head in scene.suffered:
            return -1.5 - nearness
        between = {token.lower for token in scene.tokens[last + 1 : match.start]}
        if between & _CLAIMING:
            return 3.0
        remote = match.trigger.sub_event_type in REMOTE_KINDS
        if between & _CALLING:
            return 0.0  # "X condemned the shelling"
        if between & _SCENES or (remote and between & _ATTENDING):
            return 0.0  # "soldiers stand at the site of an explosion"
        if before in _BLAMING or "behind" in between:
            return _BLAMED
        if between & _BLAMING:
            return _BLAMED if between & _BE else 0.0  # "was blamed for", and "blamed" the other
        acted_on = before in TARGETING or _is_object(scene, first, last) or _is_undergone(scene, match, first, last)
        return -1.0 - nearness if acted_on else 1.5 + nearness
    between = {token.lower for token in scene.tokens[match.end : first]}
    if between & _AIMS:
        return 0.0
    if before in {"of"} and match.trigger.kind == "harm":
        return -2 - nearness
    if before in _BLAMING or (before == "on" and between & _BLAMING):
        return _BLAMED
    return -1.5 - nearness


def _is_object(scene: Scene, first: int, last: int) -> bool:
    """ "X surrounded Y and attacked them in an ambush": what another side does to Y, Y does not do."""
    verbs = {t.head for t in scene.tokens[first : last + 1] if t.dep == "dobj"}
    verbs = {at for at in verbs if scene.lower(at) not in _SPEAKING}
    subjects = [t.at for t in scene.tokens if t.dep == "nsubj" and t.head in verbs and t.at < first]
    sides = [a for a in scene.actors if a.bloc != "civilians"] if subjects else []
    return any(scene.first(a) <= at <= scene.last(a) for a in sides for at in subjects)


def _leads(scene: Scene, match: Match, first: int) -> bool:
    """ "an offensive led by X": X carries it out."""
    between = [t.lower for t in scene.tokens[match.end : first] if t.tag not in {"DT", "JJ", "RB"}]
    return between == ["led", "by"]


def _is_origin(scene: Scene, first: int) -> bool:
    """ "an offshoot of X": X only says what the other is."""
    return bool(_OFFSHOOTS & {scene.lower(at) for at in range(max(0, first - 3), first)})


def _is_part(scene: Scene, first: int) -> bool:
    """ "a coalition of groups that included X": the coalition acts, and X is only one of it."""
    if _INCLUDING.isdisjoint(scene.vocabulary) and _AMONG.isdisjoint(scene.vocabulary):
        return False
    for at in range(first - 1, max(0, first - _PART), -1):
        if scene.lower(at) in _INCLUDING or (scene.lower(at) == "among" and scene.lower(at + 1) in _AMONG):
            wholes = (scene.last(a) for a in scene.actors if a.bloc != "civilians" and scene.last(a) < at)
            return any(at - last <= _BESIDE_PART for last in wholes)
        if scene.tokens[at].tag in {"VBD", "VBZ", "VBP"}:
            return False
    return False


def _is_undergone(scene: Scene, match: Match, first: int, last: int) -> bool:
    """ "posts of X were hit in air strikes": X did not carry them out."""
    harm = {other.head for other in scene.triggers if other.trigger.kind == "harm"}  # the dead have a toll (harm.py)
    passive = (t.head for t in scene.tokens[: match.start] if t.dep == "nsubjpass" and last < t.head < match.start)
    verbs = (at for at in passive if at not in harm)
    return any(_undergoes(scene, at) and is_subject(scene.tokens, at, first, last) for at in verbs)


def _undergoes(scene: Scene, verb: int) -> bool:
    """ "were hit in", "were hit and destroyed by": what is said of the subject is done to it."""
    after = scene.tokens[verb + 1 : verb + 4]
    if len(after) > 2 and after[0].lower == "and" and after[1].head == verb:
        after = after[2:]
    return bool(after) and after[0].lower in _UNDERGOING


def _is_aid(scene: Scene, first: int) -> bool:
    """ "with support from the coalition": help is no attack."""
    return bool(_AID & {scene.lower(at) for at in range(max(0, first - 4), first)})
