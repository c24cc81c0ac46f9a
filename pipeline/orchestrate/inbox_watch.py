"""Whether new files lie in the inputs, and lie still: what the sensor looks at, without Dagster and without a clock.

A file that is being written changes its size or its time between two looks, so only what two looks saw alike is read.
Files under a name of the time of copying (hidden, or ending in .part, .tmp and the like) are none that ingest reads, so
they count once they have their own name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.correct.files import SUFFIXES, corrections_folder
from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes, sha256_text
from pipeline.ingest.found import Found, find_inputs
from pipeline.settings import Settings


@dataclass(frozen=True, slots=True)
class Memory:
    """What the looks so far have left: the cursor of the sensor."""

    seen: str = ""
    """Of the look before: hash of names, sizes and times."""
    read: str = ""
    """The same, when files were last asked for."""
    content: str = ""
    """Hash of names and bytes, when files were last asked for."""

    def to_text(self) -> str:
        """Return it as JSON."""
        return json.dumps(asdict(self))

    @classmethod
    def from_text(cls, text: str | None) -> Memory:
        """Return what `to_text` wrote; nothing where there is nothing that can be read."""
        try:
            return cls(**json.loads(text or "{}"))
        except (TypeError, ValueError):
            return cls()


@dataclass(frozen=True, slots=True)
class Look:
    """What one look says."""

    memory: Memory
    ask_for: str | None = None
    """Hash of the content that should be read now."""
    why_not: str = ""


def look(settings: Settings, memory: Memory) -> Look:
    """Look at the inputs and the corrections of ``settings`` once more."""
    if not settings.inputs:
        return Look(memory, why_not="the setting inputs names nothing: the bundled sample does not change")
    try:
        listing = _listing(settings)
        if listing == memory.read:
            return Look(Memory(listing, memory.read, memory.content), why_not="nothing has changed")
        if listing != memory.seen:
            waiting = Memory(listing, memory.read, memory.content)
            return Look(waiting, why_not="files are new or changed; they are read once a second look sees them alike")
        content = _content(settings)
        if _listing(settings) != listing:
            return Look(Memory("", memory.read, memory.content), why_not="a file changed while it was looked at")
    except (OSError, FieldledgerError) as error:
        return Look(memory, why_not=str(error))
    after = Memory(listing, listing, content)
    if content == memory.content:
        return Look(after, why_not="names or times changed, the content did not")
    return Look(after, ask_for=content)


def _files(settings: Settings) -> Iterator[tuple[str, Path]]:
    for item in find_inputs(settings.inputs):
        if isinstance(item, Found):
            yield item.name, item.path
            if item.sidecar:
                yield item.sidecar.name, item.sidecar.path
    folder = corrections_folder(settings)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
        if path.suffix.lower() in SUFFIXES and path.is_file():
            yield f"corrections/{path.relative_to(folder).as_posix()}", path


def _listing(settings: Settings) -> str:
    rows = [(name, (stat := path.stat()).st_size, stat.st_mtime_ns) for name, path in _files(settings)]
    return sha256_text(json.dumps(rows))


def _content(settings: Settings) -> str:
    return sha256_text(json.dumps([(name, sha256_bytes(path.read_bytes())) for name, path in _files(settings)]))
