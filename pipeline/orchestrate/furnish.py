"""Assets as maintainers meet them: owners, tags, links to the codebook, versions, and when they should be fresh.

What an asset is and does stands in its room; what all have alike, and what follows from the settings of a deployment,
is put on here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

import dagster as dg
from dagster._check import CheckError

from pipeline.contracts import load_contract
from pipeline.errors import InputError
from pipeline.orchestrate.versions import asset_version
from pipeline.site.addresses import CODEBOOK, METHODOLOGY
from pipeline.workbench import Workbench

SECTIONS: Mapping[str, str] = {
    "regions": f"{CODEBOOK}#places",
    "ingest": f"{CODEBOOK}#articles",
    "extract": f"{CODEBOOK}#mentions",
    "resolve": f"{METHODOLOGY}#rule-one-happening",
    "correct": f"{METHODOLOGY}#rule-corrections",
    "aggregate": f"{METHODOLOGY}#rule-weekly-figures",
    "evaluate": f"{CODEBOOK}#accuracy",
    "release": f"{METHODOLOGY}#rule-ids",
    "brief": f"{METHODOLOGY}#rule-clear-changes",
}
"""Where the codebook tells of what a group makes, for assets that are no published table; a test follows the links."""
SHOWN_IN: Mapping[str, str] = {
    **dict.fromkeys(("predecessor", "past_founders", "past_reports"), "history"),
    **dict.fromkeys(
        (
            "shared_tolls", "shared_toll_events", "shared_toll_casualties", "shared_toll_balances", "accounts",
            "account_balances",
        ),
        "accounts",
    ),
    **dict.fromkeys(
        ("release_plan", "retired_events", "retirement_balances", "changes", "change_balances"), "plan"
    ),
    "site": "site",
    "uploads": "site",
}  # fmt: skip
"""Assets that come before or after the others of their stage, and the group that shows them there: so that groups are
a row from the inbox to the site, and none depends on one that depends on it."""
READING_HOURS = 12
"""Inputs count as read for a deadline from so many hours before it on."""
NO_NEWS_WARNS, NO_NEWS_FAILS = timedelta(days=8), timedelta(days=15)
"""A weekly release that is so old has missed one week, or two."""


def furnished(assets: Iterable[dg.AssetsDefinition], bench: Workbench) -> list[dg.AssetsDefinition]:
    """Return ``assets`` with all that maintainers expect of them in the deployment of ``bench``.

    Raises:
        InputError: a setting for it cannot be used.
    """
    fresh = _freshness(bench)

    def dressed(spec: dg.AssetSpec) -> dg.AssetSpec:
        name = spec.key.path[-1]
        return spec.replace_attributes(
            group_name=SHOWN_IN.get(name, spec.group_name),
            owners=[*bench.settings.owners],
            tags={**spec.tags, "region": bench.settings.region, "stage": str(spec.group_name)},
            code_version=asset_version(name, str(spec.code_version), bench),
            metadata={**spec.metadata, **_links(name, str(spec.group_name), bench)},
            freshness_policy=fresh.get(name),
        )

    return [asset.map_asset_specs(dressed) for asset in assets]


def _links(name: str, group: str, bench: Workbench) -> dict[str, dg.MetadataValue]:
    """Return where the codebook tells of an asset: on the site, and as a file of the newest release."""
    published = {table.name for table in load_contract().published}
    section = f"{CODEBOOK}#{name}" if name in published else SECTIONS[group]
    file = bench.settings.data_dir.resolve() / "releases" / "latest" / "CODEBOOK.md"
    return {
        "codebook": dg.MetadataValue.url(bench.settings.site_url + section),
        "codebook_file": dg.MetadataValue.path(file),
    }


def _freshness(bench: Workbench) -> dict[str, dg.FreshnessPolicy]:
    """Return by when what should have been made: inputs read by the deadline, a release and its site of late."""
    try:
        read = dg.FreshnessPolicy.cron(
            deadline_cron=bench.settings.reading_deadline, lower_bound_delta=timedelta(hours=READING_HOURS)
        )
    except (dg.DagsterError, CheckError):
        raise InputError(
            f"setting reading_deadline: {bench.settings.reading_deadline} cannot be used; "
            "give five fields of cron that come at least 12 hours apart, such as 0 12 * * 1"
        ) from None
    weekly = dg.FreshnessPolicy.time_window(fail_window=NO_NEWS_FAILS, warn_window=NO_NEWS_WARNS)
    return {"inbox": read, "inputs": read, "release": weekly, "briefings": weekly, "site": weekly}
