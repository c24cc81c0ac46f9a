"""A page whose fixed texts are in one language and whose computed sentences are in English: which is which is marked.

A page comes from our templates, so that it is well formed and its text is escaped; it is read as elements and texts
once, and `lang` and `dir` are added in place, so that screen readers say English as English and a sentence in it keeps
its order on a page from right to left. What language a text has is told by its letters. Labels of codes are translated
where nothing in the same paragraph or cell stays in English: one within an English sentence belongs to it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from pipeline.inline_style import REPORTS
from pipeline.yaml_text import read_yaml

LANGUAGE = ' lang="en"'
ENGLISH = f'{LANGUAGE} dir="ltr"'
_VOID = ("br", "hr", "img", "input", "link", "meta", "wbr", "source", "col")
_TOKEN = re.compile(
    rf"(?P<picture><svg\b.*?</svg>)|(?P<tag><(?!(?:{'|'.join(_VOID)})\b)(?P<leaf>\w+)[^<>]*>)(?P<said>[^<]*)(?P<end></[^>]*>\s*)"
    r"|<(?P<closes>/?)(?P<name>\w*)[^>]*>|[^<]+",
    re.DOTALL,
)
"""A picture, which speaks for itself; an element with a text alone; a tag; a text."""
_PIECE = re.compile("[^\u0590-\u08ff]*[A-Za-z][^\u0590-\u08ff]*|[^A-Za-z]*[\u0590-\u08ff][:;.,!?)\\]»]*|[^A-Za-z]+")
"""Of a text in two languages: what is between letters of the other, figures and marks with it, and the rest."""
_LATIN = re.compile(r"[A-Za-z]")
_OTHER = re.compile("[\u0590-\u08ff]")
_ENTITY = re.compile(r"&#?\w+;")
_PHRASING = frozenset({"a", "bdi", "br", "code", "em", "q", "small", "span", "strong", "time", "wbr"})
_MARKED = _PHRASING | {"p", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "caption", "figcaption", "blockquote"}
"""Elements that may be English as a whole; a table or a list takes its direction from the page."""
_AS_WRITTEN = frozenset({"bdi", "blockquote", "q", "code", "head"})
"""Elements with words of strangers, ids or what no reader sees, in which no label is translated."""
_NO_TEXT = frozenset({"script", "style", "svg"})


@dataclass(eq=False, slots=True)
class Node:
    """An element, or a text (`name` is ""), of a page that is a list of tags and texts."""

    name: str
    at: int
    """Place of its first tag, or of the text, in the page."""
    end: int
    """Place of its last tag."""
    as_written: bool = False
    """Whether no label in it is translated."""
    marked: bool = False
    """Whether it says in what language it is, or is no text."""
    latin: bool = False
    """Whether there are Latin letters in it that are not marked."""
    other: bool = False
    """Whether there are Hebrew or Arabic letters in it that are not marked."""
    english: bool = False
    """Whether there are Latin letters in it that are of no label, blocks in it left out."""
    labels: list[tuple[Node, str]] = field(default_factory=list)
    """Texts in it that are labels, with what they are in the language of the page, blocks in it left out."""
    children: list[Node] = field(default_factory=list)


@lru_cache
def labels(language: str) -> Mapping[str, str]:
    """Return the labels of codes and the names of governorates in a language, by those that the tables have."""
    groups = read_yaml((REPORTS / "texts" / f"labels.{language}.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({name: said for group in groups.values() for name, said in group.items()})


def marked(html: str, language: str) -> str:
    """Return the page with labels translated and all English in its head's title and its body marked as English."""
    page: list[str] = []
    root = _read(html.replace("<wbr>", ""), language, page)
    _translate(root, page)
    _mark(root, page)
    return "".join(page)


def _read(html: str, language: str, page: list[str]) -> Node:
    """Add the tags and texts of ``html`` to ``page``, labels of its blocks translated; return what holds all of them."""
    node, above = Node("", 0, 0), list[Node]()
    for found in _TOKEN.finditer(html):
        picture, tag, leaf, said, end, closes, name = found.groups()
        if leaf:
            _close(_leaf(leaf, tag, said, end, node, language, page), node, page)
        elif closes:
            node.end, closed, node = len(page), node, above.pop()
            _close(closed, node, page)
            page.append(found[0])
        elif name is None and not picture:
            _add_text(found[0], node, language, page)
        else:
            child = _element("svg" if picture else name, found[0], node, page)
            if name and name not in _VOID:
                above.append(node)
                node = child
    return node


