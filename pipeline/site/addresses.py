"""Addresses of pages: paths from the root of the site, with `/`; links between pages are relative.

The same thing has the same address in every build. Names become ASCII, so that they hold on any server and disk.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from pipeline.ids import sha256_text

HOME, MISSING = "index.html", "404.html"
WEEKS, GOVERNORATES, ACTORS = "weeks/index.html", "governorates/index.html", "actors/index.html"
METHODOLOGY, CODEBOOK, ACCURACY, DOWNLOADS = "methodology.html", "codebook.html", "accuracy.html", "downloads.html"
BRIEFINGS_FEED, RELEASES_FEED, SITEMAP = "briefings.xml", "releases.xml", "sitemap.xml"
STYLE, SCRIPT, BASEMAP = "assets/site.css", "assets/site.js", "assets/basemap.svg"
RELEASES = "releases"
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


def week(iso_week: str, language: str = "en") -> str:
    """Return the address of a week's page: `weeks/2021-W05.html`, in another language `ar/weeks/2021-W05.html`."""
    return f"weeks/{iso_week}.html" if language == "en" else f"{language}/weeks/{iso_week}.html"


def week_pdf(iso_week: str) -> str:
    """Return the address of a week's printed issue: `weeks/2021-W05.pdf`."""
    return f"weeks/{iso_week}.pdf"


def event(event_id: str) -> str:
    """Return the address of an event's page: `events/e-0123456789abcdef.html`."""
    return f"events/{event_id}.html"


def trace(iso_week: str) -> str:
    """Return the address of the rows behind a week's figures: `trace/2021-W05.html`."""
    return f"trace/{iso_week}.html"


def governorate(name: str) -> str:
    """Return the address of a governorate's page: `governorates/rif-dimashq.html`."""
    return f"governorates/{slug(name)}.html"


def actor(actor_id: str) -> str:
    """Return the address of an actor's page: `actors/syrian-armed-forces.html`."""
    return f"actors/{slug(actor_id)}.html"


def twin(path: str) -> str:
    """Return the address of a page's JSON twin."""
    return f"{path.removesuffix('.html')}.json"


def release(version: str, path: str = "") -> str:
    """Return the address of a file of a release."""
    return f"{RELEASES}/v{version}/{path}"


def root(path: str) -> str:
    """Return what leads from the page at ``path`` to the root of the site: "", "../", "../../"."""
    return "../" * path.count("/")


def relative(from_path: str, to_path: str) -> str:
    """Return the link from one page to another, such as `../weeks/2021-W05.html`; a folder keeps its `/`."""
    here, there = from_path.split("/")[:-1], to_path.split("/")
    shared = next(
        (at for at, (one, two) in enumerate(zip(here, there[:-1], strict=False)) if one != two),
        min(len(here), len(there) - 1),
    )
    return "../" * (len(here) - shared) + "/".join(there[shared:]) or "./"


@lru_cache(maxsize=4096)
def slug(name: str) -> str:
    """Return ``name`` as a file's name: lower-case ASCII letters, digits and hyphens.

    Where that loses letters, or nothing is left, a part of the name's hash keeps names apart.
    """
    folded = unicodedata.normalize("NFKD", name)
    plain = _NOT_PLAIN.sub("-", folded.encode("ascii", "ignore").decode("ascii").lower()).strip("-")
    lost = any(unicodedata.category(sign).startswith("L") for sign in folded if not sign.isascii())
    if plain and len(plain) <= 80 and not lost:
        return plain
    return f"{plain[:80]}-{sha256_text(name)[:8]}".strip("-")
