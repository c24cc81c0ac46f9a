"""The release room: finished tables in, one immutable, versioned, verifiable folder out.

Here belong the file formats (`tables`, `manifest`, `lock`, `descriptor`, `documents`), what a release is made from
(`locking`), the difference to the release before (`changes`, `schema_changes`, `compare`) and the version that follows
from it (`plan`), the transaction (`publish`, `files`), reading releases back (`reader`) and checking them (`verify`,
`evidence`). Making figures belongs to `aggregate`, making pages to `brief`: this room takes tables and finished
documents and never changes either.
"""
