"""The codebook page: every table, column, code and rule of the contract in words, as Markdown for people.

Derived from the contract alone; what a rule is for stands in the contract's descriptions, not here.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipeline.contract_checks import CHECKS
from pipeline.contracts import Contract, Field, Table


def codebook_page(contract: Contract) -> str:
    """Return the codebook of ``contract`` as Markdown: rules, tables in the contract's order, then the code lists."""
    lines = [
        "<!-- Generated from schemas/ by `fieldledger codebook`; edit there. -->",
        "# Codebook",
        "",
        "The chain is `article -> mention -> event -> weekly figure -> briefing sentence`; each link is a key.",
        "Empty means unknown and is never zero. Dates are ISO 8601; weeks run from Monday to Sunday.",
        "",
        "## Rules",
        "",
        contract.rules.strip(),
        "",
        "## Tables",
    ]
    for table in contract.published:
        lines += list(_table(table))
    lines += ["", "## Code lists"]
    for name, codes in contract.codelists.items():
        lines += list(_codelist(name, codes))
    return "\n".join(lines) + "\n"


def _table(table: Table) -> Iterator[str]:
    yield from ("", f"### {table.name}", "", table.description, "")
    yield f"Primary key: {', '.join(f'`{name}`' for name in table.primary_key)}."
    for key in table.foreign_keys:
        yield f"`{key.field}` refers to `{key.parent}.{key.parent_field}`."
    yield from ("", "| column | type | unit | what it says | example | limits |", "|---|---|---|---|---|---|")
    for field in table.fields:
        cells = (
            f"`{field.name}`",
            field.type,
            field.unit or "",
            f"**{field.title}.** {field.description}",
            field.example_text,
            "; ".join(limits(field)),
        )
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"
    if table.checks:
        yield from ("", "Rules over several columns:", "")
        yield from (f"* `{name}`: {CHECKS[name].says}." for name in table.checks)
    if table.correctable:
        yield from ("", f"Declared corrections may override {', '.join(f'`{name}`' for name in table.correctable)}.")


def limits(field: Field) -> Iterator[str]:
    """Yield what values of a column must keep to, in words with code in backticks."""
    for kind, limit in field.constraints.items():
        if kind in ("required", "unique"):
            yield kind
        elif kind == "enum":
            yield f"codes of `{field.codelist}`"
        elif kind == "pattern":
            yield f"matches `{limit}`"
        else:
            yield f"{kind} {limit}"


def _codelist(name: str, codes: pl.DataFrame) -> Iterator[str]:
    yield from ("", f"### {name}", "", "| " + " | ".join(codes.columns) + " |", "|" + "---|" * codes.width)
    for row in codes.iter_rows():
        yield "| " + " | ".join(_cell(value or "") for value in row) + " |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
