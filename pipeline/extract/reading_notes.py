"""What became of each sentence of an article: for people who review a coding, never for the tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from pipeline.extract.candidate import Candidate
from pipeline.extract.groups import Group
from pipeline.extract.record import record
from pipeline.extract.scene import Scene
from pipeline.extract.sentences import Sentence


@record
class SentenceNote:
    """text[start:end] is a sentence; `told` are the positions of the mentions it tells, `note` why it tells none."""

    start: int
    end: int
    told: tuple[int, ...]
    note: str


def sentence_notes(
    cut: Sequence[Sentence],
    repeated: Collection[int],
    scenes: Sequence[Scene],
    told: Sequence[Candidate],
    ordered: Sequence[Group],
) -> Iterator[SentenceNote]:
    """Give a note for each sentence of an article, in text order.

    Args:
        cut: all sentences.
        repeated: numbers of those that only repeat a heading.
        scenes: the parsed ones.
        told: the happenings they tell.
        ordered: those that stand, merged, in the order of the published mentions.
    """
    parsed = {scene.sentence.number: scene for scene in scenes}
    tellers = {candidate.scene.sentence.number for candidate in told}
    homes: dict[int, list[int]] = {}
    for at, group in enumerate(ordered):
        for draft in group.members:
            homes.setdefault(draft.sentence, []).append(at)
    for sentence in cut:
        number = sentence.number
        mentions = tuple(sorted(set(homes.get(number, ()))))
        note = "" if mentions else _silence(number in repeated, parsed.get(number), number in tellers)
        yield SentenceNote(sentence.start, sentence.end, mentions, note)


def _silence(repeats: bool, scene: Scene | None, tells: bool) -> str:
    """Why a sentence tells no mention."""
    if repeats:
        return "repeats the title or a heading"
    if scene is None:
        return "holds no word that tells of a happening"
    if tells:
        return "tells too little to stand: no place, side or means of its own"
    if not scene.triggers:
        return "its words tell of no happening where they stand"
    words = ", ".join(sorted({scene.words(match.start, match.end) for match in scene.triggers}))
    return f"background, another kind of news, or the words of a source ({words})"
