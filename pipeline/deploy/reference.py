"""`docs/reference.md`, made of the settings, the assets and the checks (`make docs`)."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import dagster as dg

from pipeline.definitions import build_definitions
from pipeline.lineage import ROOT
from pipeline.settings import SECRETS, Settings
from pipeline.workbench import open_workbench

FILE = ROOT / "docs" / "reference.md"


def reference() -> str:
    """Return the page."""
    with TemporaryDirectory() as folder:
        graph = build_definitions(open_workbench(Settings(data_dir=Path(folder), inputs=()))).resolve_asset_graph()
    checks: dict[dg.AssetKey, list[str]] = {}
    for check in sorted(graph.asset_check_keys, key=str):
        checks.setdefault(check.asset_key, []).append(check.name)
    rows = [
        f"| `{key.to_user_string()}` | {graph.get(key).group_name} | {_cell(graph.get(key).description)} | "
        f"{', '.join(f'`{name}`' for name in checks.get(key, []))} |"
        for key in sorted(graph.get_all_asset_keys(), key=lambda key: key.to_user_string())
    ]
    return "\n".join(
        [
            "<!-- Made by `make docs`; do not edit. -->",
            "# Reference",
            "",
            "## Settings",
            "",
            "In `fieldledger.toml`, or in the environment as `FIELDLEDGER_` and the name in capitals.",
            "",
            "| setting | default | what it does |",
            "|---|---|---|",
            *(_setting(name) for name in Settings.model_fields),
            "",
            "## Assets and their checks",
            "",
            "| asset | group | what it is | checks |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def _setting(name: str) -> str:
    field = Settings.model_fields[name]
    empty = field.default in (None, (), "")
    secret = " Secret: shown nowhere." if name in SECRETS else ""
    return f"| `{name}` | {'' if empty else f'`{field.default}`'} | {_cell(field.description)}{secret} |"


def _cell(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


if __name__ == "__main__":
    FILE.write_text(reference(), encoding="utf-8")
