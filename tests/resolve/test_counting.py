"""What of each shared toll counts: sets of events and numbers of persons, nobody twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resolve.counting import Counted, Range, SharedToll, count


def exactly(persons: int) -> Range:
    return Range(persons, persons, persons)


def toll(
    events: str, figure: int | Range, *, sources: int = 1, covers_more: bool = False, reported: bool = True
) -> SharedToll:
    """Return a toll over ``events``, one letter each, that is named by them."""
    told = exactly(figure) if isinstance(figure, int) else figure
    return SharedToll(events + "+" * covers_more, frozenset(events), covers_more, reported, sources, told)


def counted(*tolls: SharedToll, **own: int | Range) -> dict[str, tuple[str, int | None]]:
    """Return for each toll its counting and what it adds to the best estimate."""
    singles = {event: exactly(figure) if isinstance(figure, int) else figure for event, figure in own.items()}
    made = count(tolls, singles)
    return {name: (result.counting, result.adds.best if result.adds else None) for name, result in made.items()}


@pytest.mark.parametrize(
    ("tolls", "own", "expected"),
    [
        ([toll("ab", 19)], {}, {"ab": ("whole", 19)}),
        ([toll("ab", 19)], {"c": 4}, {"ab": ("whole", 19)}),
        ([toll("ab", 19)], {"a": 7}, {"ab": ("rest", 12)}),
        ([toll("ab", 19)], {"a": 0}, {"ab": ("rest", 19)}),
        ([toll("ab", 19)], {"a": 30}, {"ab": ("rest", 0)}),
        ([toll("ab", 19)], {"a": 7, "b": 5}, {"ab": ("divided", None)}),
        ([toll("ab", 19), toll("cd", 4)], {}, {"ab": ("whole", 19), "cd": ("whole", 4)}),
        ([toll("abc", 19), toll("ab", 10)], {}, {"ab": ("whole", 10), "abc": ("rest", 9)}),
        ([toll("abc", 19), toll("ab", 10)], {"c": 9}, {"ab": ("whole", 10), "abc": ("divided", None)}),
        ([toll("abcd", 30), toll("ab", 10), toll("cd", 15)], {}, {
            "ab": ("whole", 10), "cd": ("whole", 15), "abcd": ("divided", None)}),
        ([toll("abcd", 30), toll("abc", 20), toll("ab", 10)], {}, {
            "ab": ("whole", 10), "abc": ("rest", 10), "abcd": ("rest", 10)}),
        ([toll("ab", 10), toll("bc", 12)], {}, {"bc": ("whole", 12), "ab": ("overlaps", None)}),
        ([toll("ab", 10, sources=2), toll("bc", 12)], {}, {"ab": ("whole", 10), "bc": ("overlaps", None)}),
        ([toll("a", 10)], {}, {"a": ("whole", 10)}),
        ([toll("a", 10)], {"a": 3}, {"a": ("divided", None)}),
        ([toll("a", 10, covers_more=True)], {"a": 3}, {"a+": ("rest", 7)}),
        ([toll("ab", 10), toll("ab", 14, covers_more=True)], {}, {"ab": ("whole", 10), "ab+": ("rest", 4)}),
        ([toll("ab", 10), toll("a", 14, covers_more=True)], {}, {"ab": ("whole", 10), "a+": ("overlaps", None)}),
        ([toll("", 14, covers_more=True)], {}, {"+": ("no_event", None)}),
        ([toll("ab", 57, reported=False)], {}, {"ab": ("not_reported", None)}),
    ],
)  # fmt: skip
def test_each_person_counts_once(
    tolls: list[SharedToll], own: dict[str, int], expected: dict[str, tuple[str, int | None]]
) -> None:
    assert counted(*tolls, **own) == expected
    assert counted(*reversed(tolls), **own) == expected


@pytest.mark.parametrize(
    ("whole", "part", "rest"),
    [
        (Range(19, 19, None), exactly(7), Range(12, 12, None)),
        (exactly(19), Range(7, 7, None), Range(12, 12, 12)),
        (Range(10, 15, 20), Range(3, 5, 9), Range(7, 10, 11)),
        (exactly(10), Range(3, 5, 8), Range(5, 5, 5)),
        (Range(None, 9, 9), exactly(4), Range(None, 5, 5)),
        (exactly(9), Range(None, 4, 4), Range(5, 5, 5)),
    ],
)
def test_ends_of_the_rest_stay_around_its_best_estimate(whole: Range, part: Range, rest: Range) -> None:
    assert count([toll("ab", whole)], {"a": part}) == {"ab": Counted("rest", rest)}


SETS = st.frozensets(st.sampled_from("abcdefg"), min_size=1)


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 9)), st.sets(SETS, max_size=6), st.data())
def test_where_all_accounts_are_true_nobody_counts_twice(
    own: dict[str, int], families: set[frozenset[str]], data: st.DataObject
) -> None:
    true = {event: own.get(event, data.draw(st.integers(0, 9))) for event in "abcdefg"}
    tolls = [toll("".join(sorted(events)), sum(true[event] for event in events)) for events in families]
    made = count(tolls, {event: exactly(persons) for event, persons in own.items()})
    added = sum(result.adds.best for result in made.values() if result.adds)
    told = set(own).union(*(t.events for t in tolls if made[t.toll].counting not in ("overlaps", "divided")))
    assert sum(own.values()) + added == sum(true[event] for event in told)
    assert all(t.events <= told for t in tolls if made[t.toll].counting == "divided")
    if all(a <= b or b <= a or not a & b for a in families for b in families):
        assert told == set(own).union(*families), "nothing is lost where tolls do not cross"
