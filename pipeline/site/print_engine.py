"""HTML into PDF by weasyprint: tagged (PDF/UA-1), the same bytes everywhere, no network, no font of the machine.

weasyprint stands on pango and HarfBuzz-Subset, libraries of the system. Where one is missing there are no PDFs, and
`unavailable` says why.
What a page looks like does not belong here.
"""

from __future__ import annotations

import logging
import os
import re
import unicodedata
import warnings
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from math import inf
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from pipeline.errors import FieldledgerError
from pipeline.inline_style import REPORTS
from pipeline.site.digests import digest
from pipeline.site.print_lines import measure_lines_once
from pipeline.site.print_objects import written_once
from pipeline.site.print_paths import read_paths_once
from pipeline.site.print_texts import draw_texts_whole

NO_FONT_OF_THE_MACHINE = '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd"><fontconfig/>'
OPTIONS: dict[str, Any] = {"pdf_variant": "pdf/ua-1"}
PICTURE = "picture:"
"""Begins the addresses of pictures that come with a document."""
NO_PICTURES: Mapping[str, str] = MappingProxyType({})
_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
_RANGE = re.compile(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?")
_SHIPPED = (REPORTS / "fonts").as_uri() + "/"


@lru_cache(maxsize=1)
def unavailable() -> str | None:
    """Return in one line why no PDF can be made on this machine and what to do; None when all is there."""
    try:
        subsets = _subsets()
    except OSError as error:
        name = str(error).partition("'")[2].partition("'")[0] or "pango"
        return (
            f"no PDFs: the system library {name} is missing; install pango (Debian: apt-get install libpangoft2-1.0-0)"
        )
    if subsets:
        return None
    return (
        "no PDFs: the system library HarfBuzz-Subset, 4.1.0 or newer, is missing; install it "
        "(Debian: apt-get install libharfbuzz-subset0)"
    )


@dataclass(frozen=True, slots=True)
class Printed:
    """A document on paper."""

    content: bytes
    pages: int


def to_pdf(html: str, sheet: str, pictures: Mapping[str, str] = NO_PICTURES) -> Printed:
    """Return a document as PDF/UA-1.

    Args:
        html: a whole document with language, title and, as `dcterms.created`, its date.
        sheet: name of its style sheet in `reports/`, which may name the files of `reports/fonts` and no others.
        pictures: SVG by the address that the document shows it with, which begins with `PICTURE`. As a file of its own
            a drawing is read much faster than as a part of the document, whose style sheet says nothing of it.

    Raises:
        FieldledgerError: a library of the system is missing, or the document asks for a file that is not shipped, or
            for a font or an anchor that is not there.
    """
    if why := unavailable():
        raise FieldledgerError(why)
    html = _printable(html)
    engine = _engine(sheet, _faces(frozenset(html)))
    with _refusals(), _faults() as faults:
        fetch = partial(_fetch, pictures=pictures)
        source = engine.weasyprint.HTML(string=html, base_url=REPORTS.as_uri() + "/", url_fetcher=fetch)
        document = source.render(engine.fonts, stylesheets=[engine.style], **OPTIONS)
        identifier = digest([html, *(part for item in sorted(pictures.items()) for part in item)]).encode("ascii")
        content = document.write_pdf(finisher=written_once, pdf_identifier=identifier, **OPTIONS)
    if faults:
        raise FieldledgerError(f"print: {faults[0]}; mend the template or its style sheet reports/{sheet}")
    return Printed(content, len(document.pages))


@dataclass(frozen=True, slots=True)
class _Engine:
    weasyprint: Any
    fonts: Any
    style: Any


def versions() -> dict[str, str]:
    """Return what the bytes of a PDF depend on besides the page: the library, and what it stands on in the system."""
    weasyprint = _weasyprint()
    from weasyprint.text import ffi

    number = ffi.pango.pango_version()
    return {
        "weasyprint": weasyprint.__version__,
        "pango": f"{number // 10_000}.{number // 100 % 100}.{number % 100}",
    }


def _printable(html: str) -> str:
    """Return ``html`` with letters that no shipped typeface has shown as missing, where an empty box would be drawn."""
    strange = {letter for letter in frozenset(html) if ord(letter) > 126} - _letters()
    shown = {"Zs": " ", "Cf": "", "Mn": "", "Me": ""}
    return html.translate({ord(letter): shown.get(unicodedata.category(letter), "\ufffd") for letter in strange})


@lru_cache(maxsize=1)
def _letters() -> frozenset[str]:
    """Return all letters that the shipped typefaces have."""
    from fontTools.ttLib import TTFont

    points: set[int] = set()
    for file in sorted((REPORTS / "fonts").glob("*.woff2")):
        with TTFont(file, lazy=True) as font:
            points |= set(font.getBestCmap())
    return frozenset(map(chr, points))


def _faces(letters: frozenset[str]) -> str:
    """Return the declarations of the typefaces that have letters of the document: reading one takes a while."""
    points = sorted(map(ord, letters))
    return "\n".join(
        face for face, ranges in _shipped_faces() if any(_first_from(points, low) <= high for low, high in ranges)
    )


def _first_from(points: Sequence[int], low: int) -> float:
    at = bisect_left(points, low)
    return points[at] if at < len(points) else inf


@lru_cache(maxsize=1)
def _shipped_faces() -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
    """Return the declaration of each shipped typeface with the ranges of letters that it has."""
    css = (REPORTS / "fonts" / "fonts.css").read_text(encoding="utf-8")
    return tuple(
        (face, tuple((int(low, 16), int(high or low, 16)) for low, high in _RANGE.findall(face)))
        for face in _FACE.findall(css)
    )


@lru_cache(maxsize=8)
def _engine(sheet: str, faces: str) -> _Engine:
    """Return fonts and style sheet, read once a process: work that hundreds of documents share."""
    weasyprint = _weasyprint()
    from weasyprint.text.fonts import FontConfiguration

    measure_lines_once()
    read_paths_once()
    draw_texts_whole()
    with TemporaryDirectory() as folder, _fontconfig(Path(folder)), _faults() as faults:
        fonts = FontConfiguration()
        css = faces + (REPORTS / sheet).read_text(encoding="utf-8")
        style = weasyprint.CSS(string=css, base_url=REPORTS.as_uri() + "/", url_fetcher=_fetch, font_config=fonts)
    if faults:
        raise FieldledgerError(f"print: {faults[0]}; mend reports/{sheet}")
    return _Engine(weasyprint, fonts, style)


def _weasyprint() -> Any:
    """Return the library; it looks for fonts when it is imported, and those of the machine are none of ours."""
    with TemporaryDirectory() as folder, _fontconfig(Path(folder)), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "No fonts configured in FontConfig")
        warnings.filterwarnings("ignore", "HarfBuzz-Subset will be required")  # without it, fonts are subset in Python
        import weasyprint
    return weasyprint


