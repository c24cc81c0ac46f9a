"""What holds for any series of releases: events do not depend on the way they came, and no id is lost or used twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.ids import content_id
from tests.resolve.corpus import Corpus
from tests.resolve.history import Edition, follow, part
from tests.resolve.stream import stream
from tests.resolve.test_properties import corpora

few = settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def same_events(one: Edition, other: Edition) -> None:
    """See that both have the same sets of mentions, and the same id wherever the founding mention is the same."""
    assert set(one.members.values()) == set(other.members.values())
    founded = {founder: event_id for event_id, founder in one.founders.items()}
    again = {founder: event_id for event_id, founder in other.founders.items()}
    assert all(founded[founder] == again[founder] for founder in set(founded) & set(again))


def sound(before: Edition | None, after: Edition) -> None:
    """See that ids went from one release to the next by the rules."""
    for event_id, founder in after.founders.items():
        assert after.event_of[founder] == event_id, "a founder reports its own event"
    ids = {*after.founders, *after.retired}
    assert len(ids) == len(after.founders) + len(after.retired), "no id is living and retired at once"
    for row in after.retired.values():
        assert row["current_event_id"] is None or row["current_event_id"] in after.founders
        assert row["merged_into"] is None or row["merged_into"] in ids
        stands = after.event_of.get(row["founding_mention_id"])
        assert stands is None or stands == row["current_event_id"], "where the founding mention is, there it leads"
    if before is None:
        assert not after.retired
        return
    assert {*before.founders, *before.retired} <= ids, "no id is lost"
    for event_id, founder in before.founders.items():
        if founder in after.event_of:
            kept = after.founders.get(event_id)
            assert kept in (founder, None)
            assert after.event_of[founder] == (event_id if kept else after.retired[event_id]["merged_into"])
    for event_id, row in before.retired.items():
        assert after.founders.get(event_id) in (row["founding_mention_id"], None), "an id comes back with its founder"


def releases(corpus: Corpus, steps: Sequence[Sequence[str]]) -> list[Edition]:
    """Return one release for each step, in which the articles of that step are there, and see that ids went well."""
    made: list[Edition] = []
    for labels in steps:
        before = made[-1] if made else None
        made.append(follow(before, part(corpus, labels)))
        sound(before, made[-1])
    return made


def growing(labels: Sequence[str]) -> list[list[str]]:
    return [list(labels[: n + 1]) for n in range(len(labels))]


@few
@given(corpora(), st.data())
def test_articles_one_by_one_or_all_at_once_give_the_same_events(corpus: Corpus, data: st.DataObject) -> None:
    order = data.draw(st.permutations(list(corpus.articles)))
    at_once = follow(None, corpus.tables())
    made = releases(corpus, growing(order))
    same_events(made[-1], at_once)
    founders = defaultdict[str, set[str]](set)
    for edition in [at_once, *made]:
        for event_id, founder in edition.founders.items():
            founders[event_id].add(founder)
            assert event_id == content_id("e", founder), "while nothing is withdrawn, the id is the founder's hash"
    assert all(len(used) == 1 for used in founders.values()), "no id is used for two founders"


@few
@given(corpora(), st.data())
def test_weeks_in_another_order_give_the_same_events(corpus: Corpus, data: st.DataObject) -> None:
    weeks = defaultdict[str, list[str]](list)
    for label, row in corpus.articles.items():
        weeks[str(row["week_start"])].append(label)
    straight, otherwise = (
        releases(corpus, [[label for week in done for label in weeks[week]] for done in growing(order)])[-1]
        for order in (sorted(weeks), data.draw(st.permutations(sorted(weeks))))
    )
    same_events(straight, otherwise)


@few
@given(corpora(), st.data())
def test_articles_that_come_and_go_lose_no_id(corpus: Corpus, data: st.DataObject) -> None:
    some = st.lists(st.sampled_from(list(corpus.articles)), unique=True)
    made = releases(corpus, data.draw(st.lists(some, min_size=2, max_size=5)))
    given_once = {event_id for edition in made for event_id in edition.founders}
    assert given_once == {*made[-1].founders, *made[-1].retired}


@few
@given(corpora(), st.data(), st.integers(0, 99))
def test_the_same_tables_after_the_same_release_give_the_same_bytes(
    corpus: Corpus, data: st.DataObject, seed: int
) -> None:
    labels = data.draw(st.lists(st.sampled_from(list(corpus.articles)), unique=True))
    first = follow(None, part(corpus, labels))
    once = follow(first, corpus.tables())
    shuffled = {name: t.sample(fraction=1, shuffle=True, seed=seed) for name, t in corpus.tables().items()}
    otherwise = follow(
        Edition(
            first.version,
            {name: t.sample(fraction=1, shuffle=True, seed=seed) for name, t in first.frames.items()},
            first.resources,
        ),
        shuffled,
    )
    again = follow(once, corpus.tables())
    for name, frame in once.frames.items():
        assert frame.equals(otherwise.frame(name)), name
        assert frame.equals(again.frame(name)), "with nothing new there is no new release"


def test_a_stream_released_day_by_day_from_the_end_keeps_every_id_or_tells_where_it_went() -> None:
    made = stream(200, days=3, seed=2)
    days = made.tables["articles"]["published_date"].unique().sort(descending=True)
    edition: Edition | None = None
    for number in range(days.len()):
        before, edition = edition, follow(edition, _published_in(made.tables, days[: number + 1]))
        sound(before, edition)
    assert edition is not None
    at_once = follow(None, made.tables)
    same_events(edition, at_once)
    assert len(set(edition.founders) - set(at_once.founders)) > 50, "late reports were published before the founders"
    reasons = {row["retirement_reason"] for row in edition.retired.values()}
    assert reasons == {"merged"}, "and joined some events, and parted none"


def _published_in(tables: Mapping[str, pl.DataFrame], days: pl.Series) -> dict[str, pl.DataFrame]:
    """Return the tables of the articles of ``days``; a copy whose original is not there is not known as one."""
    articles = tables["articles"].filter(pl.col("published_date").is_in(days.implode()))
    there = articles["article_id"].implode()
    known = pl.col("duplicate_of").is_in(there).fill_null(False)
    articles = articles.with_columns(
        duplicate_kind=pl.when(known).then("duplicate_kind").otherwise(pl.lit("none")),
        duplicate_of=pl.when(known).then("duplicate_of"),
    )
    mentions = tables["mentions"].filter(pl.col("article_id").is_in(there))
    casualties = tables["casualties"].filter(pl.col("mention_id").is_in(mentions["mention_id"].implode()))
    return {**tables, "articles": articles, "mentions": mentions, "casualties": casualties}
