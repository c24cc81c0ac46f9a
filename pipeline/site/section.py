"""What a section of the site is: a kind of pages that knows which there are, what each rests on, and how to make them.

Which sections there are is said in `sections`, when a page is made is decided in `builder`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Protocol

from pydantic import JsonValue

from pipeline.site.data import SiteData


@dataclass(frozen=True, slots=True)
class LateFile:
    """A file that takes long to make, such as a PDF: made only where the one that lies there says something else."""

    digest: str
    """Over all that its bytes follow from, code and templates left out."""
    make: Callable[[], bytes]


NOTHING: Mapping[str, bytes | LateFile] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class PageFiles:
    """A page with all that is written for it; paths are relative to the root of the site, with `/`."""

    path: str
    """Such as `events/e-0123456789abcdef.html`."""
    html: str
    twin: Mapping[str, JsonValue] | None
    """The same for programs, written beside it as `.json`; None for a page that has none."""
    extra: Mapping[str, bytes | LateFile] = field(default_factory=lambda: NOTHING)
    """Further files by path."""


class Section(Protocol):
    """A kind of pages."""

    @property
    def name(self) -> str:
        """Name of the section, such as `events`: part of the name of each of its pages in the state of the site."""

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return each page's key (an event id, an ISO week) with a digest over every row and value that it shows.

        It is asked at every build, so it renders nothing. What all pages rest on (code, templates, contract, region,
        versions of libraries, title and notice of the ledger) is added by the builder.
        """

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the pages of ``keys``, in their order, one page for each.

        It may run in another process than `plan`, on a part of the keys; memory must not grow with the number of keys.
        """