def _leaf(name: str, tag: str, said: str, end: str, around: Node, language: str, page: list[str]) -> Node:
    """Add an element with a text alone to ``page``."""
    child = _element(name, tag, around, page)
    if said:
        _add_text(said, child, language, page)
    child.end = len(page)
    page.append(end)
    return child


def _close(closed: Node, around: Node, page: list[str]) -> None:
    """Tell the element around one that is read what is in it; a block has its labels translated now."""
    if closed.name in _PHRASING:
        around.english |= closed.english
        around.labels += closed.labels
    elif closed.labels:
        _translate(closed, page)
    if not closed.marked:
        around.latin |= closed.latin
        around.other |= closed.other


def _translate(block: Node, page: list[str]) -> None:
    """Translate the labels of a block in ``page``, unless other words in it are English."""
    if block.english or not block.labels:
        return
    for label, said in block.labels:
        page[label.at] = said
        label.latin, label.other = False, True
    _measure(block)


def _measure(node: Node) -> None:
    """Find out anew which letters are in a block, or in an element within one, from what is in it."""
    for child in node.children:
        if child.name in _PHRASING:
            _measure(child)
    if node.children:
        telling = [child for child in node.children if not child.marked]
        node.latin = any([child.latin for child in telling])
        node.other = any([child.other for child in telling])


def _element(name: str, tag: str, around: Node, page: list[str]) -> Node:
    """Add a tag to ``page``, and the element that it begins to the one around it."""
    tells, at = " lang=" in tag, len(page)
    kept = around.as_written or name in _AS_WRITTEN or (tells and name != "html")
    child = Node(name, at, at, kept, tells or name in _NO_TEXT)
    around.children.append(child)
    page.append(tag)
    return child


def _add_text(text: str, node: Node, language: str, page: list[str]) -> None:
    """Add a text to ``page`` and to the element that it is in, in pieces where it is in two languages."""
    if text.isspace():
        page.append(text)
        return
    for piece, latin, other, translated in _pieces(text, None if node.as_written else language):
        node.children.append(child := Node("", len(page), len(page), latin=latin, other=other))
        node.latin |= latin
        node.other |= other
        if translated is None:
            node.english |= latin
        else:
            node.labels.append((child, translated))
        page.append(piece)


@lru_cache(maxsize=8192)
def _pieces(text: str, language: str | None) -> tuple[tuple[str, bool, bool, str | None], ...]:
    """Return the parts of a text, with whether Latin letters and those of the page are in each, and what it is in the
    language where it is a label. Most texts of a week are in others too.
    """
    found = []
    for piece in _PIECE.findall(text) if _OTHER.search(text) else (text,):
        letters = _ENTITY.sub("", piece)
        latin, other = _LATIN.search(letters) is not None, _OTHER.search(letters) is not None
        found.append((piece, latin, other, _translated(piece, labels(language)) if latin and language else None))
    return tuple(found)


def _translated(piece: str, names: Mapping[str, str]) -> str | None:
    stripped = piece.strip()
    parts = stripped.split(": ")
    if any(part not in names for part in parts):
        return None
    return piece.replace(stripped, ": ".join(names[part] for part in parts))


def _mark(node: Node, page: list[str]) -> None:
    """Mark in ``page`` what is English in an element."""
    if node.marked and node.name != "html":
        return
    if node.latin and not node.other and node.name in _MARKED | {"title"}:
        tag = page[node.at]
        page[node.at] = f"{tag[:-1]}{LANGUAGE if ' dir=' in tag else ENGLISH}>"
        return
    run: list[Node] = []
    for child in node.children:
        if not child.other and (not child.name or child.name in _PHRASING):
            run.append(child)
            continue
        _mark_run(run, page)
        run = []
        if child.latin:
            _mark(child, page)
    _mark_run(run, page)


def _mark_run(run: Sequence[Node], page: list[str]) -> None:
    """Mark in ``page`` the English among neighbours without letters of the page's language, in one element."""
    english = [node for node in run if node.latin]
    if not english:
        return
    first, last = english[0], english[-1]
    if first is last and first.name:
        _mark(first, page)
        return
    text = page[first.at]
    start = 0 if first.name else len(text) - len(text.lstrip())
    page[first.at] = f"{text[:start]}<span{ENGLISH}>{text[start:]}"
    text = page[last.end]
    stop = len(text.rstrip())
    page[last.end] = f"{text[:stop]}</span>{text[stop:]}"
