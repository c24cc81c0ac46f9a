"""The tagged twin is the CSV with one row more, and every column has its tag."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from pipeline.errors import FieldledgerError
from pipeline.release.about import package_words
from pipeline.release.hxl import hxl_chunks, without_tags
from pipeline.release.plan import draft
from pipeline.release.tables import csv_bytes
from tests.release.factory import CONTRACT, world

TABLE = CONTRACT.tables["weekly_tolls"]
FRAME = draft(world()).frames["weekly_tolls"]


def test_the_second_row_holds_the_tags_and_the_rest_is_the_csv() -> None:
    data = b"".join(hxl_chunks(TABLE, FRAME, package_words().hxl))
    header, tags, *rows = csv.reader(StringIO(data.decode(), newline=""))
    assert (header[0], tags[0], len(rows)) == ("week_start", "#date+week+start", FRAME.height)
    assert len(tags) == len(header)
    assert without_tags(data) == csv_bytes(TABLE, FRAME)


def test_a_csv_without_tags_is_no_twin() -> None:
    assert without_tags(csv_bytes(TABLE, FRAME)) is None


def test_a_column_without_a_tag_is_named() -> None:
    tags = {name: tag for name, tag in package_words().hxl.items() if name != "area"}
    with pytest.raises(FieldledgerError, match="no HXL tag for area; add it under hxl"):
        list(hxl_chunks(TABLE, FRAME, tags))
