"""A week in Arabic: the same keys, no fixed text left in English, what is English marked, labels translated."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipeline.brief.render import fixed_texts
from pipeline.inline_style import REPORTS
from pipeline.site.builder import build_site
from pipeline.site.chrome import ENGLISH, site_texts
from pipeline.site.data import open_site
from pipeline.site.other_language import labels, marked
from pipeline.site.week_pages import LANGUAGES, WeekPages
from tests.brief.html_page import read
from tests.release.rows import CONTRACT

FRAME = ("chrome", "nav", "feeds", "filter", "banner")
PAGE = "ar/weeks/2021-W05.html"


def values(texts: object, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield each text of a catalogue with its keys; entries of a list by their number."""
    if isinstance(texts, str):
        yield at, texts
        return
    pairs = texts.items() if hasattr(texts, "items") else enumerate(texts)  # type: ignore[arg-type]
    for key, value in pairs:
        yield from values(value, f"{at}/{key}")


@pytest.fixture(scope="module")
def site(two_releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the pages of the weeks alone."""
    out = tmp_path_factory.mktemp("weeks")
    build_site(open_site(two_releases), out, [WeekPages()], processes=1)
    return out


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != ENGLISH])
def test_the_frame_of_a_page_is_in_its_language_too(language: str) -> None:
    """All that stands around every page has a text of its own, and no key that English lacks."""
    found, english = dict(values(site_texts(language))), dict(values(site_texts(ENGLISH)))
    frame = [key for key in english if key.split("/")[1] in {"language", "direction", *FRAME}]
    assert list(found) == frame
    assert not [key for key in frame if found[key] == english[key]]


@pytest.mark.parametrize("language", LANGUAGES)
def test_catalogues_have_the_same_keys_and_no_empty_text(language: str) -> None:
    found, english = dict(values(fixed_texts(language))), dict(values(fixed_texts("en")))
    assert list(found) == list(english)
    assert all(text.strip() for text in found.values())
    assert (found["/language"], found["/direction"]) == (language, {"en": "ltr", "ar": "rtl"}[language])


def test_every_code_that_a_page_shows_has_a_label() -> None:
    names = labels("ar")
    assert set(CONTRACT.codelists["event_types"]["sub_event_type"]) <= set(names)
    assert set(CONTRACT.codelists["blocs"]["title"]) <= set(names)
    assert set(CONTRACT.codelists["leanings"]["title"]) <= set(names)


def test_no_fixed_text_is_left_in_english(site: Path) -> None:
    text = (site / PAGE).read_text(encoding="utf-8")
    main = text[text.index("<main") : text.index("</main>")]
    english, arabic = dict(values(fixed_texts("en"))), dict(values(fixed_texts("ar")))
    shown = set(re.findall(r">\s*([^<>]*\S)\s*<", re.sub(r"<svg.*?</svg>", "", main, flags=re.DOTALL)))
    left = [key for key, said in english.items() if said in shown and key != "/page/language"]
    assert not left
    assert arabic["/headline/title"] in shown
    assert not [said for said in english.values() if len(said) > 40 and said in main]


def test_what_is_computed_is_marked_as_english(site: Path) -> None:
    html = (site / PAGE).read_text(encoding="utf-8")
    assert '<html lang="ar" dir="rtl">' in html
    assert '<th scope="row">قصف مدفعي أو صاروخي</th>' in html
    assert re.search(r'<title lang="en" dir="ltr">2021-W05', html)
    assert re.search(r'<p class="lead" lang="en" dir="ltr">The articles read tell of', html)
    assert re.search(r'الأسبوع <span lang="en" dir="ltr">2021-W05, Monday 1 to Sunday 7 February 2021\.', html)
    page = read(html.encode("utf-8"))
    assert not page.faults


def test_pages_of_a_week_link_to_each_other_in_both_directions(site: Path) -> None:
    for path in ("weeks/2021-W05.html", PAGE):
        html = (site / path).read_text(encoding="utf-8")
        found = dict(re.findall(r'<link rel="alternate" hreflang="(\w+)" href="([^"]+)">', html))
        assert {code: (site / path).parent.joinpath(href).resolve() for code, href in found.items()} == {
            "en": (site / "weeks/2021-W05.html").resolve(),
            "ar": (site / PAGE).resolve(),
        }
    links = [link for link in read((site / PAGE).read_bytes()).links if link.startswith("../") and "events/" in link]
    assert links
    assert all(link.startswith("../../events/") for link in links)


@pytest.mark.parametrize(
    ("english", "expected"),
    [
        ("<p>Two events.</p>", '<p lang="en" dir="ltr">Two events.</p>'),
        ("<p>12–15</p>", "<p>12–15</p>"),
        ("<p>حدث 5 <a href='x'>At Sarmin</a>, and more حدث</p>",
         "<p>حدث 5 <span lang=\"en\" dir=\"ltr\"><a href='x'>At Sarmin</a>, and more</span> حدث</p>"),
        ("<p>حدث: 2021-W05, Monday</p>", '<p>حدث: <span lang="en" dir="ltr">2021-W05, Monday</span></p>'),
        ("<table><tr><th>Idlib</th><td>Idlib: Attack</td></tr></table>",
         "<table><tr><th>إدلب</th><td>إدلب: اعتداء</td></tr></table>"),
        ("<p>The most, 9, in <a>Idlib</a>; <strong>Homs</strong> is down.</p>",
         '<p lang="en" dir="ltr">The most, 9, in <a>Idlib</a>; <strong>Homs</strong> is down.</p>'),
        ("<td>حدث: <a>Idlib</a>, <em>Attack</em></td>", "<td>حدث: <a>إدلب</a>, <em>اعتداء</em></td>"),
        ("<td><p>Two in all.</p> <a>Idlib</a></td>",
         '<td><p lang="en" dir="ltr">Two in all.</p> <a>إدلب</a></td>'),
        ("<p><bdi>Sarmin</bdi> (<a>Idlib</a>)</p>", '<p lang="en" dir="ltr"><bdi>Sarmin</bdi> (<a>Idlib</a>)</p>'),
        ("<p>حدث <bdi>Idlib</bdi></p>", '<p>حدث <bdi lang="en" dir="ltr">Idlib</bdi></p>'),
        ('<q dir="auto">Attack</q>', '<q dir="auto" lang="en">Attack</q>'),
        ("<p>&amp; &lt; حدث</p>", "<p>&amp; &lt; حدث</p>"),
        ("<header lang='en'><p>Latest</p></header><p>حدث</p>", "<header lang='en'><p>Latest</p></header><p>حدث</p>"),
        ('<html lang="ar"><p>حدث</p><th>Idlib</th></html>', '<html lang="ar"><p>حدث</p><th>إدلب</th></html>'),
        ("<ul><li>Attack</li>\n<li> Homs </li>\n</ul>", "<ul><li>اعتداء</li>\n<li> حمص </li>\n</ul>"),
        ("<p>حدث <a>x</a> <b></b></p>", '<p>حدث <a lang="en" dir="ltr">x</a> <b></b></p>'),
        ("<p>حدث <em>x</em> y <em>z</em> </p>",
         '<p>حدث <span lang="en" dir="ltr"><em>x</em> y <em>z</em></span> </p>'),
        ("<p>حدث<br>x<wbr>y</p>", '<p>حدث<br><span lang="en" dir="ltr">xy</span></p>'),
    ],
)  # fmt: skip
def test_markup_is_added_where_the_language_changes(english: str, expected: str) -> None:
    assert marked(english, "ar") == expected


def test_no_style_sheet_has_sides_where_a_language_has_a_direction() -> None:
    css = (REPORTS / "site.css").read_text(encoding="utf-8")
    physical = re.findall(
        r"(?:margin|padding|border|inset)-(?:left|right)|text-align: (?:left|right)|[;{]\s*(?:left|right):", css
    )
    assert not physical
