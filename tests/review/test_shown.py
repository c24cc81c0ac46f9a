"""What a reviewer sees on the terminal, in the sheet and on the page; strangers' texts drive none of them."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from rich.console import Console

from pipeline.inline_style import REPORTS
from pipeline.review.cards import AROUND
from pipeline.review.page import page
from pipeline.review.sheet import COLUMNS, guarded, sheet, unguarded
from pipeline.review.terminal import draw
from tests.brief.html_page import read
from tests.correct.desk import event, mention
from tests.resolve.corpus import Corpus
from tests.review.made import cards_of, tables_of

HOSTILE = "=cmd() <script>alert(1)</script> \x1b[2J\u202e killed."
LONG = "word " * 200


@pytest.fixture
def corpus() -> Corpus:
    """A disputed strike with a hostile sentence in a long text, and a pair that was nearly merged."""
    made = Corpus()
    made.article("raid")
    made.mention("a", "raid", killed=(7, 9), evidence=HOSTILE)
    made.mention("denial", status="denied", outlet="banner")
    made.mention("town", place="saraqib", actor1=None)
    made.mention("wide", place="idlib", outlet="courier", actor1=None, kind="Armed clash")
    made.mention("other", place="saraqib", outlet="lantern", actor1=None, kind="Armed clash")
    start = len(LONG)
    made.mentions["a"] |= {"char_start": start, "char_end": start + len(HOSTILE)}
    return made


def drawn(corpus: Corpus) -> str:
    console = Console(file=io.StringIO(), width=200, force_terminal=False)
    shown = cards_of(tables_of(corpus, raid=LONG + HOSTILE + " " + LONG))
    draw(shown, len(shown) + 3, console)
    file = console.file
    assert isinstance(file, io.StringIO)
    return file.getvalue()


def html(corpus: Corpus) -> str:
    shown = cards_of(tables_of(corpus, raid=LONG + HOSTILE + " " + LONG))
    return page(shown, len(shown))


def test_the_terminal_names_event_toll_and_reason_and_how_many_are_left(corpus: Corpus) -> None:
    text = drawn(corpus)
    assert event("a") in text
    assert "8 (7 to 9)" in text
    assert "a mention denies it" in text
    assert "3 more; --limit shows them" in text


def test_a_quote_stands_in_the_words_around_it(corpus: Corpus) -> None:
    card = cards_of(tables_of(corpus, raid=LONG + HOSTILE + " " + LONG))[0]
    quote = card.event.quotes[0]
    assert (quote.mention_id, quote.evidence) == (mention("a"), HOSTILE)
    assert quote.before.startswith("… word")
    assert quote.after.endswith("word …")
    assert len(quote.before) <= AROUND + 2
    assert [quote.denies for quote in card.event.quotes] == [False, True]


def test_the_sheet_has_a_row_an_item_and_no_formula(corpus: Corpus) -> None:
    rows = list(csv.DictReader(io.StringIO(sheet(cards_of(tables_of(corpus))), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["evidence"].startswith("'=cmd()")
    assert not set("\x1b\u202e") & set("".join(rows[0].values()))
    seen = json.loads(rows[0]["seen"])
    assert (seen["event"], seen["members"]) == (event("a"), [mention("a")])
    assert seen["values"]["fatalities_best"] == 8
    pair = next(row for row in rows if row["other_event_id"])
    assert pair["merge_with"] == pair["other_event_id"]
    assert json.loads(pair["other_seen"])["event"] == pair["other_event_id"]


@pytest.mark.parametrize("text", ["=1", "'=1", "''+a", "@a", "plain", "'tis", "", "-5"])
def test_a_guarded_cell_gives_its_text_back(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@"))


def test_the_page_is_whole_loads_nothing_and_labels_every_field(corpus: Corpus) -> None:
    made = read(html(corpus).encode())
    assert made.faults == []
    assert made.headings[0] == 1
    assert len(set(made.ids)) == len(made.ids)
    live = [(tag, name, value) for tag, name, value in made.attributes if name in ("src", "href", "action")]
    assert all(value.startswith(("#", "data:")) for _, _, value in live)
    assert not [name for _, name, _ in made.attributes if name.startswith("on")]
    policy = next(value for tag, name, value in made.attributes if tag == "meta" and "default-src" in value)
    assert "default-src 'none'" in policy
    assert "script-src 'sha256-" in policy
    labels = html(corpus).count("<label")
    inputs = [tag for tag, _ in made.nodes if tag == "input"]
    assert labels == len(inputs)


def test_the_only_script_is_ours_and_hostile_text_stays_text(corpus: Corpus) -> None:
    text = html(corpus)
    scripts = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    assert scripts == [(REPORTS / "review.js").read_text(encoding="utf-8")]
    assert "&lt;script&gt;alert(1)" in text
    for shown in (text, drawn(corpus)):
        assert not set("\x1b\u202e") & set(shown)
    assert "<mark>=cmd() &lt;script&gt;" in text


def test_a_pair_offers_merge_or_keep_apart_and_an_event_its_fields(corpus: Corpus) -> None:
    made = read(html(corpus).encode())
    fields = [value for _, name, value in made.attributes if name == "data-field"]
    assert "fatalities_best" in fields
    assert "one event: merge" in html(corpus)
    assert "two events: confirm both" in html(corpus)


def test_an_empty_queue_says_so() -> None:
    console = Console(file=io.StringIO(), width=100)
    draw([], 0, console)
    assert isinstance(console.file, io.StringIO)
    assert "Nothing to look at" in console.file.getvalue()
    assert "Nothing to look at" in page([], 0)
