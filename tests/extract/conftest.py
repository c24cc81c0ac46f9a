"""What the tests of extraction share: the parser, loaded once a session."""

from __future__ import annotations

import pytest

from pipeline.extract.lexicon import Lexicon, load_lexicon
from pipeline.extract.parse import Parser


@pytest.fixture(scope="session")
def parser() -> Parser:
    """The default parser; loading it costs two seconds."""
    return Parser()


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The trigger lexicon of the project."""
    return load_lexicon()
