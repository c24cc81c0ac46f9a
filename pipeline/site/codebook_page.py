"""The codebook as a page: every table, column, unit, limit and code of the contract, each with its own address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.codebook import limits
from pipeline.contract_checks import CHECKS
from pipeline.contracts import Field, Table, load_contract
from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.site.rules_text import inline
from pipeline.site.single import Said, SinglePage


def says(_site: SiteData) -> Said:
    """Return the contract as the page tells it."""
    contract = load_contract()
    return {
        "tables": [_table(table) for table in contract.published],
        "codelists": [
            {
                "name": name,
                "columns": codes.columns,
                "rows": [[cell or "" for cell in row] for row in codes.iter_rows()],
            }
            for name, codes in contract.codelists.items()
        ],
    }


def _table(table: Table) -> dict[str, Any]:
    parents = {key.field: f"{key.parent}.{key.parent_field}" for key in table.foreign_keys}
    return {
        "name": table.name,
        "title": table.title,
        "description": table.description,
        "primary_key": list(table.primary_key),
        "columns": [_column(field, parents.get(field.name)) for field in table.fields],
        "rules": [{"name": name, "says": CHECKS[name].says} for name in table.checks],
        "correctable": list(table.correctable),
    }


def _column(field: Field, parent: str | None) -> dict[str, Any]:
    return {
        "name": field.name,
        "title": field.title,
        "type": field.type,
        "unit": field.unit,
        "description": field.description,
        "example": field.example_text,
        "limits": list(limits(field)),
        "codelist": field.codelist.partition(":")[0] if field.codelist else None,
        "refers_to": parent,
    }


def drawn(_site: SiteData, _said: Said) -> Mapping[str, Any]:
    """Return what turns our own Markdown into markup."""
    return {"inline": inline}


CODEBOOK = SinglePage("codebook", addresses.CODEBOOK, "codebook.html.j2", says, drawn)
