"""What is made, stale and failed, from records and store, on a deployment of two assets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import dagster as dg
import polars as pl
import pytest

from pipeline.deploy.last_run import failing_checks, last_failure
from pipeline.deploy.made import NEVER, Made, made_of
from pipeline.deploy.status import Status, lines
from pipeline.errors import FieldledgerError, InputError
from pipeline.orchestrate.check_assets import SAYS
from pipeline.run import QUIET
from pipeline.storage import Store, StoreIOManager


def defined(
    code: str = "1", *, within: bool = True
) -> tuple[list[dg.AssetsDefinition], list[dg.AssetChecksDefinition]]:
    @dg.asset(code_version=code)
    def figures() -> pl.DataFrame:
        return pl.DataFrame({"a": [1]})

    @dg.asset(code_version="1", deps=[figures])
    def page() -> pl.DataFrame:
        return pl.DataFrame({"b": [1]})

    @dg.asset_check(asset=figures)
    def share() -> dg.AssetCheckResult:
        said = "3 of 4 records were rejected"
        told = {SAYS: dg.MetadataValue.text(said)}
        warns = dg.AssetCheckSeverity.WARN
        return dg.AssetCheckResult(passed=within, severity=warns, description=said, metadata=told)

    @dg.asset_check(asset=page)
    def sums() -> dg.AssetCheckResult:
        return dg.AssetCheckResult(passed=within)

    return [figures, page], [share, sums]


def definitions(code: str = "1", *, within: bool = True) -> dg.Definitions:
    assets, checks = defined(code, within=within)
    return dg.Definitions(assets=assets, asset_checks=checks)


@pytest.fixture
def instance() -> Iterator[dg.DagsterInstance]:
    with dg.DagsterInstance.ephemeral() as made:
        yield made


def run(instance: dg.DagsterInstance, store: Store, *names: str, within: bool = True) -> None:
    assets, checks = defined(within=within)
    assert dg.materialize(
        [*assets, *checks], selection=[*names] or None, instance=instance,
        resources={"io_manager": StoreIOManager(store)}, run_config=QUIET,
    ).success  # fmt: skip


def told(made: dg.Definitions, instance: dg.DagsterInstance, store: Store) -> dict[str, Made]:
    return {one.asset: one for one in made_of(made, instance, store)}


def status(assets: tuple[Made, ...], checks: tuple[str, ...] = ()) -> list[str]:
    return lines(Status("data", "testland", assets, (), None, checks, None, None, None, ()))


def test_what_changed_code_made_stale_is_one_line_with_what_to_do(instance: dg.DagsterInstance, tmp_path: Path) -> None:
    store = Store(tmp_path)
    run(instance, store)
    assert [one.stale for one in told(definitions(), instance, store).values()] == [(), ()]
    found = told(definitions("2"), instance, store)
    assert found["figures"].stale == ("its code or knowledge changed",)
    many = tuple(Made(f"a{n}", "2021-02-08", False, 1, None, "", ("its code or knowledge changed",)) for n in range(9))
    at = (shown := status(many)).index("stale    9 assets; `fieldledger run` makes them")
    assert shown[at + 1] == "  its code or knowledge changed: a0, a1, a2, a3, a4, a5 and 3 more"


def test_what_the_store_holds_is_made_also_where_records_began_later(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with dg.DagsterInstance.ephemeral() as lost:
        run(lost, store)
    with dg.DagsterInstance.ephemeral() as anew:
        found = told(definitions(), anew, store)
        assert {one.asset: (one.made, one.stored, one.stale) for one in found.values()} == {
            "figures": (None, True, ()),
            "page": (None, True, ()),
        }
        assert "made     2 of 2 assets, 2 of them before Dagster's records began" in status(tuple(found.values()))
        run(anew, store, "page")
        assert told(definitions(), anew, store)["page"].stale == (), "its source is no other for having no record"
    with dg.DagsterInstance.ephemeral() as nothing:
        assert [one.stale for one in made_of(definitions(), nothing, Store(tmp_path / "none"))] == [(NEVER,)] * 2


def test_checks_are_told_as_they_were_asked_last_whatever_ran_after_them(
    instance: dg.DagsterInstance, tmp_path: Path
) -> None:
    wrong, store = definitions(within=False), Store(tmp_path)
    assert failing_checks(wrong, instance) == ()
    run(instance, store, within=False)
    dg.materialize([dg.asset(name="later")(lambda: None)], instance=instance, run_config=QUIET)
    found = failing_checks(wrong, instance)
    assert found == ("stops: sums of page", "warns: share of figures: 3 of 4 records were rejected")
    shown = status((), found)
    at = shown.index("checks   2 failed; docs/operations.md says what each asks")
    assert shown[at + 1 : at + 3] == [f"  {line}" for line in found]
    run(instance, store)
    assert failing_checks(definitions(), instance) == ()


@dg.asset
def breaks() -> None:
    try:
        raise NotADirectoryError(20, "Not a directory")
    except OSError as error:
        raise FieldledgerError("data/releases: Not a directory: check the disk") from error


def test_what_failed_is_told_with_the_remedy_not_with_what_the_system_said(instance: dg.DagsterInstance) -> None:
    dg.materialize([breaks], instance=instance, run_config=QUIET, raise_on_error=False)
    failed = last_failure(instance, "")
    assert failed is not None
    assert failed.steps == ("breaks: FieldledgerError: data/releases: Not a directory: check the disk",)
    shown = lines(Status("data", "testland", (), (), failed, (), None, None, None, ()))
    assert f"failed   the run {failed.run}, {failed.when}; mend what it names, then `fieldledger run`" in shown


def test_a_run_whose_process_is_gone_has_failed_and_one_at_work_has_not(instance: dg.DagsterInstance) -> None:
    dg.materialize(defined()[0], instance=instance, run_config=QUIET, resources={"io_manager": dg.mem_io_manager})
    (run_of_it,) = instance.get_runs()
    begun = run_of_it._replace(run_id="11111111-2222-4333-8444-555555555555", status=dg.DagsterRunStatus.STARTED)
    instance.add_run(begun)
    assert last_failure(instance, "", at_work=True) is None
    failed = last_failure(instance, "")
    assert failed is not None
    assert failed.steps == ("the run: its process is gone, it was killed or the machine went down",)


@dg.io_manager
def barred(_: dg.InitResourceContext) -> NoReturn:
    raise InputError("data: another run is at work here")


def test_a_run_that_failed_outside_of_its_steps_says_why(instance: dg.DagsterInstance) -> None:
    assert last_failure(instance, "") is None
    with pytest.raises(dg.DagsterResourceFunctionError):
        dg.materialize(defined()[0], instance=instance, resources={"io_manager": barred}, run_config=QUIET)
    failed = last_failure(instance, "")
    assert failed is not None
    assert failed.steps == ("the run: InputError: data: another run is at work here",)
