"""Tables of the contract as Dagster shows them: description, column schema and column lineage of an asset.

Derived from the contract; what an asset does is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import dagster as dg
import polars as pl

from pipeline.column_lineage import parted
from pipeline.contracts import Field, Table, load_contract
from pipeline.lineage import code_version


def table_schema(table: Table) -> dg.TableSchema:
    """Return Dagster's schema of ``table``."""
    return dg.TableSchema(columns=[_column(field) for field in table.fields])


def _column(field: Field) -> dg.TableColumn:
    limits = field.constraints
    told = [f"{kind}: {limit}" for kind, limit in limits.items() if kind not in ("required", "unique")]
    unit = f" Unit: {field.unit}." if field.unit else ""
    return dg.TableColumn(
        field.name,
        field.type,
        description=field.description + unit,
        constraints=dg.TableColumnConstraints(
            nullable=not field.required, unique=bool(limits.get("unique")), other=told
        ),
    )


def column_lineage(table: Table) -> dg.TableColumnLineage:
    """Return which columns each column of ``table`` is made of, as the contract declares it.

    What decides on the rows alone (`Table.rows_from`) is not in it: Dagster knows no such thing.
    """
    return dg.TableColumnLineage(
        {
            field.name: [dg.TableColumnDep(dg.AssetKey(dataset), column) for dataset, column in map(parted, origins)]
            for field in table.fields
            if (origins := field.derived_from)
        }
    )


def table_metadata(name: str) -> dict[str, object]:
    """Return column schema and column lineage of the table ``name`` as metadata of its asset."""
    table = load_contract().tables[name]
    return {"dagster/column_schema": table_schema(table), "dagster/column_lineage": column_lineage(table)}


def table_out(name: str, stage: str, *, kinds: Sequence[str] = ("polars",)) -> dg.AssetOut:
    """Return the output of a multi-asset that makes the table ``name`` of the contract."""
    return dg.AssetOut(
        group_name=stage,
        description=load_contract().tables[name].description,
        metadata=table_metadata(name),
        code_version=code_version(stage),
        kinds=set(kinds),
    )


def side_out(stage: str, description: str, *, io_manager_key: str | None = None) -> dg.AssetOut:
    """Return the output of a multi-asset that is no table of the contract (books, rejections of one stage)."""
    return dg.AssetOut(
        group_name=stage,
        description=description,
        code_version=code_version(stage),
        kinds={"polars"},
        io_manager_key=io_manager_key,
    )


def outputs(frames: Mapping[str, pl.DataFrame]) -> Iterator[dg.Output[pl.DataFrame]]:
    """Yield each frame as the multi-asset's output of its name."""
    for name, frame in frames.items():
        yield dg.Output(frame, output_name=name)
