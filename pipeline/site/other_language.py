"""A page whose fixed texts are in one language and whose computed sentences are in English: which is which is marked.

A page comes from our templates, so that it is well formed and its text is escaped; it is read as elements and texts and
written again with `lang` and `dir` added, so that screen readers say English as English and a sentence in it keeps its
order on a page from right to left. What language a text has is told by its letters. Labels of codes that stand alone
are translated.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from pipeline.inline_style import REPORTS
from pipeline.yaml_text import read_yaml

ENGLISH = ' lang="en" dir="ltr"'
_TOKEN = re.compile(r"(<svg\b.*?</svg>)|<(/?)([a-zA-Z0-9]*)[^>]*>|[^<]+", re.DOTALL)
"""A picture, which speaks for itself; a tag; a text."""
_PIECE = re.compile("[^\u0590-\u08ff]*[A-Za-z][^\u0590-\u08ff]*|[^A-Za-z]*[\u0590-\u08ff][:;.,!?)\\]»]*|[^A-Za-z]+")
"""Of a text in two languages: what is between letters of the other, figures and marks with it, and the rest."""
_LATIN = re.compile(r"[A-Za-z]")
_OTHER = re.compile("[\u0590-\u08ff]")
_ENTITY = re.compile(r"&#?\w+;")
_VOID = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr", "source", "col"})
_PHRASING = frozenset({"a", "bdi", "br", "code", "em", "q", "small", "span", "strong", "time", "wbr"})
_MARKED = _PHRASING | {"p", "td", "th", "dd", "dt", "h1", "h2", "h3", "h4", "caption", "figcaption", "blockquote"}
"""Elements that may be English as a whole; a table or a list takes its direction from the page."""
_AS_WRITTEN = frozenset({"bdi", "blockquote", "q", "code"})
"""Elements with words of strangers or ids, in which no label is translated."""


@dataclass(eq=False, slots=True)
class Node:
    """An element with its tags as written and what is in it, or a text (`name` is "")."""

    name: str
    start: str
    end: str = ""
    children: list[Node] = field(default_factory=list)
    latin: bool = False
    """Whether there are Latin letters in it."""
    other: bool = False
    """Whether there are Hebrew or Arabic letters in it."""

    def write(self, written: list[str]) -> list[str]:
        """Add the markup to what is ``written``."""
        written.append(self.start)
        for child in self.children:
            child.write(written)
        written.append(self.end)
        return written


@lru_cache
def labels(language: str) -> Mapping[str, str]:
    """Return the labels of codes and the names of governorates in a language, by those that the tables have."""
    groups = read_yaml((REPORTS / "texts" / f"labels.{language}.yaml").read_text(encoding="utf-8"))
    return MappingProxyType({name: said for group in groups.values() for name, said in group.items()})


def marked(html: str, language: str) -> str:
    """Return the page with labels translated and all English in its head's title and its body marked as English."""
    root = _read(html.replace("<wbr>", ""))
    _translate(root, labels(language))
    _measure(root)
    _mark(root)
    return "".join(root.write([]))


def _read(html: str) -> Node:
    root = Node("", "")
    open_nodes = [root]
    for found in _TOKEN.finditer(html):
        token, (picture, closes, name) = found[0], found.groups()
        if picture:
            open_nodes[-1].children.append(Node("svg", token))
        elif closes:
            open_nodes.pop().end = token
        elif name is None:
            pieces = _PIECE.findall(token) if _OTHER.search(token) else (token,)
            open_nodes[-1].children += [Node("", piece) for piece in pieces]
        else:
            open_nodes[-1].children.append(node := Node(name.lower(), token))
            if name and node.name not in _VOID and not token.endswith("/>"):
                open_nodes.append(node)
    return root


def _translate(node: Node, names: Mapping[str, str]) -> None:
    for child in node.children:
        if child.name in _AS_WRITTEN or child.name in ("svg", "head") or " lang=" in child.start:
            continue
        parts = child.start.strip().split(": ")
        if child.name:
            _translate(child, names)
        elif all(part in names for part in parts):
            child.start = child.start.replace(child.start.strip(), ": ".join(names[part] for part in parts))


def _measure(node: Node) -> None:
    """Find out which letters are in a node; pictures and what is marked already speak for themselves."""
    if not node.name:
        text = _ENTITY.sub("", node.start)
        node.latin, node.other = bool(_LATIN.search(text)), bool(_OTHER.search(text))
        if node.start.startswith("<"):
            node.latin = node.other = False
    for child in node.children:
        _measure(child)
        opaque = child.name in ("svg", "script", "style") or " lang=" in child.start
        node.latin |= child.latin and not opaque
        node.other |= child.other and not opaque


def _mark(node: Node) -> None:
    if node.name == "svg" or (node.name != "html" and " lang=" in node.start):
        return
    if node.latin and not node.other and node.name in _MARKED | {"title"}:
        direction = ENGLISH if " dir=" not in node.start else ' lang="en"'
        node.start = f"{node.start[:-1]}{direction}>"
        return
    children: list[Node] = []
    run: list[Node] = []
    for child in node.children:
        if not child.other and (not child.name or child.name in _PHRASING):
            run.append(child)
            continue
        children += _spanned(run)
        run = []
        _mark(child)
        children.append(child)
    node.children = [*children, *_spanned(run)]


def _spanned(run: list[Node]) -> list[Node]:
    """Return neighbours without letters of the page's language, the English among them in one element."""
    at = [position for position, node in enumerate(run) if node.latin]
    if not at:
        return run
    first, last = at[0], at[-1]
    if first == last and run[first].name:
        _mark(run[first])
        return run
    english = run[first : last + 1]
    lead = _stripped(english[0], lambda text: text.lstrip())
    tail = _stripped(english[-1], lambda text: text.rstrip())
    span = Node("span", f"{lead}<span{ENGLISH}>", f"</span>{tail}", english)
    return [*run[:first], span, *run[last + 1 :]]


def _stripped(node: Node, strip: Callable[[str], str]) -> str:
    """Take the white space off one end of a text and return it; an element keeps what it has."""
    if node.name:
        return ""
    text, node.start = node.start, strip(node.start)
    return text.replace(node.start, "", 1)
