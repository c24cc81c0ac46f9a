"""Records that stand in JSON files of a release or beside it: how they are read strictly, and described by a schema."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from pipeline.errors import FieldledgerError, InputError, cut

STRICT = ConfigDict(extra="forbid", strict=True)
"""For records that are read back from JSON: no other keys, no other types."""
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 in hex.")]
Version = Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
T = TypeVar("T")


def described(text: str) -> Any:
    """Return what gives a field of a record its description in the schema."""
    return Field(description=text)


def check_form(found: object, name: str, known: int) -> None:
    """Tell whether this program may judge a file ``name``, from the `schema_version` in it.

    Raises:
        InputError: a later version of the program wrote it.
        FieldledgerError: it is none that this program wrote, or reads any more.
    """
    if type(found) is not int or found < known:
        raise FieldledgerError(other_form(name, found, known))
    if found > known:
        raise InputError(other_form(name, found, known))


def other_form(name: str, found: object, known: int) -> str:
    """Return what is said of a file ``name`` whose `schema_version` is not the one that this program reads."""
    return f"{name}: schema_version is {cut(found)}, this program reads {known}; use the program that wrote it"


def record_in(adapter: TypeAdapter[T], content: Mapping[str, Any], name: str, remedy: str) -> T:
    """Return the record in a JSON object.

    Raises:
        FieldledgerError: it is incomplete or holds something else; the message names ``name``, the first place at
            fault and ``remedy``.
    """
    try:
        return adapter.validate_json(json.dumps(content))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise FieldledgerError(f"{name}: {cut(place)}: {cut(first['msg'])}; {remedy}") from error


def schema_of(adapter: TypeAdapter[Any], own: Mapping[str, Any], *, title: str, made_of: str) -> dict[str, Any]:
    """Return the JSON Schema of a file that holds a record behind the properties ``own``, as `schemas/` has it."""
    made = adapter.json_schema(mode="serialization")
    made["properties"] = {**own, **made["properties"]}
    made["required"] = [*own, *made["required"]]
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "$comment": f"Made of {made_of} by python -m tests.release.renew_schemas; edit that instead.",
    }
    return {**head, **{key: value for key, value in made.items() if key != "title"}}
