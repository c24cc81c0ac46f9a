"""README, citation and licence of a release, from the templates in `datapackage/`.

Words about the data come from the descriptor, counts from the tables; nothing is worded here. The codebook and the
briefings are handed to `publish` by their makers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment

from pipeline.release.accuracy import gold_sets
from pipeline.release.change_story import summary
from pipeline.release.descriptor import invention, package_words
from pipeline.release.manifest import Books
from pipeline.release.markdown import TEMPLATES, markdown_text
from pipeline.release.plan import Draft, ReleasePlan
from pipeline.release.row_changes import TableChanges
from pipeline.templates import environment


@lru_cache(maxsize=1)
def _environment() -> Environment:
    documents = environment(TEMPLATES, html=False)  # Markdown and YAML: the filters escape for each
    documents.filters["md"] = markdown_text
    documents.filters["thousands"] = lambda number: f"{number:,}"
    return documents


def release_documents(
    plan: ReleasePlan,
    tables: Draft,
    books: Sequence[Books],
    descriptor: Mapping[str, Any],
    others: Iterable[str],
) -> dict[str, bytes]:
    """Return README.md, CITATION.cff and LICENSE-DATA by path; UTF-8, line feeds.

    Args:
        plan: gives version, date and changes.
        tables: the rows published.
        books: balance of every stage.
        descriptor: as `describe_package` gives it.
        others: paths of the documents that others made; the README points to the codebook and the briefings.
    """
    words, invented = package_words(), invention(tables.frame("sources"))
    facts = {
        "title": descriptor["title"],
        "description": descriptor["description"],
        "notice": words.notice(invented),
        "summary": words.summary(descriptor["spatial"]["name"]),
        "version": plan.version,
        "previous_version": plan.previous_version,
        "released": f"{plan.build_time:%Y-%m-%d}",
        "year": f"{plan.build_time:%Y}",
        "temporal": descriptor["temporal"],
        "country": descriptor["spatial"]["name"],
        "licence": words.licenses[0],
        "contributors": [contributor["title"] for contributor in words.contributors],
        "keywords": descriptor["keywords"],
        "citation_message": words.citation_message,
        "limits": words.limits,
        "books": books,
        "accuracy": gold_sets(tables.frame("accuracy")),
        "resources": descriptor["resources"],
        "others": (paths := sorted(others)),
        "briefings": [path for path in paths if path.startswith("briefings/")],
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


def _counts(table: TableChanges) -> dict[str, Any]:
    return {
        "table": table.table,
        "added": table.added.height,
        "removed": table.removed.height,
        "changed": table.changed_rows,
        "columns": list(table.columns),
    }
