"""A place as a supplied gazetteer file gives it, before anybody has asked what the region knows of it.

The two kinds of files (``geonames.py``, ``pcodes.py``) are read into these; ``supplement.py`` decides which are added.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from pipeline.errors import InputError, cut

LONGEST_NAME = 80
_LETTERS = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_LATIN = re.compile(rf"['’‘`ʿʾʻʼ]?[{_LETTERS}\d][{_LETTERS}\u0300-\u036f\d '’‘`ʿʾʻʼ.\-]*")
_ARABIC = re.compile("[\u0621-\u064a][\u0621-\u0652 ]*")
"""Arabic letters only: Persian, Kurdish and Uyghur ones make another language's name."""

BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place of a supplied file, in decimal degrees (WGS 84)."""

    place_id: str
    names: tuple[str, ...]
    """In Latin letters, the main one first; none is given twice."""
    name_ar: str | None
    kind: str
    admin1: tuple[str, ...]
    """Names of the governorate as the file spells them; empty when it gives none."""
    admin1_code: str
    """The file's code of the governorate; empty when it gives none."""
    admin2: tuple[str, ...]
    latitude: float
    longitude: float
    coordinate_source: str
    coordinate_error_km: float


@dataclass(slots=True)
class Tally:
    """What became of the rows of one file: in = added + left out, by reason."""

    path: Path
    rows: int = 0
    left: Counter[str] = field(default_factory=Counter)
    first_broken: tuple[int, str] = (0, "")

    def broken(self, line: int, fault: str) -> None:
        """Count a row that cannot be read; the first one in the file is told in full."""
        self.first_broken = min(self.first_broken, (line, fault)) if self.left[BROKEN] else (line, fault)
        self.left[BROKEN] += 1

    def account(self) -> str:
        """Return the one line for the user: rows, places added, what was left out and why."""
        added = self.rows - self.left.total()
        reasons = [f"{count:,} {reason}" for reason, count in sorted(self.left.items()) if reason != BROKEN]
        if self.left[BROKEN]:
            line, fault = self.first_broken
            reasons.append(f"{self.left[BROKEN]:,} broken (first: line {line}, {fault})")
        told = f"; left out: {', '.join(reasons)}" if reasons else ""
        return f"{self.path}: {self.rows:,} rows, {added:,} places added{told}"


def coordinate(text: str, limit: float) -> float | None:
    """Return degrees between -``limit`` and ``limit``; None when ``text`` is no such number.

    A decimal comma is read, as spreadsheets of many countries write it.
    """
    try:
        degrees = float(text.strip().replace(",", "."))
    except ValueError:
        return None
    return degrees if -limit <= degrees <= limit else None


def latin(name: str) -> bool:
    """Tell a name in Latin letters that can be published and found in English text."""
    return len(name) <= LONGEST_NAME and _LATIN.fullmatch(name) is not None


def arabic(name: str) -> bool:
    """Tell a name in Arabic letters."""
    return len(name) <= LONGEST_NAME and _ARABIC.fullmatch(name) is not None


def unusable(path: Path, where: str, what: str, remedy: str) -> InputError:
    """Return the error for a file that cannot be used: file, line, fault, remedy."""
    return InputError(f"{path}{', ' if where else ''}{where}: {cut(what, 200)}; {remedy}")
