"""The site as a Dagster asset: made of the folder of releases, once the newest is published."""

import dagster as dg
import polars as pl

from pipeline.attempts import RETRIES, tried_again
from pipeline.lineage import code_version
from pipeline.release.assets import releases_dir
from pipeline.site.builder import build_site
from pipeline.site.data import open_site
from pipeline.workbench import Workbench

FOLDER = "site"
"""Where the site lies in the data directory."""


@dg.asset(
    name="site",
    group_name="brief",
    code_version=code_version("site"),
    kinds={"jinja"},
    required_resource_keys={"workbench"},
    retry_policy=RETRIES,
)
@tried_again
def site_of_releases(context: dg.AssetExecutionContext, release: pl.DataFrame) -> pl.DataFrame:
    """The static site of all releases: one row with the version that it shows, its folder and how many pages it has."""
    bench: Workbench = context.resources.workbench
    settings = bench.settings
    opened = open_site(releases_dir(bench), upto=release["version"].item(), site_url=settings.site_url)
    built = build_site(opened, settings.data_dir / FOLDER, progress=bench.progress)
    context.add_output_metadata({"pages": built.pages, "made": built.made, "removed_files": built.removed})
    return pl.DataFrame({"version": [built.version], "path": [str(built.out)], "pages": [built.pages]})