def _subsets() -> bool:
    """Tell whether typefaces can be cut down to the letters of a page by the system's library. What weasyprint does
    without it writes the time into the PDF."""
    _weasyprint()
    from weasyprint.text import ffi

    return ffi.harfbuzz_subset is not None and bool(ffi.harfbuzz.hb_version_atleast(4, 1, 0))


@contextmanager
def _fontconfig(folder: Path) -> Iterator[None]:
    """Let fontconfig know no font but those that are given to it."""
    path, before = folder / "fonts.conf", os.environ.get("FONTCONFIG_FILE")
    path.write_text(NO_FONT_OF_THE_MACHINE, encoding="utf-8")
    os.environ["FONTCONFIG_FILE"] = str(path)
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


def _fetch(url: str, *_: object, pictures: Mapping[str, str] = NO_PICTURES, **__: object) -> Any:
    """Give weasyprint the shipped fonts and the pictures, and refuse everything else, whatever a document asks for."""
    from weasyprint.urls import FatalURLFetchingError, URLFetcherResponse

    if url in pictures:
        return URLFetcherResponse(url, pictures[url].encode("utf-8"), {"Content-Type": "image/svg+xml"})
    name = url.removeprefix(_SHIPPED)
    if not url.startswith(_SHIPPED) or "/" in name or not name.endswith(".woff2"):
        raise FatalURLFetchingError(f"print: {url[:200]!r} is no font of reports/fonts; a printed page loads nothing")
    return URLFetcherResponse(url, (REPORTS / "fonts" / name).read_bytes(), {"Content-Type": "font/woff2"})


@contextmanager
def _refusals() -> Iterator[None]:
    """Turn a refusal of `_fetch`, which weasyprint lets through only as no common exception, into one of ours."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as error:
        raise FieldledgerError(str(error)) from None


class _Faults(logging.Handler):
    """Collects what weasyprint logs as warning or error."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.found: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.found.append(record.getMessage())


@contextmanager
def _faults() -> Iterator[list[str]]:
    """Collect the complaints of weasyprint, which goes on where a page is wrong; nothing of them is printed."""
    logger, handler = logging.getLogger("weasyprint"), _Faults()
    handlers, logger.handlers = logger.handlers, [handler]
    passed_on, logger.propagate = logger.propagate, False
    try:
        yield handler.found
    finally:
        logger.handlers, logger.propagate = handlers, passed_on
