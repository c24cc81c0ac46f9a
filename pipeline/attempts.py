"""How often work is tried that can fail for reasons that pass, and how much of it goes on at once.

A disk or a network that does not answer now may answer in some seconds; an input that is wrong stays wrong. Only the
former is tried again. Which assets are tried again stands at the assets; what a failure is told of stands elsewhere.
"""

from __future__ import annotations

import errno
import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, cast

import dagster as dg

RETRIES = dg.RetryPolicy(max_retries=3, delay=2, backoff=dg.Backoff.EXPONENTIAL, jitter=dg.Jitter.PLUS_MINUS)
"""After about 2, 6 and 14 seconds, each more or less by chance: what failed together should not come back together."""
PARSER_POOL, RELEASE_POOL = "parser", "release"
"""Work that holds a parser in memory; work that rests on the newest release, or publishes the next."""
PASSING = frozenset(
    getattr(errno, name)
    for name in (
        "EAGAIN", "EBUSY", "ECONNABORTED", "ECONNREFUSED", "ECONNRESET", "EHOSTUNREACH", "EINTR", "EIO", "EMFILE",
        "ENETDOWN", "ENETRESET", "ENETUNREACH", "ENFILE", "EPIPE", "ESTALE", "ETIMEDOUT",
    )
)  # fmt: skip
"""Errors of the system that can pass by themselves: networks, disks behind them, too much open at once."""
STORE_UNREACHED = "GenericError"
"""How obstore calls what is neither missing nor forbidden: the store could not be reached, or broke off."""
F = TypeVar("F", bound=Callable[..., Any])


def passes(error: BaseException | None) -> bool:
    """Return whether ``error``, or one that it was raised for, can pass by itself."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        if isinstance(error, ConnectionError | TimeoutError) or (isinstance(error, OSError) and error.errno in PASSING):
            return True
        if type(error).__module__.startswith("obstore") and type(error).__name__ == STORE_UNREACHED:
            return True
        error = error.__cause__ or error.__context__
    return False


def tried_again(work: F) -> F:
    """Let an asset with `RETRIES` fail at once when its error cannot pass: it is no use to wait.

    Dagster would try again whatever is raised; `dagster.Failure` is its way to say that it should not. The error
    itself is the cause of that failure.
    """

    @wraps(work)
    def whole(*args: object, **kwargs: object) -> object:
        with _told_apart():
            return work(*args, **kwargs)

    @wraps(work)
    def in_turn(*args: object, **kwargs: object) -> Iterator[object]:
        with _told_apart():
            yield from work(*args, **kwargs)

    return cast(F, in_turn if inspect.isgeneratorfunction(work) else whole)


@contextmanager
def _told_apart() -> Iterator[None]:
    try:
        yield
    except (dg.Failure, dg.RetryRequested):
        raise
    except Exception as error:
        if passes(error):
            raise
        raise dg.Failure(description=f"{type(error).__name__}: {error}", allow_retries=False) from error
