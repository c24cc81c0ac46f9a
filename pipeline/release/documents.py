"""README, citation and licence of a release, from the templates in `datapackage/`.

Words about the data come from the descriptor, counts from the tables; nothing is worded here. The codebook and the
briefings are handed to `publish` by their makers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment

from pipeline.release.about import About
from pipeline.release.accuracy import gold_sets
from pipeline.release.change_story import summary
from pipeline.release.descriptor import PARQUET
from pipeline.release.manifest import Books
from pipeline.release.markdown import TEMPLATES, markdown_text
from pipeline.release.plan import Draft, ReleasePlan
from pipeline.release.row_changes import TableChanges
from pipeline.release.views import release_views
from pipeline.templates import environment

OPTIONAL = ("CODEBOOK.md", "briefings/")
"""Documents, or folders of them, that others make."""


@lru_cache(maxsize=1)
def _environment() -> Environment:
    documents = environment(TEMPLATES, html=False)  # Markdown and YAML: the filters escape for each
    documents.filters["md"] = markdown_text
    documents.filters["thousands"] = lambda number: f"{number:,}"
    return documents


def release_documents(
    about: About,
    plan: ReleasePlan,
    tables: Draft,
    books: Sequence[Books],
    descriptor: Mapping[str, Any],
    others: Iterable[str],
) -> dict[str, bytes]:
    """Return README.md, CITATION.cff and LICENSE-DATA by path; UTF-8, line feeds.

    Args:
        about: the account of the release.
        plan: gives the changes.
        tables: the rows published.
        books: balance of every stage.
        descriptor: as `describe_package` gives it.
        others: paths of the documents that others made; the README points to the codebook and the briefings.
    """
    words = about.words
    facts = {
        "title": about.title,
        "description": about.description,
        "notice": words.notice(about.invented),
        "summary": words.summary(about.scope.country),
        "version": about.version,
        "previous_version": about.previous_version,
        "released": about.released,
        "temporal": descriptor["temporal"],
        "country": about.scope.country,
        "licence": words.licenses[0],
        "citation": about.citation,
        "contributors": about.creators,
        "keywords": about.keywords,
        "citation_message": words.citation_message,
        "limits": words.limits,
        "books": books,
        "accuracy": gold_sets(tables.frame("accuracy")),
        "resources": descriptor["resources"],
        "partitioned": [resource for resource in descriptor["resources"] if "parts" in resource[PARQUET]],
        "parquet": {resource["name"]: resource[PARQUET]["path"] for resource in descriptor["resources"]},
        "others": (paths := sorted(others)),
        "briefings": [path for path in paths if path.startswith("briefings/")],
        "files": _files(words.files, paths),
        "figures": [table.name for table in about.figures],
        "views": release_views(table.name for table in about.tables),
        "escape_pattern": descriptor["fieldledger:csvEscape"]["pattern"],
        "changes_summary": " ".join(summary(plan.changes, plan.version)),
        "changes": [_counts(table) for _, table in sorted(plan.changes.tables.items()) if table.total],
        "schema_changes": plan.changes.schema if plan.previous_version else (),
    }
    return {
        "CITATION.cff": _environment().get_template("CITATION.cff.j2").render(facts).encode(),
        "LICENSE-DATA": (TEMPLATES / "LICENSE-DATA").read_bytes(),
        "README.md": _environment().get_template("README.md.j2").render(facts).encode(),
    }


def _files(named: Mapping[str, str], others: Sequence[str]) -> dict[str, str]:
    """Return what each file beside the tables is, by path, without the documents that nobody handed in."""
    absent = {path for path in OPTIONAL if not any(other.startswith(path) for other in others)}
    return {path: what for path, what in named.items() if path not in absent}


def _counts(table: TableChanges) -> dict[str, Any]:
    return {
        "table": table.table,
        "added": table.added.height,
        "removed": table.removed.height,
        "changed": table.changed_rows,
        "columns": list(table.columns),
    }
