"""`sitemap.xml`: the address of every page, for search engines (sitemaps.org, which wants whole addresses)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from pipeline.site import addresses

MOST = 50_000
"""How many addresses the protocol allows one file."""
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def files(site_url: str, paths: Iterable[str]) -> dict[str, bytes]:
    """Return the sitemap of the pages among ``paths``; with too many for one file, an index and its parts.

    Args:
        site_url: where the site will be found, ending in `/`.
        paths: of files of the site.
    """
    pages = sorted(path for path in paths if path.endswith(".html") and path != addresses.MISSING)
    if len(pages) <= MOST:
        return {addresses.SITEMAP: _listing("urlset", "url", site_url, pages)}
    parts = {
        f"sitemap-{number}.xml": _listing("urlset", "url", site_url, pages[at : at + MOST])
        for number, at in enumerate(range(0, len(pages), MOST), 1)
    }
    return {addresses.SITEMAP: _listing("sitemapindex", "sitemap", site_url, list(parts)), **parts}


def _listing(name: str, entry: str, site_url: str, paths: Sequence[str]) -> bytes:
    lines = [f"<{entry}><loc>{escape(site_url + _page(path))}</loc></{entry}>" for path in paths]
    return "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', f"<{name} {_SPACE}>", *lines, f"</{name}>", ""]
    ).encode()


def _page(path: str) -> str:
    """Return the address of a page, a folder for its index."""
    return path.removesuffix("index.html") if path.endswith("index.html") else path
