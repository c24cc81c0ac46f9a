"""The account of a release: words of the contract, coverage and outlets of the tables, and names that stand."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

import pytest

from pipeline.contracts import SCHEMAS
from pipeline.errors import FieldledgerError
from pipeline.release.about import invention, package_words
from tests.release.factory import CONTRACT, SCOPE, about, with_values, world

TAG = re.compile(r"#[a-z][a-z0-9_]*(\+[a-z][a-z0-9_]*)*")


def test_the_account_gives_names_coverage_and_citation() -> None:
    told = about()
    assert (told.name, told.identifier) == ("fieldledger-testland", "fieldledger-testland-1.0.0")
    assert told.days == (date(2021, 2, 1), date(2021, 2, 14))
    assert (told.created, told.released) == ("2021-02-12T00:00:00Z", "2021-02-12")
    assert told.citation == (
        "fieldledger contributors (2021). Invented demonstration data, conflict events: War in Testland "
        "(version 1.0.0) [Data set]."
    )
    assert {"title": "Orchard Post (invented outlet)"} in told.sources


def test_measures_are_the_numbers_of_the_tables_of_figures_each_once() -> None:
    names = [field.name for field in about().measures]
    assert names[0] == "events"
    assert {"fatalities_best", "total_injured", "distinct_sources"} <= set(names)
    assert len(names) == len(set(names))
    assert "week_start" not in names


def test_a_mixture_of_outlets_is_partly_invented_and_none_at_all_is_not() -> None:
    sources = with_values(world(invented=False)["sources"], {"source_id": "river-wire"}, invented=True)
    assert invention(sources) == "some"
    assert invention(sources.clear()) == "none"


def test_a_region_name_never_spoils_the_package_name() -> None:
    assert about(scope=dataclasses.replace(SCOPE, name="Côte / x")).name == "fieldledger-c-te---x"


def test_every_hxl_tag_is_well_formed_and_of_a_column_that_there_is() -> None:
    words = package_words()
    columns = {name for table in CONTRACT.published for name in table.columns}
    assert set(words.hxl) <= columns
    assert all(TAG.fullmatch(tag) for tag in words.hxl.values())
    assert set(words.figures) <= {table.name for table in CONTRACT.published}


def test_a_table_of_figures_has_no_tag_twice() -> None:
    for table in about().figures:
        tags = [package_words().hxl[name] for name in table.columns]
        assert len(tags) == len(set(tags))


def test_an_incomplete_package_yaml_is_refused(tmp_path: Path) -> None:
    text = (SCHEMAS / "package.yaml").read_text(encoding="utf-8")
    (tmp_path / "package.yaml").write_text(text.replace("citation_message:", "other:"), encoding="utf-8")
    with pytest.raises(FieldledgerError, match=r"package\.yaml"):
        package_words(tmp_path)
