"""What the place modules hand to each other and on: spans in the text, their context, places resolved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field

from pipeline.extract.record import record


@record
class PlaceSpan:
    """One place expression; ``text[start - offset:end - offset] == surface``."""

    start: int
    end: int
    surface: str
    """As a coder writes it: "western countryside of Aleppo", "rural Aleppo", but "Jobar" for "near Jobar district"."""
    name: str
    """The bare name in it: "Aleppo"."""
    candidates: tuple[str, ...]
    """Place ids that the name may mean, in the gazetteer's order; empty for an unknown but clearly named place."""
    modifier: str | None = None
    """near ("north of", "the outskirts of"), countryside, part ("southern Idlib"), None for the place itself."""
    directed: bool = False
    """The countryside or part is told by a point of the compass: an area within the governorate."""
    unit: str | None = None
    """What the text calls it: governorate, city, town, village, district, neighbourhood, area, hill, camp, base,
    crossing, facility."""
    within: PlaceSpan | None = None
    """The place that the text says it lies in ("Saraqib in Idlib province"); a span of its own, too."""
    foreign: bool = False
    """Outside the region."""


@record
class PlaceContext:
    """Places named around a span, for choosing among candidates."""

    sentence: Sequence[PlaceSpan] = ()
    paragraph: Sequence[PlaceSpan] = ()
    article: Sequence[PlaceSpan] = ()
    section: PlaceSpan | None = None
    """The governorate that opens the part of the article it stands in (`place_sections.py`)."""


@record
class ResolvedPlace:
    """A place as the columns of a mention need it (codebook section 4): None where it cannot be told."""

    place_id: str | None
    place: str
    admin1: str | None
    admin2: str | None
    geo_precision: int | None
    """1 the named place itself, 2 near it, part of a governorate or a district, 3 the governorate."""
    span: PlaceSpan | None = field(default=None, compare=False)
    """Where the text names it; None when only the title does."""
