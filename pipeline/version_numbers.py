"""How versions of releases are written, MAJOR.MINOR.PATCH; which one follows is decided in `release.version`."""

from __future__ import annotations

import re

VERSION = re.compile(r"(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})", re.ASCII)
