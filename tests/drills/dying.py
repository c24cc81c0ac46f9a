"""`fieldledger`, killed at a moment: `python -m tests.drills.dying MOMENT run --input ...` ends by SIGKILL there.

The coding is measured on a few gold articles, as in other tests.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from pipeline import run
from pipeline.cli import app
from pipeline.release import assets as release
from pipeline.resolve import assets as resolve
from pipeline.run_history import OpenEventLog
from pipeline.storage import Store
from tests.end_to_end.few_gold import few_articles

MOMENTS: dict[str, tuple[Any, str, int]] = {
    "once a week is coded": (Store, "memorise", 1),
    "amid Dagster's records": (OpenEventLog, "store_event", 90),
    "at the first pointer": (Store, "point", 0),
    "before events are resolved": (resolve, "resolve", 0),
    "before the release": (release, "publish", 0),
    "before the run is noted": (run, "_note", 0),
}
"""What is called, and how many of its calls are let through before one kills."""


def _deadly(real: Callable[..., Any], through: int) -> Callable[..., Any]:
    left = through

    def called(*given: Any, **named: Any) -> Any:
        nonlocal left
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left -= 1
        return real(*given, **named)

    return called


if __name__ == "__main__":
    place, name, through = MOMENTS[sys.argv.pop(1)]
    with few_articles(), patch.object(place, name, _deadly(getattr(place, name), through)):
        app()
