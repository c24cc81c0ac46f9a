"""Objects of a PDF written once: pydyf writes and compresses each of them twice, for the hash of the document too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(slots=True)
class PdfObject:
    """An object of a PDF as its bytes, with what `pydyf.PDF.write` asks of an object."""

    number: int
    generation: int
    free: str
    compressible: bool
    """Whether it may lie in a stream of objects, which streams may not."""
    data: bytes
    offset: int = 0

    @property
    def indirect(self) -> bytes:
        """The object with its number."""
        return b"%d %d obj\n%b\nendobj" % (self.number, self.generation, self.data)

    @property
    def reference(self) -> bytes:
        """What other objects call it."""
        return b"%d %d R" % (self.number, self.generation)


def written_once(_: Any, pdf: Any) -> None:
    """Write the objects of a `pydyf.PDF`, in which nothing changes any more; given to weasyprint as `finisher`."""
    pdf.objects = [made if made.free == "f" else _written(made) for made in pdf.objects]


def _written(made: Any) -> PdfObject:
    return PdfObject(made.number, made.generation, made.free, made.compressible, made.data)
