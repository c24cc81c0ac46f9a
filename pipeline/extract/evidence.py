"""The refusal rule: what is not in the article is not published.

Every mention, whichever extractor made it, passes here. Evidence that is no slice of the text costs the mention; a
slot whose text is not found in the article is emptied; a figure whose quote is no slice is dropped. Whether a value
is *right* is not asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.extract.model import Article, Casualty, Mention


@dataclass(frozen=True, slots=True)
class Refusal:
    """A value that an extractor gave and the text does not hold: which article, which field, what was said."""

    article_id: str
    field: str
    value: str


def verify(article: Article, mentions: Sequence[Mention]) -> tuple[list[Mention], list[Refusal]]:
    """Part what the text supports from what it does not; the kept mentions stay in order.

    When a mention goes, the positions in `shared_with` of the others are mended.
    """
    refusals: list[Refusal] = []
    kept: list[tuple[int, Mention]] = []
    for number, mention in enumerate(mentions):
        if not mention.evidence or article.text[mention.char_start : mention.char_end] != mention.evidence:
            refusals.append(Refusal(article.article_id, "evidence", mention.evidence))
            continue
        sound = _sound_slots(article, mention, refusals)
        kept.append((number, replace(sound, casualties=tuple(_sound_figures(article, mention, refusals)))))
    position = {number: at for at, (number, _) in enumerate(kept)}
    return [_renumbered(mention, position) for _, mention in kept], refusals


def _sound_slots(article: Article, mention: Mention, refusals: list[Refusal]) -> Mention:
    def absent(field: str, value: str | None, where: str = article.text) -> bool:
        if value is None or value in where:
            return False
        refusals.append(Refusal(article.article_id, field, value))
        return True

    if absent("place", mention.place, article.text + "\n" + article.title):
        mention = replace(mention, place=None, place_id=None, admin1=None, admin2=None, geo_precision=None)
    if absent("actor1", mention.actor1):
        mention = replace(mention, actor1=None, actor1_id=None, actor1_bloc="unidentified", actor1_associate_id=None)
    if absent("actor2", mention.actor2):
        mention = replace(mention, actor2=None, actor2_id=None, actor2_bloc="unidentified")
    if absent("weapon", mention.weapon):
        mention = replace(mention, weapon=None)
    if mention.attributed_to != article.source_name and absent("attributed_to", mention.attributed_to):
        mention = replace(mention, attributed_to=article.source_name)
    return mention


def _sound_figures(article: Article, mention: Mention, refusals: list[Refusal]) -> Iterator[Casualty]:
    for casualty in mention.casualties:
        if casualty.quote and article.text[casualty.char_start : casualty.char_end] == casualty.quote:
            yield casualty
        else:
            refusals.append(Refusal(article.article_id, "casualties", casualty.quote))


def _renumbered(mention: Mention, position: dict[int, int]) -> Mention:
    if not any(c.shared_with for c in mention.casualties):
        return mention
    mended = []
    for casualty in mention.casualties:
        others = tuple(position[n] for n in casualty.shared_with if n in position)
        mended.append(replace(casualty, shared_with=others, shared=casualty.shared and bool(others)))
    return replace(mention, casualties=tuple(mended))
