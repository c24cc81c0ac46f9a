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
            the site unless given.
    """
    texts = values.pop("t", site_texts())
    shared = {
        "t": texts,
        "s": (around := site_texts(texts["language"])),
        "in_english": _turned(texts, around),
        "root": addresses.root(path),
        "path": path,
        "here": here,
        "twin": addresses.relative(path, addresses.twin(path)) if twin else None,
        "to": partial(addresses.relative, path),
        "policy": POLICY,
        "navigation": NAVIGATION,
        "ledger": _ledger(site),
    }
    return pages().get_template(template).render({**shared, **values}).strip("\n") + "\n"


def _turned(texts: Mapping[str, Any], around: Mapping[str, Any]) -> Markup:
    """Say in what language header and footer are, where it is not that of the page."""
    if texts["language"] == around["language"]:
        return Markup("")
    return Markup(' lang="{}" dir="{}"').format(around["language"], around["direction"])


@lru_cache(maxsize=1)
def _ledger(site: SiteData) -> Mapping[str, Any]:
    context = site.context
    return {
        "title": site.title,
        "region_title": site.region_title,
        "invented": site.invented,
        "invented_outlets": site.invented_outlets,
        "licence": context.licence,
        "licence_url": linkable(context.licence_url),
    }


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
    return tidy(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def _breakable(text: str) -> Markup:
    """Let a narrow table break "explosive/landmine" after the slash, and a long name after an underscore."""
    return escape(text).replace("/", Markup("/<wbr>")).replace("_", Markup("_<wbr>"))
