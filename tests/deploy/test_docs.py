"""Docs of a deployment are current, and their examples are what the programs take."""

from __future__ import annotations

import shutil
import subprocess
import tomllib

import pytest
import yaml

from pipeline.deploy.reference import FILE, reference
from pipeline.settings import Settings

DOCS = FILE.parent


def test_the_reference_is_current() -> None:
    assert FILE.read_text(encoding="utf-8") == reference(), "make docs"


def test_the_example_of_settings_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    said = tomllib.loads((DOCS / "fieldledger.toml").read_text(encoding="utf-8"))
    settings = Settings(**said)
    assert settings.log_format == "json"
    assert settings.backup_to != settings.publish_to


def test_services_of_the_compose_file_depend_on_what_there_is() -> None:
    compose = yaml.safe_load((DOCS / "compose.yaml").read_text(encoding="utf-8"))
    assert set(compose["services"]["ledger"]["depends_on"]) <= set(compose["services"])
    assert set(compose["services"]["database"]["secrets"]) <= set(compose["secrets"])


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_the_units_are_units() -> None:
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", DOCS / "fieldledger.service", DOCS / "fieldledger.timer"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    ours = [line for line in done.stderr.splitlines() if "fieldledger" in line and "is not executable" not in line]
    assert not ours
