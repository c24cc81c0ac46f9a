"""Stand-in until the core has one."""
from functools import lru_cache
from jinja2 import Environment
from markupsafe import Markup
from pipeline.brief import phrases, words
from pipeline.brief.hostile_text import excerpt, tidy
from pipeline.inline_style import REPORTS
from pipeline.templates import environment
from pipeline.yaml_text import read_yaml

def _tidied(value: object) -> object:
    return tidy(value) if isinstance(value, str) and not hasattr(value, "__html__") else value

@lru_cache(maxsize=1)
def pages() -> Environment:
    env = environment(REPORTS, html=True, finalize=_tidied)
    env.filters["excerpt"] = excerpt
    texts = lambda n: read_yaml((REPORTS / "texts" / n).read_text(encoding="utf-8"))
    env.globals.update(t=texts("en.yaml"), s=texts("site.en.yaml"), w=words, p=phrases)
    return env
