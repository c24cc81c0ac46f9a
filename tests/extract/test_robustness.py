"""What no editor would print: the extractor takes it, says only what is in it, says it twice alike, and in time."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.extract.model import Article, Mention
from pipeline.extract.rules import RuleExtractor
from pipeline.extract_file import extract_file
from pipeline.ingest.documents import Limits
from pipeline.progress import Unwatched
from pipeline.regions import load_region
from tests.extract import hostile
from tests.extract.hostile import DENSE, DULL, OPENING, PROSE, SPARSE, TEXTS
from tests.growth import grows_linearly

THURSDAY = date(2018, 3, 1)
DAYS = (THURSDAY, None, date.min, date.max)


def coded(extractor: RuleExtractor, text: str, title: str = "", on: date | None = THURSDAY) -> list[Mention]:
    """Mentions of one text, each of their spans checked against it."""
    (found,) = extractor.extract([Article("a-1", title, text, "The Ford Post", "independent", on)])
    for mention in found:
        assert text[mention.char_start : mention.char_end] == mention.evidence
        for casualty in mention.casualties:
            assert text[casualty.char_start : casualty.char_end] == casualty.quote
    return found


@pytest.mark.parametrize("kind", TEXTS)
def test_a_hostile_text_is_coded_twice_alike_and_its_spans_hold(extractor: RuleExtractor, kind: str) -> None:
    text = OPENING + TEXTS[kind](400)
    first = coded(extractor, text)
    assert first == coded(extractor, text)
    assert str(first[0].place).title() == "Saraqib"


@pytest.mark.parametrize("kind", DENSE)
def test_time_grows_with_a_text_full_of_triggers(extractor: RuleExtractor, kind: str) -> None:
    short, long = (OPENING + DENSE[kind](words) for words in (250, 1000))
    assert grows_linearly(lambda text: coded(extractor, text), short, long)


@pytest.mark.parametrize("kind", SPARSE)
def test_time_grows_with_a_text_that_only_looks_like_one(extractor: RuleExtractor, kind: str) -> None:
    short, long = (OPENING + SPARSE[kind](words) for words in (1500, 6000))
    assert grows_linearly(lambda text: coded(extractor, text), short, long)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\x00",
        "bombed",
        "²",
        "An area of 20 km² The region was bombed on Monday.",
        "7" * 5000 + " The region was bombed on Monday.",
        "Warplanes bombed Idlib on ² March, killing ①, ½ and ٣ people and " + "9" * 700 + " others.",
        "Warplanes bombed Idlib on 31 February 2017, 0 March 0000, 99/99/9999, 2017-13-45 and in the year 0000.",
        "Warplanes bombed Idlib 99999999999 days ago, 10000 years ago and in the past 99999999 months.",
        "Warplanes bombed Idlib\u2028killing\u2029three\x85people\x0b\x0cthere.",
        "İİİİ Warplanes bombed İdlib, IDLİB and \ufb01\ufb02 ŉ ß ẞ, killing 3.",
        "Warplanes bombed Idlib \ud800 on Monday, killing three people.",
    ],
)
def test_an_odd_text_is_taken_wherever_it_stands_and_whenever_it_appeared(extractor: RuleExtractor, text: str) -> None:
    for whole in (text, text + " " + OPENING, OPENING + text):
        for day in DAYS:
            coded(extractor, whole, title=text, on=day)


def test_half_an_emoji_hides_nothing(extractor: RuleExtractor) -> None:
    (mention,) = coded(extractor, "Warplanes bombed Idlib \ud83d on Monday, killing three people.")
    assert (mention.place, mention.casualties[0].low, mention.event_date_start) == ("Idlib", 3, date(2018, 2, 26))


def test_null_bytes_between_words_hide_nothing(extractor: RuleExtractor) -> None:
    (mention,) = coded(extractor, "Warplanes bombed\x00Idlib \x00on Monday,\x00 killing three people.")
    assert (mention.place, mention.event_date_start) == ("Idlib", date(2018, 2, 26))


def test_a_paragraph_of_200000_words_is_read_to_its_end(extractor: RuleExtractor) -> None:
    text = DULL * 11_000 + "Warplanes bombed the town of Maarat al-Numan on Monday."
    assert len(text.split()) > 200_000
    assert [mention.place for mention in coded(extractor, PROSE + text)] == ["Saraqib", "Maarat al-Numan"]


def test_a_sentence_of_20000_names_is_read_to_its_end(extractor: RuleExtractor) -> None:
    olives = ", ".join(f"{name} olives" for name in hostile.places() * 4)[:400_000]
    found = coded(
        extractor, f"{PROSE}The market sold {olives}. Warplanes bombed the town of Maarat al-Numan on Monday."
    )
    assert (found[0].place, found[-1].place) == ("Saraqib", "Maarat al-Numan")


def test_a_word_of_a_million_letters_costs_nothing_around_it(extractor: RuleExtractor) -> None:
    found = coded(extractor, PROSE + "x" * 1_000_000 + ". Warplanes bombed the town of Maarat al-Numan on Monday.")
    assert [mention.place for mention in found] == ["Saraqib", "Maarat al-Numan"]


def test_time_grows_with_the_pieces_that_furniture_cuts_a_text_into(extractor: RuleExtractor, tmp_path: Path) -> None:
    region = load_region("syria")

    def code(pieces: int) -> int:
        lines = "\\nAdvertisement\\n".join([PROSE.strip(), *(DULL.strip() for _ in range(pieces)), PROSE.strip()])
        path = tmp_path / f"{pieces}.jsonl"
        record = f'{{"id": "a", "title": "t", "text": "{lines}", "source": "x", "published_at": "2018-03-01"}}\n'
        path.write_text(record, encoding="utf-8")
        done = extract_file(path, region, extractor, Limits(first_date=region.first_date), Unwatched())
        raw = lines.replace("\\n", "\n")
        assert all(raw[m["char_start"] : m["char_end"]] == m["evidence"] for m in done.mentions)
        return len(done.mentions)

    assert grows_linearly(code, 250, 1000)


_PIECES = st.sampled_from(
    [
        "bombed", "killed", "Warplanes", "rebels", "clashed", "Idlib", "al-", "Kafr", "the village of", "on Monday",
        "3", "1,200", "three", "civilians", "²", "2016", "March", "said", "not", "\u201c", "\"", "(", ")", ".", ",",
        "\n", "\n\n", "\r\n", "\t", "\x00", "\u200b", "\u202e", "\u0301", "\ud800", "\U0001f4a5", "<b>", "&nbsp;", "İ",
    ]
)  # fmt: skip
_HOSTILE = st.lists(_PIECES | st.text(max_size=8), max_size=40).map(" ".join)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_HOSTILE, title=_HOSTILE, day=st.sampled_from(DAYS))
def test_whatever_the_text_says_the_extractor_answers_with_spans_of_it(
    extractor: RuleExtractor, text: str, title: str, day: date | None
) -> None:
    assert coded(extractor, text, title, day) == coded(extractor, text, title, day)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(_HOSTILE, min_size=2, max_size=4))
def test_an_article_is_coded_alike_alone_and_in_company(extractor: RuleExtractor, texts: list[str]) -> None:
    articles = [Article(str(n), "", OPENING + text, "x", "unknown", THURSDAY) for n, text in enumerate(texts)]
    assert extractor.extract(articles) == [extractor.extract([article])[0] for article in articles]
