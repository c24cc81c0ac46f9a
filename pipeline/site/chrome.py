"""What every page of the site has around it, and how templates of `reports/` become pages.

Text of strangers is escaped by the environment, tidied and made visible before; links between pages are relative.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import Any

from jinja2 import Environment
from markupsafe import Markup, escape

from pipeline.brief import words
from pipeline.brief.addresses import linkable
from pipeline.brief.hostile_text import excerpt, snippet, tidy
from pipeline.brief.render import wording
from pipeline.inline_style import REPORTS
from pipeline.release.index_pages import size_words
from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.templates import environment
from pipeline.yaml_text import read_yaml

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; font-src 'self'; base-uri 'none'; "
    "form-action 'none'"
)
"""What a page may load: its own style, script, typefaces and pictures, and nothing else; no inline style or script."""
TEXTS = REPORTS / "texts"
ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the navigation."""

    name: str
    path: str


NAVIGATION = (
    Item("home", addresses.HOME),
    Item("weeks", addresses.WEEKS),
    Item("governorates", addresses.GOVERNORATES),
    Item("actors", addresses.ACTORS),
    Item("methodology", addresses.METHODOLOGY),
    Item("codebook", addresses.CODEBOOK),
    Item("accuracy", addresses.ACCURACY),
    Item("downloads", addresses.DOWNLOADS),
)
_ENTRIES = frozenset(item.path for item in NAVIGATION)


@lru_cache(maxsize=8)
def site_texts(language: str = ENGLISH) -> Mapping[str, Any]:
    """Return the fixed texts of the site; in English where there is no `site.LANGUAGE.yaml`."""
    path = TEXTS / f"site.{language}.yaml"
    chosen = path if path.is_file() else TEXTS / f"site.{ENGLISH}.yaml"
    return MappingProxyType(read_yaml(chosen.read_text(encoding="utf-8")))


@lru_cache(maxsize=8)
def page_texts(language: str = ENGLISH) -> Mapping[str, Any]:
    """Return the fixed texts of the pages of weeks in a language that there is a catalogue of."""
    return MappingProxyType(read_yaml((TEXTS / f"{language}.yaml").read_text(encoding="utf-8")))


def render(site: SiteData, template: str, path: str, *, here: str, twin: bool = True, **values: Any) -> str:
    """Return the page at ``path``.

    Args:
        site: the releases.
        template: file of `reports/`, which extends `site.html.j2`.
        path: address of the page.
        here: entry of the navigation that the page belongs to.
        twin: whether a JSON twin lies beside the page.
        **values: for the template. `t`, the fixed texts of the page with its `language` and `direction`, are those of
            the site unless given; `root`, what leads to the root of the site, follows from ``path`` unless given.
    """
    texts, ledger = values.pop("t", site_texts()), _ledger(site)
    root = values.pop("root", addresses.root(path))
    current = path if path in _ENTRIES else None
    shared = {
        "t": texts,
        "s": site_texts(texts["language"]),
        "root": root,
        "path": path,
        "twin": addresses.relative(path, addresses.twin(path)) if twin else None,
        "to": partial(addresses.relative, path),
        "policy": POLICY,
        "ledger": ledger,
        "around": _around(ledger, texts["language"], root, here, current),
    }
    return pages().get_template(template).render({**shared, **values}).strip("\n") + "\n"


@dataclass(frozen=True, slots=True)
class _Ledger:
    """What every page says of the data package."""

    title: str
    region_title: str
    invented: bool
    invented_outlets: tuple[str, ...]
    licence: str
    licence_url: str | None


@lru_cache(maxsize=1)
def _ledger(site: SiteData) -> _Ledger:
    context = site.context
    return _Ledger(
        title=site.title,
        region_title=site.region_title,
        invented=site.invented,
        invented_outlets=site.invented_outlets,
        licence=context.licence,
        licence_url=linkable(context.licence_url),
    )


@dataclass(frozen=True, slots=True)
class _Around:
    """What stands around many pages, the same."""

    head: Markup
    """Style, script and feeds."""
    top: Markup
    """The way to the text, notice, name and navigation."""
    end: Markup
    """Source, licence and files; the list of these stays open."""


@lru_cache(maxsize=128)
def _around(ledger: _Ledger, language: str, root: str, here: str, current: str | None) -> _Around:
    """Return what stands around the pages of one depth and one entry of the navigation, made once for them.

    Args:
        ledger: the data package.
        language: of the page.
        root: what leads from the page to the root of the site.
        here: entry of the navigation that the page belongs to.
        current: address of the page, where it is an entry itself.
    """
    said = site_texts(language)
    values = {
        "s": said,
        "in_english": _turned(language, said),
        "root": root,
        "here": here,
        "current": current,
        "navigation": NAVIGATION,
        "ledger": ledger,
    }
    made: Any = pages().get_template("site_around.html.j2").make_module(values)
    return _Around(*(Markup(str(part()).strip("\n")) for part in (made.head, made.top, made.end)))


def _turned(language: str, around: Mapping[str, Any]) -> Markup:
    """Say in what language header and footer are, where it is not that of the page."""
    if language == around["language"]:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(around["language"], around["direction"])


@lru_cache(maxsize=1)
def pages() -> Environment:
    """Return the environment of all pages of the site."""
    made = environment(REPORTS, html=True, finalize=_tidied)
    made.filters |= {
        "excerpt": excerpt,
        "snippet": snippet,
        "breakable": _breakable,
        "size": size_words,
        "thousands": words.number,
    }
    made.globals |= {"address": addresses, **wording("html")}
    return made


def _tidied(value: object) -> object:
    """Tidy text that is not markup already; autoescape follows."""
    if type(value) is str:  # nearly always
        return tidy(value)
    return tidy(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _breakable(text: str) -> Markup:
    """Let a narrow table break "explosive/landmine" after the slash, and a long name after an underscore."""
    return escape(text).replace("/", Markup("/<wbr>")).replace("_", Markup("_<wbr>"))
