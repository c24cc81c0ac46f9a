"""Style and script of a page that stands alone: inlined, and allowed by hash in a policy that forbids all else."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup

REPORTS = Path(__file__).resolve().parents[1] / "reports"
"""Templates, style sheets and fixed texts of all pages."""


def inline_style(name: str, script: str | None = None) -> dict[str, Markup]:
    """Return for a template `css`, a style sheet of `reports/`, and `policy`, which allows it and nothing else.

    With the name of a ``script`` of `reports/`, `js` holds that, and the policy allows it too.
    """
    css = (REPORTS / name).read_text(encoding="utf-8")
    js = (REPORTS / script).read_text(encoding="utf-8") if script else ""
    rules = (
        "default-src 'none'",
        f"style-src '{_digest(css)}'",
        *((f"script-src '{_digest(js)}'",) if script else ()),
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    inlined = {"css": Markup(css), "policy": Markup("; ".join(rules))}
    return inlined | ({"js": Markup(js)} if script else {})


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
