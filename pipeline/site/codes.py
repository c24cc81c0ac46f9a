"""What codes are called and what they mean, as the code lists of the contract say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from pipeline.contracts import load_contract


@lru_cache(maxsize=64)
def _column(codelist: str, column: str) -> Mapping[str, str]:
    frame = load_contract().codelists[codelist]
    return MappingProxyType(dict(zip(frame[frame.columns[0]], frame[column], strict=True)))


def title(codelist: str, code: str | int) -> str:
    """Return the title of a code; the code itself where this program's list has not got it."""
    return _column(codelist, "title").get(str(code), str(code))


def meaning(codelist: str, code: str | int) -> str:
    """Return the description of a code, a sentence; "" where this program's list has not got it."""
    return _column(codelist, "description").get(str(code), "")
