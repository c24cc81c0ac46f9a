"""The in-toto statement binds every file to what it was made from, and tells no time and no machine."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

from pipeline.ids import sha256_bytes
from pipeline.release.discovery.facts import Facts
from pipeline.release.discovery.making import making_of
from pipeline.release.discovery.slsa import STATEMENT, slsa_statement
from pipeline.release.files import listing
from pipeline.release.lock import CorrectionFile, GoldFile, Previous, SuppliedFile
from tests.release.discovery.conftest import facts_after
from tests.release.factory import MADE_FROM

_DIGEST = re.compile(r"[0-9a-f]{64}")


def test_the_form_is_that_of_the_two_standards(facts: Facts) -> None:
    statement = slsa_statement(facts)
    assert (statement["_type"], statement["predicateType"]) == (
        "https://in-toto.io/Statement/v1",
        "https://slsa.dev/provenance/v1",
    )
    assert set(statement) == {"_type", "subject", "predicateType", "predicate"}
    predicate = statement["predicate"]
    assert set(predicate) == {"buildDefinition", "runDetails"}
    assert {"buildType", "externalParameters", "resolvedDependencies"} <= set(predicate["buildDefinition"])
    assert set(predicate["runDetails"]) == {"builder"}, "no time of a run, no number of a run"


def test_subjects_are_all_files_of_a_release_but_itself_and_the_manifest(first: Path) -> None:
    statement = json.loads((first / STATEMENT).read_bytes())
    told = {subject["name"]: subject["digest"]["sha256"] for subject in statement["subject"]}
    files = set(listing(first).files) - {STATEMENT, "manifest.json"}
    assert told == {path: sha256_bytes((first / path).read_bytes()) for path in files}


def test_dependencies_are_code_lock_knowledge_and_inputs(facts: Facts) -> None:
    listed = slsa_statement(facts)["predicate"]["buildDefinition"]["resolvedDependencies"]
    told = {dependency["name"]: dependency["digest"]["sha256"] for dependency in listed}
    assert list(told) == ["code", "requirements.lock", "regions/testland", "inputs/articles.jsonl"]
    assert all(_DIGEST.fullmatch(digest) for digest in told.values())


def test_what_is_made_after_another_release_names_it() -> None:
    parameters = slsa_statement(facts_after("1.0.0"))["predicate"]["buildDefinition"]["externalParameters"]
    assert (parameters["version"], parameters["previousVersion"]) == ("1.0.1", "1.0.0")


def test_all_that_a_lock_names_went_in_once_for_each_file_also_of_one_name() -> None:
    one, other, left_out = (replace(MADE_FROM.inputs[0], sha256=digest) for digest in ("1", "2", None))
    made_from = replace(
        MADE_FROM,
        knowledge=replace(MADE_FROM.knowledge, gazetteers=(SuppliedFile("SY.txt", "3"),)),
        inputs=(one, other, left_out),
        corrections=(CorrectionFile("one.yaml", "4", None),),
        gold=(GoldFile("wire", "gold.jsonl", "5", bundled=False),),
        previous=Previous("1.0.0", "6"),
    )
    assert making_of(made_from).materials[3:] == (
        ("gazetteers/SY.txt", "3"), ("inputs/articles.jsonl", "1"), ("inputs/articles.jsonl", "2"),
        ("corrections/one.yaml", "4"), ("gold/wire/gold.jsonl", "5"), ("releases/v1.0.0/manifest.json", "6"),
    )  # fmt: skip
