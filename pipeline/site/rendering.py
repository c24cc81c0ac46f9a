"""Pages made and written, here or in processes beside this one: rendering takes one processor, a machine has more.

A process is started anew, not forked (polars has threads), opens the same releases, and writes the pages it is given.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from pipeline.collector import seldom
from pipeline.errors import FieldledgerError
from pipeline.site import addresses
from pipeline.site.data import SiteData, open_site
from pipeline.site.digests import digest
from pipeline.site.section import LateFile, PageFiles, Section
from pipeline.site.state import PageState, Written
from pipeline.site.twins import twin_bytes
from pipeline.site.writer import is_there, put

FEWEST_TO_SHARE = 300
"""With fewer pages than this, further processes would take longer to start than they save."""
_PARTS, _LARGEST_PART = 8, 1_000
"""Each section is cut into so many parts for each process, or into parts of so many pages, if that gives more."""
Late = Mapping[str, Written]


@dataclass(frozen=True, slots=True)
class Order:
    """Pages of one section that are to be made."""

    section: int
    """Which of the sections."""
    digests: Mapping[str, str]
    """By key of the page."""
    late: Late
    """Files that take long to make, as they lie there from the build before, by path."""


@dataclass(frozen=True)
class Desk:
    """Where orders are worked on."""

    site: SiteData
    sections: Sequence[Section]
    out: Path
    common: str
    """Digest over what all pages rest on."""
    unseen: bool = False
    """No site is finished in the folder yet (`writer.put`)."""

    def work(self, order: Order) -> dict[str, PageState]:
        """Make and write the pages of ``order``; return the state of each, by section and key."""
        section, keys = self.sections[order.section], list(order.digests)
        done: dict[str, PageState] = {}
        for key, page in zip(keys, section.render(self.site, keys), strict=True):
            done[f"{section.name}/{key}"] = PageState(order.digests[key], self._write(page, order.late))
        return done

    def _write(self, page: PageFiles, late: Late) -> dict[str, Written]:
        written = {page.path: self._put(page.path, page.html.encode("utf-8"))}
        if page.twin is not None:
            path = addresses.twin(page.path)
            written[path] = self._put(path, twin_bytes(page.twin))
        for path, content in page.extra.items():
            if path in written:
                raise FieldledgerError(f"site: {page.path} and a file beside it would both be {path}")
            written[path] = (
                self._write_late(path, content, late) if isinstance(content, LateFile) else self._put(path, content)
            )
        return written

    def _put(self, path: str, data: bytes) -> Written:
        return put(self.out, path, data, unseen=self.unseen)

    def _write_late(self, path: str, content: LateFile, late: Late) -> Written:
        follows_from = digest([self.common, content.digest])
        before = late.get(path)
        if before and before.follows_from == follows_from and is_there(self.out, path, before):
            return before
        made = self._put(path, content.make())
        return Written(made.bytes, follows_from)


def cut(orders: Sequence[Order], processes: int) -> list[Order]:
    """Return ``orders`` in parts that keep ``processes`` busy to the end."""
    parts = []
    for order in orders:
        keys = list(order.digests)
        size = min(max(-(-len(keys) // (processes * _PARTS)), 1), _LARGEST_PART)
        parts += [
            Order(order.section, {key: order.digests[key] for key in keys[at : at + size]}, order.late)
            for at in range(0, len(keys), size)
        ]
    return parts


def work_through(desk: Desk, orders: Sequence[Order], processes: int) -> Iterator[dict[str, PageState]]:
    """Work through ``orders`` and yield what is done as it is done, in ``processes`` processes where that pays."""
    pages = sum(len(order.digests) for order in orders)
    if processes < 2 or pages < FEWEST_TO_SHARE:
        yield from map(desk.work, cut(orders, 1))
        return
    site = desk.site
    site.forget()  # what this process planned with is not needed while others render
    opened = (site.releases, site.version, site.site_url, tuple(desk.sections), desk.out, desk.common, desk.unseen)
    with ProcessPoolExecutor(
        processes, mp_context=multiprocessing.get_context("spawn"), initializer=_open_desk, initargs=opened
    ) as pool:
        waiting = [pool.submit(_work, order) for order in cut(orders, processes)]
        try:
            for done in as_completed(waiting):
                yield done.result()
        except BrokenProcessPool as error:
            raise FieldledgerError(
                "site: a process that made pages was stopped from outside, perhaps for want of memory; make room, then "
                "run again"
            ) from error
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


_desk: list[Desk] = []
"""Of a process that was started to render: its only desk."""


def _open_desk(
    releases: Path, version: str, site_url: str, sections: tuple[Section, ...], out: Path, common: str, unseen: bool
) -> None:
    _desk[:] = [Desk(open_site(releases, version, site_url), sections, out, common, unseen)]


def _work(order: Order) -> dict[str, PageState]:
    with seldom():
        return _desk[0].work(order)
