"""Publication dates: ISO 8601 and RFC 2822 as written, nothing guessed.

The date of an article is the calendar date in the time zone that it was written in (codebook section 4, Dates), so an
offset is checked and then left alone. Dates inside the text are the extract room's.
"""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"(?:[Tt ](?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:[.,]\d{1,9})?)?"
    r"[ ]?(?:[Zz]|[+-](?P<zone_hour>\d\d)(?::?(?P<zone_minute>\d\d))?)?)?",
    re.ASCII,
)
_RFC = re.compile(
    r"(?:(?P<weekday>[a-z]{3}),[ ]+)?(?P<day>\d{1,2})[ ]+(?P<name>[a-z]{3})[ ]+(?P<year>\d{4})"
    r"[ ]+(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
    r"[ ]+(?:[+-](?P<zone_hour>\d\d)(?P<zone_minute>\d\d)|ut|utc|gmt|z|[ecmp][sd]t)",
    re.ASCII | re.IGNORECASE,
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_HIGHEST = {"hour": 23, "minute": 59, "second": 60, "zone_hour": 23, "zone_minute": 59}


def published_date(value: str) -> date | None:
    """Return the calendar date of ``value`` as written, None when it is neither ISO 8601 nor RFC 2822.

    Taken: ``2022-10-04``, ``2022-10-04T18:30``, with seconds, with ``Z`` or an offset, a space for the T; and
    ``Tue, 04 Oct 2022 18:30:00 +0300`` (RFC 2822 section 3.3, four-digit years). A weekday that contradicts its date,
    a clock time that does not exist and any other wording give None.
    """
    text = value.strip()
    found = _ISO.fullmatch(text) or _RFC.fullmatch(text)
    if found is None or any(int(found[part] or 0) > top for part, top in _HIGHEST.items()):
        return None
    parts = found.groupdict()
    month = _month(parts)
    try:
        day = date(int(parts["year"]), month, int(parts["day"]))
    except ValueError:
        return None
    weekday = parts.get("weekday")
    return day if weekday is None or _WEEKDAYS[day.weekday()] == weekday.lower() else None


def _month(parts: dict[str, str]) -> int:
    if "month" in parts:
        return int(parts["month"])
    name = parts["name"].lower()
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0
