"""The review of one data directory: its last run read from the store, and decisions written beside it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.correct.files import corrections_folder
from pipeline.errors import FieldledgerError, InputError
from pipeline.review.cards import Card, cards
from pipeline.review.decisions import corrections_of, corrections_yaml
from pipeline.review.queue import review_queue
from pipeline.settings import Settings
from pipeline.storage import Store, write_atomically

TABLES = ("events", "event_mentions", "mentions", "near_merges", "articles", "sources", "article_texts")


@dataclass(frozen=True, slots=True)
class Review:
    """The first items of the queue, and how long it is."""

    cards: list[Card]
    total: int


def review_of(settings: Settings, limit: int) -> Review:
    """Return the first ``limit`` items of the queue of the last run.

    Raises:
        InputError: nothing was run yet in the data directory.
    """
    store = Store(settings.data_dir / "store")
    try:
        tables = {name: store.load(name) for name in TABLES}
    except FieldledgerError:
        raise InputError(f"{settings.data_dir}: holds no run to review; `fieldledger run` comes first") from None
    queue = review_queue(*(tables[name] for name in ("events", "event_mentions", "near_merges")))
    return Review(cards(queue.head(limit), tables), queue.height)


def apply_decisions(
    sheet: Path, settings: Settings, who: str | None, day: str | None, to: Path | None
) -> tuple[Path, int]:
    """Write the decisions in a sheet as a file of corrections; returns the file and the number of corrections.

    Raises:
        InputError: a decision cannot be taken, or the file is there already and says something else.
    """
    records = corrections_of(sheet, who, day)
    target = to or corrections_folder(settings) / f"{sheet.stem}.yaml"
    text = corrections_yaml(records, sheet.name)
    if target.exists():
        if target.is_file() and target.read_bytes() == text.encode("utf-8"):
            return target, len(records)
        raise InputError(f"{target}: is there already and says something else; name another file with --to")
    write_atomically(target, text.encode("utf-8"))
    return target, len(records)
