"""The walk from casualty rows to weekly figures, on invented wars of which every article tells the truth.

Who tells of which happenings together, who divides a toll, who copies whom and how often is drawn; the figures are
true. So the weekly figures must be exactly the dead of the happenings whose dead are told at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.aggregate.weekly import weekly_events
from pipeline.aggregate.weekly_tolls import SEVERAL, weekly_toll_books, weekly_tolls
from pipeline.contracts import event_types_frame, load_contract
from pipeline.resolve.toll_books import toll_books
from tests.resolve.corpus import Corpus

TOWNS = ("ariha", "saraqib", "al-bab")
DAYS = tuple(date(2021, 2, 4) + timedelta(days=3 * n) for n in range(3))
HAPPENINGS = tuple((town, day) for town in TOWNS for day in DAYS)
"""Three strikes on each of three towns, in two weeks and two governorates, too far apart to be one."""

Set = frozenset[int]


@dataclass
class War:
    """A corpus, the true dead of each happening, and what is told of them."""

    dead: list[int]
    corpus: Corpus = field(default_factory=Corpus)
    told_alone: set[int] = field(default_factory=set)
    told_together: set[Set] = field(default_factory=set)
    nested: bool = True

    def article(self, of: Set, outlet: str, copies: int) -> None:
        """Add an article on the happenings ``of``, with one toll for all, and copies of it."""
        original = f"article {len(self.corpus.articles)}"
        for number in range(copies + 1):
            label = original if not number else f"{original} copy {number}"
            self.corpus.article(label, outlet if not number else "banner", "02-20", original if number else None)
            names = [self._mention(label, happening) for happening in sorted(of)]
            persons = sum(self.dead[happening] for happening in of)
            self.corpus.casualty(names[0], "killed", persons, persons, shared_with=names[1:])
        if len(of) > 1:
            self.told_together.add(of)
        else:
            self.told_alone |= of

    def _mention(self, article: str, happening: int) -> str:
        town, day = HAPPENINGS[happening]
        label = f"{article}: {happening}"
        words = f"Jets hit {town} on {day}."
        return self.corpus.mention(label, article, place=town, on=day.isoformat(), evidence=words)


@st.composite
def wars(draw: st.DrawFn) -> War:
    war = War([draw(st.integers(0, 9)) for _ in HAPPENINGS])
    groups = st.frozensets(st.integers(0, len(HAPPENINGS) - 1), min_size=1, max_size=4)
    families = draw(st.lists(groups, min_size=1, max_size=6))
    for of in families:
        war.article(of, draw(st.sampled_from(["herald", "courier", "mirror"])), draw(st.integers(0, 1)))
    wide = [of for of in families if len(of) > 1]
    war.nested = all(a <= b or b <= a or not a & b for a in wide for b in wide)
    return war


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(wars())
def test_weekly_figures_are_the_dead_that_are_told_each_once(war: War) -> None:
    tables, made = war.corpus.tables(), war.corpus.resolve()
    shared = war.corpus.shared_tolls()
    events = weekly_events(
        made.events, made.event_mentions, tables["mentions"], tables["articles"], ["Aleppo", "Idlib"],
        event_types_frame(load_contract()),
    )  # fmt: skip
    weekly = weekly_tolls(events, shared.tolls)

    balances = [
        toll_books(tables["casualties"], made.events, shared.tolls, shared.events, shared.casualties),
        weekly_toll_books(weekly, made.events, shared.tolls),
    ]
    assert pl.concat(balances)["ok"].all(), balances

    counted = weekly["total_fatalities_best"].sum()
    assert weekly["total_fatalities_low"].sum() == weekly["total_fatalities_high"].sum() == counted
    everybody = war.told_alone.union(*war.told_together)
    assert counted <= sum(war.dead[happening] for happening in everybody)
    if war.nested:
        assert counted == sum(war.dead[happening] for happening in everybody)
    assert made.events["fatalities_best"].sum() == sum(war.dead[happening] for happening in war.told_alone)

    by_area = dict(weekly.group_by("area").agg(pl.col("shared_fatalities_best").sum()).iter_rows())
    here = shared.tolls.group_by(pl.col("admin1").fill_null(SEVERAL)).agg(pl.col("counted_best").sum())
    assert {area: persons for area, persons in by_area.items() if persons} == {
        area: persons for area, persons in here.iter_rows() if persons
    }
