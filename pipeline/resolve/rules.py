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

SMALLEST_TELLING_TOLL = 2
"""Equal tolls below this are no sign of one happening: one killed is the commonest toll of all."""

TOLL_RATIO, TOLL_MARGIN = 2, 2
"""Accounts that are loose in place, date or type may give tolls of at most ``ratio * the lower + margin``."""

GOVERNORATES = ("country", "governorate")
DISTRICTS = ("district",)
"""Hold the places with their admin2; in which sub-district a place lies is not told by the table `places`."""
AREAS = ("area",)
"""Contain what lies no farther from their point than it may be off (coordinate_error_km)."""
SETTLEMENTS = ("town", "village")
SITES = ("neighbourhood", "facility", "camp")
"""Lie in a settlement of the same governorate when within ``SITE_KM`` of its point."""
SITE_KM = 6.0
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
