"""The list of all weeks, with their headline figures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.site.single import Said, SinglePage
from pipeline.site.weekly import week_lines


def says(site: SiteData) -> Said:
    """Return the weeks, newest first, each with the version that changed it last."""
    return {
        "title": site.region_title,
        "weeks": [
            {
                **line.says(),
                "page": addresses.week(line.iso_week),
                "version": site.history.last_changed(line.week_start).version,
                "revised": len(site.history.editions_of(line.week_start)) > 1,
            }
            for line in reversed(week_lines(site))
        ],
    }


def drawn(_site: SiteData, said: Said) -> Mapping[str, Any]:
    """Return the years that there are weeks of, newest first, to jump to."""
    return {"years": list(dict.fromkeys(week["iso_week"][:4] for week in said["weeks"]))}


WEEKS_LIST = SinglePage("weeks", addresses.WEEKS, "weeks.html.j2", says, drawn)
