"""The first sieve: which articles can report a happening at all, at thousands a second.

One scan of a multi-pattern automaton over the lower-case text; a hit counts only as a whole word ("carried" holds
"ied" and is none). What is thrown out here is never parsed. It says nothing about what happened.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice, product

from ahocorasick_rs import AhoCorasick, MatchKind

from pipeline.extract.lexicon import Lexicon, words_of
from pipeline.extract.triggers import Trigger
from pipeline.extract.words import encodable, load_words

_SIGNS = tuple(load_words("roles")["signs"])
_MANY = 64
_FLASH = 600
"""Characters of a text so short that phrases with words between ("beat [a man] to death") are looked for as well."""
_SHORT = 4
"""Shorter last words of a verb ("off", "into") are no sign of anything."""


class Prefilter:
    """Decide on relevance by the strong triggers of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Build the automata; weak triggers ("hit", "set up") count only beside a word of war ("army", "weapon")."""
        self._lexicon = lexicon
        self._strong = _automaton(trigger for trigger in lexicon.triggers if not trigger.weak)
        self._weak = _automaton((t for t in lexicon.triggers if t.weak), _last_words(lexicon.triggers))
        self._context = _automaton((*lexicon.context, *lexicon.means))

    def relevant(self, text: str) -> bool:
        """Tell whether the text holds a strong trigger as a whole word, or a weak one and a word of war."""
        lowered = _lowered(encodable(text))
        if _holds(self._strong, lowered) or (_holds(self._context, lowered) and _holds(self._weak, lowered)):
            return True
        if len(text) > _FLASH:
            return False
        return any(not match.trigger.weak for match in self._lexicon.find(words_of(text)))

    def sentence(self, text: str) -> bool:
        """Tell whether a sentence holds any trigger, weak or strong, or says who did it: it is worth a parse."""
        return self._lexicon.may_tell(words_of(text)) or any(sign in text for sign in _SIGNS)


def _automaton(triggers: Iterable[Trigger], more: Iterable[str] = ()) -> AhoCorasick:
    forms = sorted({form for trigger in triggers for form in _surfaces(trigger)} | set(more))
    return AhoCorasick(forms, matchkind=MatchKind.Standard)


def _last_words(triggers: Iterable[Trigger]) -> set[str]:
    """ "threw [two] barrels": other words may stand inside a verb, so its last one alone is a weak sign of it."""
    gapped = (t for t in triggers if t.part == "verb" and len(t.steps) > 1)
    return {form for trigger in gapped for form in trigger.steps[-1] if len(form) > _SHORT}


def _holds(automaton: AhoCorasick, text: str) -> bool:
    return any(_whole(text, start, end) for _, start, end in automaton.find_matches_as_indexes(text, overlapping=True))


def _surfaces(trigger: Trigger) -> list[str]:
    texts = (" ".join(words).replace(" - ", "-") for words in product(*(sorted(step) for step in trigger.steps)))
    return list(islice(texts, _MANY))


def _lowered(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _whole(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
