"""The rule extractor: the cascade from articles to mentions (architecture, "Extraction is a cascade").

Sieve, parse the sentences with a trigger, fill the slots, merge, verify. It holds the indices of one region and no
other state; the same articles give the same mentions in any order and batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.collector import lasting, undisturbed
from pipeline.extract.actors import ActorIndex
from pipeline.extract.anaphora import pointed
from pipeline.extract.annotate import annotated
from pipeline.extract.blame import blamed
from pipeline.extract.candidate import Candidate
from pipeline.extract.claims import signs
from pipeline.extract.compose import choices, compose, in_order
from pipeline.extract.dates import DateSpan, calendar_day, find_dateline
from pipeline.extract.dating import asides
from pipeline.extract.drafts import drafts
from pipeline.extract.frames import candidates
from pipeline.extract.gazetteer import RegionGazetteer
from pipeline.extract.groups import Group
from pipeline.extract.headlines import heading_breaks, repeated
from pipeline.extract.lexicon import Lexicon, load_lexicon
from pipeline.extract.merge import merge
from pipeline.extract.model import Article, Mention
from pipeline.extract.parse import BATCH, DEFAULT_MODEL, Parser, Token
from pipeline.extract.place_sections import sections
from pipeline.extract.places import PlaceContext, PlaceIndex, PlaceSpan, ResolvedPlace
from pipeline.extract.prefilter import Prefilter
from pipeline.extract.reading_notes import SentenceNote, sentence_notes
from pipeline.extract.record import record, replace
from pipeline.extract.scene import Scene, Words
from pipeline.extract.sentences import Sentence, sentences
from pipeline.extract.short_names import Told, unshortened
from pipeline.extract.side_choice import Around
from pipeline.extract.slots import Chosen
from pipeline.extract.told_twice import told_once
from pipeline.regions.pack import RegionPack

CONTEXT = 300
"""Places of an article that help to tell which of several of a name is meant; more would cost time and tell no more."""
RULES_VERSION = "rules-1"


@record
class _Reading:
    """An article cut into sentences, the numbers of those that repeat a heading, those worth a parse, and the places
    named in each, by number of the sentence; nothing of it where the article is irrelevant."""

    article: Article
    cut: tuple[Sentence, ...]
    repeated: frozenset[int]
    telling: tuple[Sentence, ...]
    places: tuple[tuple[PlaceSpan, ...], ...]


class RuleExtractor:
    """Extracts by lexicon, grammar and gazetteer; needs no network and no model beyond the parser."""

    def __init__(self, region: RegionPack, model: str = DEFAULT_MODEL, lexicon: Lexicon | None = None) -> None:
        """Build the indices of a region; the parser is loaded now, so that the first article is as quick as any."""
        with lasting():
            self._gazetteer = RegionGazetteer(region)
            self._lexicon = lexicon or load_lexicon()
            self._prefilter = Prefilter(self._lexicon)
            self._places = PlaceIndex(region)
            self._actors = ActorIndex(region)
            self._parser = Parser(model)

    @property
    def name(self) -> str:
        """The version of the rules and of the parser's model."""
        return f"{RULES_VERSION}/{self._parser.model}"

    def extract(self, articles: Sequence[Article]) -> list[list[Mention]]:
        """Give the mentions of each article, in the order of the articles."""
        with undisturbed():
            starts = range(0, len(articles), BATCH)
            return [mentions for start in starts for mentions in self._coded(articles[start : start + BATCH])]

    def explain(self, article: Article) -> tuple[list[Mention], list[SentenceNote]]:
        """Give the mentions of one article and what became of each of its sentences."""
        reading = self._read(article)
        if not reading.cut:
            note = "no word in the article tells of a happening in a war"
            whole = sentences(article.text)
            return [], [SentenceNote(s.start, s.end, (), note) for s in whole]
        parsed = self._parser.parse([article.text[s.start : s.end] for s in reading.telling])
        scenes = self._scenes(reading, parsed)
        told = self._told(scenes)
        groups, above = self._groups(reading, told)
        notes = sentence_notes(reading.cut, reading.repeated, scenes, told, in_order(groups))
        return compose(groups, article, self._around(article, scenes), above), list(notes)

    def _read(self, article: Article) -> _Reading:
        text = article.text
        if not self._prefilter.relevant(text):
            return _Reading(article, (), frozenset(), (), ())
        cut = sentences(text, heading_breaks(text, article.title))
        skipped = frozenset(repeated(text, cut, article.title))
        telling = tuple(s for s in cut if s.number not in skipped and self._prefilter.sentence(text[s.start : s.end]))
        places = tuple(tuple(self._places.find(text[s.start : s.end], s.start)) for s in cut) if telling else ()
        return _Reading(article, tuple(cut), skipped, telling, places)

    def _coded(self, articles: Sequence[Article]) -> list[list[Mention]]:
        readings = [self._read(article) for article in articles]
        parsed = self._parser.parse([r.article.text[s.start : s.end] for r in readings for s in r.telling])
        return [self._mentions(reading, parsed) for reading in readings]

    def _mentions(self, reading: _Reading, parsed: Iterable[tuple[Token, ...]]) -> list[Mention]:
        scenes = self._scenes(reading, parsed)
        groups, above = self._groups(reading, self._told(scenes))
        return compose(groups, reading.article, self._around(reading.article, scenes), above) if groups else []

    def _around(self, article: Article, scenes: Sequence[Scene]) -> Around:
        titled = self._actors.find(article.title, article.published_on, article.leaning)
        return Around(scenes, frozenset(actor.bloc for actor in titled), article.leaning)

    def happenings(self, article: Article, *, once: bool = True) -> tuple[list[Chosen], Around]:
        """Give what the rules alone make of an article, before its sides are weighed: what weights are fitted on.

        `once`: what is likely told twice is put together already.
        """
        reading = self._read(article)
        scenes = self._scenes(reading, self._parser.parse([article.text[s.start : s.end] for s in reading.telling]))
        groups, _ = self._groups(reading, self._told(scenes), once=once)
        return choices(groups), self._around(article, scenes)

    def _scenes(self, reading: _Reading, parsed: Iterable[tuple[Token, ...]]) -> list[Scene]:
        # the sentences come first: zip must not take a parse from the shared stream when they are used up
        told: Told = {}
        return [self._scene(reading, s, tokens, told) for s, tokens in zip(reading.telling, parsed, strict=False)]

    def _told(self, scenes: Sequence[Scene]) -> list[Candidate]:
        told: list[Candidate] = []
        last: Words | None = None
        for scene in scenes:
            here = candidates(scene, self._gazetteer, last)
            if not signs(told, here, scene):
                told.extend(here)
            last = scene.source or last
        return pointed(blamed(told, scenes))

    def _groups(
        self, reading: _Reading, told: Sequence[Candidate], *, once: bool = True
    ) -> tuple[list[Group], DateSpan | None]:
        """The happenings of an article, merged, and the date that stands above the story."""
        if not told:
            return [], None
        article = reading.article
        context = PlaceContext(article=[span for spans in reading.places for span in spans][:CONTEXT])
        above = find_dateline(article.text)
        day_above = calendar_day(above)
        reference = day_above or article.published_on
        named = asides(article.text, reading.cut, {c.scene.sentence.number for c in told})
        opened = sections(article.text, reading.cut, reading.places, self._gazetteer)
        settled = drafts(told, reference, self._places.resolve, context, named, opened)
        unplaced = any(draft.place is None for draft in settled)
        titled = self._titled(article, context) if unplaced else None
        groups = merge(settled, self._gazetteer.contains, titled)
        groups = told_once(groups, self._gazetteer.contains) if once else groups
        return groups, above if day_above else None

    def _scene(self, reading: _Reading, sentence: Sentence, tokens: tuple[Token, ...], told: Told) -> Scene:
        article, start = reading.article, sentence.start
        text = article.text[start : sentence.end]
        actors = unshortened(self._actors.find(text, article.published_on, article.leaning, start), told)
        return annotated(self._lexicon, sentence, text, tokens, actors, reading.places[sentence.number])

    def _titled(self, article: Article, context: PlaceContext) -> ResolvedPlace | None:
        """The one place that the title names, where the text may leave it out."""
        spans = [span for span in self._places.find(article.title) if not span.foreign]
        named = [span for span in spans if span.candidates and self._gazetteer.kind(span) != "country"] or spans
        return replace(self._places.resolve(named[0], context), span=None) if len(named) == 1 else None
