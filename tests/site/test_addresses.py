"""Addresses hold on any server and disk, and links lead from page to page."""

from __future__ import annotations

import posixpath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.release.files import path_fault
from pipeline.site import addresses


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Idlib", "idlib"),
        ("Rif Dimashq", "rif-dimashq"),
        ("Ḥimṣ", "hims"),
        ("As-Suwayda'", "as-suwayda"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_names_become_ascii(name: str, slug: str) -> None:
    assert addresses.governorate(name) == f"governorates/{slug}.html"


def test_names_that_lose_letters_stay_apart() -> None:
    assert addresses.slug("الرقة") != addresses.slug("إدلب")
    assert addresses.slug("x" * 200) != addresses.slug("x" * 201)


@given(st.text(min_size=1, max_size=120))
def test_any_name_is_a_name_of_a_file(name: str) -> None:
    assert path_fault(addresses.governorate(name)) is None


@pytest.mark.parametrize(
    ("start", "end", "link"),
    [
        ("index.html", "weeks/2021-W05.html", "weeks/2021-W05.html"),
        ("weeks/2021-W05.html", "events/e-1.html", "../events/e-1.html"),
        ("ar/weeks/2021-W05.html", "index.html", "../../index.html"),
        ("weeks/index.html", "weeks/2021-W05.html", "2021-W05.html"),
        ("downloads.html", "releases/v1.0.0/", "releases/v1.0.0/"),
    ],
)
def test_links_are_relative(start: str, end: str, link: str) -> None:
    assert addresses.relative(start, end) == link
    assert posixpath.normpath(posixpath.join(posixpath.dirname(start), link)) == end.rstrip("/")
    assert posixpath.normpath(posixpath.join(posixpath.dirname(start), addresses.root(start), "x")) == "x"


def test_twin_lies_beside_its_page() -> None:
    assert addresses.twin("weeks/2021-W05.html") == "weeks/2021-W05.json"
