"""How a command ends: its exit codes, and one message for what a user can mend."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from pipeline.errors import FieldledgerError, InputError

DONE, FOUND_WRONG, AT_FAULT, INTERRUPTED = 0, 1, 2, 130
"""Exit codes: done; done, but something was found wrong; the call or its input is at fault; stopped by Ctrl-C."""

DataDir = Annotated[
    Path | None, typer.Option("--data-dir", metavar="DIR", help="Folder for store and releases [default: data].")
]


def fail(message: str, code: int) -> NoReturn:
    """Say what is wrong and leave with ``code``."""
    typer.echo(f"fieldledger: {message}", err=True)
    raise typer.Exit(code)


@contextmanager
def told() -> Iterator[None]:
    """Turn what a user can mend into one message and an exit code."""
    try:
        yield
    except InputError as error:
        fail(str(error), AT_FAULT)
    except FieldledgerError as error:
        fail(str(error), FOUND_WRONG)
    except KeyboardInterrupt:
        fail("stopped. What is finished is kept; run the same command again to complete it.", INTERRUPTED)
