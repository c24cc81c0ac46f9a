"""A parsed sentence annotated: triggers, means, words of the object classes, dates and tolls, all in one `Scene`.

Actors and places are found before it, because they need the article (its day, its outlet, its other sentences).
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.accept import accepts
from pipeline.extract.actors import ActorSpan
from pipeline.extract.casualties import find_casualties
from pipeline.extract.dates import DateSpan, find_dates
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.parse import Token
from pipeline.extract.places import PlaceSpan
from pipeline.extract.scene import Scene, clauses
from pipeline.extract.sentences import Sentence

_CLASSES = (
    "civilian_objects",
    "armed",
    "unrelated",
    "protesters",
    "crowd_control",
    "lethal_force",
    "crowd_violence",
    "games",
)


def annotated(
    lexicon: Lexicon,
    sentence: Sentence,
    text: str,
    tokens: tuple[Token, ...],
    actors: tuple[ActorSpan, ...],
    places: tuple[PlaceSpan, ...],
) -> Scene:
    """Make the scene of a sentence; `text` and `tokens` are its own, spans count into the text of the article."""
    start, words = sentence.start, [token.lower for token in tokens]
    triggers = tuple(lexicon.find(words, accepts(lexicon, tokens, places, actors, start)))
    return Scene(
        sentence=sentence,
        text=text,
        tokens=tokens,
        triggers=triggers,
        suffered=frozenset(match.head for match in triggers if lexicon.is_suffered(words, match)),
        means=tuple(lexicon.find_means(words)),
        classes=lexicon.find_classes(_CLASSES, words),
        actors=actors,
        places=places,
        # a sentence without a trigger tells of no happening: nobody asks it when or how many
        dates=tuple(date for date in find_dates(text, start) if not _is_no_date(date, places)) if triggers else (),
        tolls=tuple(find_casualties(text, start)) if triggers else (),
        clause=clauses(tokens, triggers),
    )


def _is_no_date(date: DateSpan, places: Sequence[PlaceSpan]) -> bool:
    """ "April 7th Street" is a place, "recently" no day."""
    in_name = any(place.start < date.end and date.start < place.end for place in places)
    return in_name or date.surface.lower() == "recently"
