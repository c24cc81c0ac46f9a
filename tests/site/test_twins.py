"""Twins are written fast, and as everything else that is JSON."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from pipeline.release.manifest import json_bytes
from pipeline.site.twins import twin_bytes

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.text(), VALUES))
def test_what_is_written_is_read(twin: dict[str, JsonValue]) -> None:
    assert json.loads(twin_bytes(twin)) == twin


@given(st.dictionaries(st.text(), st.integers() | st.text() | st.lists(st.integers())))
def test_they_look_like_other_files(twin: dict[str, JsonValue]) -> None:
    assert twin_bytes(twin) == json_bytes(twin)


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_what_is_no_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        twin_bytes({"killed": [number]})


def test_a_stranger_may_be_called_infinity() -> None:
    assert json.loads(twin_bytes({"name": "Infinity News"})) == {"name": "Infinity News"}
