from __future__ import annotations

import pytest

from pipeline.brief.addresses import linkable


@pytest.mark.parametrize(
    "address",
    ["https://mill-gazette.example/1", "http://mill-gazette.example:8080/a?b=c&d=%20#e", "https://[2001:db8::1]/x"],
)
def test_plain_web_addresses_become_links(address: str) -> None:
    assert linkable(address) == address


@pytest.mark.parametrize(
    "address",
    [
        None,
        "",
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.example/x",
        "/relative",
        "mill-gazette.example",
        "https://",
        "https:///path",
        "https://bank.example@evil.example/",
        "https://mill.example:port/",
        "https://mill.example/a b",
        'https://mill.example/"onmouseover=alert(1)',
        "https://mill.example/<b>",
        "https://mill.example/a\\b",
        "https://mill.example/\u202egnp.exe",
        "https://mıll.example/",
        "https://[bad/",
    ],
)
def test_everything_else_does_not(address: str | None) -> None:
    assert linkable(address) is None
