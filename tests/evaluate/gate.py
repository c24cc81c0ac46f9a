"""The pinned floors of the coding: what they are, when they hold, and that none falls in silence.

`floors.yaml` lists every pin there ever was; the last one counts. A pin holds the digest of the gold set, one bound a
measure, and a reason. One that lowers a bound, or drops it, quotes the line of CHANGELOG.md that tells users so. Each
pin is sealed with a hash over itself and the pins before it: a bound that is edited in place breaks the seal, so that
the way to lower one is `python -m tests.evaluate.pin`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import yaml

from pipeline.evaluate.measures import LOWER_IS_BETTER, Ratio
from pipeline.ids import sha256_text

FLOORS = Path(__file__).with_name("floors.yaml")
CHANGELOG = Path(__file__).resolve().parents[2] / "CHANGELOG.md"
PIN = "python -m tests.evaluate.pin"
GATED = (
    "type_f1", "when_f1", "where_f1", "who_f1", "slot_date", "slot_admin1", "slot_killed", "slot_evidence",
    "false_alarms",
)  # fmt: skip
SHORTEST_LINE = 20
"""Characters that a quoted line has at least, so that no common word passes for one."""
STEP = 100
"""Bounds are whole hundredths, the next worse one: a mend that costs a mention elsewhere need not pin anew."""


@dataclass(frozen=True, slots=True)
class Pin:
    """One measurement that later code must keep up with."""

    digest: str
    """SHA-256 over both files of the gold set."""
    reason: str
    changelog: str
    """A line of CHANGELOG.md, when a bound is lower than before; else empty."""
    bounds: Mapping[str, float]
    """The lowest value of each measure that passes; for those of which less is better, the highest."""


def bound(measure: str, ratio: Ratio) -> float:
    """Return the bound that a value pins: the hundredth at or below it; at or above it where less is better."""
    hundredths = ratio.part * STEP
    down = -(-hundredths // ratio.whole) if measure in LOWER_IS_BETTER else hundredths // ratio.whole
    return down / STEP


def worse(measure: str, value: float, than: float) -> bool:
    """Tell whether ``value`` of the measure is worse than another."""
    return value > than if measure in LOWER_IS_BETTER else value < than


def seal(pin: Pin, before: str) -> str:
    """Return the hash over a pin and the seal before it."""
    return sha256_text(json.dumps([before, asdict(pin)], sort_keys=True))[:16]


def read_pins(text: str) -> list[Pin]:
    """Return the pins in the text of `floors.yaml`, the oldest first.

    Raises:
        ValueError: a seal is broken.
    """
    pins: list[Pin] = []
    last = ""
    for number, entry in enumerate(yaml.safe_load(text)["pins"], start=1):
        told = entry.pop("seal")
        pin = Pin(**entry)
        last = seal(pin, last)
        if told != last:
            raise ValueError(f"pin {number} of floors.yaml was edited by hand; restore it and run {PIN}")
        pins.append(pin)
    return pins


def write_pins(pins: Sequence[Pin]) -> str:
    """Return the text of `floors.yaml` with ``pins``, sealed."""
    entries = []
    last = ""
    for pin in pins:
        last = seal(pin, last)
        entries.append({**asdict(pin), "seal": last})
    head = f"# Floors of the coding on the region's gold set; written by `{PIN}`, never by hand.\n"
    return head + yaml.safe_dump({"pins": entries}, sort_keys=False, allow_unicode=True, width=120)


def broken_bounds(pin: Pin, measured: Mapping[str, Ratio]) -> Iterator[str]:
    """Yield each bound of ``pin`` that the measured values do not keep."""
    for measure, limit in pin.bounds.items():
        ratio = measured.get(measure)
        if ratio is None:
            yield f"{measure}: nothing to measure, pinned at {limit}"
        elif worse(measure, ratio.part / ratio.whole, limit):
            yield f"{measure}: {ratio.part} of {ratio.whole} = {ratio.value}, pinned at {limit}"


def lowered(before: Pin, after: Pin) -> list[str]:
    """Return the measures whose bound is worse in ``after``, or gone."""
    return [
        measure
        for measure, limit in before.bounds.items()
        if measure not in after.bounds or worse(measure, after.bounds[measure], limit)
    ]


def untold(pins: Sequence[Pin], changelog: str) -> Iterator[str]:
    """Yield each lowering of a bound that the changelog does not tell of in words of its own."""
    told = " ".join(changelog.split())
    for number, (before, after) in enumerate(pairwise(pins), start=2):
        words = " ".join(after.changelog.split())
        used = {" ".join(pin.changelog.split()) for pin in pins[: number - 1]}
        fallen = lowered(before, after)
        if fallen and (len(words) < SHORTEST_LINE or words not in told or words in used):
            yield f"pin {number} lowers {', '.join(fallen)}, and quotes no line of its own from CHANGELOG.md"
