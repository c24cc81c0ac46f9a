"""The further forms of a release, made of tables and documents that lie in the staging folder already.

HXL twins, database and archive first, then the documents that tell of them with their hashes. Each form is made by a
module of its own; here is only which there are, and in which order they can be. That they agree with the tables is
checked by `copies`.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pipeline.release import files
from pipeline.release.about import About
from pipeline.release.database import DATABASE, database_bytes
from pipeline.release.discovery.documents import PATHS, discovery_documents
from pipeline.release.discovery.facts import facts_of
from pipeline.release.discovery.making import making_of
from pipeline.release.files import FileRecord
from pipeline.release.hxl import hxl_chunks, hxl_path
from pipeline.release.lock import Lock
from pipeline.release.manifest import TableRecord
from pipeline.release.package_zip import PACKAGE, package_zip
from pipeline.release.plan import Draft

RESERVED = (DATABASE, PACKAGE, *PATHS)
"""Paths that no document of others may take; HXL twins lie in `data`, where none may."""


def write_forms(
    staging: Path,
    about: About,
    tables: Draft,
    records: Sequence[TableRecord],
    documents: Sequence[FileRecord],
    made_from: Lock,
) -> list[FileRecord]:
    """Write the forms below ``staging`` and return their records.

    Args:
        staging: holds the files of ``records`` and ``documents``.
        about: the account of the release.
        tables: the rows published.
        records: the files of each table.
        documents: descriptor, README and all other pages.
        made_from: what went in.

    Raises:
        FieldledgerError: the contract does not fit a form: a view, a name, an HXL tag that is missing.
        OSError: a file cannot be written or read back.
    """
    table_files = [file for record in records for file in record.files]
    packed = sorted(record.path for record in (*documents, *table_files))
    forms = [
        *(
            files.write_file(
                staging, hxl_path(table.name), hxl_chunks(table, tables.frame(table.name), about.words.hxl)
            )
            for table in about.figures
        ),
        files.write_file(staging, DATABASE, [database_bytes(about, tables.frames)]),
        files.write_file(staging, PACKAGE, [package_zip((path, files.read_file(staging, path)) for path in packed)]),
    ]
    facts = facts_of(about, records, [*table_files, *documents, *forms], making_of(made_from))
    return forms + [files.write_file(staging, path, [data]) for path, data in discovery_documents(facts).items()]
