"""Which extractor codes the articles: the rules, or another backend that a setting names.

A backend is a function `make(region, model) -> Extractor` in any importable module, named as `package.module:make`.
What it says passes the refusal rule (`evidence.py`) like everything else.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from pipeline.errors import InputError
from pipeline.extract.model import Extractor
from pipeline.ids import sha256_bytes
from pipeline.regions.pack import RegionPack

RULES = "rules"
Make = Callable[[RegionPack, str], Extractor]


def load_extractor(name: str, region: RegionPack, model: str) -> Extractor:
    """Build the extractor that the setting `extractor` names, for a region and the setting `model`.

    Raises:
        InputError: there is no such module or function.
    """
    return _rules(region, model) if name == RULES else _maker(name)(region, model)


_built: dict[str, tuple[RegionPack, Extractor]] = {}
"""The rules built last: their model, and the region that they know. A run needs them to code and to measure."""


def _rules(region: RegionPack, model: str) -> Extractor:
    known = _built.get(model)
    if known is None or known[0] is not region:
        from pipeline.extract.rules import RuleExtractor

        _built.clear()
        _built[model] = known = (region, RuleExtractor(region, model))
    return known[1]


def backend_version(name: str) -> str:
    """Return what tells one version of a backend from another: a hash over the bytes of its module.

    The rules are part of the code version of the stage. A backend that keeps weights or prompts in other files has to
    change its module when they change, or memoised codings are used again.
    """
    if name == RULES:
        return RULES
    source = importlib.import_module(_maker(name).__module__).__file__
    return f"{name} {sha256_bytes(Path(source).read_bytes())}" if source else name


def _maker(name: str) -> Make:
    module, _, function = name.partition(":")
    try:
        made = getattr(importlib.import_module(module), function)
    except (ImportError, AttributeError, ValueError) as error:
        raise InputError(
            f"setting extractor: {name!r} cannot be loaded ({error}); "
            f'give "{RULES}", or "package.module:function" of an installed module'
        ) from None
    if not callable(made):
        raise InputError(f"setting extractor: {name!r} is no function; it must take a region pack and a model's name")
    return made  # type: ignore[no-any-return]
