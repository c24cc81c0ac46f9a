"""Names in templates mean what they say."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType

import pytest
from jinja2 import UndefinedError

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
