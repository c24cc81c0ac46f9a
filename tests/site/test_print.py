"""A week on paper: two to four tagged pages, the same bytes everywhere, with the shipped fonts and nothing else."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from pipeline.brief import BriefContext, WeekBrief, week_brief
from pipeline.errors import FieldledgerError
from pipeline.site import print_engine
from pipeline.site.print_pages import TIGHT, Charts, areas, late_pdf, pictures, week_html, week_pdf
from pipeline.site.print_pictures import LEAST, printable
from tests.brief.book import MONDAY, TUESDAY, Book, context
from tests.brief.golden import golden_book

NO_PANGO = print_engine.unavailable()
pytestmark = pytest.mark.skipif(NO_PANGO is not None, reason=NO_PANGO or "")
ADDRESS = "https://ledger.example/weeks/2021-W05.html"
CHART = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" role="img"><title>Events on a map</title>'
    '<path d="M0 0H400V300H0Z" fill="#eee"/><circle cx="200" cy="150" r="20" fill="#000"/>'
    '<text x="10" y="20">Idlib</text></svg>'
)
CHARTS = Charts(CHART, CHART.replace("0 0 400 300", "0 0 400 160"))


def golden() -> tuple[WeekBrief, BriefContext]:
    book, release = golden_book()
    return week_brief(book.tables(), MONDAY, release), release


def huge() -> tuple[WeekBrief, BriefContext]:
    """Return a week with more of everything than paper holds, in texts of a stranger who writes at length."""
    brief, release = golden()
    long = "Wort" * 4000 + " ‮ ḥṣṭ " + "قصف " * 900
    report = replace(brief.notable[0].reports[0], evidence=long, title=long, publisher=long, attributed_to=long)
    event = replace(brief.notable[0], reports=(report,) * 30, denials=(report,) * 30, disputed=True)
    names = [f"Governorate {n:02}" for n in range(60)]
    cells = tuple(replace(brief.cells[0], admin1=name) for name in names)
    coverage = replace(brief.coverage, outlets=tuple(replace(brief.coverage.outlets[0], name=long) for _ in range(90)))
    changed = replace(brief.changes, changed=brief.changes.changed * 400)
    return replace(
        brief,
        notable=(event,) * 8,
        movements=(replace(event, movement=True),) * 200,
        cells=cells,
        directions=tuple(replace(brief.directions[0], admin1=name) for name in names),
        coverage=coverage,
        changes=changed,
        quiet_governorates=("Hama " * 20,) * 40,
    ), release


def quiet() -> tuple[WeekBrief, BriefContext]:
    book = Book()
    book.article("mill-gazette", TUESDAY)
    return week_brief(book.tables(), MONDAY, context()), context()


def silent() -> tuple[WeekBrief, BriefContext]:
    book = Book()
    book.weeks.add(date(2021, 1, 4))
    return week_brief(book.tables(), date(2021, 1, 4), context(invented=False)), context(invented=False)


def reader(content: bytes) -> Any:
    """Return a PDF read by pypdf, whose types know nothing of what a key holds."""
    return PdfReader(io.BytesIO(content))


@pytest.fixture(scope="module")
def printed() -> dict[str, bytes]:
    made = {"golden": golden(), "huge": huge(), "quiet": quiet(), "silent": silent()}
    charts = {name: Charts(None, None) if name == "silent" else CHARTS for name in made}
    return {name: week_pdf(*values, charts[name], address=ADDRESS) for name, values in made.items()}


@pytest.mark.parametrize("name", ["golden", "huge", "quiet", "silent"])
def test_a_week_is_two_to_four_a4_pages_tagged_and_named(printed: dict[str, bytes], name: str) -> None:
    pdf = reader(printed[name])
    assert 2 <= len(pdf.pages) <= 4
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in pdf.pages} == {(595, 842)}
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/StructTreeRoot"]["/K"]
    assert b"pdfuaid:part" in root["/Metadata"].get_data()
    assert pdf.metadata is not None
    assert pdf.metadata.title.startswith(("2021-W05 (1–7 February 2021): ", "2021-W01 (4–10 January 2021): "))
    assert str(pdf.metadata.creation_date) == "2021-03-01 00:00:00+00:00"
    for number, page in enumerate(pdf.pages, 1):
        text = page.extract_text()
        assert f"{number} / {len(pdf.pages)}" in text
        assert ADDRESS in text


def test_only_shipped_fonts_are_in_it_and_all_are_embedded(printed: dict[str, bytes]) -> None:
    for content in printed.values():
        fonts = [font.get_object() for page in reader(content).pages for font in page["/Resources"]["/Font"].values()]
        assert fonts
        for font in fonts:
            assert "Noto-S" in font["/BaseFont"], font["/BaseFont"]
            assert "/FontFile2" in font["/DescendantFonts"][0].get_object()["/FontDescriptor"]


def test_links_lead_to_the_page_and_the_articles_only(printed: dict[str, bytes]) -> None:
    for content in printed.values():
        pages = reader(content).pages
        found = {a.get_object()["/A"]["/URI"] for page in pages for a in page.get("/Annots", ())}
        assert ADDRESS in found
        assert all(link.startswith("https://") for link in found)


def test_the_printed_week_says_what_the_page_says(printed: dict[str, bytes]) -> None:
    text = " ".join(page.extract_text() for page in reader(printed["golden"]).pages)
    text = " ".join(text.split())
    for said in (
        "Invented for demonstration.",
        "The articles read tell of 5 events in this week, no clear change from the week before (1)",
        "Idlib 4 5 at least 5 1 no clear change 4 events against a mean of 0.7",
        "All, with shared tolls 5 16 at least 16 1",
        "Two jets hit the grain store of Lower Mill, killing at least five.",
        "“No aircraft flew that day,” the command said.",
        "Killed, at most: empty, was 9",
        "In this week 7 articles were published and read",
        "mills, unread by those who write the program 28% (11 of 40)",
        "Briefing for the week 2021-W05",
    ):
        assert said in text


def test_what_is_cut_is_said(printed: dict[str, bytes]) -> None:
    text = " ".join(page.extract_text() for page in reader(printed["huge"]).pages)
    assert f"On the full page only: {200 - TIGHT.entries}" in text
    assert f"On the full page only: {400 - TIGHT.entries}" in text
    assert "…" in text


def test_a_chart_has_its_title_as_alternative(printed: dict[str, bytes]) -> None:
    elements = _elements(reader(printed["golden"]))
    assert [element["/Alt"] for element in elements if element.get("/S") == "/Figure"] == ["Events on a map"] * 2


def _elements(pdf: Any) -> list[Any]:
    found, waiting = [], [pdf.trailer["/Root"]["/StructTreeRoot"]["/K"][0].get_object()]
    while waiting:
        element = waiting.pop()
        found.append(element)
        kids = element.get("/K", [])
        waiting += [kid.get_object() for kid in kids if hasattr(kid.get_object(), "get")]
    return found


def test_areas_add_up_over_types() -> None:
    brief, _ = golden()
    found = {row.direction.admin1: row.figures for row in areas(brief)}
    assert sum(figures.events for figures in found.values()) == brief.figures.events
    assert sum(figures.injured for figures in found.values()) == brief.figures.injured
    assert list(found) == sorted(found)


def test_a_chart_for_paper_has_no_links_and_draws_neighbours_of_one_look_at_once() -> None:
    head = '<svg viewBox="0 0 9 9"><title id="t">Map</title><desc id="d">All</desc>'
    bars = '<path d="M0 0h1" fill="#1"/><path d="M2 0h1" fill="#1"/><path d="M4 0h1" fill="#2"/>'
    chart = f'{head}<a href="../events/e-1.html"><title>One</title><circle r="2"/></a>{bars}</svg>'
    joined = '<path d="M0 0h1 M2 0h1" fill="#1"/><path d="M4 0h1" fill="#2"/>'
    assert printable(chart) == f'{head}<circle r="2"/>{joined}</svg>'


def test_a_chart_for_paper_is_drawn_without_targets_and_no_finer_than_paper_shows() -> None:
    head = '<svg viewBox="0 0 9 9"><title id="t">Map</title>'
    near, far = ".5", "5"
    assert 0.5 < LEAST / 2 < LEAST < 5
    line = f'<path d="M1 1l{near} 0 {far} 0 {near} {near}" stroke="#1"/>'
    islet = f'<path d="M5 5l{near} 0 0 {near}z" fill="#1"/>'
    mark = '<g transform="translate(2 3)"><path d="M0,-5L-6,5L6,5Z" fill="#2"/></g>'
    drawn = printable(f'{head}{line}{islet}{mark}<circle r="9" fill="none" pointer-events="all"/></svg>')
    assert drawn == (
        f'{head}<path d="M1 1l5.5 0 .5 .5" stroke="#1"/><path d="" fill="#1"/>'
        '<path d="M0,-5L-6,5L6,5Z" fill="#2" transform="translate(2 3)"/></svg>'
    )


def test_a_late_file_follows_from_what_is_printed(printed: dict[str, bytes]) -> None:
    late, same = (late_pdf(*golden(), CHARTS, address=ADDRESS) for _ in range(2))
    other = late_pdf(*golden(), Charts(None, CHARTS.multiples), address=ADDRESS)
    assert late
    assert same
    assert other
    assert late.digest == same.digest != other.digest
    assert late.make() == printed["golden"]


AGAIN = """
import hashlib, json, sys
from pipeline.site.print_engine import to_pdf
html, pictures = json.loads(sys.stdin.read())
print(hashlib.sha256(to_pdf(html, "print.css", pictures).content).hexdigest())
"""


def test_another_process_zone_locale_and_hash_seed_give_the_same_bytes(
    printed: dict[str, bytes], tmp_path: Path
) -> None:
    env = {**os.environ, "TZ": "Asia/Kathmandu", "PYTHONHASHSEED": "7", "LC_ALL": "C", "TMPDIR": str(tmp_path)}
    document = json.dumps([week_html(*golden(), CHARTS, address=ADDRESS), pictures(CHARTS)]).encode("utf-8")
    env["PYTHONUTF8"] = "1"
    done = subprocess.run([sys.executable, "-c", AGAIN], env=env, input=document, capture_output=True, check=True)
    assert done.stdout.decode("ascii").strip() == hashlib.sha256(printed["golden"]).hexdigest()


@pytest.mark.parametrize(
    "chart",
    [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>x</title><image href="file:///etc/passwd"/></svg>',
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><title>x</title><image href="https://evil.example/x"/></svg>',
        '<img alt="x" src="http://127.0.0.1:1/x.png">',
        '<link rel="stylesheet" href="https://evil.example/x.css">',
    ],
)
def test_a_document_that_asks_for_a_file_is_refused(chart: str) -> None:
    with pytest.raises(FieldledgerError, match=r"^print: "):
        week_pdf(*quiet(), Charts(chart, None), address=ADDRESS)


def test_strangers_markup_is_text() -> None:
    brief, release = golden()
    report = replace(brief.notable[0].reports[0], evidence="<img src=x onerror=y> <style>*{display:none}</style>")
    html = week_html(
        replace(brief, notable=(replace(brief.notable[0], reports=(report,)),)), release, CHARTS, address=ADDRESS
    )
    assert "&lt;img src=x onerror=y&gt; &lt;style&gt;" in html
    assert "<style" not in html


def test_letters_that_no_shipped_typeface_has_are_shown_as_missing() -> None:
    html = "<html lang=en><title>t</title><p>北京 Київ ḥ \u2060x\u0316\u200b\u3000y 🙂"
    text = PdfReader(io.BytesIO(print_engine.to_pdf(html, "print.css").content)).pages[0].extract_text()
    assert text.split()[:6] == ["\ufffd\ufffd", "Київ", "ḥ", "x", "y", "\ufffd"]


@pytest.mark.parametrize(
    ("instead", "told"),
    [
        ("_weasyprint", r"libpango-1\.0-0 is missing; install pango"),
        ("_subsets", r"HarfBuzz-Subset, 4\.1\.0 or newer, is missing; install it"),
    ],
)
def test_without_a_library_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, instead: str, told: str
) -> None:
    def missing() -> bool:
        if instead == "_weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0': no such file")
        return False

    print_engine.unavailable.cache_clear()
    monkeypatch.setattr(print_engine, instead, missing)
    try:
        with pytest.raises(FieldledgerError, match=told):
            print_engine.to_pdf("<p>", "print.css")
        assert late_pdf(*quiet(), CHARTS, address=ADDRESS) is None
        assert "\n" not in (print_engine.unavailable() or "\n")
    finally:
        print_engine.unavailable.cache_clear()
