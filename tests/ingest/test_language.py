"""Which language an article is in."""

from __future__ import annotations

import pytest

from pipeline.ingest.language import language_of

ENGLISH = "Shells hit the market of the town on Tuesday morning, and two people were wounded, a doctor said."
FRENCH = "Des obus ont frappé le marché de la ville mardi matin et deux personnes ont été blessées, selon un médecin."
ARABIC = "أصابت قذائف سوق البلدة صباح الثلاثاء وأصيب شخصان بجروح بحسب طبيب في المستوصف المحلي."


@pytest.mark.parametrize(("text", "code"), [(ENGLISH, "en"), (FRENCH, "fr"), (ARABIC, "ar")])
@pytest.mark.parametrize("declared", [None, "en", "en-GB", "fr", "Arabic", "nonsense"])
def test_a_clear_finding_beats_the_declaration(text: str, code: str, declared: str | None) -> None:
    assert language_of(text, declared) == code


@pytest.mark.parametrize(
    ("declared", "code"),
    [(None, "en"), ("", "en"), ("de", "de"), ("en_US", "en"), ("AR-sy", "ar"), ("English", "en"), ("x-klingon", "en")],
)
def test_a_text_too_short_to_tell_is_as_declared_or_english(declared: str | None, code: str) -> None:
    assert language_of("Kafr Ain, Tell Ward", declared) == code
    assert language_of("12:30 - 4.5 %", declared) == code
    assert language_of("", declared) == code


def test_names_in_arabic_do_not_make_an_english_article_arabic() -> None:
    assert language_of(f"{ENGLISH} {ENGLISH} The town (البلدة) lies in the north.") == "en"


def test_a_long_text_in_a_doubtful_mix_is_not_taken_for_english() -> None:
    rows = (
        "Pos. Piloto Pontos Vitórias Poles | 1 Kyle 5040 | 2 Martin 5035 | 3 Kevin 4033 | 4 Denny 3027 | 5 Joey 2380 "
    )
    assert (
        language_of(f"Nesta página você terá sempre a classificação atualizada até a última corrida! {rows * 3}")
        == "pt"
    )


def test_the_answer_is_the_same_every_time() -> None:
    assert {language_of(FRENCH) for _ in range(20)} == {"fr"}
