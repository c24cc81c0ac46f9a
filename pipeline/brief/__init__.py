"""The room of the briefings: from the tables of a release to one page a week that people want to read.

Here belong the view model of a week, the grammar that words it, and the rendering into HTML and Markdown. Templates,
style and fixed texts are in `reports/`. Figures are not computed here but in `aggregate`, and files are written by
`release`: this room gives paths and bytes.
"""

from pipeline.brief.context import BriefContext, EventChange, FieldChange, WeekChanges
from pipeline.brief.render import render_briefings
from pipeline.brief.week import week_brief
from pipeline.brief.week_model import WeekBrief

__all__ = [
    "BriefContext",
    "EventChange",
    "FieldChange",
    "WeekBrief",
    "WeekChanges",
    "render_briefings",
    "week_brief",
]
