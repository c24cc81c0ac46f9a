"""The Croissant description names every table and column; that mlcroissant accepts it is shown in `test_readers`."""

from __future__ import annotations

from pipeline.release.discovery.croissant import croissant
from pipeline.release.discovery.facts import Facts
from tests.release.factory import CONTRACT


def test_every_column_is_a_field_that_is_read_from_the_parquet_file(facts: Facts) -> None:
    records = {record["name"]: record for record in croissant(facts)["recordSet"]}
    for table in CONTRACT.published:
        record = records[table.name]
        assert [field["@id"] for field in record["field"]] == [f"{table.name}/{name}" for name in table.columns]
        assert [key["@id"] for key in record["key"]] == [f"{table.name}/{name}" for name in table.primary_key]
        assert {field["source"]["fileObject"]["@id"] for field in record["field"]} == {f"data/{table.name}.parquet"}
    known = {file["@id"] for file in croissant(facts)["distribution"]}
    assert {f"data/{table.name}.parquet" for table in CONTRACT.published} <= known


def test_types_units_and_keys_are_told(facts: Facts) -> None:
    events = next(record for record in croissant(facts)["recordSet"] if record["name"] == "events")
    fields = {field["name"]: field for field in events["field"]}
    assert (fields["event_date_start"]["dataType"], fields["disputed"]["dataType"]) == ("sc:Date", "sc:Boolean")
    assert fields["fatalities_low"]["description"].endswith("Unit: persons.")
    assert fields["place_id"]["description"].endswith("Refers to places.place_id.")


def test_limits_and_technique_are_told_in_the_words_of_responsible_ai(facts: Facts) -> None:
    described = croissant(facts)
    assert described["rai:dataLimitations"] == list(facts.about.words.limits)
    assert described["conformsTo"][0] == "http://mlcommons.org/croissant/1.0"
    assert described["citeAs"] == facts.about.citation
