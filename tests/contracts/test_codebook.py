"""The codebook page tells all that the contract holds."""

from __future__ import annotations

from pipeline.codebook import codebook_page
from pipeline.contracts import load_contract


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
