"""Spellings of one name get one key; names that differ keep theirs."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pipeline.regions.folding import ARTICLES, NameIndex, fold, fold_word, plain, slug

VARIANTS = [
    ("Jaysh al-Islam", "Jaish al-Islam", "Jeish el-Islam", "Jaish Al Islam", "Jaysh Alislam"),
    ("Khan Shaykhun", "Khan Sheikhoun", "Khan Sheikhun", "Khan Shaikhoun"),
    ("Deir ez-Zor", "Deir Ezzor", "Deir al-Zour", "Dayr az Zawr"),
    ("Salah al-Din", "Salah Eddin", "Salah Addin", "Salah ad-Din"),
    ("Sayf al-Dawla", "Seif al-Dawla", "Saif al-Dawleh"),
    ("Maarat al-Numan", "Maaret al-Nu'man", "Ma‘arrat an Nu‘mān", "Maarrat al-Nu’man"),
    ("Al-Hamdaniyah", "al-Hamdaniye", "Hamdaniyeh", "al-Hamdaniya"),
    ("Raqqa", "Raqa", "ar-Raqqah", "Rakka", "Al Raqqa"),
    ("Bab al-Nayrab", "Bab Alnairab", "Bab an-Nairab"),
    ("Al-Bab", "Albab", "el-Bab", "Al Bab"),
    ("Idlib", "Idleb", "Edleb"),
    ("Ain Tarma", "Ein Tarma", "Ayn Tarma"),
    ("الرقة", "رقة"),
]


@pytest.mark.parametrize("names", VARIANTS, ids=[names[0] for names in VARIANTS])
def test_transliterations_of_one_name_fold_alike(names: tuple[str, ...]) -> None:
    assert {fold(name) for name in names} == {fold(names[0])}


@pytest.mark.parametrize(
    ("one", "two"),
    [("Homs", "Hama"), ("Aleppo", "Idlib"), ("Deir Hafer", "Deir ez-Zor"), ("Ahrar al-Sham", "Ansar al-Islam")],
)
def test_different_names_stay_apart(one: str, two: str) -> None:
    assert fold(one) != fold(two)


@given(st.text(max_size=40))
def test_folding_twice_is_folding_once(name: str) -> None:
    assert fold(fold(name)) == fold(name)
    assert plain(plain(name)) == plain(name)
    assert slug(slug(name)) == slug(name)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz'- ", max_size=30))
def test_case_and_apostrophes_do_not_matter(name: str) -> None:
    assert fold(name.upper()) == fold(name) == fold(name.replace("'", "’"))
    assert plain(name.upper()) == plain(name)


@given(st.text(alphabet="bdfghjklmnrstwzaiu", min_size=2, max_size=12))
def test_an_article_in_front_does_not_matter(word: str) -> None:
    assume(word not in ARTICLES)
    assert fold(f"al-{word}") == fold(word)


@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8), min_size=1, max_size=4))
def test_a_name_folds_word_by_word(words: list[str]) -> None:
    folded = [key for word in words if (key := fold_word(word))]
    assert fold(" ".join(words)) == " ".join(folded or words)


CONSONANTS = "bdfgjklmnrstz"
RESPELLINGS = [
    ("al-", "el-"), ("al-", "al "), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ay", "ei"), ("ay", "ai"), ("aw", "au"),
    ("q", "k"), ("ch", "sh"), ("dh", "d"), ("th", "t"), ("y", "i"),
]  # fmt: skip
"""Ways of one sound, as found in English, French and Turkish reporting."""


@given(
    st.text(alphabet=CONSONANTS, min_size=1, max_size=2),
    st.text(alphabet=CONSONANTS, min_size=1, max_size=2),
    st.sampled_from(RESPELLINGS),
)
def test_a_sound_that_is_spelled_in_two_ways_folds_alike(before: str, after: str, ways: tuple[str, str]) -> None:
    one, two = ways
    if one == "al-":
        names = (f"{one}{before}a{after}in", f"{two}{before}a{after}in")
    else:
        names = (f"{before}a{one}a{after}in", f"{before}a{two}a{after}in")
        if one in {"ou", "oo", "ee", "ay", "aw"}:  # vowels stand between consonants
            names = (f"{before}{one}{after}in", f"{before}{two}{after}in")
    assert fold(names[0]) == fold(names[1])


@given(st.text(alphabet=CONSONANTS, min_size=1, max_size=2), st.text(alphabet=CONSONANTS, min_size=2, max_size=3))
def test_endings_double_letters_hyphens_and_marks_do_not_matter(start: str, end: str) -> None:
    name = f"{start}a{end}a"
    assume(name not in ARTICLES)
    for other in (f"{start}a{end}ah", f"{start}a{end}eh", f"{start}a{end}e", f"{start}a'{end}a", f"{start}ʿa{end}a"):
        assert fold(other) == fold(name), other
    assert fold(f"{start}a{end[0]}{end}a") == fold(name)
    assert fold(f"Tall-{name}") == fold(f"Tall {name}")


@given(
    st.sampled_from(
        [
            ("Tall", "Tal", "Tel", "Tell"),
            ("Dayr", "Deir", "Dair"),
            ("Shaykh", "Sheikh", "Cheikh", "Shaikh"),
            ("Kafr", "Kafar", "Kfar", "Kufr"),
            ("Ayn", "Ain", "Ein", "'Ayn", "‘Ain"),
            ("Khirbat", "Khirbet", "Kharbat"),
            ("Abu", "Abou", "Abi"),
            ("Qalaat", "Qal'at", "Kalaat"),
            ("Beit", "Bayt", "Bait"),
            ("Umm", "Um"),
            ("Jisr", "Djisr"),
        ]
    ),
    st.sampled_from(["Rifaat", "Hafir", "Issa", "Nabl", "al-Bayda", "Jamal"]),
)
def test_the_words_that_names_begin_with_fold_alike_in_all_their_spellings(words: tuple[str, ...], rest: str) -> None:
    assert {fold(f"{word} {rest}") for word in words} == {fold(f"{words[0]} {rest}")}


def test_a_word_that_folds_to_an_article_is_not_lost() -> None:
    assert fold_word("al") == ""
    assert fold_word("Ain") not in {"", *ARTICLES}
    assert fold("Tal al-Eis") != fold("Tal")


def test_a_name_of_articles_only_keeps_them() -> None:
    assert fold("Al") == plain("Al") == "al"


def test_a_name_as_spelled_comes_before_those_spelled_alike() -> None:
    index = NameIndex([("Madaya", 1), ("Medeya", 2), ("Madaya", 3)])

    assert index.find("al-Madaya") == (1, 3)
    assert index.find("Madayya") == (1, 2, 3)
    assert index.find("Homs") == ()


def test_a_short_name_is_found_as_spelled_only() -> None:
    index = NameIndex([("Hass", 1), ("Tiyas", 2)])

    assert index.find("Hass") == (1,)
    assert index.find("His") == index.find("This") == ()


def test_slug_is_for_ids() -> None:
    assert slug("Ma'arrat an-Nu‘mān (Idlib)") == "maarrat-an-numan-idlib"
    assert slug("حلب") == ""
