"""What each version of the ledger changed of one event, from the changes that the releases publish."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

Change = Mapping[str, Any]
"""A row of `changes` with the version (columns of `history.CHANGED`)."""
REPORTS = "event_mentions"
"""Table of which mentions report or deny an event."""


@dataclass(frozen=True, slots=True)
class CellChange:
    """A column of `events` that says something else; None is an empty cell."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Step:
    """What one version changed."""

    version: str
    kind: str
    """Of the event itself: added, removed or changed (code list `change_kinds`)."""
    cells: tuple[CellChange, ...]
    reports_added: int
    reports_removed: int
    others: tuple[tuple[str, int], ...]
    """Other tables whose rows about the event changed, with the number of changes; none for a new event."""


def steps(changes: Iterable[Change]) -> tuple[Step, ...]:
    """Return what each version changed, newest first; ``changes`` are of one event, oldest version first."""
    by_version: dict[str, list[Change]] = {}
    for change in changes:
        by_version.setdefault(str(change["version"]), []).append(change)
    return tuple(_step(version, told) for version, told in reversed(by_version.items()))


def _step(version: str, told: list[Change]) -> Step:
    of_event = [change for change in told if change["table"] == "events"]
    whole = next((str(change["change_kind"]) for change in of_event if change["field"] is None), "changed")
    links = [_link(change) for change in told if change["table"] == REPORTS]
    others: dict[str, int] = {}
    if whole == "changed":
        for change in told:
            if change["table"] not in ("events", REPORTS):
                others[str(change["table"])] = others.get(str(change["table"]), 0) + 1
    return Step(
        version=version,
        kind=whole,
        cells=tuple(
            CellChange(str(change["field"]), change["old_value"], change["new_value"])
            for change in of_event
            if change["field"] is not None
        ),
        reports_added=links.count("added"),
        reports_removed=links.count("removed"),
        others=tuple(sorted(others.items())),
    )


def _link(change: Change) -> str | None:
    """Return what happened to a report of the event; one that another event had before is added."""
    if change["change_kind"] != "changed":
        return str(change["change_kind"])
    return "added" if change["field"] == "event_id" and change["new_value"] == change["event_id"] else None
