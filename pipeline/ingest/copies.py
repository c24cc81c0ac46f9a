"""Mark copies: the same text, or nearly the same, that an outlet took from an agency or from another outlet.

A copy is no independent source (codebook section 5), so it is marked and points to the earliest article of its kind;
it is not dropped, for an edited copy may tell more than its original. Whether two articles report the same event is not
asked here: that is the resolve room's, and two reports of one event in words of their own are no copies.

MinHash only proposes pairs; what counts is the share of four-word sequences that two texts have in common, counted in
full. Among 398 wire articles, independent reports of one event share under 0.12 and edited copies over 0.4.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

import polars as pl
import rensa

WINDOW_DAYS = 7
"""Copies appear within days; the same words in another month are a routine text about another happening."""
SHINGLE_WORDS = 4
FEWEST_SHINGLES = 15
"""Shorter texts are copies only if they are the same: a flash has few ways to be worded."""
ALIKE = 0.4
"""Jaccard similarity from which two texts are near copies."""
CONTAINED = 0.8
"""Share of the later text that stands in the earlier, from which it is a cut-down copy..."""
CONTAINED_ALIKE = 0.3
"""... if it is no mere fragment."""

_BANDS, _ROWS, _SEED = 64, 2, 20110315
_SHARED_BANDS = 2
"""Bands in which a pair must meet. At Jaccard 0.4 that finds all but 4 pairs in 10,000, at 0.05 it tries 1 in 100."""
FULLEST = 16
"""Articles kept in one bucket within the window, the earliest: they are the ones a copy would point to. Without this,
a thousand routine reports in the same words would be compared pair by pair."""

_WORD = re.compile(r"\w+")
_FIGURE = re.compile(
    r"\d+|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
    r"|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|several|dozens?|scores|hundreds?|thousands?)\b"
)

_CHUNK_TEXTS = 2048

MARKS = pl.Schema({"article_id": pl.String(), "duplicate_kind": pl.String(), "duplicate_of": pl.String()})


@dataclass(slots=True)
class _Text:
    article_id: str
    source_id: str
    day: date | None
    words: str
    """The text without case and extra white space: equal for exact copies."""
    buckets: tuple[int, ...]
    """Where texts like it would be found; empty when there can be none."""
    _shingles: frozenset[tuple[str, ...]] | None = None
    _figures: frozenset[str] | None = None

    def shingles(self) -> frozenset[tuple[str, ...]]:
        """Return the sequences of words; made only for texts that have to be compared."""
        if self._shingles is None:
            words = _WORD.findall(self.words)
            self._shingles = frozenset(zip(*(words[offset:] for offset in range(SHINGLE_WORDS)), strict=False))
        return self._shingles

    def figures(self) -> frozenset[str]:
        """Return the numbers in the text."""
        if self._figures is None:
            self._figures = frozenset(_FIGURE.findall(self.words))
        return self._figures


@dataclass(slots=True)
class _Index:
    """The articles seen so far, and where a like one would be found."""

    texts: list[_Text]
    root_of: list[int] = field(default_factory=list)
    roots_by_words: dict[str, list[int]] = field(default_factory=dict)
    members: dict[int, list[int]] = field(default_factory=dict)
    """Articles by bucket, the earliest first."""

    def place(self, number: int) -> int:
        """Return the root of article ``number``, itself when it copies none, and file it. Called in order."""
        text = self.texts[number]
        roots = {root for root in self.roots_by_words.get(text.words, ()) if _may_copy(text, self.texts[root])}
        for other in self._met(text):
            root = self.root_of[other]
            if root not in roots and _may_copy(text, self.texts[root]) and _is_near(text, self.texts[other]):
                roots.add(root)
        root = min(roots, default=number)
        self.root_of.append(root)
        self._file(number, text, root)
        return root

    def _met(self, text: _Text) -> list[int]:
        """Return the articles that share enough buckets with ``text``; of a dated one's, those of the last days."""
        first = -FULLEST if text.day else 0
        found = (self.members.get(bucket, ())[first:][:FULLEST] for bucket in text.buckets)
        met = Counter(other for members in found for other in members)
        return sorted(other for other, count in met.items() if count >= _SHARED_BANDS)

    def _file(self, number: int, text: _Text, root: int) -> None:
        known = self.roots_by_words.setdefault(text.words, [])
        if root in known[-FULLEST:]:
            return
        known.append(root)
        for bucket in text.buckets:
            members = self.members.setdefault(bucket, [])
            if len(members) < FULLEST or not _in_time(text, self.texts[members[-FULLEST]]):
                members.append(number)


