"""What the tests of extraction share: the parser, loaded once a session."""

from __future__ import annotations

import pytest

from pipeline.extract.lexicon import Lexicon, load_lexicon
from pipeline.extract.parse import Parser
from pipeline.extract.rules import RuleExtractor
from pipeline.regions import load_region
from tests.built_rules import built_rules
from tests.extract.scenes import Stage


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default parser; loading it costs two seconds."""
    return Parser()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The trigger lexicon of the project."""
    return load_lexicon()


@pytest.fixture(scope="session")
def extractor() -> RuleExtractor:
    """The rule extractor of the default region."""
    return built_rules()


@pytest.fixture(scope="session")
def stage(parser: Parser, lexicon: Lexicon) -> Stage:
    """Makes scenes of sentences."""
    return Stage(load_region("syria"), parser, lexicon)
