"""The site made of releases: what changed is rendered and written, what is no more is removed, the rest is left alone.

A page is made anew when the digest of what it rests on is another, or when a file of it is missing. Every file of a site
that is finished appears whole, and the state of the site is written last, so that a build can die at any moment and the
next one completes it. A build from nothing and one upon another give the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.collector import seldom
from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes
from pipeline.lineage import code_version, lock_version, package_versions
from pipeline.progress import Progress, Unwatched
from pipeline.site import addresses, sitemap, static_files
from pipeline.site.carried_releases import carry_releases
from pipeline.site.data import SiteData
from pipeline.site.digests import digest, value_digest
from pipeline.site.rendering import Desk, Order, work_through
from pipeline.site.section import Section
from pipeline.site.sections import SECTIONS
from pipeline.site.state import PageState, State, Written, state_file, write_state
from pipeline.site.writer import is_there, opened_folder, prune, put_all

PROCESSES = 2
_OWN = "site"
"""Section of what the builder writes itself."""


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    out: Path
    version: str
    """Of the release that the site shows."""
    pages: int
    """Pages of the site."""
    made: int
    """Pages that were made in this build."""
    removed: int
    """Files that were removed."""
    releases: int
    """Releases that came into the site."""

    @property
    def changed(self) -> bool:
        """Whether anything was done."""
        return bool(self.made or self.removed or self.releases)


def build_site(
    site: SiteData,
    out: Path,
    sections: Sequence[Section] = SECTIONS,
    *,
    processes: int = PROCESSES,
    progress: Progress | None = None,
) -> Built:
    """Let the folder ``out`` hold the site of ``site``.

    Args:
        site: the releases.
        out: a folder that is empty, missing, or made by an earlier build.
        sections: the kinds of pages.
        processes: how many may render, where there are many pages to render.
        progress: is told how many pages are made.

    Raises:
        InputError: ``out`` holds something else.
        FieldledgerError: a table cannot be read, two pages would have one address, the disk is at fault, another build
            is at work there.
    """
    with seldom(), opened_folder(out) as before:
        return _build(site, out, sections, before, processes, progress or Unwatched())


def _build(
    site: SiteData, out: Path, sections: Sequence[Section], before: State, processes: int, progress: Progress
) -> Built:
    desk = Desk(site, sections, out, common_digest(site), unseen=not before.pages)
    planned = plan(site, sections, desk.common)
    orders = [_order(at, section.name, planned[at], before, out) for at, section in enumerate(sections)]
    wanted = sum(len(order.digests) for order in orders)
    pages = {name: before.pages[name] for name in _names(planned, sections) if name in before.pages}
    with progress.task("Pages of the site", wanted) as advance:
        for done in work_through(desk, orders, processes):
            pages |= done
            advance(len(done))
    pages |= _own_pages(site, out, pages)
    state = State(pages)
    _check_addresses(state)
    releases = carry_releases(out, site.editions, site.index_files)
    removed = prune(out, state.files(), addresses.RELEASES)
    if state != before:
        write_state(state_file(out), state)
    return Built(out, site.version, sum(map(len, planned)), wanted, removed, releases)


def common_digest(site: SiteData) -> str:
    """Return a digest over what every page rests on: code, templates, contract, libraries, and what the ledger is."""
    return value_digest(
        [
            code_version("site"),
            lock_version(),
            dict(package_versions()),
            [site.title, site.region_title, site.region, site.invention, *site.invented_outlets],
            list(site.descriptor["licenses"]),
        ]
    )


def plan(site: SiteData, sections: Sequence[Section], common: str) -> list[dict[str, str]]:
    """Return for each section the digest of each page, by its key, over all that it rests on."""
    return [
        {key: digest([common, section.name, key, own]) for key, own in sorted(section.plan(site).items())}
        for section in sections
    ]


def _names(planned: Sequence[Mapping[str, str]], sections: Sequence[Section]) -> list[str]:
    return [f"{section.name}/{key}" for section, keys in zip(sections, planned, strict=True) for key in keys]


def _order(at: int, section: str, planned: Mapping[str, str], before: State, out: Path) -> Order:
    """Return the pages of a section that are not there, or not made of what they should be."""
    stale: dict[str, str] = {}
    late: dict[str, Written] = {}
    folder = str(out)  # asked for each of a hundred thousand files
    for key, wanted in planned.items():
        known = before.pages.get(f"{section}/{key}")
        if known and known.digest == wanted and all(is_there(folder, *file) for file in known.files.items()):
            continue
        stale[key] = wanted
        if known:
            late |= {path: written for path, written in known.files.items() if written.follows_from}
    return Order(at, stale, late)


def _own_pages(site: SiteData, out: Path, pages: Mapping[str, PageState]) -> dict[str, PageState]:
    """Write what belongs to no section: style, script, typefaces, and the list of all pages."""
    files = static_files.files()
    files |= sitemap.files(site.site_url, [path for page in pages.values() for path in page.files])
    written = put_all(out, files)
    return {f"{_OWN}/{path}": PageState(sha256_bytes(files[path]), {path: file}) for path, file in written.items()}


def _check_addresses(state: State) -> None:
    """Refuse two pages with one address: one would be lost, in silence."""
    names: dict[str, str] = {}
    for name, page in sorted(state.pages.items()):
        for path in page.files:
            if (other := names.setdefault(path.lower(), name)) != name:
                raise FieldledgerError(f"site: the pages {other} and {name} would both be {path}; rename one of them")
