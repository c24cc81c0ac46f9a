"""What versions changed of an event, and what people corrected, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from pipeline.brief import words
from pipeline.brief.ledger import Row
from pipeline.contracts import load_contract
from pipeline.site import codes
from pipeline.site.revised import Step

EMPTY = "empty"


def step(told: Step) -> str:
    """Return what a version did to an event, its changed cells aside; "" when nothing else is to be said."""
    if told.kind == "added":
        reports = f", with {words.count(told.reports_added, 'mention')}" if told.reports_added else ""
        return f"Published first{reports}."
    if told.kind == "removed":
        return "Not published any more."
    moved = ((told.reports_added, "added"), (told.reports_removed, "taken away"))
    parts = [f"{words.count(n, 'mention')} {what}" for n, what in moved if n]
    parts += [f"{words.count(n, 'change')} in {_table_title(name)}" for name, n in told.others]
    return f"{words.sentence_case(words.listing(parts))}." if parts else ""


def _table_title(name: str) -> str:
    tables = load_contract().tables
    return f"“{tables[name].title}”" if name in tables else f"“{name}”"


def field_title(name: str) -> str:
    """Return what a column of `events` is called; its name where this program has no such column."""
    table = load_contract().tables["events"]
    return table.field(name).title if name in table.columns else name


def value(name: str, text: str | None, actor_names: Mapping[str, str], place_names: Mapping[str, str]) -> str:
    """Return a value of a column of `events`, given as its CSV writes it, for people.

    Ids become names where the registries have them, codes titles, days dates, numbers figures; ids of several
    events are parted by commas.
    """
    if text is None or text == "":
        return EMPTY
    table = load_contract().tables["events"]
    if name not in table.columns:
        return text.replace(";", ", ")
    field = table.field(name)
    if name.endswith("_id"):
        return actor_names.get(text) or place_names.get(text) or text
    if field.labels:
        return field.labels.get(text, text)
    if field.type == "boolean":
        return {"true": "yes", "false": "no"}.get(text.lower(), text)
    try:
        if field.type == "date":
            return words.date_only(date.fromisoformat(text))
        return words.number(int(text)) if field.type == "integer" else text
    except ValueError:
        return text


def unchanged(steps: Sequence[Step], oldest: str) -> str:
    """Return since when the event is as it stands; "" for one of which a version says that it added it."""
    if not steps:
        return f"Not changed since version {oldest}, the oldest one here."
    if any(each.kind == "added" for each in steps):
        return ""
    return f"It is in version {oldest}, the oldest one here, already."


def corrected_field(row: Row) -> str:
    """Return what a correction is about: the title of a field, else what it does."""
    if row["action"] in (None, "override") and row["field"]:
        return field_title(row["field"])
    return codes.title("correction_actions", row["action"]) if row["action"] else "Unreadable"


def corrector(row: Row) -> str:
    """Return who corrects, and when: "Desk of the North, 1 March 2021"."""
    day = words.date_only(row["corrected_on"]) if row["corrected_on"] else None
    return ", ".join(filter(None, (row["corrected_by"], day)))


def correction(row: Row) -> str:
    """Return what a correction does, and what became of it."""
    action = codes.meaning("correction_actions", row["action"]) if row["action"] else "It cannot be read."
    state = codes.title("correction_states", row["state"])
    return f"{action} {state}: {_lower(codes.meaning('correction_states', row['state']))}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
