"""Measures the coding on the region's gold set and pins what was measured.

python -m tests.evaluate.pin --reason "First measurement" [--changelog "A line of CHANGELOG.md"]
"""

from __future__ import annotations

import argparse
import sys

from pipeline.errors import InputError
from pipeline.evaluate.evaluation import Evaluation
from pipeline.evaluate.job import evaluation_of
from pipeline.progress import Unwatched
from pipeline.settings import Settings
from tests.evaluate.gate import CHANGELOG, FLOORS, GATED, Pin, bound, lowered, read_pins, untold, write_pins


def measured() -> Evaluation:
    """Return the evaluation of the program as it is on the gold set of the default region."""
    return evaluation_of(Settings(inputs=()), None, None, None, Unwatched())


def main() -> int:
    """Append a pin to `floors.yaml`; refuses to lower a bound that the changelog does not tell of."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reason", required=True, help="why the floors are pinned anew")
    parser.add_argument("--changelog", default="", help="the line of CHANGELOG.md, without its bullet, for a lowering")
    said = parser.parse_args()
    try:
        found = measured()
    except InputError as error:
        parser.error(str(error))
    bounds = {name: bound(name, found.measures[name]) for name in GATED if name in found.measures}
    pins = [*read_pins(FLOORS.read_text(encoding="utf-8")), Pin(found.gold_digest, said.reason, said.changelog, bounds)]
    if any(untold(pins, CHANGELOG.read_text(encoding="utf-8"))):
        fallen = ", ".join(lowered(*pins[-2:]))
        print(f"{fallen} would be lower: tell users in CHANGELOG.md, then quote that line with --changelog")
        return 1
    FLOORS.write_text(write_pins(pins), encoding="utf-8")
    print("\n".join(f"{name:16} {limit:.2f}" for name, limit in bounds.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
