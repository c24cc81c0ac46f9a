"""Style, script and typefaces of the site, from `reports/`; the map under the markers of single events."""

from __future__ import annotations

from pipeline.charts import basemap
from pipeline.inline_style import REPORTS
from pipeline.site import addresses
from pipeline.site.data import SiteData

_FONTS = REPORTS / "fonts"


def files(site: SiteData) -> dict[str, bytes]:
    """Return all files below `assets/`, by path from the root of the site."""
    fonts = {f"assets/fonts/{path.name}": path.read_bytes() for path in sorted(_FONTS.glob("*.woff2"))}
    licences = {f"assets/fonts/{path.name}": path.read_bytes() for path in sorted(_FONTS.glob("OFL-*.txt"))}
    ground = {addresses.BASEMAP: basemap(site.geometry)} if site.geometry else {}
    return {
        addresses.STYLE: style(),
        addresses.SCRIPT: (REPORTS / "site.js").read_bytes(),
        **fonts,
        **licences,
        **ground,
    }


def style() -> bytes:
    """Return the style sheet: the declarations of the typefaces, then the look of the site."""
    return b"\n".join((REPORTS / name).read_bytes() for name in ("fonts/fonts.css", "site.css"))
