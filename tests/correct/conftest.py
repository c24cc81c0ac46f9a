"""The events that most corrections are tried on."""

from __future__ import annotations

import pytest

from tests.correct.desk import Desk


@pytest.fixture
def desk() -> Desk:
    """Two reports of one strike on Ariha, one of a strike on Saraqib, and a denial of the first."""
    made = Desk()
    made.corpus.mention("a", killed=(5, 5))
    made.corpus.mention("b", outlet="courier", killed=(8, 8))
    made.corpus.mention("c", outlet="lantern", place="saraqib", killed=(2, 2), injured=(3, 3))
    made.corpus.mention("d", status="denied", outlet="banner")
    assert made.together() == [["a", "b"], ["c"]]
    return made
