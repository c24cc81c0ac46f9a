"""The queue as one self-contained HTML page: evidence in context, and a form that writes the sheet of decisions.

Nothing is loaded, article text is escaped, and the page can be read without its script, which only gathers the form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from pipeline.contracts import Field, load_contract
from pipeline.hostile_characters import visible
from pipeline.inline_style import REPORTS, inline_style
from pipeline.review.cards import Card
from pipeline.review.sheet import DECISION_COLUMNS, OTHER_SEEN, SEEN
from pipeline.templates import environment

WRITTEN = ("event_id", "other_event_id", *DECISION_COLUMNS, SEEN, OTHER_SEEN)
"""Columns of the sheet that the page writes."""


def page(cards: Sequence[Card], total: int) -> str:
    """Render the first items of a queue of ``total``."""
    template = environment(REPORTS, html=True, finalize=_shown).get_template("review.html.j2")
    table = load_contract().tables["events"]
    fields = [table.field(name) for name in table.correctable]
    return template.render(
        cards=cards,
        total=total,
        fields=fields,
        choices=_choices(fields),
        columns=",".join(WRITTEN),
        **inline_style("review.css", script="review.js"),
    )


def _choices(fields: Sequence[Field]) -> Mapping[str, Sequence[object]]:
    """Return the allowed values of each field that has a code list."""
    return {field.name: field.constraints["enum"] for field in fields if "enum" in field.constraints}


def _shown(value: object) -> object:
    """Show what article text hides; markup made here stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
