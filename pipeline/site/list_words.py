"""The sentences and cells of pages of governorates and actors, by the grammar of the briefings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pipeline.brief import phrases, words
from pipeline.site.actor_view import ActorView, Named
from pipeline.site.governorate_view import GovernorateView
from pipeline.site.latest import EventLine
from pipeline.site.tallies import Period, Series, Tally, Week, Year

WEEK = timedelta(weeks=1)


def killed(tally: Tally) -> str:
    """Return the best estimate of killed, "no figure" when no report gives one."""
    return words.number(tally.killed.best or 0) if tally.killed_tolls else "no figure"


def killed_range(tally: Tally) -> str:
    """Return the range of killed; "" without any figure."""
    return words.amount(tally.killed.low, tally.killed.high) if tally.killed_tolls else ""


def injured(tally: Tally) -> str:
    """Return the injured."""
    return words.number(tally.injured) if tally.injured_tolls else "no figure"


def governorate_lead(view: GovernorateView) -> str:
    """Return the governorate in a few sentences: events in all, killed, the latest event, silence."""
    if not view.total.events:
        return f"No event is known in {view.name} governorate. {silence(view.weeks)}"
    n = view.total.events
    known = (
        f"{words.sentence_case(words.count(n, 'event'))} {words.verb(n, 'is', 'are')} known in {view.name} governorate."
    )
    return " ".join(filter(None, (known, _deaths(view.total), _latest(view.latest), silence(view.weeks))))


def actor_lead(view: ActorView) -> str:
    """Return the actor in a few sentences: side, time, successor, events."""
    said = [_what(view), *_chain(view)]
    if not view.total.events:
        said.append("No event names it.")
    else:
        n = view.total.events
        parts = [
            f"{words.number(view.roles[role])} {what}"
            for role, what in (
                ("actor1", "as actor"), ("associate", "together with another force"), ("actor2", "as the other side")
            )
            if view.roles[role]
        ]  # fmt: skip
        said.append(f"{words.count(n, 'event')} {words.verb(n, 'names', 'name')} it: {words.listing(parts)}.")
        newest = [line for lines in view.latest.values() for line in lines]
        said.append(_latest(sorted(newest, key=lambda line: (line.when.start or date.min, line.event_id))[-1:]))
    return " ".join(filter(None, said))


def _what(view: ActorView) -> str:
    valid = validity(view.valid_from, view.valid_to)
    side = "" if view.bloc == view.name else f" of the side “{view.bloc}”"
    return f"{view.kind}{side}; the name holds {valid}."


def _chain(view: ActorView) -> Iterator[str]:
    if view.predecessors:
        yield f"Before, it was {words.listing([name for _, name in view.predecessors])}."
    if view.successor:
        yield f"Afterwards it became {view.successor[1]}."


def validity(first: date | None, last: date | None) -> str:
    """Return a span that may be open at either end: "from 28 January 2017 to 29 January 2025", "at any time"."""
    if first is None and last is None:
        return "at any time"
    start = f"from {words.date_only(first)}" if first else ""
    return f"{start} {f'to {words.date_only(last)}' if last else ''}".strip() if first else f"up to {_day(last)}"


def _day(day: date | None) -> str:
    return words.date_only(day) if day else ""


def outlets(named: Named) -> str:
    """Return in which outlets a wording stands for the actor."""
    return words.listing(named.outlets) if named.outlets else "any perspective"


def _deaths(tally: Tally) -> str:
    if not tally.killed_tolls:
        return "No report gives a number of killed."
    return f"The number killed is given as {words.toll(tally.killed)}."


def _latest(lines: Sequence[EventLine]) -> str:
    return f"The latest is of {words.when(lines[0].when)}." if lines else ""


def silence(weeks: Sequence[Week]) -> str:
    """Return for how many weeks nothing was read."""
    silent = sum(week.silent for week in weeks)
    if not silent:
        return f"Articles were read for each of {words.count(len(weeks), 'week')}."
    return f"Of {words.count(len(weeks), 'week')} covered, nothing was read for {words.number(silent)}."


def period(value: Period) -> str:
    """Return which weeks: "Last 4 weeks, since 8 February 2021"."""
    return f"Last {words.count(value.weeks, 'week')}, since {words.date_only(value.first)}"


def silent_of(value: Period) -> str:
    """Return how many of the covered weeks are silent."""
    return words.number(value.silent) if value.covered else ""


def silent_weeks(year: Year) -> str:
    """Return the silent weeks of a year, runs joined: "W01–W04, W09"."""
    return ", ".join(_runs([int(week[-2:]) for week in year.silent])) or "none"


def _runs(numbers: Sequence[int]) -> Iterator[str]:
    start = 0
    for at in range(1, len(numbers) + 1):
        if at == len(numbers) or numbers[at] != numbers[at - 1] + 1:
            first, last = numbers[start], numbers[at - 1]
            yield f"W{first:02d}" if first == last else f"W{first:02d}{words.DASH}W{last:02d}"
            start = at


def sides(line: EventLine) -> str:
    """Return both sides of an event."""
    return words.sentence_case(phrases.sides(line.event_type, line.actor1, line.actor2))


def trend(series: Series, values: Sequence[int | None], what: str) -> str:
    """Return a chart in words: span of weeks, the most, the latest, how many weeks are silent."""
    told = [(week, value) for week, value in zip(series.weeks, values, strict=True) if value is not None]
    if not told:
        return "Nothing was read for any of these weeks."
    most, latest = max(told, key=lambda pair: (pair[1], pair[0])), told[-1]
    first, last = words.iso_week(series.weeks[0]), words.iso_week(series.weeks[-1])
    silent = len(values) - len(told)
    hatched = f" Nothing is known of {words.count(silent, 'week')}." if silent else ""
    n = series.events_before
    before = f" {words.sentence_case(words.count(n, 'event'))} before that {words.verb(n, 'is', 'are')} not drawn."
    return (
        f"{what} a week over {words.count(len(values), 'week')}, {first} to {last}: the most {words.number(most[1])} "
        f"({words.iso_week(most[0])}), the latest {words.number(latest[1])} ({words.iso_week(latest[0])}).{hatched}"
        f"{before if n else ''}"
    )


def shown(n: int, total: int, noun: str) -> str:
    """Return how much of a list is shown: "The newest 200 of 50,000 events.", "All 3 ids."."""
    if n == total:
        return f"{words.sentence_case(words.share(n, total) if noun == 'event' else words.count(n, noun))}."
    return f"The newest {words.number(n)} of {words.count(total, noun)}."
