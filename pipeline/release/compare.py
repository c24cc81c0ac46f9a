"""Two releases side by side, for `fieldledger diff OLD NEW`: the changes, and how they read on a terminal.

What a change is belongs to `changes`, its sentences to `change_story`, the files about it to `change_files`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import FieldledgerError, InputError
from pipeline.hostile_characters import visible
from pipeline.release.about import invention, package_words
from pipeline.release.change_files import write_folder
from pipeline.release.change_pages import amount_of, events_head, lists
from pipeline.release.change_story import Row, TableStory, tell
from pipeline.release.changes import Changes, compare_editions
from pipeline.release.reader import Release, open_release
from pipeline.release.whole import refuse_part

SHOWN = 20
"""Lines shown of each kind of change in a table."""
_SIGNS = {"New": "+", "Gone": "-", "Changed": "~"}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two releases and what differs between them."""

    old: Release
    new: Release
    changes: Changes

    @property
    def differs(self) -> bool:
        """Whether any row, column or rule does."""
        return self.changes.level != "none"

    @property
    def notice(self) -> str | None:
        """What a reader must be told before any figure: that outlets are invented, in either release."""
        tables = [release.frame("sources") for release in (self.new, self.old) if "sources" in release.resources]
        notices = (package_words().notice(invention(table)) for table in tables if "invented" in table.columns)
        return next(filter(None, notices), None)

    def write(self, folder: Path) -> int:
        """Write all about the changes into a new folder; returns the number of files.

        Raises:
            InputError: the folder holds something, is part of a release or cannot be written, or `sources` not be read.
        """
        apart = (self.old.path, self.new.path)
        try:
            return write_folder(folder, self.changes, self.new.version, self.notice, apart)
        except FieldledgerError as error:
            raise InputError(str(error)) from error


def diff_releases(old: Path, new: Path) -> Comparison:
    """Return what changed from the release in the folder ``old`` to the one in ``new``.

    Raises:
        InputError: one of them is no release that can be read, or is not whole: the message names the folder. A package
            that was copied without its manifest is read as far as its descriptor goes.
    """
    before, after = _opened(old), _opened(new)
    try:
        return Comparison(before, after, compare_editions(before, after))
    except FieldledgerError as error:
        raise InputError(f"{old} and {new} cannot be compared: {error}") from error


def _opened(path: Path) -> Release:
    try:
        release = open_release(path)
    except FieldledgerError as error:
        said = str(error)
        raise InputError(said if said.startswith(str(path)) else f"{path}: {said}") from error
    refuse_part(path)
    return release


def render_changes(changes: Changes, version: str | None, shown: int = SHOWN) -> str:
    """Return the changes as plain text, the table and the cell that changed most first; empty when nothing did."""
    if changes.level == "none":
        return ""
    story = tell(changes, version, shown=shown)
    blocks = [" ".join(story.summary)]
    if story.schema:
        blocks.append(_block("Schema", [f"{level:5}  {sentence}" for level, sentence in story.schema]))
    if story.events:
        lines = [f"{event.sentence()} ({event.event_id})" for event in story.events]
        blocks.append(_block(events_head(story), lines))
    blocks += [_block(f"{heading}: {head}", sentences) for _, heading, head, sentences in lists(story)]
    blocks += [_table(table) for table in story.tables]
    return "".join(f"{visible(line)}\n" for block in blocks for line in block.splitlines())


def _block(head: str, lines: Sequence[str]) -> str:
    return "\n".join([head, *(f"  {line}" for line in lines)])


def _table(table: TableStory) -> str:
    lines = [f"changed cells: {table.columns}"] if table.columns else []
    lines += [_line(row) for row in table.rows]
    if more := table.total - len(table.rows):
        lines.append(f"  and {more:,} more")
    return _block(f"{table.name}: {table.sentence}", lines)


def _line(row: Row) -> str:
    size = amount_of(row["size"], row["unit"])
    cell = f"  {row['column']}: {row['old']} -> {row['new']}" if row["column"] else ""
    return f"{_SIGNS[row['change']]} {row['key']}{cell}{f'  ({size})' if size else ''}"
