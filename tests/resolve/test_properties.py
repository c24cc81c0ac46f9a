"""What holds for any corpus: the order of rows does not matter, copies add no source, nothing is lost."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.contract_validation import split
from pipeline.contracts import event_types_frame, load_contract
from pipeline.resolve.books import resolve_books
from pipeline.resolve.resolve import resolve
from tests.resolve.corpus import AIR, CLASH, Corpus
from tests.resolve.score import score
from tests.resolve.stream import stream

few = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])

FIGURES = st.sampled_from([None, (0, 0), (2, 2), (3, None), (3, 5), (None, 4), (9, 9)])


@st.composite
def corpora(draw: st.DrawFn) -> Corpus:
    """A handful of articles with a few mentions each, drawn from so few values that many of them meet."""
    corpus = Corpus()
    for a in range(draw(st.integers(1, 6))):
        originals = [label for label, row in corpus.articles.items() if row["duplicate_kind"] == "none"]
        corpus.article(
            f"article {a}",
            draw(st.sampled_from(["herald", "courier", "mirror"])),
            draw(st.sampled_from(["02-06", "02-07", "02-15", None])),
            draw(st.none() | st.sampled_from(originals)) if originals else None,
            draw(st.sampled_from(["exact", "near"])),
        )
        for m in range(draw(st.integers(0, 3))):
            on = draw(st.sampled_from(["02-05", "02-06", "02-07"]))
            vague = draw(st.booleans()) and draw(st.booleans())
            corpus.mention(
                f"mention {a}.{m}",
                f"article {a}",
                kind=draw(st.sampled_from([AIR, CLASH, "Government regains territory"])),
                status=draw(st.sampled_from(["reported"] * 5 + ["denied", "general"])),
                on="02-01" if vague else on,
                until="02-07" if vague else None,
                precision=2 if vague else 1,
                place=draw(st.sampled_from(["ariha", "saraqib", "idlib", "ariha-market", "zawiya"])),
                actor1=draw(st.sampled_from(["army", "russia", "hts", "fighters", None])),
                actor2=draw(st.sampled_from(["civilians", "hts", "army", None])),
                associate=draw(st.sampled_from([None, "russia"])),
                killed=draw(FIGURES),
                injured=draw(FIGURES),
                evidence=draw(st.sampled_from(["Shells fell.", "Planes came."])),
            )
    return corpus


@few
@given(corpora(), st.randoms(use_true_random=False))
def test_shuffled_rows_give_the_same_events(corpus: Corpus, chance: object) -> None:
    tables = corpus.tables()
    seed = chance.randrange(1000)  # type: ignore[attr-defined]
    straight, shuffled = (
        resolve(**tables),
        resolve(**{name: table.sample(fraction=1, shuffle=True, seed=seed) for name, table in tables.items()}),
    )
    for name in ("events", "event_mentions", "rejections"):
        assert getattr(straight, name).equals(getattr(shuffled, name))
    assert straight.books == shuffled.books


@few
@given(corpora())
def test_what_comes_out_keeps_to_the_contract_and_the_books_balance(corpus: Corpus) -> None:
    tables, contract, made = corpus.tables(), load_contract(), corpus.resolve()
    parents = {**tables, "event_types": event_types_frame(contract), "events": made.events}
    for name in ("events", "event_mentions", "rejections"):
        checked = split(contract.tables[name], getattr(made, name), stage="resolve", parents=parents)
        assert checked.rejections.is_empty(), checked.rejections["message"].to_list()
    balances = resolve_books(made.books, made.events, made.event_mentions, made.rejections)
    assert balances["ok"].all(), balances


@few
@given(corpora(), st.data())
def test_adding_a_copy_changes_no_event_but_its_count_of_mentions(corpus: Corpus, data: st.DataObject) -> None:
    originals = [label for label, row in corpus.articles.items() if row["duplicate_kind"] == "none"]
    before = corpus.resolve().events
    copied = data.draw(st.sampled_from(originals))
    corpus.article("the copy", "banner", "02-08", copy_of=copied)
    for label, row in list(corpus.mentions.items()):
        if row["article_id"] == corpus.articles[copied]["article_id"]:
            corpus.mention(f"copy of {label}", "the copy")
            own = ("mention_id", "article_id")
            again = corpus.mentions[f"copy of {label}"]
            corpus.mentions[f"copy of {label}"] = row | {name: again[name] for name in own}
    after = corpus.resolve().events
    counts = ("mention_count", "denial_count", "disputed")
    assert after.drop(counts).equals(before.drop(counts))


@few
@given(corpora())
def test_no_event_holds_two_towns(corpus: Corpus) -> None:
    links = corpus.resolve().event_mentions.filter(pl.col("relation") == "reports")
    towns = corpus.tables()["mentions"].filter(pl.col("place_id").is_in(["ariha", "ariha-market", "saraqib"]))
    town = pl.col("place_id").str.replace("-market", "")
    assert (links.join(towns, on="mention_id").group_by("event_id").agg(town.n_unique())["place_id"] <= 1).all()


@pytest.mark.parametrize("seed", [1, 2])
def test_events_of_a_noisy_stream_are_found_again(seed: int) -> None:
    made = stream(800, days=80, seed=seed)
    links = resolve(**made.tables).event_mentions
    quality = score(dict(links.select("mention_id", "event_id").iter_rows()), made.truth)
    assert quality.pair_precision > 0.98
    assert quality.pair_f1 > 0.93
    assert quality.cubed_f1 > 0.95
