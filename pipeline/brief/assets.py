"""The briefings as a Dagster asset: pages made of the tables and of the plan of the release they will be part of."""

from datetime import date

import dagster as dg
import polars as pl

from pipeline.brief.context import BriefContext, WeekChanges
from pipeline.brief.render import render_briefings
from pipeline.brief.revisions import changes_by_week
from pipeline.lineage import code_version
from pipeline.release.about import Scope, invention, package_words
from pipeline.release.assets import TABLES, releases_dir
from pipeline.release.plan import ReleasePlan
from pipeline.release.reader import Release, newest_release, open_release
from pipeline.workbench import Workbench


@dg.asset(
    group_name="brief",
    ins={name: dg.AssetIn() for name in TABLES},
    code_version=code_version("brief"),
    kinds={"jinja"},
    io_manager_key="values",
    required_resource_keys={"workbench"},
)
def briefings(context: dg.AssetExecutionContext, release_plan: ReleasePlan, **tables: pl.DataFrame) -> dict[str, bytes]:
    """One HTML and one Markdown page for each ISO week, and their index."""
    bench: Workbench = context.resources.workbench
    pages = render_briefings(tables, brief_context(bench, release_plan, tables))
    context.add_output_metadata({"pages": len(pages)})
    return pages


def brief_context(bench: Workbench, plan: ReleasePlan, tables: dict[str, pl.DataFrame]) -> BriefContext:
    """Return what the pages are told about the release they belong to."""
    words, invented, scope = package_words(), invention(tables["sources"]), Scope.of(bench.region)
    title = words.title_for(scope, invented)
    newest = newest_release(releases_dir(bench))
    before = open_release(newest) if newest else None
    licence = words.licenses[0]
    return BriefContext(
        title=title,
        region_title=scope.title,
        version=plan.version,
        previous_version=plan.previous_version,
        build_time=plan.build_time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        invented=invented == "all",
        licence=licence["title"],
        licence_url=licence["path"],
        citation=f"{words.contributors[0]['title']} ({plan.build_time.year}). {title}, version {plan.version}.",
        changes=revisions(before, plan, tables["events"]),
        known_before=frozenset(before.frame("weekly_coverage")["week_start"]) if before else frozenset(),
    )


def revisions(before: Release | None, plan: ReleasePlan, events: pl.DataFrame) -> dict[date, WeekChanges]:
    """Return what differs from the release before, by week; nothing for a first release."""
    if before is None:
        return {}
    return changes_by_week(before.frame("events"), events, plan.changes.tables["events"].changed)
