"""Errors that a user can act on.

Each message names the file, the record, the field, the value (cut short) and the remedy. Defects of the program
itself are not wrapped here: they keep their own exception and traceback.
"""

from __future__ import annotations


class FieldledgerError(Exception):
    """Something the user can mend: the message says what is wrong, where, and what to do."""


class InputError(FieldledgerError):
    """The input given on the command line cannot be used at all (exit code 2)."""


def cut(value: object, length: int = 80) -> str:
    """Return ``value`` as at most ``length`` characters, control characters escaped, for messages and rejections."""
    text = value if isinstance(value, str) else repr(value)
    text = text.encode("unicode_escape").decode("ascii") if not text.isprintable() else text
    return text if len(text) <= length else text[: length - 1] + "…"
