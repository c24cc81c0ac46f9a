"""The page on how the ledger is made: its rules, its sources, its limits, from the contract and the package's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import polars as pl

from pipeline.contracts import load_contract
from pipeline.release.about import package_words
from pipeline.site import addresses
from pipeline.site.data import SiteData
from pipeline.site.rules_text import block, inline, rules_of
from pipeline.site.single import Said, SinglePage


def says(site: SiteData) -> Said:
    """Return what the page says."""
    words, contract = package_words(), load_contract()
    intro, rules = rules_of(contract.rules)
    return {
        "title": site.title,
        "summary": words.summary(str(site.descriptor["spatial"]["name"])),
        "technique": words.measurement_technique,
        "rules_intro": intro,
        "rules": [asdict(rule) for rule in rules],
        "limits": list(words.limits),
        "outlets": _outlets(site, dict(contract.codelists["leanings"].select("code", "title").iter_rows())),
        "vocabularies": [dict(vocabulary) for vocabulary in words.vocabularies],
        "invention": site.invention,
        "notice": words.notice(site.invention),
    }


def _outlets(site: SiteData, leanings: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the outlets that articles were read of, with how many, by name."""
    counts = site.frame("articles").group_by("source_id").agg(
        articles=pl.len(), copies=(pl.col("duplicate_kind") != "none").sum()
    )  # fmt: skip
    rows = site.frame("sources").join(counts, on="source_id").sort("source_name", "source_id")
    shown = rows.select("source_name", "leaning", "invented", "articles", "copies")
    return [{**row, "leaning": leanings.get(row["leaning"], row["leaning"])} for row in shown.iter_rows(named=True)]


def drawn(_site: SiteData, said: Said) -> Mapping[str, Any]:
    """Return the rules as markup."""
    return {
        "technique": inline(said["technique"]),
        "intro": block(said["rules_intro"]),
        "rules": [{**rule, "html": inline(rule["text"])} for rule in said["rules"]],
        "limits": [inline(limit) for limit in said["limits"]],
    }


METHODOLOGY = SinglePage("methodology", addresses.METHODOLOGY, "methodology.html.j2", says, drawn)
