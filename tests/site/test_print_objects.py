"""A PDF whose objects are written once has the bytes that it has without."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pydyf

from pipeline.site.print_objects import written_once


class _Counted(list[Any]):
    """Operators of a stream that count how often they are written."""

    written = 0

    def __iter__(self) -> Iterator[Any]:
        self.written += 1
        return super().__iter__()


def _document() -> tuple[Any, _Counted]:
    pdf, operators = pydyf.PDF(), _Counted([b"1 0 0 1 0 0 cm", "/P", 2.5])
    drawn = pydyf.Stream(operators, compress=True)
    pdf.add_object(drawn)
    pdf.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": pdf.pages.reference, "Contents": drawn.reference}))
    pdf.info["Title"] = pydyf.String("Week")
    return pdf, operators


def _bytes(pdf: Any) -> bytes:
    output = io.BytesIO()
    pdf.write(output, b"1.7", b"name", True)
    return output.getvalue()


def test_the_bytes_are_the_same_and_each_object_is_written_once() -> None:
    (usual, twice), (frozen, once) = _document(), _document()
    written_once(None, frozen)
    assert _bytes(frozen) == _bytes(usual)
    assert (once.written, twice.written) == (1, 2)
