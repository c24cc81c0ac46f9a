"""The job of `fieldledger reproduce`: gather what is needed, make the release again in a clean folder, compare."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pipeline.archive import Archive
from pipeline.errors import InputError, cut
from pipeline.ids import sha256_bytes
from pipeline.progress import Progress
from pipeline.release.evidence import broken_quotes
from pipeline.release.files import explain, read_file
from pipeline.release.reader import open_release
from pipeline.release.verify import verify_release
from pipeline.release.whole import MANIFEST, not_whole
from pipeline.reproduce.alike import kinds_alike
from pipeline.reproduce.chain import Chain, Link, find_chain
from pipeline.reproduce.comparison import Comparison, compare, records_of
from pipeline.reproduce.environment import differing
from pipeline.reproduce.materials import Shelves
from pipeline.reproduce.rebuild import Workshop
from pipeline.workbench import Workbench

QUOTING = ("articles", "mentions", "casualties", "mention_slots")
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be made again, of what, and where."""

    release: Path
    store: Path
    """Store of the data directory that made the release."""
    also: Sequence[Path] = ()
    """Files and folders in which raw inputs are looked for by hash."""
    work: Path | None = None
    """An empty or new folder to work in, which stays; a temporary one when None."""
    whole: bool = False
    """Whether everything is made again from the first release on, also where a predecessor is at hand."""


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What came of making a release again."""

    version: str
    """Of the release that was made last: the one asked for, or the predecessor at which it ended."""
    wanted: str
    """Version of the release asked for."""
    base: str | None
    """Version of the predecessor that was taken as it is."""
    made: tuple[str, ...]
    """Versions that were made again, in their order."""
    other_here: tuple[str, ...]
    """What differs between the lock of `version` and here, first things first (`environment.differing`)."""
    comparison: Comparison | None
    """None when the pipeline found nothing new to release."""
    misquoted: tuple[str, ...]
    """Quotes of the release that are not in the texts made again."""

    @property
    def holds(self) -> bool:
        """Whether the release asked for was made again, the same."""
        whole = self.version == self.wanted and self.comparison is not None and self.comparison.holds
        return whole and not self.misquoted


def reproduce(order: Order, progress: Progress, tell: Tell) -> Reproduction:
    """Make a release again; ``tell`` gets what should be known before the work begins.

    Raises:
        InputError: the release is not whole, or a raw input or predecessor is missing or damaged.
        FieldledgerError: the pipeline cannot run: the disk is full, a check failed.
    """
    release = _where(order.release)
    if findings := verify_release(release):
        raise not_whole(release, findings)
    archive = Archive(order.store)
    try:
        chain = find_chain(release, archive, whole=order.whole)
    except OSError as error:
        raise InputError(f"{error.filename or release}: {cut(error.strerror or str(error))}; fetch it again") from error
    with _workshop(order.work) as shop:
        try:
            return _walk(chain, shop, Shelves(archive, order.also), progress, tell)
        except OSError as error:
            raise explain(error, shop.folder) from error


def _walk(chain: Chain, shop: Workshop, shelves: Shelves, progress: Progress, tell: Tell) -> Reproduction:
    """Make the releases of ``chain`` one after the other, up to the first that is not the one named."""
    base, wanted = None, chain.links[-1].manifest.version
    if chain.base is not None:
        base = open_release(chain.base).version
        shop.lay(chain.base)
    made: list[str] = []
    for link in chain.links:
        bench = shop.bench(link.lock, shelves, progress)
        other_here = tuple(differing(link.lock, bench))
        for line in other_here:
            tell(f"release {link.manifest.version}: {line}")
        folder = shop.make(bench)
        made.append(link.manifest.version)
        comparison = _compared(link, folder) if folder else None
        last = link is chain.links[-1]
        misquoted = tuple(_misquoted(link, bench)) if last else ()
        done = Reproduction(link.manifest.version, wanted, base, tuple(made), other_here, comparison, misquoted)
        if last or folder is None or sha256_bytes(read_file(folder, MANIFEST)) != link.manifest_sha256:
            return done
    raise AssertionError("a chain has at least one link")


def _compared(link: Link, made: Path) -> Comparison:
    if link.folder is not None:
        return compare(records_of(link.folder), records_of(made), link.folder, made, kinds_alike(link.lock))
    there = {file.path: file for file in link.manifest.files}
    here = {path: file for path, file in records_of(made).items() if path != MANIFEST}
    return compare(there, here, None, made)


def _misquoted(link: Link, bench: Workbench) -> Iterator[str]:
    """Hold every quote of the release against the texts made again, which no release carries."""
    if link.folder is None:
        return
    there = open_release(link.folder)
    frames = {name: there.frame(name) for name in QUOTING if name in there.tables}
    for table, says in broken_quotes(frames, bench.store.load("article_texts")):
        yield f"{table}: {says}"


@contextmanager
def _workshop(work: Path | None) -> Iterator[Workshop]:
    """Give a clean folder: the one named, which stays, or a temporary one."""
    if work is None:
        with tempfile.TemporaryDirectory(prefix="fieldledger-reproduce-") as folder:
            yield Workshop(Path(folder))
        return
    try:
        work.mkdir(parents=True, exist_ok=True)
        if any(work.iterdir()):
            raise InputError(f"{work}: is not empty; name a new folder to make the release again in")
    except OSError as error:
        raise InputError(f"{work}: cannot be used ({error.strerror}); name a folder that may be written") from None
    yield Workshop(work)


def store_of(release: Path, data_dir: Path | None) -> Path:
    """Return the store to draw from: of ``data_dir``, else of the data directory that the release lies in."""
    return (data_dir if data_dir is not None else _where(release).parent.parent) / "store"


def _where(release: Path) -> Path:
    """Return the folder that a name such as `latest` leads to; one that leads to itself is told of by who reads it."""
    return Path(os.path.realpath(release))
