"""Scenes made from one sentence, with the default region, for tests of the rooms between slots and mentions."""

from __future__ import annotations

from datetime import date

from pipeline.extract.actors import ActorIndex
from pipeline.extract.annotate import annotated
from pipeline.extract.candidate import Candidate
from pipeline.extract.frames import candidates
from pipeline.extract.gazetteer import RegionGazetteer
from pipeline.extract.lexicon import Lexicon
from pipeline.extract.parse import Parser
from pipeline.extract.places import PlaceIndex
from pipeline.extract.scene import Scene
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
        actors = tuple(self._actors.find(text, SOME_DAY, "independent", start))
        places = tuple(self.places.find(text, start))
        return annotated(self._lexicon, Sentence(start, start + len(text), 0, number), text, tokens, actors, places)

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
