"""A name and a word for what it is, told as one: "the terrorist group X", "X (a branch of Y) militants".

The word adds nothing: the name stands. A group that the registry does not have is on the side that the word tells of.
Which words are names is decided in `actors.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pipeline.extract.record import replace
from pipeline.extract.words import load_words

if TYPE_CHECKING:
    from pipeline.extract.actors import ActorSpan

_ONE_GROUP = frozenset(load_words("actors_words")["one_group"])
_BETWEEN = frozenset({"", "the", "called", "known as", "of", "such as"})
"""What may stand between the word and the name."""
_CALLED = frozenset(load_words("actors_words")["called"])
_MEMBERSHIP = frozenset(load_words("actors_words")["membership"])
_REBELLING = frozenset(load_words("actors_words")["rebelling"])
_ARMED = frozenset({"hts", "islamic_state", "opposition", "sdf", "other"})
"""Blocs of groups; a state's forces are told otherwise."""
_LOOSE = frozenset({"opposition", "unidentified"})
_NAMES = 6
"""Names looked back at: "X (also Y, Z)"."""
_ASIDE = 80
"""Characters of a bracket between a name and the word behind it, at most."""


def named_once(text: str, spans: Sequence[ActorSpan]) -> list[ActorSpan]:
    """Drop the words for a group that stand beside its name; `spans` are in text order, with offsets into `text`."""
    kept: list[ActorSpan] = []
    for span in spans:
        before = kept[-1] if kept else None
        if before is not None and _introduces(text, before, span):
            kept[-1] = replace(_on_its_side(span, before), start=before.start, surface=text[before.start : span.end])
        elif before is not None and _are_members(text, before, span):
            kept[-1] = replace(span, start=before.start, surface=text[before.start : span.end], plural=before.plural)
        elif not (kept and _closes(text, kept, span)):
            kept.append(span)
    return kept


def _introduces(text: str, word: ActorSpan, name: ActorSpan) -> bool:
    """ "the rebel group X"."""
    if not word.generic or name.generic or word.bloc == "civilians":
        return False
    last = word.surface.rsplit(maxsplit=1)[-1].lower()
    if last not in _ONE_GROUP:
        return last in _CALLED and not text[word.end : name.start].strip()  # "the Takfiri X"
    return text[word.end : name.start].strip(" \"'“”‘’`").lower() in _BETWEEN


def _are_members(text: str, word: ActorSpan, name: ActorSpan) -> bool:
    """ "militants of X", "terrorists from the so-called X": one side; but "taken by rebels from X" tells of two."""
    if not word.generic or name.generic or word.means == "air" or word.bloc not in _LOOSE or name.bloc not in _ARMED:
        return False
    if word.bloc != name.bloc and not _REBELLING.isdisjoint(word.surface.lower().split()):
        return False
    return text[word.end : name.start].strip(" \"'“”‘’`").lower() in _MEMBERSHIP


def _on_its_side(name: ActorSpan, word: ActorSpan) -> ActorSpan:
    """Give a group without an entry of its own the side of the word before it."""
    if name.actor_id is not None or name.bloc != "unidentified" or word.bloc == "unidentified":
        return name
    return replace(name, actor_id=word.actor_id, bloc=word.bloc, kind=word.kind)


def _closes(text: str, kept: Sequence[ActorSpan], word: ActorSpan) -> bool:
    """ "X (a branch of Y) terrorists": a loose word behind a bracket that follows a name."""
    if not word.generic or word.bloc not in _LOOSE or text[max(0, word.start - 2) : word.start].strip() != ")":
        return False
    opened = text.rfind("(", max(0, word.start - _ASIDE), word.start)
    return opened > 0 and any(not span.generic and span.end == opened - 1 for span in kept[-_NAMES:])
