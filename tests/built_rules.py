"""The rule extractor of the default region, built once a process: it takes two seconds, and keeps nothing of a text."""

from __future__ import annotations

from pipeline.extract.backends import RULES, load_extractor
from pipeline.extract.parse import DEFAULT_MODEL
from pipeline.extract.rules import RuleExtractor
from pipeline.regions import load_region


def built_rules() -> RuleExtractor:
    built = load_extractor(RULES, load_region("syria"), DEFAULT_MODEL)
    assert isinstance(built, RuleExtractor)
    return built
