"""The golden week: a small book with one of everything, and the pages it gives.

Renew the files after a change that is meant, and read the difference before committing it:

    python -m tests.brief.golden
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pipeline.brief import BriefContext, EventChange, FieldChange, WeekChanges, render_briefings
from tests.brief.book import MONDAY, TUESDAY, Book, context

FOLDER = Path(__file__).parent / "golden"
PAGES = ("2021-W05.html", "2021-W05.md", "2021-W06.md", "index.html", "index.md")
STRIKE: dict[str, Any] = {"sub_event_type": "Air/drone strike", "actor1_id": "air-wing", "actor1_bloc": "russia"}


def golden_book() -> tuple[Book, BriefContext]:
    """Return a week with a disputed event, a copy, a shared toll, a threat, a total, a movement and rejections.

    Four weeks stand before it, one with too few articles to compare, and after it an empty one that is not over.
    """
    book = Book()
    book.source("mill-gazette", "Mill Gazette", "independent")
    book.source("salt-post", "Salt Post", "syrian_government")
    book.reported(day=date(2021, 1, 26), killed=(1, 1, 1))
    for day, articles in (
        (date(2021, 1, 26), 5),
        (date(2021, 1, 19), 8),
        (date(2021, 1, 12), 1),
        (date(2021, 1, 5), 7),
    ):
        book.quiet(day, articles)
    book.reported(day=date(2021, 1, 20), actor1_id=None, actor1_bloc="unidentified")
    book.quiet(date(2021, 2, 10), 4)
    strike = book.article("mill-gazette", TUESDAY, "Jets hit the grain store")
    copy = book.article("valley-wire", TUESDAY, "Jets hit the grain store", duplicate_kind="exact", duplicate_of=strike)
    told = "Two jets hit the grain store of Lower Mill, killing at least five."
    first = book.mention(strike, told, actor1_associate_id="army", civilian_targeting=True, **STRIKE)
    book.casualty(first, "killed", 5, None, quote="killing at least five")
    second = book.mention(copy, told, actor1_associate_id="army", civilian_targeting=True, **STRIKE)
    denial = book.mention(
        book.article("salt-post", date(2021, 2, 3), "Command rejects the tale"),
        "“No aircraft flew that day,” the command said.",
        status="denied",
        attributed_to="the command",
        **STRIKE,
    )
    disputed = book.event(first, second, denied_by=(denial,), fatalities_low=5, fatalities_best=5, fatalities_high=None)
    book.account(disputed, first, fatalities_low=5)
    book.account(disputed, denial, relation="denies", leaning="syrian_government", blamed_bloc="russia")
    book.reported("salt-post", date(2021, 2, 4), (2, 2, 2), injured=(3, 5), admin1="Aleppo", place_id="salt-market")
    pair = book.article("mill-gazette", date(2021, 2, 5), "Two mills shelled")
    upper = book.mention(pair, "Shells hit both mills; nine died in all.", date(2021, 2, 5), place_id="upper-mill")
    lower = book.mention(pair, "The lower mill burned.", date(2021, 2, 5), geo_precision=2)
    book.casualty(upper, "killed", 9, 9, shared=True, shared_with=lower, quote="nine died in all")
    added = book.event(upper)
    book.shared_toll(upper, "killed", 9, added, book.event(lower))
    book.reported("mill-gazette", date(2021, 2, 6), sub_event_type="Displacement", actor2_bloc=None, actor2_id=None)
    talk = book.article("salt-post", date(2021, 2, 7), "General speaks")
    book.mention(talk, "“We shall answer,” the general said.", None, status="prospective", place_id=None, place=None)
    total = book.mention(talk, "More than 11 raids in a week.", MONDAY, status="general", happenings_low=11)
    book.casualty(total, "killed", 40, None, quote="more than 40 dead")
    book.reject("undated", "m-x", input_record=2)
    book.reject("invalid_json", "book.jsonl:99")
    for part, right, missed in (("all", 30, 36), ("unread", 11, 15)):
        book.measured("where_precision", right, 40, part)
        book.measured("where_recall", right, missed, part)
        book.measured("slot_killed", right - 2, right, part)
    book.measured("false_alarms", 0, 40)
    changed = EventChange(
        disputed, (FieldChange("fatalities_high", "9", None), FieldChange("disputed", "false", "true"))
    )
    return book, context(changes={MONDAY: WeekChanges((added,), (changed,), ("e-00000000000000ff",))})


def golden_pages() -> dict[str, str]:
    """Return the golden pages by name; of HTML the body, for the head holds the style sheet."""
    book, release = golden_book()
    pages = render_briefings(book.tables(), release)
    texts = {name: pages[f"briefings/{name}"].decode("utf-8") for name in PAGES}
    return {name: text[text.index("<body>") :] if name.endswith("html") else text for name, text in texts.items()}


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in golden_pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
