"""The codebook page: every table, column, code and rule of the contract in words, as Markdown for people.

Derived from the contract alone; what a rule is for stands in the contract's descriptions, not here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from pipeline.column_lineage import CONTENT, SOURCES, parted
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
    if table.rows_from:
        yield from ("", f"Which rows there are follows from {made_of(table.rows_from)}.")
    yield from (
        "",
        "| column | type | unit | what it says | example | limits | made of |",
        "|---|---|---|---|---|---|---|",
    )
    for field in table.fields:
        cells = (
            f"`{field.name}`",
            field.type,
            field.unit or "",
            f"**{field.title}.** {field.description}",
            field.example_text,
            "; ".join(limits(field)),
            made_of(field.derived_from),
        )
        yield "| " + " | ".join(_cell(cell) for cell in cells) + " |"
    if table.checks:
        yield from ("", "Rules over several columns:", "")
        yield from (f"* `{name}`: {CHECKS[name].says}." for name in table.checks)
    if table.correctable:
        yield from ("", f"Declared corrections may override {', '.join(f'`{name}`' for name in table.correctable)}.")


def made_of(origins: Sequence[str]) -> str:
    """Return what a column is made of, or rows follow from: columns and tables as code, other sources in words."""
    columns: dict[str, list[str]] = {}
    for table, column in map(parted, (origin for origin in origins if origin not in SOURCES)):
        columns.setdefault(table, []).append(column)
    parts = [_of_table(table, names) for table, names in columns.items()]
    return "; ".join((*parts, *(SOURCES[origin] for origin in origins if origin in SOURCES)))


def _of_table(table: str, names: Sequence[str]) -> str:
    if CONTENT in names:
        return f"`{table}` as a whole"
    return f"`{table}.{names[0]}`" if len(names) == 1 else f"`{table}`: {listed(names)}"


def listed(names: Sequence[str]) -> str:
    """Return names as code, parted by commas."""
    return ", ".join(f"`{name}`" for name in names)


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
