"""The data checks as Dagster asset checks: those that warn in one step, those that stop a release each at its asset.

A check reads what lies in the store, as the checks of the contract do.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import dagster as dg
import polars as pl

from pipeline.checks import BOOKS
from pipeline.orchestrate import data_checks
from pipeline.orchestrate.data_checks import Verdict
from pipeline.orchestrate.limits import Limit, house_limits, limits_for
from pipeline.workbench import Workbench

Load = Callable[[str], pl.DataFrame]
Judge = Callable[[Load, Limit], Verdict]
SAYS = "says"
"""The metadata of a check that holds its line."""
_WARNING: Mapping[tuple[str, str], tuple[Judge, tuple[str, ...]]] = {
    **{
        (name, "share_rejected"): (lambda load, limit, name=name: data_checks.share_rejected(load(name), limit), ())  # type: ignore[misc]
        for name in BOOKS
    },
    ("extract_rejections", "share_unplaced"): (
        lambda load, limit: data_checks.share_unplaced(load("extract_rejections"), load("extract_books"), limit),
        ("extract_books",),
    ),
    ("weekly_coverage", "week_on_week"): (
        lambda load, limit: data_checks.week_on_week(load("weekly_coverage"), load("articles"), limit),
        ("articles",),
    ),
    ("articles", "outlet_share"): (lambda load, limit: data_checks.outlet_share(load("articles"), limit), ()),
    ("articles", "silent_outlet"): (lambda load, limit: data_checks.silent_outlets(load("articles"), limit), ()),
}
"""By asset and name: how it judges, and what else it reads."""


def warnings_check() -> dg.AssetChecksDefinition:
    """Return the checks that warn, and stop nothing."""
    specs = [
        dg.AssetCheckSpec(
            name, asset=asset, description=house_limits()[name].reason, additional_deps=also, metadata=_told(name)
        )
        for (asset, name), (_, also) in _WARNING.items()
    ]

    @dg.multi_asset_check(specs=specs, name="data_warnings", can_subset=True, required_resource_keys={"workbench"})
    def check(context: dg.AssetCheckExecutionContext) -> Iterator[dg.AssetCheckResult]:
        bench: Workbench = context.resources.workbench
        limits = limits_for(bench.settings)
        for key in sorted(context.selected_asset_check_keys):
            judge, _ = _WARNING[key.asset_key.path[-1], key.name]
            yield _result(judge(bench.store.load, limits[key.name]), key, dg.AssetCheckSeverity.WARN)

    return check


def _stopping(
    name: str, asset: str, also: Sequence[str], judge: Callable[[Workbench, Limit], Verdict]
) -> dg.AssetChecksDefinition:
    @dg.asset_check(
        asset=asset,
        name=name,
        description=house_limits()[name].reason,
        additional_deps=also,
        metadata=_told(name),
        required_resource_keys={"workbench"},
        blocking=True,
    )
    def check(context: dg.AssetCheckExecutionContext) -> dg.AssetCheckResult:
        bench: Workbench = context.resources.workbench
        verdict = judge(bench, limits_for(bench.settings)[name])
        (key,) = context.selected_asset_check_keys
        return _result(verdict, key, dg.AssetCheckSeverity.ERROR)

    return check


def data_asset_checks() -> list[dg.AssetChecksDefinition]:
    """Return the data checks of the house."""
    return [
        warnings_check(),
        _stopping(
            "future_articles",
            "articles",
            (),
            lambda bench, limit: data_checks.future_articles(
                bench.store.load("articles"), bench.settings.latest_date, limit
            ),
        ),
        _stopping(
            "future_events",
            "events",
            ("mentions", "articles"),
            lambda bench, limit: data_checks.future_events(
                bench.store.load("events"),
                mentions=bench.store.load("mentions"),
                articles=bench.store.load("articles"),
                limit=limit,
            ),
        ),
    ]


def _told(name: str) -> dict[str, object]:
    return {"limits": dg.MetadataValue.path("pipeline/orchestrate/data_checks.yaml"), "limit_name": name}


def _result(verdict: Verdict, key: dg.AssetCheckKey, severity: dg.AssetCheckSeverity) -> dg.AssetCheckResult:
    measured = {} if verdict.value is None else {"value": verdict.value}
    return dg.AssetCheckResult(
        passed=verdict.passed,
        asset_key=key.asset_key,
        check_name=key.name,
        severity=severity,
        description=verdict.says,
        metadata={SAYS: verdict.says, **measured},
    )


def told_warnings(evaluations: Sequence[dg.AssetCheckEvaluation]) -> tuple[str, ...]:
    """Return the checks that warned in a run, a line each, in the order of their assets."""
    failed = [e for e in evaluations if not e.passed and e.severity == dg.AssetCheckSeverity.WARN]
    lines = {f"{e.check_name} of {e.asset_key.path[-1]}: {e.description}" for e in failed}
    return tuple(sorted(lines))
