"""The views of the database: joins that readers need most, in SQL, from `datapackage/views.yaml`.

Which tables there are belongs to the contract; making the database belongs to `database`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pipeline.errors import FieldledgerError, cut
from pipeline.yaml_text import read_yaml

_VIEWS = Path(__file__).resolve().parents[2] / "datapackage" / "views.yaml"


@dataclass(frozen=True, slots=True)
class View:
    """A view: words for people, and the SELECT over published tables that it stands for."""

    name: str
    title: str
    description: str
    sql: str


@lru_cache(maxsize=1)
def release_views() -> tuple[View, ...]:
    """Read `views.yaml`.

    Raises:
        FieldledgerError: an entry is missing or unknown.
    """
    try:
        return tuple(View(**raw) for raw in read_yaml(_VIEWS.read_text(encoding="utf-8")))
    except TypeError as error:
        raise FieldledgerError(f"datapackage/views.yaml: {cut(str(error))}; see View in release/views.py") from error
