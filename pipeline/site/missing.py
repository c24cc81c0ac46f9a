"""The page that a server shows for an address that is none.

It is shown at any depth, where a relative link would lead astray: alone of all pages, its links begin with the path
that the setting `site_url` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.site.single import Said, SinglePage


def says(site: SiteData) -> Said:
    """Return what the page says: nothing but where the site is."""
    return {"root": urlsplit(site.site_url).path or "/"}


def drawn(_site: SiteData, said: Said) -> Mapping[str, Any]:
    """Return where links lead from."""
    return {"root": said["root"]}


MISSING = SinglePage("missing", addresses.MISSING, "missing.html.j2", says, drawn, twin=False)
