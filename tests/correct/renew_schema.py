"""Renew the fields in `schemas/corrections.schema.json` from the contract: `python -m tests.correct.renew_schema`."""

from __future__ import annotations

import json
from typing import Any

from pipeline.contracts import Field, Table, load_contract
from pipeline.correct.declared import SCHEMA_FILE

_TEXT = "^[^\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\ud800-\\udfff]*$"
_LIMITS = ("enum", "pattern", "minimum", "maximum", "minLength", "maxLength")


def fields_schema(table: Table) -> dict[str, Any]:
    """Return the JSON Schema of an object of correctable fields."""
    return {
        "type": "object",
        "minProperties": 1,
        "additionalProperties": False,
        "properties": {name: _value(table.field(name)) for name in table.correctable},
    }


def _value(field: Field) -> dict[str, Any]:
    kind = "string" if field.type == "date" else field.type
    limits = {name: field.constraints[name] for name in _LIMITS if name in field.constraints}
    if field.type == "date":
        limits |= {"format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
    if kind == "string" and not limits.keys() & {"enum", "pattern", "format"}:
        limits = {"minLength": 1, "pattern": _TEXT, **limits}
    if field.required:
        return {"type": kind, **limits, "description": field.title}
    if "enum" in limits:
        limits["enum"] = [*limits["enum"], None]
    return {"type": [kind, "null"], **limits, "description": f"{field.title}; null when unknown"}


def renewed() -> str:
    """Return the text of the schema with its fields as the contract has them."""
    text = SCHEMA_FILE.read_text(encoding="utf-8")
    head, mark, _ = text.partition('    "fields": ')
    body = json.dumps(fields_schema(load_contract().tables["events"]), indent=2, ensure_ascii=False)
    return head + mark + body.replace("\n", "\n    ") + "\n  }\n}\n"


if __name__ == "__main__":
    SCHEMA_FILE.write_text(renewed(), encoding="utf-8")
    print(f"{SCHEMA_FILE.name} renewed")
