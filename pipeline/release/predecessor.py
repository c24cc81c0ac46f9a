"""The release before, as the next one builds on it: which one it is, and the events whose ids are to live on.

Stages before this one may not read releases: they get these frames as tables like any other, so that what they made
of them is remembered and told. What became of ids that did not live on is `retired`.
"""

from __future__ import annotations

import polars as pl

from pipeline.contracts import load_contract
from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes
from pipeline.release import files
from pipeline.release.columns import Edition
from pipeline.release.reader import Release

PREDECESSOR = pl.Schema({"version": pl.String(), "manifest_sha256": pl.String()})
FOUNDERS = pl.Schema(
    {
        "event_id": pl.String(),
        "founding_mention_id": pl.String(),
        "living": pl.Boolean(),
        "by_correction": pl.Boolean(),
    }
)
REPORTS = pl.Schema({"mention_id": pl.String(), "event_id": pl.String()})


def predecessor(release: Release | None) -> pl.DataFrame:
    """Return ``version`` and ``manifest_sha256`` of the release before: one row, none for a first release.

    The manifest holds the hash of every file, so that its own hash names all that was built on.

    Raises:
        FieldledgerError: the release has no manifest that can be read.
    """
    rows = [(release.version, sha256_bytes(_manifest(release)))] if release else []
    return pl.DataFrame(rows, schema=PREDECESSOR, orient="row")


def _manifest(release: Release) -> bytes:
    try:
        return files.read_file(release.path, "manifest.json")
    except OSError as error:
        raise FieldledgerError(f"{error.filename}: {error.strerror}; fetch the release again") from error


def check_predecessor(newest: Release | None, handed_on: pl.DataFrame) -> None:
    """See that the ids of events were given after the newest release, which may have changed since.

    Raises:
        FieldledgerError: ``handed_on``, the `predecessor` that they were given after, is another one.
    """
    if not handed_on.equals(predecessor(newest)):
        after = next(iter(handed_on["version"]), "no release")
        found = newest.version if newest else "no release"
        raise FieldledgerError(f"the ids of events follow {after}, but {found} is the newest now: run again")


def past_founders(edition: Edition | None) -> pl.DataFrame:
    """Return every event id that was ever given (columns of `FOUNDERS`), with the mention that founds the event.

    ``living`` tells whether ``edition`` has the event; the others are in its `retired_events`. ``by_correction`` marks
    those that a declared split gave: to the coding, which knows of no corrections, their reports may still be of the
    event that was split.

    Raises:
        FieldledgerError: the table `events` of the release cannot be read, or does not tell the founders.
    """
    if edition is None:
        return FOUNDERS.to_frame()
    columns = ("event_id", "founding_mention_id")
    living = _columns(edition, "events", columns).with_columns(living=True)
    retired = retired_before(edition).select(columns).with_columns(living=False)
    split_off = pl.col("event_id").is_in(_split_off(edition).implode())
    return pl.concat([living, retired]).with_columns(by_correction=split_off).sort("event_id")


def _split_off(edition: Edition) -> pl.Series:
    """Return the ids of events that the splits declared for ``edition`` gave to what left the event."""
    if "corrections" not in edition.resources:
        return pl.Series([], dtype=pl.String)
    columns = ("state", "action", "original_value", "corrected_value")
    applied = (pl.col("state") == "applied") & (pl.col("action") == "split")
    stood, stand = (pl.col(name).str.split(";") for name in ("original_value", "corrected_value"))
    splits = _columns(edition, "corrections", columns).filter(applied)
    return splits.select(ids=stand.list.set_difference(stood))["ids"].explode().drop_nulls()


def past_reports(edition: Edition | None) -> pl.DataFrame:
    """Return which mention reported which event (columns of `REPORTS`); denials are left out.

    Raises:
        FieldledgerError: the table `event_mentions` of the release cannot be read.
    """
    if edition is None:
        return REPORTS.to_frame()
    links = _columns(edition, "event_mentions", ("mention_id", "event_id", "relation"))
    return links.filter(pl.col("relation") == "reports").drop("relation").sort("mention_id")


def retired_before(edition: Edition | None) -> pl.DataFrame:
    """Return the table `retired_events` of ``edition``; no rows where it has none."""
    table = load_contract().tables["retired_events"]
    if edition is None or table.name not in edition.resources:
        return table.empty()
    return table.conform(_columns(edition, table.name, table.columns))


def _columns(edition: Edition, name: str, columns: tuple[str, ...]) -> pl.DataFrame:
    frame = edition.frame(name) if name in edition.resources else pl.DataFrame()
    if missing := [column for column in columns if column not in frame.columns]:
        raise FieldledgerError(
            f"release {edition.version}: table {name} has no {', '.join(missing)}, without which event ids cannot "
            "live on; move that release away to begin a new series, or use the program that made it"
        )
    return frame.select(columns)
