"""The record of a materialisation: what went in, what came out, by which code, and what checks said of it.

No clock, no identifiers of a run: the same work gives the same record.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from pipeline.column_lineage import parted
from pipeline.contracts import Table

NAMESPACE = "fieldledger"
"""What all datasets and jobs are named in, unless a deployment says otherwise."""


@dataclass(frozen=True, slots=True)
class Dataset:
    """A frame or file, in one version."""

    name: str
    version: str | None
    """Hash of its content; None before it is made."""
    rows: int | None = None
    table: Table | None = None
    """Its contract, where it is a table of it."""


@dataclass(frozen=True, slots=True)
class Check:
    """What a check found in a dataset."""

    dataset: str
    name: str
    passed: bool
    blocking: bool


@dataclass(frozen=True, slots=True)
class Materialisation:
    """One piece of work of a stage."""

    job: str
    stage: str
    description: str = ""
    owners: tuple[str, ...] = ()
    inputs: tuple[Dataset, ...] = ()
    outputs: tuple[Dataset, ...] = ()
    checks: tuple[Check, ...] = ()
    weeks: tuple[str, ...] = ()
    """Mondays of the weeks that it was about; empty where it was about all."""
    versions: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    """Of the code of the stage, the program, the dependency lock, the knowledge and the settings, by name."""
    reused: bool | None = None
    """Whether its result was found done, from the same inputs and code; None where a stage keeps no memory."""


@dataclass(frozen=True, slots=True)
class Origin:
    """A column that another is made of."""

    dataset: str
    column: str


def column_origins(table: Table) -> dict[str, tuple[Origin, ...]]:
    """Return what each column of ``table`` is made of, as the contract declares it."""
    return {f.name: tuple(Origin(*parted(name)) for name in f.derived_from) for f in table.fields if f.derived_from}


def row_origins(table: Table) -> tuple[Origin, ...]:
    """Return what decides on the rows of ``table``."""
    return tuple(Origin(*parted(name)) for name in table.rows_from)


def datasets_of(table: Table) -> tuple[str, ...]:
    """Return the datasets that ``table`` is made of, sorted."""
    columns = (origin.dataset for origins in column_origins(table).values() for origin in origins)
    return tuple(sorted({*columns, *(origin.dataset for origin in row_origins(table))}))
