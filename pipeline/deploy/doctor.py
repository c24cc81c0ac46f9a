"""What `fieldledger doctor` looks at: each thing is ok, a warning or wrong, with what to do. Nothing is changed, save
that damaged objects are put aside.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pipeline.errors import FieldledgerError
from pipeline.settings import SETTINGS_FILE, Settings, load_settings

OK, WARN, WRONG = "ok", "warn", "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of one look."""

    level: str
    subject: str
    says: str
    remedy: str = ""


Look = Callable[[Settings], Iterable[Finding]]


def examine(data_dir: Path | None, *, deep: bool) -> list[Finding]:
    """Return what is found of the deployment in this folder; with ``deep``, every object and release is read."""
    from pipeline.deploy import look_at_machine, look_at_store

    unknown = list(_unknown_variables())
    try:
        settings = load_settings(data_dir=data_dir)
    except FieldledgerError as error:
        return [*unknown, Finding(WRONG, "settings", str(error), "correct the setting")]
    where = f"{SETTINGS_FILE} and environment" if SETTINGS_FILE.exists() else "environment and defaults"
    found = [*unknown, Finding(OK, "settings", f"from {where}")]
    looks: Sequence[tuple[str, Look]] = [*look_at_machine.LOOKS, *look_at_store.looks(deep=deep)]
    for subject, look in looks:
        try:
            found += look(settings)
        except FieldledgerError as error:
            found.append(Finding(WRONG, subject, str(error), "as the message says"))
        except OSError as error:
            found.append(Finding(WRONG, subject, f"{error.filename or ''}: {error.strerror}", "give permission"))
    return found


def _unknown_variables() -> Iterable[Finding]:
    """Find variables that look like settings and are none: a misspelt one would be ignored in silence."""
    from pipeline.dagster_home import VARIABLE

    known = {f"FIELDLEDGER_{name.upper()}" for name in Settings.model_fields} | {VARIABLE, "FIELDLEDGER_READERS"}
    for name in sorted(os.environ):
        if name.upper().startswith("FIELDLEDGER_") and name.upper() not in known:
            yield Finding(
                WARN, "settings", f"{name} in the environment is no setting", "correct its name, or remove it"
            )


def wrong(found: Iterable[Finding]) -> bool:
    """Tell whether anything is wrong; a warning is not."""
    return any(finding.level == WRONG for finding in found)


def lines(found: Sequence[Finding]) -> list[str]:
    """Return a line for each finding, its remedy below, and the sum."""
    told = []
    for finding in found:
        told.append(f"{finding.level:<5} {finding.subject}: {finding.says}")
        told += [f"      -> {finding.remedy}"] if finding.remedy else []
    counts = {level: sum(finding.level == level for finding in found) for level in (WRONG, WARN, OK)}
    return [*told, f"{counts[WRONG]} wrong, {counts[WARN]} to look at, {counts[OK]} ok"]


def as_json(found: Sequence[Finding]) -> str:
    """Return the findings as JSON."""
    return json.dumps([asdict(finding) for finding in found], indent=2, ensure_ascii=False)
