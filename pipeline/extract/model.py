"""The vocabulary of extraction: what goes in (articles) and what comes out (mentions), and the protocol between.

Plain frozen values, no knowledge of Syria, of spaCy or of files. Offsets count Unicode code points of
`Article.text`, the kept text, and every span sliced from it is the text the value rests on.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pipeline.extract.record import record


@record
class Article:
    """One article as an extractor sees it.

    `text` is the kept text (boilerplate cut); `title` is context, never evidence. `leaning` is the outlet's
    perspective (enum leanings), `published_on` the local date as written, None when undated.
    """

    article_id: str
    title: str
    text: str
    source_name: str
    leaning: str
    published_on: date | None


@record
class Casualty:
    """One figure of a toll (codebook section 4, Counts).

    `kind` killed/injured/captured/displaced, `party` actor1/actor2/civilians/unknown. `low` or `high` is None
    where the text leaves that end open. A `shared` toll covers several mentions: `shared_with` holds the
    indices, in the article's list of mentions, of the others it covers. `quote` is text[char_start:char_end].
    """

    kind: str
    party: str
    low: int | None
    high: int | None
    approximate: bool
    shared: bool
    shared_with: tuple[int, ...]
    quote: str
    char_start: int
    char_end: int


@record
class Slot:
    """Where the value of one slot of a mention comes from, and why it was taken.

    `slot` and `basis` are codes of the lists `slots` and `slot_bases`. `quote` is text[char_start:char_end]; all three
    are None where the value stands outside the text (title, publication date, outlet). `reason` is for people.
    """

    slot: str
    basis: str
    quote: str | None
    char_start: int | None
    char_end: int | None
    reason: str


@record
class Mention:
    """One report of one happening in one article, by the fields of codebook section 4.

    `evidence` is text[char_start:char_end], the whole sentence. None says unknown, never a guess. `confidence` is the
    share, from 0 to 1, of mentions like this one that a careful coder would code alike in type, day and governorate;
    None when the extractor cannot tell. `slots` say where each value comes from.
    """

    sub_event_type: str
    status: str
    event_date_start: date | None
    event_date_end: date | None
    time_precision: int | None
    actor1_id: str | None
    actor1: str | None
    actor1_bloc: str
    actor1_associate_id: str | None
    actor2_id: str | None
    actor2: str | None
    actor2_bloc: str | None
    place_id: str | None
    place: str | None
    admin1: str | None
    admin2: str | None
    geo_precision: int | None
    weapon: str | None
    civilian_targeting: bool
    happenings_low: int | None
    happenings_high: int | None
    attributed_to: str | None
    evidence: str
    char_start: int
    char_end: int
    casualties: tuple[Casualty, ...]
    confidence: float | None = None
    slots: tuple[Slot, ...] = ()


class Extractor(Protocol):
    """Anything that reads articles and gives the mentions of each, in the order of the articles.

    Whatever the extractor says, `evidence.py` refuses a value that is not in the text.
    """

    @property
    def name(self) -> str:
        """Name and version of the extractor, as written to `mentions.extractor`."""
        ...

    def extract(self, articles: Sequence[Article]) -> list[list[Mention]]:
        """Give the mentions of each article, one list an article, sorted by char_start."""
        ...
