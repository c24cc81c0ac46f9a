"""The views of the database: joins that readers need most, in SQL, from `datapackage/views.yaml`.

Which tables there are belongs to the contract; making the database belongs to `database`.
"""

from __future__ import annotations

from collections.abc import Iterable
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
    tables: tuple[str, ...]
    """What it reads; where one of them is not published, there is no view."""
    sql: str


def release_views(published: Iterable[str]) -> tuple[View, ...]:
    """Return the views over the tables named in ``published``.

    Raises:
        FieldledgerError: an entry of `views.yaml` is missing or unknown.
    """
    names = set(published)
    return tuple(view for view in _views() if names.issuperset(view.tables))


@lru_cache(maxsize=1)
def _views() -> tuple[View, ...]:
    try:
        raw_views = read_yaml(_VIEWS.read_text(encoding="utf-8"))
        return tuple(View(**{**raw, "tables": tuple(raw["tables"])}) for raw in raw_views)
    except (KeyError, TypeError) as error:
        raise FieldledgerError(f"datapackage/views.yaml: {cut(str(error))}; see View in release/views.py") from error
