"""An explanation as one self-contained HTML page: no script, nothing loaded, article text escaped."""

from __future__ import annotations

from markupsafe import Markup

from pipeline.explain.view import KINDS, Explanation
from pipeline.hostile_characters import visible
from pipeline.inline_style import REPORTS, inline_style
from pipeline.templates import environment


def page(explanation: Explanation) -> str:
    """Render an explanation."""
    template = environment(REPORTS, html=True, finalize=_shown).get_template("explain.html.j2")
    return template.render(explanation=explanation, kinds=KINDS, **inline_style("explain.css"))


def _shown(value: object) -> object:
    """Show what article text hides; markup made here stays."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value
