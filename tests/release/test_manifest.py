"""The manifest reads back exactly, and no byte of it can change unseen."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.errors import FieldledgerError
from pipeline.ids import sha256_bytes
from pipeline.release.files import FileRecord
from pipeline.release.manifest import SCHEMA_VERSION, Books, Manifest, TableRecord, read_manifest

FILE = FileRecord("data/x.csv", 3, sha256_bytes(b"abc"))
MANIFEST = Manifest(
    version="1.2.0",
    previous_version="1.1.0",
    build_time="2021-02-12T00:00:00Z",
    books=(Books("ingest", 5, 3, 1, 1),),
    tables=(TableRecord("x", 1, 1, FILE, FILE),),
    files=(FILE,),
)
DATA = MANIFEST.to_bytes()


def test_a_manifest_reads_back() -> None:
    assert read_manifest(DATA) == MANIFEST


@settings(deadline=None)
@given(st.integers(0, len(DATA) - 1), st.integers(1, 255))
def test_any_changed_byte_is_found(place: int, flip: int) -> None:
    broken = bytearray(DATA)
    broken[place] ^= flip
    with pytest.raises(FieldledgerError, match=r"manifest\.json"):
        read_manifest(bytes(broken))


@settings(deadline=None)
@given(st.integers(0, len(DATA) - 1))
def test_a_cut_off_manifest_is_found(length: int) -> None:
    with pytest.raises(FieldledgerError, match=r"manifest\.json"):
        read_manifest(DATA[:length])


def test_other_white_space_or_key_order_is_not_canonical() -> None:
    content = json.loads(DATA)
    for data in (
        json.dumps(content).encode(),
        DATA + b"\n",
        json.dumps(dict(reversed(content.items())), indent=2).encode(),
    ):
        with pytest.raises(FieldledgerError):
            read_manifest(data)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "not JSON"),
        (b"\xff", "not JSON"),
        (b"[" * 100_000, "not JSON"),
        (b"[]", "no JSON object"),
        (b"{}", "schema_version is None"),
        (b'{"schema_version": 1}', f"schema_version is 1, this program reads {SCHEMA_VERSION}"),
        (b'{"schema_version": 2, "version": 1}', "fetch the release again"),
        (b'{"schema_version": 2, "surprise": 1}', "fetch the release again"),
    ],
)
def test_what_is_no_manifest_is_one_clear_error(data: bytes, says: str) -> None:
    with pytest.raises(FieldledgerError, match=says):
        read_manifest(data)


@pytest.mark.parametrize(("figures", "balanced"), [((5, 3, 1, 1), True), ((5, 3, 1, 0), False), ((0, 0, 0, 0), True)])
def test_books_balance_when_nothing_is_lost(figures: tuple[int, int, int, int], balanced: bool) -> None:
    assert Books("ingest", *figures).balanced is balanced
