"""The refusal rule: what is not in the article is not published.

Every mention passes here, whichever extractor made it. Evidence that is no slice of the text costs the mention; a value
whose words are not in the article is emptied; a figure whose quote is no slice, or whose number the article does not
name, is dropped. Whether a value is *right* is not asked. Nothing goes in silence: each refusal is given back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import timedelta
from functools import cached_property

from pipeline.extract.casualties import find_casualties
from pipeline.extract.model import Article, Casualty, Extractor, Mention, Slot
from pipeline.extract.numbers import counts_in
from pipeline.extract.record import record, replace

AROUND_PUBLICATION = timedelta(days=7)
"""A happening without words for its day can lie this far from the publication date."""


@record
class Refusal:
    """A value that an extractor gave and the article does not hold: which field, what was said."""

    field: str
    value: str


@record
class Verified:
    """A mention as far as its article supports it, and what was refused of it."""

    mention: Mention
    refusals: tuple[Refusal, ...]

    @property
    def stands(self) -> bool:
        """False when its evidence is not in the article: then nothing of it can be used."""
        return all(refusal.field != "evidence" for refusal in self.refusals)


def extract_verified(extractor: Extractor, articles: Sequence[Article]) -> Iterator[list[Verified]]:
    """Yield the verified mentions of each article, in the order of the articles."""
    for article, mentions in zip(articles, extractor.extract(articles), strict=True):
        verifier = Verifier(article)
        yield [verifier.verify(mention) for mention in mentions]


class Verifier:
    """Holds the mentions of one article against it."""

    def __init__(self, article: Article) -> None:
        """Keep the article; its numbers are read when first asked for."""
        self.article = article

    def verify(self, mention: Mention) -> Verified:
        """Part what the article supports of a mention from what it does not."""
        if not mention.evidence or self.article.text[mention.char_start : mention.char_end] != mention.evidence:
            return Verified(mention, (Refusal("evidence", mention.evidence),))
        return _Reading(self, mention).verified()

    @cached_property
    def figures(self) -> set[int]:
        """Every number that the article names, and what its phrases of tolls add up to ("a woman and two children")."""
        text = self.article.text
        read = {end for toll in find_casualties(text) for end in (toll.low, toll.high) if end is not None}
        return {0, 1} | counts_in(text) | read


_EMPTIED: Mapping[str, Mapping[str, object]] = {
    "actor1": {"actor1": None, "actor1_id": None, "actor1_bloc": "unidentified"},
    "actor1_associate": {"actor1_associate_id": None},
    "actor2": {"actor2": None, "actor2_id": None, "actor2_bloc": "unidentified"},
    "place": {"place": None, "place_id": None, "admin1": None, "admin2": None, "geo_precision": None},
    "event_date": {"event_date_start": None, "event_date_end": None, "time_precision": None},
    "weapon": {"weapon": None},
    "happenings": {"happenings_low": None, "happenings_high": None},
}
"""What a mention loses when the words of a slot are not in the article."""


class _Reading:
    """One mention held against its article."""

    def __init__(self, verifier: Verifier, mention: Mention) -> None:
        self._verifier = verifier
        self._article = verifier.article
        self._mention = mention
        self._given = {slot.slot: slot for slot in mention.slots}
        self._refusals: list[Refusal] = []

    def verified(self) -> Verified:
        """Check slot by slot, then the figures."""
        kept = {slot.slot: slot for slot in self._mention.slots if self._is_slice(slot) or slot.quote is None}
        for name, said, holds in self._claims():
            if said is None:
                kept.pop(name, None)
            elif (slot := holds(name, said)) is not None:
                kept[name] = slot
            else:
                kept.pop(name, None)
                self._refuse(name, said)
        self._attributed(kept)
        refused = {refusal.field for refusal in self._refusals}
        for slot in self._mention.slots:
            if slot.quote is not None and not self._is_slice(slot) and slot.slot not in refused | set(kept):
                self._refusals.append(Refusal(slot.slot, slot.quote))
        figures = tuple(casualty for casualty in self._mention.casualties if self._supports(casualty))
        order = {name: at for at, name in enumerate(dict.fromkeys([*self._given, *kept]))}
        slots = tuple(sorted(kept.values(), key=lambda slot: order[slot.slot]))
        return Verified(replace(self._mention, casualties=figures, slots=slots), tuple(self._refusals))

    def _claims(self) -> Iterator[tuple[str, str | None, Callable[[str, str], Slot | None]]]:
        """Give each value that must rest on words: its slot, the value as text, and how it is looked for."""
        m = self._mention
        yield "actor1", m.actor1 or m.actor1_id, self._words
        yield "actor1_associate", m.actor1_associate_id, self._told
        yield "actor2", m.actor2 or m.actor2_id, self._words
        yield "place", m.place or m.place_id or m.admin1, self._place
        yield "weapon", m.weapon, self._words
        yield "event_date", m.event_date_start.isoformat() if m.event_date_start else None, self._day
        counted = [str(n) for n in (m.happenings_low, m.happenings_high) if n is not None]
        yield "happenings", " to ".join(counted) or None, self._told

    def _refuse(self, name: str, said: str) -> None:
        self._refusals.append(Refusal(name, said))
        self._mention = replace(self._mention, **_EMPTIED[name])  # type: ignore[arg-type]

    def _is_slice(self, slot: Slot) -> bool:
        if slot.quote is None or slot.char_start is None or slot.char_end is None:
            return False
        return bool(slot.quote) and self._article.text[slot.char_start : slot.char_end] == slot.quote

    def _told(self, name: str, said: str) -> Slot | None:
        """The words that the extractor quotes, where they are a slice of the text."""
        slot = self._given.get(name)
        return slot if slot is not None and self._is_slice(slot) else None

    def _words(self, name: str, said: str) -> Slot | None:
        """The words of the value itself: as quoted, else wherever the evidence, then the article has them."""
        slot = self._told(name, said)
        if slot is not None and slot.quote == said:
            return slot
        text, start = self._article.text, self._mention.char_start
        at = text.find(said, start, self._mention.char_end)
        basis = "evidence" if at >= 0 else "article"
        at = at if at >= 0 else text.find(said)
        return Slot(name, basis, said, at, at + len(said), "these words") if at >= 0 else None

    def _place(self, name: str, said: str) -> Slot | None:
        if self._mention.place is not None and (found := self._words(name, said)) is not None:
            return found
        given = self._given.get(name)
        if self._mention.place is None or said not in self._article.title:
            return None
        return given if given and given.basis == "title" else Slot(name, "title", None, None, None, "in the title")

    def _day(self, name: str, said: str) -> Slot | None:
        if (slot := self._told(name, said)) is not None:
            return slot
        given, published = self._given.get(name), self._article.published_on
        day = self._mention.event_date_start
        if given is None or given.basis != "published_at" or published is None or day is None:
            return None
        return given if abs(published - day) <= AROUND_PUBLICATION else None

    def _attributed(self, kept: dict[str, Slot]) -> None:
        """A source that the article does not name gives way to the outlet."""
        said = self._mention.attributed_to
        if said is None or said == self._article.source_name:
            kept.setdefault("attributed_to", Slot("attributed_to", "outlet", None, None, None, "the outlet itself"))
        elif (slot := self._words("attributed_to", said)) is not None:
            kept["attributed_to"] = slot
        else:
            self._refusals.append(Refusal("attributed_to", said))
            self._mention = replace(self._mention, attributed_to=self._article.source_name)
            kept["attributed_to"] = Slot("attributed_to", "outlet", None, None, None, "the outlet itself")

    def _supports(self, casualty: Casualty) -> bool:
        quoted = bool(casualty.quote)
        quoted = quoted and self._article.text[casualty.char_start : casualty.char_end] == casualty.quote
        ends = {end for end in (casualty.low, casualty.high) if end is not None}
        if quoted and (ends <= {0, 1} | counts_in(casualty.quote) or ends <= self._verifier.figures):
            return True
        figure = f"{casualty.low} to {casualty.high} in {casualty.quote!r}" if quoted else casualty.quote
        self._refusals.append(Refusal("casualties", figure))
        return False
