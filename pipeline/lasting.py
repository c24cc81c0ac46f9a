"""Set-up of what lasts as long as the process: large indices, built without the garbage collector and out of its way.

Python's collector walks all that is alive over and over while more is made. A gazetteer and a lexicon are made once
and never thrown away: walking them took a quarter of the time of an extraction.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Build what lasts: no collection meanwhile, and none of what is alive afterwards; all else as before."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if collects:
            gc.enable()
