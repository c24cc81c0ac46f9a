"""An explanation on a terminal: the text with its words in colour, then a card a mention."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from pipeline.explain.view import KINDS, Card, Explanation, Passage
from pipeline.hostile_characters import visible

STYLES = {
    "sub_event_type": "bold red",
    "status": "bold magenta",
    "casualties": "bold yellow",
    "event_date": "green",
    "place": "cyan",
    "actor1": "bold blue",
    "actor2": "blue",
    "actor1_associate": "blue",
    "weapon": "red",
    "happenings": "yellow",
    "attributed_to": "italic magenta",
}
"""How the words of each kind are drawn; the number of the mention follows, so that colour is never the only sign."""


def draw(explanation: Explanation, console: Console) -> None:
    """Print an explanation."""
    article = explanation.article
    day = str(article.published_on) if article.published_on else "no date"
    console.print(Text(visible(article.title) or "(no title)", style="bold"))
    facts = f"{article.article_id}  {article.source_name}  {day}  coded by {explanation.extractor}"
    console.print(Text(visible(facts), "dim"))
    console.print(Text.assemble("Marked: ", *_legend()))
    console.print()
    console.print(Text.assemble(*(_passage(passage) for passage in explanation.passages)))
    console.print()
    for card in explanation.cards:
        console.print(_card(card))
    if not explanation.cards:
        console.print("No mention was found.")


def _legend() -> Iterator[Text]:
    for kind in KINDS:
        yield Text(kind, STYLES[kind])
        yield Text("  ")


def _passage(passage: Passage) -> Text:
    drawn = Text()
    for run in passage.runs:
        drawn.append(visible(run.text), STYLES[run.marks[0].kind] if run.marks else "")
        if run.ends:
            drawn.append(f"[{','.join(map(str, run.ends))}]", "dim")
    if passage.note:
        drawn.append(f"  ({passage.note})", "dim italic")
    return drawn


def _card(card: Card) -> RenderableType:
    table = Table(box=None, pad_edge=False, show_edge=False)
    for heading in ("value of", "is", "from the words", "because"):
        table.add_column(heading, header_style="dim", overflow="fold")
    for line in card.lines:
        words = Text(f"“{visible(line.words)}”" if line.words else "-", STYLES.get(line.kind, ""))
        table.add_row(line.kind, Text(visible(line.value)), words, Text(visible(line.reason)))
    told: list[RenderableType] = [Text(f"“{visible(card.evidence)}”", "italic"), table]
    if card.confidence is not None:
        because = f", less sure for: {', '.join(card.doubts)}" if card.doubts else ""
        told.append(Text(f"confidence {card.confidence:.2f}{because}", "dim"))
    for refusal in card.refusals:
        told.append(Text(f"refused: {refusal.field} “{visible(refusal.value)}” is not in the article", "bold red"))
    return Panel(Group(*told), title=f"{card.number}  {card.title}, {card.status}", title_align="left")
