"""A site of the invented book of the briefings' tests, in memory: what the sections of pages ask of `SiteData`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, cast

import polars as pl

from pipeline.brief import BriefContext
from pipeline.regions.geometry import Geometry
from pipeline.site.data import SiteData
from pipeline.site.history import CHANGED
from tests.brief.book import Book, context


@dataclass(frozen=True, eq=False)
class BookSite:
    """The tables of a book, its versions (newest first), and what they changed."""

    tables: dict[str, pl.DataFrame]
    changed: Sequence[dict[str, object]] = ()
    versions: tuple[str, ...] = ("1.2.0", "1.1.0", "1.0.0")
    title: str = "Ledger of the Mill Valley"
    region_title: str = "War in the Mill Valley"
    region: str = "mill-valley"
    invented: bool = True
    invented_outlets: tuple[str, ...] = ()
    geometry: Geometry | None = None
    descriptor: dict[str, Any] = field(default_factory=dict)

    def frame(self, name: str) -> pl.DataFrame:
        return self.tables[name]

    @property
    def editions(self) -> list[Any]:
        return [SimpleNamespace(version=each, build_time="2021-03-01T00:00:00Z") for each in self.versions]

    @property
    def context(self) -> BriefContext:
        return context()

    def context_of(self, edition: Any) -> BriefContext:
        return context(version=edition.version, citation=f"Ledger, version {edition.version}.")

    @property
    def history(self) -> Any:
        by_version = {each.version: each for each in self.editions}
        return SimpleNamespace(
            oldest=self.editions[-1],
            edition=by_version.__getitem__,
            event_changes=pl.DataFrame(list(self.changed), schema=CHANGED, orient="row"),
        )


def site_of(book: Book, changed: Sequence[dict[str, object]] = (), **others: Any) -> SiteData:
    """Return the site of a book; ``changed`` are rows of `history.CHANGED`, columns left out are empty."""
    rows = [dict.fromkeys(CHANGED) | row for row in changed]
    return cast("SiteData", BookSite(complete(book), rows, **others))


def complete(book: Book) -> dict[str, pl.DataFrame]:
    """Return the tables of a book with what it leaves open in its events."""
    tables = book.tables()
    sides = {"sources_by_leaning": "independent:1", "corroboration": "single_source"}
    tables["events"] = tables["events"].with_columns(
        *(pl.col(name).fill_null(value) for name, value in sides.items()),
        *(pl.when(pl.col("place_id").is_not_null()).then(value).alias(name)
          for name, value in (("latitude", 35.0), ("longitude", 36.0))),
    )  # fmt: skip
    return tables


def slot(book: Book, mention_id: str, name: str, quote: str | None, **changed: Any) -> None:
    """Add the words that a value of a mention was coded from."""
    row = {
        "mention_id": mention_id, "slot": name, "basis": "evidence" if quote else "outlet", "quote": quote,
        "char_start": 3 if quote else None, "char_end": 3 + len(quote) if quote else None, "reason": "as the text says",
    }  # fmt: skip
    book.rows.setdefault("mention_slots", []).append(row | changed)


def change(event_id: str, version: str, table: str = "events", **cells: object) -> dict[str, object]:
    """Return a row of what a version changed of an event."""
    row = {"version": version, "event_id": event_id, "table": table, "row_key": event_id, "change_kind": "changed"}
    return row | cells
