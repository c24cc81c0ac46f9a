"""Every page is valid HTML by the Nu Html Checker, which knows more than any list of ours: nesting, roles, labels."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

JAR = Path(__file__).parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
"""Set up by `make browser`."""
JAVA = shutil.which("java")


def faults(*pages: Path) -> list[str]:
    """Return what the checker says of pages, errors and warnings, each with its page."""
    if JAVA is None or not JAR.is_file():
        pytest.skip("the Nu Html Checker is not set up: `make browser` does it, with npm and Java at hand")
    call = [
        JAVA,
        "-Xss4m",
        "-XX:TieredStopAtLevel=1",
        "-jar",
        str(JAR),
        "--format",
        "json",
        "--exit-zero-always",
        *map(str, pages),
    ]
    done = subprocess.run(call, capture_output=True, check=True, timeout=300)
    return [
        f"{message.get('url')}:{message.get('lastLine')}: {message['message']} "
        f"{message.get('extract', '').strip()[:120]}"
        for message in json.loads(done.stderr)["messages"]
        if "violates Content Security Policy" not in message["message"]  # it knows no 'self' of files; the browser does
    ]


def test_all_pages_are_valid_html_and_a_bad_one_is_found(pages: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.html"
    bad.write_text("<!doctype html><html lang=en><title>t</title><p id=a><ul id=a><li>x</ul>", encoding="utf-8")
    found = sorted(path for path in pages.rglob("*.html") if "releases" not in path.relative_to(pages).parts[:-1])
    assert len(found) > 10
    told = faults(*found, bad)
    wrong = [fault for fault in told if "bad.html" not in fault]
    assert not wrong, "\n".join(wrong[:40])
    assert any("Duplicate ID" in fault for fault in told)
