"""What `doctor` looks at in a data directory: objects by hash, pointers, raw inputs, releases and `latest`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path

from pipeline.archive import FOLDER, QUARANTINE, digest_of, put_aside
from pipeline.deploy.doctor import OK, WARN, WRONG, Finding, Look
from pipeline.release.reader import released_versions
from pipeline.release.rolled_back import is_rolled_back
from pipeline.release.verify import verify_release
from pipeline.settings import Settings

SAMPLE = 50
"""Objects, evenly spread over their hashes, that are read when not all are."""


def looks(*, deep: bool) -> Sequence[tuple[str, Look]]:
    """Return the looks at a data directory."""
    return (
        ("store", partial(objects, deep=deep)),
        ("store", pointers),
        ("releases", partial(releases, deep=deep)),
    )


def objects(settings: Settings, *, deep: bool) -> Iterable[Finding]:
    """Hold objects and raw inputs to the hash in their name; damaged ones are put aside, as a run would."""
    store = settings.data_dir / "store"
    found = sorted([*(store / "objects").rglob("*.parquet"), *(store / FOLDER).glob("??/*")])
    step = 1 if deep else max(1, len(found) // SAMPLE)
    read = found[::step]
    damaged = [path for path in read if digest_of(path) != path.name.split(".")[0]]
    for path in damaged:
        raw = FOLDER in path.relative_to(store).parts
        aside = put_aside(path, store)
        remedy = "`fieldledger recover`, or give the input again" if raw else "`fieldledger run` makes it again"
        yield Finding(WRONG, "store", f"{path}: its bytes do not have that hash; put aside as {aside}", remedy)
    if not damaged:
        more = "" if deep or step == 1 else f" of {len(found):,}; --deep reads all"
        yield Finding(OK, "store", f"{len(read):,} objects have their hashes{more}")
    if (aside_folder := store / QUARANTINE).is_dir() and (aside_files := list(aside_folder.iterdir())):
        remedy = f"look at them, then delete {aside_folder}"
        yield Finding(WARN, "store", f"{len(aside_files):,} damaged objects lie in quarantine", remedy)


def pointers(settings: Settings) -> Iterable[Finding]:
    """See that what assets point to is there."""
    store = settings.data_dir / "store"
    lost = []
    every = sorted((store / "assets").rglob("*.json"))
    for path in every:
        try:
            digest = str(json.loads(path.read_text(encoding="utf-8"))["object"])
        except (ValueError, KeyError, TypeError):
            lost.append(path)
            continue
        if not (store / "objects" / digest[:2] / f"{digest}.parquet").is_file():
            lost.append(path)
    for path in lost:
        yield Finding(
            WRONG, "store", f"{path}: leads to no object", "`fieldledger recover`, or `fieldledger run` makes it again"
        )
    if not lost:
        yield Finding(OK, "store", f"{len(every):,} pointers lead to objects")


def releases(settings: Settings, *, deep: bool) -> Iterable[Finding]:
    """See that `latest` leads to the newest release, and that it, or with ``deep`` every one, is whole."""
    folder = settings.data_dir / "releases"
    versions = released_versions(folder)
    if not versions:
        yield Finding(OK, "releases", "none yet")
        return
    newest = folder / f"v{versions[-1]}"
    latest = folder / "latest"
    led = latest.resolve().name if latest.is_dir() else "nothing"
    if led != newest.name and is_rolled_back(newest):
        yield Finding(WARN, "latest", f"was rolled back to {led}; {newest.name} is the newest", "release a correction")
    elif led != newest.name:
        remedy = f"`fieldledger rollback {newest.name}`, or `fieldledger run`, leads it there"
        yield Finding(WRONG, "latest", f"leads to {led}, but {newest.name} is the newest", remedy)
    for path in [folder / f"v{version}" for version in versions] if deep else [_shown(latest, newest)]:
        if faults := verify_release(path):
            remedy = "`fieldledger recover` after moving it away, or fetch it again"
            yield Finding(WRONG, "releases", f"{path.name}: {faults[0]} ({len(faults):,} in all)", remedy)
        else:
            yield Finding(OK, "releases", f"{path.name} is whole")


def _shown(latest: Path, newest: Path) -> Path:
    return latest.resolve() if latest.is_dir() else newest
