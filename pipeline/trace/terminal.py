"""A trace on a terminal: a tree, in colours where there are any, plain text elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from pipeline.hostile_characters import visible
from pipeline.trace.record import Held, Node, Trace

STYLES = {
    "articles": "cyan",
    "casualties": "yellow",
    "events": "bold red",
    "file": "green",
    "mention_slots": "dim",
    "mentions": "bold",
    "page": "blue",
    "raw_input": "green",
    "shared_tolls": "bold yellow",
}
_QUIET = ("mention_slots",)
"""Kinds of which only the number is told unless all is to be shown: each mention has a dozen."""


def draw(trace: Trace, console: Console, show: int) -> None:
    """Print a trace.

    Args:
        trace: what to print.
        console: where.
        show: how many of one kind are printed below one thing; 0 for all.
    """
    console.print(_line(trace.subject))
    if trace.version != trace.newest:
        console.print(Text(f"Traced in version {trace.version}; the newest is {trace.newest}", "bold"))
    for figure in trace.figures:
        if not figure.adds_up or len(trace.figures) == 1:
            verb = "add up to it" if figure.adds_up else "DO NOT ADD UP TO IT"
            console.print(f"{figure.column}: {_number(figure.value)}; {figure.parts:,} rows {verb}")
    _tree(console, "rests on", trace.upwards, show)
    _tree(console, "entered", trace.downwards, show)
    if trace.files:
        files = [Node("file", file.path, f"{', '.join(file.holds)}; sha256 {file.sha256}") for file in trace.files]
        _tree(console, f"files of version {trace.version}", files, show)
    _tree(console, "versions", [_held(version) for version in trace.versions], show)
    for finding in (*trace.left_out, *trace.findings):
        console.print(Text(f"! {_flat(finding)}", "bold red"))


def _tree(console: Console, title: str, nodes: Sequence[Node], show: int) -> None:
    tree = Tree(Text(title, "bold underline"), guide_style="dim")
    _grow(tree, nodes, show)
    if not nodes:
        tree.add(Text("nothing", "dim"))
    console.print(tree)


def _grow(tree: Tree, nodes: Sequence[Node], show: int) -> None:
    for node, more in _shown(nodes, show):
        branch = tree.add(_line(node))
        _grow(branch, node.nodes, show)
        if more:
            tree.add(Text(more, "dim"))


def _shown(nodes: Sequence[Node], show: int) -> Iterator[tuple[Node, str]]:
    """Yield the nodes to print, of each kind the first, with what is said of the others after the last."""
    by_kind: dict[str, list[Node]] = {}
    for node in nodes:
        by_kind.setdefault(node.kind, []).append(node)
    for kind, found in by_kind.items():
        most = len(found) if not show else 1 if kind in _QUIET else show
        for node in found[:most]:
            left = len(found) - most if node is found[:most][-1] else 0
            yield node, f"and {left:,} more of {kind} (--show 0 or --json for all)" if left > 0 else ""


def _flat(text: str) -> str:
    """Return what strangers wrote on one line, with nothing in it that drives a terminal."""
    return " ".join(visible(text).split())


def _line(node: Node) -> Text:
    line = Text(f"{node.kind} ", STYLES.get(node.kind, "magenta"))
    line.append(_flat(node.id), "" if node.repeated else "bold")
    if node.adds and node.kind not in ("weekly_events", "weekly_tolls", "weekly_coverage"):
        line.append(f" [{', '.join(f'{name} {_number(number)}' for name, number in node.adds.items())}]", "yellow")
    if node.says and not node.repeated:
        line.append(f": {_flat(node.says)}")
    notes = [node.via] if node.via else []
    if node.repeated:
        notes.append("see above")
    if notes:
        line.append(f" ({'; '.join(notes)})", "dim")
    return line


def _number(value: int | None) -> str:
    return "open" if value is None else f"{value:,}"


def _held(version: Held) -> Node:
    if not version.holds:
        return Node("version", version.version, "does not have it")
    changes = ", ".join(f"{change.field} {_cell(change.old)} to {_cell(change.new)}" for change in version.changes)
    built = f"built {version.build_time}; " if version.build_time else ""
    kind = f"as {version.kind}; " if version.kind == "retired_events" else ""
    return Node("version", version.version, f"{kind}{built}{f'changed: {changes}' if changes else 'has it'}")


def _cell(value: object) -> str:
    return "empty" if value is None else str(value)
