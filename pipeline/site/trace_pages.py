"""The section of the rows behind figures: one page a week, with its figures and what adds up to them.

A page a figure would be two hundred thousand pages of a line each; the evidence of an event is on the event's page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from pipeline.aggregate.parts import KEYS, parts_of
from pipeline.contracts import load_contract
from pipeline.site import addresses, chrome
from pipeline.site.data import SiteData
from pipeline.site.digests import part_digests
from pipeline.site.section import PageFiles
from pipeline.site.trace_view import LABEL, COLUMNS, COVERAGE, ONCE, SHARED, WEEK, views

AT_ONCE = 36
"""Weeks whose rows are in memory together."""
_TOLLS = ("fatalities_low", "fatalities_best", "fatalities_high", "injured_low", "civilian_targeting", "sub_event_type")


@dataclass(frozen=True, slots=True)
class TracePages:
    """Pages below `trace/`; keys are ISO weeks."""

    name: str = "trace"

    def plan(self, site: SiteData) -> Mapping[str, str]:
        """Return the digest of each week over the rows that its page shows."""
        week = "week_start"
        outlets = parts_of(site.frame, "weekly_events", figure=ONCE)
        mentions = site.frame("mentions").group_by("article_id").len()
        articles = site.frame("articles").select(week, "article_id", "source_id", "text_sha256", "duplicate_kind")
        weekly = site.frame("weekly_events").filter(pl.col("events") > 0)
        parts = {
            "events": site.frame("events").select(week, *LABEL, *_TOLLS),
            "shared": site.frame("shared_tolls"),
            "cells": weekly,
            "areas": site.frame("weekly_tolls"),
            "coverage": site.frame("weekly_coverage"),
            "outlets": outlets,
            "read": articles.join(mentions, on="article_id", how="left"),
        }
        digests = part_digests(parts, week)
        return {iso_week: digests[monday.isoformat()] for monday, iso_week in site.weeks}

    def render(self, site: SiteData, keys: Sequence[str]) -> Iterator[PageFiles]:
        """Yield the pages of ``keys``."""
        monday = {iso_week: week for week, iso_week in site.weeks}
        for start in range(0, len(keys), AT_ONCE):
            for said in views(site, [monday[key] for key in keys[start : start + AT_ONCE]]):
                path = addresses.trace(said["iso_week"])
                html = chrome.render(
                    site, "site_trace.html.j2", path, here="weeks", said=said, columns=COLUMNS, shared=SHARED, once=ONCE,
                    whole=WEEK, read=COVERAGE, titles=_titles(),
                )  # fmt: skip
                yield PageFiles(path, html, said)


def _titles() -> Mapping[str, str]:
    """Return how the codebook calls each figure."""
    tables = load_contract().tables
    return {field.name: field.title for name in KEYS for field in tables[name].fields}


TRACE = TracePages()
