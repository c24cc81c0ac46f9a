"""What can pass is tried again, and what a user must mend comes out at once, as it went in."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator

import dagster as dg
import pytest

from pipeline.attempts import PASSING, RETRIES, passes, tried_again
from pipeline.errors import InputError
from pipeline.run import _user_errors

QUIET = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
AT_ONCE = dg.RetryPolicy(max_retries=2, delay=0)


def asset_of(work: Callable[[], int], policy: dg.RetryPolicy = AT_ONCE) -> dg.AssetsDefinition:
    @dg.asset(name="figure", retry_policy=policy)
    @tried_again
    def figure() -> int:
        return work()

    return figure


def make(asset: dg.AssetsDefinition) -> dg.ExecuteInProcessResult:
    with dg.DagsterInstance.ephemeral() as instance, _user_errors():
        return dg.materialize([asset], instance=instance, run_config=QUIET)


def failing(*errors: Exception) -> tuple[Callable[[], int], list[int]]:
    """Return work that fails with each error in turn, then succeeds, and the list of its calls."""
    calls: list[int] = []

    def work() -> int:
        calls.append(1)
        if len(calls) <= len(errors):
            raise errors[len(calls) - 1]
        return 1

    return work, calls


def test_a_disk_that_does_not_answer_is_asked_again() -> None:
    work, calls = failing(OSError(errno.EIO, "Input/output error"), ConnectionResetError("gone"))
    assert make(asset_of(work)).success
    assert len(calls) == 3


def test_an_error_of_the_user_comes_out_at_once_and_in_its_own_words() -> None:
    work, calls = failing(InputError("articles.jsonl: is wrong; mend it"))
    with pytest.raises(InputError, match=r"^articles\.jsonl: is wrong; mend it$"):
        make(asset_of(work, RETRIES))
    assert len(calls) == 1


def test_a_defect_is_not_tried_again_and_keeps_its_cause() -> None:
    work, calls = failing(ZeroDivisionError("defect"))
    with pytest.raises(dg.Failure, match="ZeroDivisionError") as raised:
        make(asset_of(work, RETRIES))
    assert isinstance(raised.value.__cause__, ZeroDivisionError)
    assert len(calls) == 1


def test_what_does_not_pass_after_all_tells_its_error() -> None:
    def unread() -> int:
        try:
            raise OSError(errno.ESTALE, "Stale file handle")
        except OSError as error:
            raise InputError(f"notes/: cannot be read ({error.strerror})") from None

    with pytest.raises(InputError, match=r"notes/: cannot be read \(Stale file handle\)"):
        make(asset_of(unread))


def test_assets_that_yield_are_guarded_while_they_do() -> None:
    calls: list[int] = []

    @dg.multi_asset(outs={"one": dg.AssetOut(), "two": dg.AssetOut()}, retry_policy=AT_ONCE)
    @tried_again
    def pair() -> Iterator[dg.Output[int]]:
        calls.append(1)
        yield dg.Output(1, output_name="one")
        if len(calls) == 1:
            raise TimeoutError("slow")
        yield dg.Output(2, output_name="two")

    assert make(pair).success
    assert len(calls) == 2


def test_only_errors_that_can_pass_do() -> None:
    assert all(passes(OSError(number, "")) for number in PASSING)
    assert not passes(FileNotFoundError(errno.ENOENT, "No such file"))
    assert not passes(OSError(errno.ENOSPC, "No space left"))
    assert not passes(ValueError("wrong"))
    assert not passes(None)


def test_waiting_grows_and_differs() -> None:
    delays = [[RETRIES.calculate_delay(attempt) for attempt in (1, 2, 3)] for _ in range(20)]
    means = [sum(column) / 20 for column in zip(*delays, strict=True)]
    assert means == sorted(means)
    assert len({delay for delay, *_ in delays}) > 1
