"""spaCy's layers, computed in half of the time and to the same parse: what a parse needs, without what training does.

Four savings. Matrix products are numpy's where that has one thread. The largest of three is taken without noting which
it was, of numbers that lie side by side. What is known of a layer's mean serves its variance too. And the vector of a
word before its neighbours are looked at, which depends on its spelling alone, is computed once: a text of sixty
thousand words has some five thousand different ones. New words are computed in blocks of one size, so that a vector is
the same to the last bit whatever other words come with it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from thinc.api import Model, NumpyOps

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BLOCK = 64
_NOT_IN_TRAINING = "these layers are for parsing; train the model as it comes"
_MOST = 65_536
"""Different words remembered, 25 MB of them; then it starts anew."""


def quicken(nlp: Language) -> None:
    """Make the layers of a pipeline quick, those of a model on a graphics card left alone."""
    operations = NumpyOps(use_blis=os.environ.get("OPENBLAS_NUM_THREADS") != "1")  # threads would wait for each other
    for name, component in nlp.pipeline:
        for layer in component.model.walk() if hasattr(component, "model") else ():
            if type(layer.ops) is NumpyOps:
                layer.ops = operations
                layer._func = {"maxout": _Largest().forward, "layernorm": _levelled}.get(layer.name, layer._func)
        if name == "tok2vec":
            remember_words(component.model)


class _Largest:
    """A `maxout` layer: the largest of the pieces of each output; which it was is only asked in training."""

    def __init__(self) -> None:
        self._weights: Any = None

    def forward(self, model: Any, values: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
        """Give the outputs, from weights laid out piece by piece: what is compared then lies side by side."""
        if is_train:
            raise NotImplementedError(_NOT_IN_TRAINING)
        if self._weights is None:
            weights, bias = model.get_param("W"), model.get_param("b")
            outputs, pieces, inputs = weights.shape
            turned = np.ascontiguousarray(weights.transpose(1, 0, 2)).reshape(pieces * outputs, inputs)
            self._weights = turned, np.ascontiguousarray(bias.T).reshape(-1), pieces, outputs
        turned, bias, pieces, outputs = self._weights
        made = model.ops.gemm(values, turned, trans2=True)
        made += bias
        parted = made.reshape(len(made), pieces, outputs)
        best = np.maximum(parted[:, 0], parted[:, 1]) if pieces > 1 else parted[:, 0]
        for piece in range(2, pieces):
            np.maximum(best, parted[:, piece], out=best)
        return best, lambda _: None


def _levelled(model: Any, values: Any, is_train: bool) -> tuple[Any, Callable[[Any], Any]]:
    """A `layernorm` layer, step by step what thinc's layer does, but each step once, in place, and sums as products."""
    if is_train:
        raise NotImplementedError(_NOT_IN_TRAINING)
    kind, width = values.dtype.type, values.shape[1]
    level = values - (values @ np.full(width, 1 / width, kind))[:, np.newaxis]
    spread = np.einsum("ij,ij->i", level, level) / kind(width) + kind(1e-08)
    level *= (spread ** kind(-0.5))[:, np.newaxis]
    level *= model.get_param("G")
    level += model.get_param("b")
    return level, lambda _: None


def remember_words(tok2vec: Model[Any, Any]) -> bool:
    """Put a memory before the embedding of a spaCy `tok2vec`; False, and nothing done, where it is built otherwise
    (word vectors from a table, a transformer)."""
    embedding = tok2vec.layers[0] if tok2vec.layers else None
    if embedding is None or not embedding.layers or embedding.layers[0].name != "extract_features":
        return False
    tok2vec.layers[0] = Model("remembered_words", _Memory(embedding).forward, layers=[embedding])
    return True


class _Memory:
    """Vectors by the bytes of a word's features."""

    def __init__(self, embedding: Model[Any, Any]) -> None:
        self._extract = embedding.layers[0]
        self._rest = embedding.layers[1:]
        self._row_of: dict[bytes, int] = {}
        self._vectors = np.empty((0, 0), dtype="float32")

    def forward(
        self, model: Model[Any, Any], docs: list[Doc], is_train: bool
    ) -> tuple[list[Any], Callable[[Any], list[Any]]]:
        """Give the vectors of each text, as the embedding itself would."""
        if is_train:
            raise NotImplementedError(_NOT_IN_TRAINING)
        features = self._extract.predict(docs)
        keys = [_rows(table) for table in features]
        if len(self._row_of) > _MOST:
            self._row_of.clear()
        row_of = self._row_of
        try:
            rows = [[row_of[key] for key in text] for text in keys]
        except KeyError:
            self._learn(dict.fromkeys(key for text in keys for key in text if key not in row_of), features[0])
            rows = [[row_of[key] for key in text] for text in keys]
        return [self._vectors[text] for text in rows], lambda _: []

    def _learn(self, new: dict[bytes, None], like: np.ndarray[Any, Any]) -> None:
        size = like.itemsize * like.shape[1]
        words = list(new)
        filled = b"".join(words) + words[-1] * (-len(words) % _BLOCK)
        table = np.frombuffer(filled, dtype=like.dtype).reshape(-1, size // like.itemsize)
        blocks = [table[start : start + _BLOCK] for start in range(0, len(table), _BLOCK)]
        made = np.concatenate([self._embedded(block) for block in blocks])[: len(words)]
        known = len(self._row_of)
        self._vectors = np.concatenate([self._vectors[:known].reshape(known, made.shape[1]), made])
        self._row_of.update(zip(words, range(known, known + len(words)), strict=True))

    def _embedded(self, block: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        value: Any = [block]
        for layer in self._rest:
            value = layer.predict(value)
        return np.asarray(value[0])


def _rows(table: np.ndarray[Any, Any]) -> list[bytes]:
    whole = table.tobytes()
    size = table.itemsize * table.shape[1]
    return [whole[start : start + size] for start in range(0, len(whole), size)]