def mark_copies(articles: pl.DataFrame) -> pl.DataFrame:
    """Return for each article whether it is a copy, and of which.

    Takes ``article_id, text, published_date, source_id``; gives ``article_id, duplicate_kind`` (none, exact, near) and
    ``duplicate_of``, sorted by id. Articles are taken in the order of publication (undated last), then of id. Each
    joins the earliest original of which it copies the text or a copy of the text, within `WINDOW_DAYS` of the original
    (an undated one at any time). So the order of the rows plays no part, no copy points to a copy, no cluster drifts.

    A later version by the same outlet that brings new figures is a follow-up, not a copy.
    """
    texts = _texts(articles.sort("published_date", "article_id", nulls_last=True))
    index = _Index(texts)
    rows = []
    for number, text in enumerate(texts):
        root = texts[index.place(number)]
        kind = "none" if root is text else "exact" if root.words == text.words else "near"
        rows.append((text.article_id, kind, None if root is text else root.article_id))
    return pl.DataFrame(rows, schema=MARKS, orient="row").sort("article_id")


def with_copies(articles: pl.DataFrame, texts: pl.DataFrame) -> pl.DataFrame:
    """Return the table `articles` with ``duplicate_kind`` and ``duplicate_of`` filled in from `article_texts`."""
    marks = mark_copies(articles.join(texts.select("article_id", "text"), on="article_id", how="left"))
    kept = articles.drop("duplicate_kind", "duplicate_of", strict=False)
    return kept.join(marks, on="article_id", how="left").select(articles.columns).sort("article_id")


def _texts(ordered: pl.DataFrame) -> list[_Text]:
    words = [" ".join(unicodedata.normalize("NFKC", text).casefold().split()) for text in ordered["text"]]
    columns = (ordered["article_id"], ordered["source_id"], ordered["published_date"], words, _buckets(words))
    return [_Text(*row) for row in zip(*columns, strict=True)]


def _buckets(texts: list[str]) -> list[tuple[int, ...]]:
    """Return for each text the buckets that it shares with at least one other text."""
    keys: list[list[int]] = []
    for start in range(0, len(texts), _CHUNK_TEXTS):
        shingles = [_shingles(text) for text in texts[start : start + _CHUNK_TEXTS]]
        for found, digest in zip(shingles, _digests(shingles), strict=True):
            keys.append(_band_keys(digest) if len(found) >= FEWEST_SHINGLES else [])
    counts = pl.Series([key for text in keys for key in text], dtype=pl.UInt64).value_counts()
    shared = frozenset(counts.filter(pl.col("count") > 1).to_series(0))
    return [tuple(key for key in text if key in shared) for text in keys]


def _shingles(text: str) -> list[str]:
    words = _WORD.findall(text)
    return [" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)]


def _digests(shingles: list[list[str]]) -> list[list[int]]:
    digests: list[list[int]] = rensa.RMinHash.digests_from_token_sets(shingles, _BANDS * _ROWS, _SEED)
    return digests


def _band_keys(digest: list[int]) -> list[int]:
    """Return one 64-bit key for each band; the band is mixed in, so that equal values in two bands do not meet."""
    return [
        (digest[at] << 32 | digest[at + 1]) ^ (at * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF)
        for at in range(0, _BANDS * _ROWS, _ROWS)
    ]


def _may_copy(text: _Text, root: _Text) -> bool:
    """Tell whether ``text`` is near enough in time to ``root``, and no follow-up of it by the same outlet."""
    return _in_time(text, root) and (text.source_id != root.source_id or text.figures() <= root.figures())


def _in_time(later: _Text, earlier: _Text) -> bool:
    return later.day is None or earlier.day is None or (later.day - earlier.day).days <= WINDOW_DAYS


def _is_near(later: _Text, earlier: _Text) -> bool:
    ours, theirs = later.shingles(), earlier.shingles()
    shared = len(ours & theirs)
    alike = shared / (len(ours) + len(theirs) - shared)
    return alike >= ALIKE or (alike >= CONTAINED_ALIKE and shared >= CONTAINED * len(ours))
