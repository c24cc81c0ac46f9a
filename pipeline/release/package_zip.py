"""`datapackage.zip`: descriptor, tables and documents in one file, which frictionless and others read as a package.

Its bytes follow from the files alone: names sorted, times, modes and system fixed. Files are stored, not compressed,
because compressed bytes depend on the zlib that a Python was built with; Parquet inside is compact already, and whoever
sends the file over a network compresses it on the way. What goes in is decided in `forms`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pipeline.errors import cut
from pipeline.release.files import FileRecord

PACKAGE = "datapackage.zip"
_UNIX, _PLAIN_FILE = 3, 0o100644 << 16
_TIME = (1980, 1, 1, 0, 0, 0)
"""The first that a zip can tell: the build time stands in the descriptor."""
_READ_BYTES = 1 << 20


def package_zip(contents: Iterable[tuple[str, bytes]]) -> bytes:
    """Return the archive of files, given as path and content in the order of their paths."""
    buffer = BytesIO()
    with ZipFile(buffer, "w", compression=ZIP_STORED) as archive:
        for path, data in contents:
            entry = ZipInfo(path, date_time=_TIME)
            entry.create_system, entry.external_attr = _UNIX, _PLAIN_FILE
            archive.writestr(entry, data)
    return buffer.getvalue()


def zip_faults(path: Path, loose: Mapping[str, FileRecord], needed: Iterable[str]) -> Iterator[str]:
    """Yield what the archive at ``path`` holds otherwise than the release beside it.

    Args:
        path: of the archive; nothing in it is trusted, and nothing compressed is opened.
        loose: the files of the release by path.
        needed: paths that must be in it.
    """
    try:
        with ZipFile(path) as archive:
            entries = archive.infolist()
            names = [entry.filename for entry in entries]
            if names != sorted(set(names)):
                yield "holds files twice or out of order"
            yield from (f"lacks {cut(name)}" for name in sorted({*needed} - {*names}))
            for entry in entries:
                record = loose.get(entry.filename)
                if record is None:
                    yield f"holds {cut(entry.filename)}, which is not in the release"
                elif entry.compress_type != ZIP_STORED or entry.file_size != record.bytes or entry.flag_bits & 1:
                    yield f"holds {cut(entry.filename)} in another size or form"
                elif _sha256(archive, entry) != record.sha256:
                    yield f"holds {cut(entry.filename)} with another content than the file beside it"
    except (BadZipFile, NotImplementedError, ValueError, EOFError) as error:
        yield f"cannot be read as a zip ({cut(str(error))})"


def _sha256(archive: ZipFile, entry: ZipInfo) -> str:
    digest = hashlib.sha256()
    with archive.open(entry) as handle:
        while chunk := handle.read(_READ_BYTES):
            digest.update(chunk)
    return digest.hexdigest()
