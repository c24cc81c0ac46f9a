"""What is other here than where a release was made: code, dependencies, knowledge, settings. One line each, in order.

None of it keeps a release from being made again: it says where to look first when something comes out differently.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pipeline import lineage
from pipeline.archive import digest_of
from pipeline.errors import cut
from pipeline.evaluate.sets import all_sets
from pipeline.release.lock import Code, Lock
from pipeline.workbench import Workbench


def differing(lock: Lock, bench: Workbench) -> Iterator[str]:
    """Yield what differs between the lock of a release and ``bench``, on which it is to be made again."""
    yield from _code(lock.code)
    yield from _dependencies(lock)
    yield from _knowledge(lock, bench)
    here = bench.settings.entering()
    for name in sorted({*lock.settings, *here}):
        if name not in lock.settings:
            yield f"settings: {name} is not in the lock; {cut(here[name])} is taken"


def _code(code: Code) -> Iterator[str]:
    package, version = lineage.project_version()
    if lineage.sources_digest() == code.sha256:
        return
    there, here = f"{code.package} {code.version}", f"{package} {version}"
    stages = _other(code.stages, lineage.code_versions())
    where = f"other in {', '.join(stages)}" if stages else "other in nothing that a stage's result depends on"
    yield (
        f"code version: made by {there}, sources {code.sha256[:16]}; here {here}, sources "
        f"{lineage.sources_digest()[:16]} ({where})"
    )


def _other(there: Mapping[str, str], here: Mapping[str, str]) -> list[str]:
    return [name for name in dict.fromkeys([*here, *there]) if there.get(name) != here.get(name)]


def _dependencies(lock: Lock) -> Iterator[str]:
    there = lock.dependencies
    if there.lock_sha256 != lineage.lock_version():
        yield f"dependency lock: {there.lock_sha256[:16]} there, {lineage.lock_version()[:16]} here"
    if there.python != lineage.python_version():
        yield f"Python: {there.python} there, {lineage.python_version()} here"
    here = lineage.package_versions()
    for name in _other(there.packages, here):
        yield f"package {name}: {there.packages.get(name, 'none')} there, {here.get(name, 'none')} here"


def _knowledge(lock: Lock, bench: Workbench) -> Iterator[str]:
    if lock.knowledge.sha256 != (known := bench.region.digest()):
        yield f"knowledge of region {bench.region.name}: {lock.knowledge.sha256[:16]} there, {known[:16]} here"
    there = {f"gold set {gold.gold_set}, {gold.name}": gold.sha256 for gold in lock.gold}
    here = {
        f"gold set {gold.name}, {path.name}": digest_of(path)
        for gold in all_sets(bench.region, bench.settings.gold)
        for path in (gold.articles, gold.mentions)
        if path is not None
    }
    for name in _other(there, here):
        yield f"{name}: {there.get(name, 'none')[:16]} there, {here.get(name, 'none')[:16]} here"
