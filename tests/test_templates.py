"""Names in templates mean what they say."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
from jinja2 import UndefinedError, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from pipeline.templates import environment


def test_a_name_is_the_word_and_not_the_method_of_a_dict(tmp_path: Path) -> None:
    (tmp_path / "t").write_text(
        "{{ k.copy }}{% if not a.copy %}, {{ k.plain }}{% endif %}{{ a.keys() | list }}", "utf-8"
    )
    template = environment(tmp_path, html=True).get_template("t")
    assert template.render(k={"copy": "a copy", "plain": "one"}, a={"copy": False}) == "a copy, one[&#39;copy&#39;]"
    assert template.render(k=MappingProxyType({"copy": "c", "plain": "p"}), a={"copy": False}).startswith("c, p")
    with pytest.raises(UndefinedError, match="plain"):
        template.render(k={"copy": "a copy"}, a={"copy": False})


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) and not hasattr(value, "__html__") else value


def test_a_value_is_finalized_and_escaped_once_wherever_it_stands(tmp_path: Path) -> None:
    class Name(str):
        __slots__ = ()

    (tmp_path / "t").write_text(
        "{% macro shown(x) %}<i>{{ x }}</i>{% endmacro %}{% set kept %}{{ v }}{% endset %}"
        "{{ v }} {{ shown(v) }} {{ kept }} {% filter trim %} {{ v }} {% endfilter %}",
        "utf-8",
    )
    page = environment(tmp_path, html=True, finalize=_upper).get_template("t")
    for value, once in (
        ("a<b>'\"&", "A&lt;B&gt;&#39;&#34;&amp;"), (Name("a<b"), "A&lt;B"), ("ab", "AB"), (7, "7"), (None, "None"),
        (Markup("<b>x</b>"), "<b>x</b>"), (["<"], "[&#39;&lt;&#39;]"),
    ):  # fmt: skip
        assert page.render(v=value) == f"{once} <i>{once}</i> {once} {once}"
    with pytest.raises(UndefinedError, match="v"):
        page.render()


def test_what_is_no_html_is_finalized_and_not_escaped(tmp_path: Path) -> None:
    (tmp_path / "t").write_text("{{ v }}", "utf-8")
    assert environment(tmp_path, html=False, finalize=_upper).get_template("t").render(v="a<b") == "A<B"
    assert environment(tmp_path, html=True).get_template("t").render(v="a<b") == "a&lt;b"


def test_plain_functions_are_called_with_what_is_given_and_others_get_the_context(tmp_path: Path) -> None:
    def plain(*given: object, **named: object) -> str:
        return f"{given} {named}"

    @pass_context
    def asking(context: Context, name: str) -> object:
        return context.resolve(name)

    (tmp_path / "t").write_text("{% for x in [1] %}{{ plain(x, self=2) }} {{ asking('z') }}{% endfor %}", "utf-8")
    page = environment(tmp_path, html=False).get_template("t")
    assert page.render(plain=plain, asking=asking, z=3) == "(1,) {'self': 2} 3"
