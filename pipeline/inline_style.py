"""The style of a page that stands alone: inlined, and allowed by its hash in a policy that forbids everything else."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup

REPORTS = Path(__file__).resolve().parents[1] / "reports"
"""Templates, style sheets and fixed texts of all pages."""


def inline_style(name: str) -> dict[str, Markup]:
    """Return for a template `css`, a style sheet of `reports/`, and `policy`, which allows it and nothing else."""
    css = (REPORTS / name).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(css.encode("utf-8")).digest()).decode("ascii")
    rules = (
        "default-src 'none'",
        f"style-src 'sha256-{digest}'",
        "img-src data:",
        "base-uri 'none'",
        "form-action 'none'",
    )
    return {"css": Markup(css), "policy": Markup("; ".join(rules))}
