"""The release room: finished tables in, one immutable, versioned, verifiable folder out.

Here belong what a release says of itself (`about`) and what it is made from (`lock`, `locking`), the file formats
(`tables`, `partitions`, `manifest`, `descriptor`, `documents`; `forms` names the further ones, those for catalogues are
in `discovery`), the difference to the release before (`changes`, `schema_changes`, `compare`) and the version that
follows from it (`plan`), the transaction (`publish`, `files`), reading releases back (`reader`) and checking them
(`verify`, `evidence`, `copies`). Making figures belongs to `aggregate`, making pages to `brief`: this room takes tables
and finished documents and never changes either.
"""
