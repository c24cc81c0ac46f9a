"""Scenes made from one sentence, with the default region, for tests of the rooms between slots and mentions."""

from __future__ import annotations

from datetime import date

from pipeline.extract.accept import accepts
from pipeline.extract.actors import ActorIndex
from pipeline.extract.candidate import Candidate
from pipeline.extract.casualties import find_casualties
from pipeline.extract.dates import find_dates
from pipeline.extract.frames import candidates
from pipeline.extract.gazetteer import RegionGazetteer
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.parse import Parser
from pipeline.extract.places import PlaceIndex
from pipeline.extract.rules import CLASSES
from pipeline.extract.scene import Scene, clauses
from pipeline.extract.sentences import Sentence
from pipeline.regions.pack import RegionPack

SOME_DAY = date(2019, 8, 14)
"""A Wednesday."""


class Stage:
    """Makes scenes and candidates of sentences; sentences told together follow each other in one text."""

    def __init__(self, region: RegionPack, parser: Parser, lexicon: Lexicon) -> None:
        """Index the region once."""
        self.gazetteer = RegionGazetteer(region)
        self.places = PlaceIndex(region)
        self._actors = ActorIndex(region)
        self._parser = parser
        self._lexicon = lexicon

    def scene(self, text: str, number: int = 0, start: int = 0) -> Scene:
        """Annotate one sentence, the `number`-th, which begins at `start` of its article."""
        (tokens,) = self._parser.parse([text])
        words = [token.lower for token in tokens]
        actors = tuple(self._actors.find(text, SOME_DAY, "independent", start))
        places = tuple(self.places.find(text, start))
        triggers = tuple(self._lexicon.find(words, accepts(self._lexicon, tokens, places, actors, start)))
        return Scene(
            sentence=Sentence(start, start + len(text), 0, number),
            text=text,
            tokens=tokens,
            triggers=triggers,
            suffered=frozenset(match.head for match in triggers if self._lexicon.is_suffered(words, match)),
            means=tuple(self._lexicon.find_means(words)),
            classes={name: tuple(self._lexicon.find_objects(name, words)) for name in CLASSES},
            actors=actors,
            places=places,
            dates=tuple(find_dates(text, start)),
            tolls=tuple(find_casualties(text, start)),
            clause=clauses(tokens, triggers),
        )

    def told(self, *sentences: str) -> list[Candidate]:
        """Give the candidates of sentences that follow each other."""
        found: list[Candidate] = []
        start = 0
        for number, text in enumerate(sentences):
            found.extend(candidates(self.scene(text, number, start), self.gazetteer))
            start += len(text) + 1
        return found


def blocs(candidate: Candidate) -> tuple[str | None, str | None]:
    """Give the blocs of agent and target."""
    agent, target = candidate.roles.agent, candidate.roles.target
    return agent.bloc if agent else None, target.bloc if target else None
