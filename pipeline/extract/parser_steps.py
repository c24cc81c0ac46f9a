"""spaCy's dependency parser, one step of all sentences at a time, in half of its time and to the same parse.

The parser's own loop is compiled, but asks Python for its lock at every one of some sixty units of every step, seven
million times in the text of 250 articles. Its steps can be called one by one as well (the search over several parses
does so), and then whole steps are computed by numpy, without that. What the words of a state add up to is numpy's too:
the model's own step adds them up one by one, and looks for the lowest score though there is no move to give it to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Parse = Callable[[Sequence["Doc"]], None]
_Scores = Callable[[Sequence[Any]], Any]
"""From the states of some sentences, none of them final, to the score of each move in each."""


def take_parser(nlp: Language) -> Parse | None:
    """Take the parser out of a pipeline that ends with it, and give what parses the texts that come out of it now.

    None, and nothing taken, where other pipes follow, which may need its parse, or where it weighs several parses.
    """
    if not nlp.pipe_names or nlp.pipe_names[-1] != "parser" or nlp.get_pipe("parser").cfg.get("beam_width") != 1:
        return None
    _, parser = nlp.remove_pipe("parser")
    scored = _Step(parser.model).scores if _is_plain(parser.model) else lambda docs: parser.model.predict(docs).predict
    return lambda docs: _parse(parser, docs, scored)


def _parse(parser: Any, docs: Sequence[Doc], scored: Callable[[Sequence[Doc]], _Scores]) -> None:
    states = parser.moves.init_batch(docs)
    waiting = [state for state in states if not state.is_final()]
    if waiting:
        scores = scored(docs)
        while waiting:
            waiting = parser.transition_states(waiting, scores(waiting))
    parser.set_annotations(docs, states)


def _is_plain(model: Any) -> bool:
    """Tell a model on the processor that takes the larger of two sums and knows all of its moves."""
    lower = model.get_ref("lower")
    on_processor = isinstance(lower.get_param("W"), np.ndarray)
    return on_processor and model.attrs["has_upper"] and not model.attrs["unseen_classes"] and lower.get_dim("nP") == 2


class _Step:
    """The scores of all moves: each word that a state looks at adds what it stands for there, computed once a text."""

    def __init__(self, model: Any) -> None:
        """Lay the weights out so that the two sums of an output, of which the larger counts, are half a row apart."""
        from spacy.ml.parser_model import ParserStepModel

        self._words, lower, self._upper = model.layers
        roles, outputs, pieces, inputs = lower.get_param("W").shape
        turned = lower.get_param("W").transpose(0, 2, 1, 3).reshape(-1, inputs)
        self._weights = np.ascontiguousarray(turned)
        self._missing = lower.get_param("pad").reshape(roles, outputs, pieces).transpose(0, 2, 1).reshape(-1)
        self._bias = np.ascontiguousarray(lower.get_param("b").T).reshape(-1)
        self._roles, self._outputs, self._ops = roles, outputs, lower.ops
        # the model's own naming of the words of a state asks how many there are, and nothing else
        self._looked_at = ParserStepModel.get_token_ids
        self._shape = SimpleNamespace(state2vec=SimpleNamespace(nF=roles))

    def scores(self, docs: Sequence[Doc]) -> _Scores:
        """Compute what each word of some texts adds in each role, and give what scores their states with it."""
        words = self._words.predict(docs)
        table = np.empty((len(words) + 1, len(self._weights)), dtype=words.dtype)
        table[0] = self._missing  # no word: number -1
        self._ops.gemm(words, self._weights, trans2=True, out=table[1:])
        added = table.reshape(-1, 2 * self._outputs)
        first = np.arange(self._roles, 2 * self._roles)[:, np.newaxis]

        def of(states: Sequence[Any]) -> Any:
            looked_at = np.ascontiguousarray(self._looked_at(self._shape, states).T) * self._roles + first
            sums = added.take(looked_at[0], axis=0)
            for role in looked_at[1:]:  # role by role, so that what is taken is still near when it is added
                sums += added.take(role, axis=0)
            sums += self._bias
            return self._upper.predict(np.maximum(sums[:, : self._outputs], sums[:, self._outputs :]))

        return of
