"""Style, script and typefaces of the site, from `reports/`; the map under the markers of single events."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.charts import basemap
from pipeline.errors import FieldledgerError
from pipeline.inline_style import REPORTS
from pipeline.regions.load import folder_of
from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.site.section import PageFiles

_FONTS = REPORTS / "fonts"


def files() -> dict[str, bytes]:
    """Return style, script and typefaces, by path from the root of the site."""
    fonts = {f"assets/fonts/{path.name}": path.read_bytes() for path in sorted(_FONTS.glob("*.woff2"))}
    licences = {f"assets/fonts/{path.name}": path.read_bytes() for path in sorted(_FONTS.glob("OFL-*.txt"))}
    return {
        addresses.STYLE: style(),
        addresses.SCRIPT: (REPORTS / "site.js").read_bytes(),
        **fonts,
        **licences,
    }


def style() -> bytes:
    """Return the style sheet: the declarations of the typefaces, then the look of the site."""
    return b"\n".join((REPORTS / name).read_bytes() for name in ("fonts/fonts.css", "site.css"))


@dataclass(frozen=True, slots=True)
class Ground:
    """The section of one file: the map that pages of single events put a marker on."""

    name: str = "ground"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return the region as the key, if it has shapes; these belong to the code that every page rests on."""
        return {site.region: ""} if (folder_of(site.region) / "geometry.geojson").is_file() else {}

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the map."""
        for _ in keys:
            if site.geometry is None:
                raise FieldledgerError(f"region {site.region}: its shapes cannot be read; mend geometry.geojson")
            yield PageFiles(addresses.BASEMAP, basemap(site.geometry).decode("utf-8"), None)


GROUND = Ground()
