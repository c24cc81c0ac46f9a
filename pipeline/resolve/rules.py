"""What counts as one happening (codebook section 5), declared: types, blocs, kinds of places, days and kilometres.

The figures and tables that someone may want to argue about stand here, each with its reason; how they are applied is
``candidates`` and ``judgement``.
"""

from __future__ import annotations

from typing import NamedTuple


class Weaker(NamedTuple):
    """``weak`` can be what another account calls ``telling``, in the same event type; the event takes the latter."""

    weak: str
    telling: str
    reason: str


WEAKER = (
    Weaker("Armed clash", "Government regains territory", "an assault that changes who holds a place is one event"),
    Weaker(
        "Armed clash", "Non-state actor overtakes territory", "an assault that changes who holds a place is one event"
    ),
    Weaker("Remote explosive/landmine/IED", "Suicide bomb", "a car bomb, until it is known that the driver died in it"),
    Weaker("Air/drone strike", "Chemical weapon", "toxic agents take the chemical code, however delivered"),
    Weaker(
        "Shelling/artillery/missile attack", "Chemical weapon", "toxic agents take the chemical code, however delivered"
    ),
    Weaker("Peaceful protest", "Protest with intervention", "told without how the protest ended"),
    Weaker("Peaceful protest", "Excessive force against protesters", "told without how the protest ended"),
    Weaker("Protest with intervention", "Excessive force against protesters", "told without how it was dispersed"),
)
"""Air strikes and shelling are not among them: a town is often hit by both on one day. Nor is `Other`."""

EITHER_ORDER = ("Armed clash", "Agreement", "Mob violence")
"""Types in which either side may be named first."""

TARGETS_NOT_TOLD_APART = "Explosions/Remote violence"
"""Event type in which civilians do not contradict another target: one outlet sees fighters hit, the other homes."""

UNNAMED = "unidentified"
"""Bloc that fits every side."""

CIVILIANS = "civilians"

NO_SIDE = "other"
"""Bloc that is no side of its own: two registered actors in it fit only when they are the same."""

LOOSE_WORDS = {"opposition": ("opposition", "hts", "islamic_state")}
"""Bloc of an actor without a registered name ("terrorists", "rebels"), and the blocs whose groups are called so."""

PRECISE_DAYS = 2
"""Longest date, in days, that is no looser than a day: a night has two."""

MONTH_DAYS = 8
"""A date of this many days or more is told to the month only; a week from one weekday to the next has eight."""

SLACK_DAYS = 1
"""How far apart the dates of one happening may lie, because nights have two dates."""

LATE_DAYS = 2
"""How long before the one day that is known to the week only a happening can lie: such a day is that of publication,
and news is told on the day, or one or two later."""

SMALLEST_TELLING_TOLL = 2
"""Equal tolls below this are no sign of one happening: one killed is the commonest toll of all."""

TOLL_RATIO, TOLL_MARGIN = 2, 2
"""Accounts that are loose in place, date or type may give tolls of at most ``ratio * the lower + margin``."""

OPEN_TOLL_RATIO = 4
"""The same where the lower toll is "at least" so many: such counts are early ones, which grow."""

TOLLS_AGREE = 8
"""What agreeing tolls are worth beside sides that agree (0 to 4)."""

SAME_FIGURE, SMALLEST_TELLING_FIGURE = 4, 10
"""What it is worth besides that the figure of the dead is the very same, and from which on."""

TOLD_FAR_MORE = 2
"""How many times the accounts of another happening one must have for a loose report to be taken to mean it."""

_HAPPENINGS = (
    "attack", "strike", "airstrike", "raid", "bomb", "explosion", "blast", "shell", "rocket", "missile", "clash",
    "assault", "incident", "massacre", "time",
)  # fmt: skip
_HAPPENING = rf"(?:\w+[ -]){{0,2}}(?:{'|'.join(_HAPPENINGS)})"
ANOTHER = rf"(?i)\b(?:(?:another|second|third|fourth|separate) {_HAPPENING}|separately|elsewhere|several times)"
"""Words by which an article says that it tells of another happening than before ("another 20 were wounded" is none)."""

GOVERNORATES = ("country", "governorate")
DISTRICTS = ("district",)
"""Hold the places with their admin2; in which sub-district a place lies is not told by the table `places`."""
AREAS = ("area",)
"""Contain what lies no farther from their point than it may be off (coordinate_error_km)."""
SETTLEMENTS = ("town", "village")
SPOTS = ("site", "settlement", "capital", "other")
"""Extents (`slots.EXTENTS`) of places that are known themselves."""
SITES = ("neighbourhood", "facility", "camp")
"""Lie in a settlement of the same governorate when within ``SITE_KM`` of its point, or ``QUARTER_KM``."""
SITE_KM = 6.0
QUARTERS = ("neighbourhood",)
QUARTER_KM = 10.0
"""A quarter belongs to a town by its nature, and those of a great city lie farther from its point."""
NEAR_KM = 10.0
"""How far around a settlement a place can lie of which a text says that it is near it (geo_precision 2)."""
PLACE_SHARE = 3
"""One in so many of the sources that place an event must name a place as specific as the one it takes."""

KM_PER_DEGREE = 111.2
"""Length of one degree of latitude, and of longitude at the equator."""

DENIAL_DAYS = 14
"""How long before publication a happening can lie that an article denies without saying when."""

ALLIED_LEANINGS = (("syrian_government", "russia", "iran_allies"), ("opposition", "turkey", "gulf"))
"""Leanings of outlets that are one side: each repeats what its allies say. Every other leaning is a side of its own."""

NO_LEANING = "unknown"
"""Leaning of an outlet of which nobody knows the side: it may be any, so that it is no further one."""

UNMISTAKABLE_TOLL = 25
"""So many dead in one place on one day are of one happening, whoever is blamed and however wide the place is told."""

MOST_CONFIDENT = 99
"""Highest confidence of an event in hundredths: sources can err alike, however many they are."""
