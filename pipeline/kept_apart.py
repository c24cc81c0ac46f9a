"""Two regions on one Dagster: a word before every asset's key and before the name of the weeks keeps them apart.

Without it, a table of one region would count as made anew where the other made its own, and the weeks of one would be
weeks of the other. What lies in the store has no such word: each region has a data directory of its own.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import dagster as dg

from pipeline.partitions import PUBLICATION_WEEKS, weeks_name

# The version is pinned, so that beta features of it cannot change unseen.
warnings.filterwarnings("ignore", message=r"Parameter `execution_type`", category=dg.BetaWarning)
warnings.filterwarnings("ignore", message=r"Handling yaml-defined logging", category=dg.BetaWarning)

Defined = dg.AssetsDefinition | dg.AssetChecksDefinition


def keys_of(prefix: str, *names: str) -> dg.AssetSelection:
    """Return the selection of assets by their bare names."""
    return dg.AssetSelection.assets(*(key_of(prefix, name) for name in names))


def key_of(prefix: str, name: str) -> dg.AssetKey:
    """Return the key of an asset by its bare name."""
    return dg.AssetKey([prefix, name] if prefix else name)


def kept_apart(defined: Sequence[Defined], prefix: str) -> list[Defined]:
    """Return assets and checks with ``prefix`` before keys, column lineage and weeks; as they are where it is empty."""
    if not prefix:
        return [*defined]
    assets = [one for one in defined if not isinstance(one, dg.AssetChecksDefinition)]
    keys = {key: key.with_prefix(prefix) for one in assets for key in one.keys}
    weeks = dg.DynamicPartitionsDefinition(name=weeks_name(prefix))

    def renamed(spec: dg.AssetSpec) -> dg.AssetSpec:
        metadata = {name: _lineage(value, prefix) for name, value in spec.metadata.items()}
        ours = spec.partitions_def == PUBLICATION_WEEKS
        return spec.replace_attributes(metadata=metadata, partitions_def=weeks if ours else spec.partitions_def)

    moved = [one.with_attributes(asset_key_replacements=keys) for one in defined]
    return [one if isinstance(one, dg.AssetChecksDefinition) else one.map_asset_specs(renamed) for one in moved]


def _lineage(value: object, prefix: str) -> object:
    """Return column lineage with the prefix before all that it leads to, the region's own files and settings too."""
    if not isinstance(value, dg.TableColumnLineage):
        return value
    return dg.TableColumnLineage(
        {
            column: [dg.TableColumnDep(dep.asset_key.with_prefix(prefix), dep.column_name) for dep in deps]
            for column, deps in value.deps_by_column.items()
        }
    )
