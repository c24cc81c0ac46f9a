"""An explanation as one self-contained HTML page: no script, nothing loaded, article text escaped."""

from __future__ import annotations

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from pipeline.explain.view import KINDS, Explanation
from pipeline.hostile_characters import visible
from pipeline.inline_style import REPORTS, inline_style


def page(explanation: Explanation) -> str:
    """Render an explanation."""
    environment = Environment(
        loader=FileSystemLoader(REPORTS),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=lambda value: visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value,
    )
    template = environment.get_template("explain.html.j2")
    return template.render(explanation=explanation, kinds=KINDS, **inline_style("explain.css"))
