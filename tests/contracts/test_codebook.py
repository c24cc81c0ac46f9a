"""The codebook page tells all that the contract holds."""

from __future__ import annotations

from pipeline.codebook import codebook_page
from pipeline.contracts import load_contract
from pipeline.resolve import rules


def test_every_column_code_and_rule_is_on_the_page() -> None:
    contract = load_contract()
    page = codebook_page(contract)
    for table in contract.published:
        assert f"### {table.name}\n" in page
        for field in table.fields:
            assert f"| `{field.name}` | {field.type} |" in page
        for check in table.checks:
            assert f"* `{check}`: " in page
    for name, codes in contract.codelists.items():
        assert f"### {name}\n" in page
        assert all(f"| {code} |" in page for code in codes[codes.columns[0]])


def test_rules_of_events_and_tolls_are_on_the_page_with_the_figures_that_the_program_uses() -> None:
    page = codebook_page(load_contract())
    told = page[page.index("## Rules") : page.index("## Tables")]
    assert f"at most 0.{rules.MOST_CONFIDENT}" in told
    assert f"tolls of at least {rules.SMALLEST_TELLING_TOLL} that agree" in told
    assert f"tolls of at least {rules.UNMISTAKABLE_TOLL}, whoever" in told
    titles = dict(load_contract().codelists["leanings"].select("code", "title").iter_rows())
    for allied in rules.ALLIED_LEANINGS:
        assert ", ".join(titles[leaning] for leaning in allied).lower() in told.lower()


def test_unpublished_texts_are_not_described() -> None:
    assert "### article_texts" not in codebook_page(load_contract())


def test_every_table_row_has_as_many_cells_as_its_header() -> None:
    width = 0
    for line in codebook_page(load_contract()).splitlines():
        cells = line.replace("\\|", "").count("|")
        if line.startswith("|") and not width:
            width = cells
        elif not line.startswith("|"):
            width = 0
        if width:
            assert cells == width, line
