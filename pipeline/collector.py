"""Python's garbage collector, kept out of the way of work that it can only slow down.

It walks all that is alive over and over while more is made. A gazetteer and a lexicon are made once and never thrown
away: walking them took a quarter of the time of an extraction. What the coding of a few articles makes goes by itself,
by counted references; looking through it meanwhile took a twelfth.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


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
