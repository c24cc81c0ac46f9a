"""The limits of the data checks: those of the house with their reasons, and those that a deployment sets instead."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import yaml

from pipeline.errors import InputError
from pipeline.settings import Settings

FILE = Path(__file__).with_name("data_checks.yaml")


@dataclass(frozen=True, slots=True)
class Limit:
    """What a data check asks."""

    limit: float
    """Value that may be reached and not passed; of chances, the one that must not be gone below."""
    reason: str
    at_least: int = 0
    """Records, or weeks, from which on it is asked."""


@lru_cache(maxsize=1)
def house_limits() -> Mapping[str, Limit]:
    """Return the limits of `data_checks.yaml` by name."""
    return {name: Limit(**said) for name, said in yaml.safe_load(FILE.read_text(encoding="utf-8")).items()}


def limits_for(settings: Settings) -> Mapping[str, Limit]:
    """Return the limits of a deployment by name.

    Raises:
        InputError: the setting `check_limits` names a check that there is not.
    """
    limits = dict(house_limits())
    for name, value in settings.check_limits.items():
        if name not in limits:
            raise InputError(f"setting check_limits: there is no limit {name}; there are {', '.join(sorted(limits))}")
        limits[name] = replace(limits[name], limit=value)
    return limits
