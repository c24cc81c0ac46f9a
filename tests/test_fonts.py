"""The typefaces are the files that their README names, all declared, under their licence, and small."""

from __future__ import annotations

import hashlib
import re

import pytest

from pipeline.inline_style import REPORTS

FONTS = REPORTS / "fonts"
SUMS = dict(line.split("  ")[::-1] for line in (FONTS / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
CSS = (FONTS / "fonts.css").read_text(encoding="utf-8")


def test_the_files_are_those_of_the_packages() -> None:
    files = sorted(FONTS.glob("*.woff2"))
    assert {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files} == SUMS
    assert sum(path.stat().st_size for path in files) < 600_000


def test_every_file_is_declared_and_nothing_else() -> None:
    assert sorted(re.findall(r'url\("fonts/([^"]+)"\)', CSS)) == sorted(SUMS)
    assert CSS.count("url(") == len(SUMS)


@pytest.mark.parametrize("family", ["noto-sans", "noto-serif", "noto-sans-arabic"])
def test_each_family_has_its_licence_beside_it(family: str) -> None:
    assert any(name.startswith(f"{family}-") for name in SUMS)
    licence = (FONTS / f"OFL-{family}.txt").read_text(encoding="utf-8")
    assert "SIL Open Font License, Version 1.1" in licence
    assert "Reserved Font Name" not in licence.partition("PREAMBLE")[0]
