"""The map and the small charts of a week's page: what they show, and the words that say the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipeline.brief import phrases, words
from pipeline.brief.comparison import SHOWN
from pipeline.brief.ledger import Ledger
from pipeline.brief.tallies import Tally
from pipeline.brief.week_model import WeekBrief
from pipeline.charts import Geometry, MapPoint, Panel, Svg, map_rows, small_multiples, week_map
from pipeline.plain_words import listing

PANELS: Mapping[str, Callable[[Tally], int]] = {
    "events": lambda tally: tally.figures.events,
    "deadly": lambda tally: tally.deadly,
    "civilians": lambda tally: tally.figures.civilian_targeting,
    "actors": lambda tally: tally.actors,
}
"""What is drawn week by week, by the name of its title among the fixed texts; all are small counts of one scale."""


@dataclass(frozen=True, slots=True)
class WeekCharts:
    """The charts of one week; None where there is nothing to draw."""

    map: Svg | None
    multiples: Svg | None
    rows: tuple[tuple[str, str, str, str, str], ...]
    """What the map shows, as rows: place and day, type, killed, position, address of the event's page."""


def week_charts(brief: WeekBrief, ledger: Ledger, geometry: Geometry | None, titles: Mapping[str, str]) -> WeekCharts:
    """Return the charts of a week.

    Args:
        brief: the week.
        ledger: with its events, for their coordinates.
        geometry: of the region; without one there is no map.
        titles: of the panels, by the names in `PANELS`.
    """
    points = map_points(brief, ledger)
    drawn = None
    if points and geometry is not None:
        drawn = week_map(
            geometry, points, title=f"Map of the events of {brief.iso_week}", description=_said(brief, len(points)),
            prefix="week-map",
        )  # fmt: skip
    return WeekCharts(drawn, _multiples(brief, titles), map_rows(points))


def map_points(brief: WeekBrief, ledger: Ledger) -> tuple[MapPoint, ...]:
    """Return the events with coordinates, in the order of the list of all events."""
    points = []
    for event in brief.events:
        row = ledger.event_by_id[event.event_id]
        if row["longitude"] is None or row["latitude"] is None:
            continue
        points.append(
            MapPoint(
                lon=row["longitude"],
                lat=row["latitude"],
                event_type=event.event_type,
                sub_event_type=event.sub_event_type,
                label=f"{words.sentence_case(phrases.place(event.where))}, {words.when(event.when)}",
                size=event.killed.best,
                precision=event.where.precision or 3,
                href=f"../events/{event.event_id}.html",
            )
        )
    return tuple(points)


def _said(brief: WeekBrief, placed: int) -> str:
    by_place: dict[str, int] = {}
    for cell in brief.cells:
        by_place[cell.admin1] = by_place.get(cell.admin1, 0) + cell.figures.events
    named = listing([f"{name} {words.number(n)}" for name, n in by_place.items()])
    without = brief.figures.events - placed
    rest = f" {words.sentence_case(words.count(without, 'event'))} without a known place not shown." if without else ""
    return f"Events by governorate: {named}.{rest} The table below holds the same."


def _multiples(brief: WeekBrief, titles: Mapping[str, str]) -> Svg | None:
    past = [(week.iso_week, week.tally) for week in reversed(brief.comparison.past[: SHOWN - 1])]
    weeks = [*past, (brief.iso_week, brief.comparison.this)]
    if len(weeks) < 2:
        return None
    panels = [
        Panel(titles[name], [count(tally) if tally and tally.articles else None for _, tally in weeks])
        for name, count in PANELS.items()
    ]
    first = weeks[0][0]
    return small_multiples(
        [week for week, _ in weeks],
        panels,
        title=f"{words.count(len(weeks), 'week')} up to {brief.iso_week}",
        description=f"Bars by week, {first} to {brief.iso_week}, for {listing([p.title.lower() for p in panels])}. "
        "The table below holds the same.",
        prefix="week-counts",
    )
