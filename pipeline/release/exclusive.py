"""A rename that never replaces anything, which the standard library does not have: `rename(2)` takes an empty folder.

Linux has it as `renameat2` with RENAME_NOREPLACE, on nearly all of its file systems. Where it is missing, what lies at
the new name is looked for just before the rename: between the two only an empty folder could slip in, and be replaced.
"""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

_AT_FDCWD = -100
_RENAME_NOREPLACE = 1
_NOT_OFFERED = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP})
"""How a kernel without the call, or a file system without the flag, declines it."""


@lru_cache(maxsize=1)
def _renameat2() -> Callable[..., int] | None:
    function: Callable[..., int] | None = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return function


def rename_new(source: Path, target: Path) -> None:
    """Rename ``source`` to ``target``, where nothing may be yet, in one step; both lie on one file system.

    Raises:
        FileExistsError: something is there, were it an empty folder.
        OSError: the rename failed.
    """
    if (call := _renameat2()) is not None:
        if not call(_AT_FDCWD, os.fsencode(source), _AT_FDCWD, os.fsencode(target), _RENAME_NOREPLACE):
            return
        if (code := ctypes.get_errno()) not in _NOT_OFFERED:
            raise OSError(code, os.strerror(code), str(source), None, str(target))
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(source), None, str(target))
    os.rename(source, target)
