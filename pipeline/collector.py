"""Python's garbage collector, kept out of the way of work that it can only slow down.

It walks all that is alive over and over while more is made. A gazetteer and a lexicon are made once and never thrown
away: walking them took a quarter of the time of an extraction. What the coding of articles makes goes by itself,
by counted references; looking through it meanwhile took a twelfth. Pages of a site leave circles behind that only the
collector removes, so it runs, but seldom: as often as usual, it took two fifths of the time that pages take.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (50_000, 20, 100)
"""A collection after so many new objects, where Python's own figure is 700; an older generation after so many."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """Do a stretch of work without a collection; whether there is one afterwards is as before."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


@contextmanager
def lasting() -> Iterator[None]:
    """Build what lasts: no collection meanwhile, and none of what is alive afterwards; all else as before."""
    with undisturbed():
        try:
            yield
        finally:
            gc.freeze()


@contextmanager
def seldom() -> Iterator[None]:
    """Do a long stretch of work with few collections; how often there are any afterwards is as before.

    Some tens of MiB of what was made may wait to be removed.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
