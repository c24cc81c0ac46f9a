"""A path that was drawn before is drawn from memory, the same; another one is not taken for it."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from pipeline.site.print_paths import drawn_once


def test_a_path_is_read_once_and_drawn_each_time() -> None:
    read: list[str] = []

    def draw(svg: Any, node: Any, font_size: float) -> None:
        read.append(node["d"])
        svg.stream.stream += [b"0 0 m", node["d"].encode(), b"at %d" % font_size]

    drawn = drawn_once(draw)
    pages = [SimpleNamespace(stream=SimpleNamespace(stream=[b"q"])) for _ in range(2)]
    for page in pages:
        for letters in ("M1 1l2 2", "M3 3z", "M1 1l2 2"):
            drawn(page, {"d": letters}, 11.0)
    assert read == ["M1 1l2 2", "M3 3z"]
    line, ring = b"0 0 m\nM1 1l2 2\nat 11", b"0 0 m\nM3 3z\nat 11"
    assert [b"\n".join(page.stream.stream) for page in pages] == [b"\n".join([b"q", line, ring, line])] * 2
