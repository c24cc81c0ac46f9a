"""How thoroughly the tests of the disk go: a sample in `make test`, everything in `make soak`."""

from __future__ import annotations

import os

SOAK = os.environ.get("SOAK") == "1"
KILLS = 1_000 if SOAK else 200
RACES = 50 if SOAK else 5
MUTATIONS = 5_000 if SOAK else 120
