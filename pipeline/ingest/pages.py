"""Pages: from the bytes of an HTML file to what the page says and states about itself.

The page is read and never run, followed or fetched: trafilatura is handed a parsed tree. The date is taken only where
the page states it as its date of publication (metadata, or a visible time element of the article), never from the
address or from dates in the text. Author boxes and the like that survive are ``boilerplate``'s.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

import trafilatura
from lxml.html import HtmlElement

from pipeline.ingest.documents import UNKNOWN_SOURCE, Document, Limits, Rejection, reject
from pipeline.ingest.fields import document
from pipeline.ingest.published import published_date

MOST_ELEMENTS = 30_000
"""Ten times a large news page. Finding the article takes minutes on a page made of more."""

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_SNIFFED_BYTES = 4096
_NO_CLOCK = {"extensive_search": False, "original_date": True, "min_date": "1995-01-01", "max_date": "2100-01-01"}
"""trafilatura looks for a date in any case and, without a last date, reads the clock. Its finding is not used."""
_META_DATES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created", "dc.date",
    "dcterms.date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date",
    "article.published", "date",
)  # fmt: skip
"""Names of meta elements that state the date of publication, the surest first; none that states a change or a crawl."""
_TIME_ELEMENTS = (
    "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    "//article//time/@datetime",
    "//main//time/@datetime",
)


def page_document(data: bytes, sidecar: Mapping[str, object], input_name: str, limits: Limits) -> Document | Rejection:
    """Return the page as a document. Fields of the sidecar, where given, replace what the page states.

    Rejected: ``empty_text`` when no article is found on the page, ``missing_field`` when it states no title,
    ``too_long`` when it has more than `MOST_ELEMENTS`.
    """
    tree = _tree(data)
    if tree is not None and sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        problem = f"the page has more than {MOST_ELEMENTS:,} elements; supply the article alone"
        return reject(input_name, 1, "too_long", problem)
    text = None if tree is None else _article(tree)
    if tree is None or text is None:
        return reject(input_name, 1, "empty_text", "no article is found on the page; supply a .txt", field="text")
    stated: dict[str, object] = {"id": input_name, "source": UNKNOWN_SOURCE, **_metadata(tree)}
    record = {**stated, **{key: value for key, value in sidecar.items() if value is not None}, "text": text}
    return document(record, input_name=input_name, input_record=1, fmt="html", limits=limits)


def decode(data: bytes) -> str:
    """Return the page's text as the HTML standard has it: by byte order mark, UTF-8, charset stated, windows-1252."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    stated = _CHARSET.search(data[:_SNIFFED_BYTES])
    name = stated[1].decode("ascii") if stated else "cp1252"
    try:
        text_encoding = codecs.lookup(name)._is_text_encoding
    except LookupError:
        text_encoding = False
    return data.decode(name if text_encoding and not name.lower().startswith("utf-16") else "cp1252", "replace")


def stated_date(tree: HtmlElement) -> str | None:
    """Return the page's date of publication as it writes it, None when it states none in ISO 8601 or RFC 2822.

    Metadata first, then JSON-LD of the article, then the time element of the article, if all of them agree.
    """
    named: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").strip().lower()
        named.setdefault(name, (element.get("content") or "").strip())
    candidates = [named[name] for name in _META_DATES if name in named]
    for value in (*candidates, *_linked_data_dates(tree)):
        if published_date(value):
            return value.strip()
    for path in _TIME_ELEMENTS:
        times = [str(value).strip() for value in tree.xpath(path)]
        if times and published_date(times[0]) and len({published_date(value) for value in times}) == 1:
            return times[0]
    return None


def _tree(data: bytes) -> HtmlElement | None:
    text = decode(data).replace("\x00", "\ufffd")
    try:
        return trafilatura.load_html(text) if text.strip() else None
    except Exception:  # whatever a parser raises on hostile bytes costs this page only
        return None


def _article(tree: HtmlElement) -> str | None:
    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    except Exception:  # as above; the page is rejected
        return None
    text = getattr(found, "text", None)
    return text if isinstance(text, str) and text.strip() else None


def _metadata(tree: HtmlElement) -> dict[str, object]:
    """Return ``title, source, url, language, published_at`` as far as the page states them."""
    try:
        about = trafilatura.extract_metadata(tree, date_config=dict(_NO_CLOCK), extensive=False)
        title, site, url = about.title, about.sitename, about.url
    except Exception:  # as above; what is not found counts as not stated
        title, site, url = tree.findtext(".//title"), None, None
    stated = {
        "title": title,
        "source": site or _host(url),
        "url": url,
        "language": tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang"),
        "published_at": stated_date(tree),
    }
    return {key: value for key, value in stated.items() if value}


def _host(url: str | None) -> str | None:
    try:
        return urlsplit(url or "").hostname
    except ValueError:
        return None


def _linked_data_dates(tree: HtmlElement) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']/text()"):
        try:
            value = json.loads(str(script))
        except (ValueError, RecursionError):
            continue
        for item in _objects(value):
            stated = item.get("datePublished")
            if isinstance(stated, str) and "comment" not in str(item.get("@type", "")).lower():
                yield stated


def _objects(value: object) -> Iterator[dict[str, object]]:
    """Yield the top objects of a JSON-LD block and those of its graph, not the ones inside them (other stories)."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()
