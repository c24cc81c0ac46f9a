"""The lock of a release that is being made: of what the stages say they read, and of the program as it is."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipeline import lineage
from pipeline.release.lock import (
    Code,
    CorrectionFile,
    Dependencies,
    GoldFile,
    Knowledge,
    Lock,
    Previous,
    RawInput,
    SuppliedFile,
)
from pipeline.workbench import Workbench

READ = ("inputs", "correction_files", "gazetteer_files", "gold_files", "coding_backend", "predecessor")
"""Assets that tell what was read."""


def made_from(bench: Workbench, read: Mapping[str, pl.DataFrame]) -> Lock:
    """Return the lock of what ``bench`` makes of the frames of the assets `READ`."""

    return Lock(
        code=_code(read["coding_backend"]["version"].item()),
        dependencies=Dependencies(lineage.lock_version(), lineage.python_version(), lineage.package_versions()),
        settings=bench.settings.entering(),
        knowledge=Knowledge(
            bench.region.name,
            bench.region.digest(),
            tuple(SuppliedFile(*row) for row in read["gazetteer_files"].iter_rows()),
        ),
        sample=bench.reads_sample,
        inputs=tuple(RawInput(**row) for row in read["inputs"].rename({"input_name": "name"}).iter_rows(named=True)),
        corrections=tuple(
            CorrectionFile(*row) for row in read["correction_files"].select("input_name", "sha256", "fault").iter_rows()
        ),
        gold=tuple(GoldFile(*row) for row in read["gold_files"].iter_rows()),
        previous=next((Previous(*row) for row in read["predecessor"].iter_rows()), None),
    )


def _code(extractor: str) -> Code:
    package, version = lineage.project_version()
    return Code(package, version, lineage.sources_digest(), lineage.code_versions(), extractor)
