"""A second backend, to show that one can be plugged in: it finds the word "skirmish", and makes things up about it."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.extract.model import Article, Mention, Slot
from pipeline.regions.pack import RegionPack

WORD = "skirmish"


class WordFinder:
    """One clash an article that holds the word, in the first governorate whose name it holds; a leader of fantasy."""

    def __init__(self, region: RegionPack, model: str) -> None:
        """Keep the names of the governorates."""
        self._governorates = sorted({place.admin1 for place in region.places})
        self.name = f"word-finder/{model}"

    def extract(self, articles: Sequence[Article]) -> list[list[Mention]]:
        """Give at most one mention an article."""
        return [list(self._mentions(article)) for article in articles]

    def _mentions(self, article: Article) -> list[Mention]:
        at = article.text.find(WORD)
        place = next((name for name in self._governorates if name in article.text), None)
        if at < 0 or place is None:
            return []
        day = article.published_on
        return [
            Mention(
                "Armed clash", "reported", day, day, 2 if day else None,
                None, "the Legion of the Moon", "other", None, None, None, "unidentified",
                None, place, place, None, 3, None, False, None, None,
                article.source_name, WORD, at, at + len(WORD), (), None,
                (
                    Slot("sub_event_type", "evidence", WORD, at, at + len(WORD), "the word"),
                    Slot("event_date", "published_at", None, None, None, "no day is named"),
                ),
            )
        ]  # fmt: skip


make = WordFinder
