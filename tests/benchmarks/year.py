"""A year of invented reports: the articles of the sample corpus, as many weeks later as it takes, dates in them too.

Days of the week stay right, because an article moves by whole weeks. Each says which issue it is of, so that what was
routine in one week is not the same text in another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pipeline.regions import load_region

WEEKS = 52
A_WEEK = 40
FIRST_MONDAY = date(2021, 1, 4)
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_DAY = re.compile(rf"\b({'|'.join(MONTHS)}) (\d{{1,2}})\b")
Record = dict[str, Any]


def year(weeks: int = WEEKS, a_week: int = A_WEEK) -> Iterator[Record]:
    """Yield the articles, week by week."""
    told = _told()
    for week in range(weeks):
        for number in range(a_week):
            yield moved(told[(week * a_week + number) % len(told)], week, f"{week:02}-{number:02}")


def late_article(week: int) -> Record:
    """Return one more article for a week, as it arrives when the week was read long ago."""
    return moved(_told()[0], week, f"{week:02}-late") | {"title": "A late report"}


def write_year(folder: Path, weeks: int = WEEKS, a_week: int = A_WEEK) -> int:
    """Write the articles, a file for each week, and return how many there are."""
    folder.mkdir(parents=True)
    count = 0
    for record in year(weeks, a_week):
        with (folder / f"{record['id'][:2]}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(record) + "\n")
        count += 1
    return count


def moved(record: Record, week: int, name: str) -> Record:
    """Return an article of the sample as one of the ``week``th week, with another id."""
    day = date.fromisoformat(record["published_at"][:10])
    by = FIRST_MONDAY + timedelta(weeks=week, days=day.weekday()) - day
    text = _DAY.sub(lambda found: _shifted(found, day.year, by), record["text"])
    return record | {
        "id": name,
        "published_at": f"{day + by}",
        "url": None,
        "title": _DAY.sub(lambda found: _shifted(found, day.year, by), record["title"]),
        "text": f"{text}\n\nThis is report {name} of the agency's yearbook.",
    }


def _shifted(found: re.Match[str], year_told: int, by: timedelta) -> str:
    try:
        day = date(year_told, MONTHS.index(found[1]) + 1, int(found[2])) + by
    except ValueError:  # no day of that year
        return found[0]
    return f"{MONTHS[day.month - 1]} {day.day}"


def _told() -> list[Record]:
    """Return the dated articles of the sample, in a lasting order."""
    files = sorted((load_region("syria").sample_dir / "articles").glob("*.jsonl"))
    records = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return [record for record in records if record.get("published_at") and record.get("text") and record.get("title")]
