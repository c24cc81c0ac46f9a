"""A small corpus that holds a case of everything that columns of events can follow, be it as rare as it may."""

from __future__ import annotations

from typing import Any

import polars as pl

from pipeline.ids import content_id
from tests.resolve.corpus import AIR, CLASH, SHELLING, Corpus

CHEMICAL = "Chemical weapon"


def rare_happenings() -> dict[str, pl.DataFrame]:
    """Return the arguments of `resolve`."""
    told = Corpus()
    _one_event_of_many_accounts(told)
    _copies_and_outlets_that_republish(told)
    _sides_that_blame_each_other(told)
    _places_within_places(told)
    _denials(told)
    _tolls_over_several_events(told)
    return _finished(told.tables())


def _one_event_of_many_accounts(told: Corpus) -> None:
    """Two reports of one outlet on a day and on two days, a part of a toll, a weaker type, sides in either order."""
    told.mention("original", killed=(3, 3), injured=(4, 6), confidence=0.9)
    told.mention("morning", outlet="lantern", killed=(4, 4), injured=(7, 7), confidence=0.5)
    told.mention("evening", outlet="lantern", killed=(6, 8), hit_civilians=True)
    told.mention("day after", outlet="monitor", published="02-08", killed=(5, 5), injured=(7, None))
    told.mention("day of it", outlet="monitor", killed=(9, 9))
    told.mention("of an open toll", outlet="second-monitor", killed=(9, None))
    told.mention("other force", outlet="free-post", actor1="tigers")
    told.mention("weak", kind=SHELLING, place="saraqib", outlet="monitor", killed=(5, 5), confidence=0.6)
    told.mention("telling", kind=CHEMICAL, place="saraqib", outlet="free-post", killed=(5, 5), confidence=0.8)
    told.mention("sure", kind=CHEMICAL, place="saraqib", outlet="second-monitor", confidence=0.7)
    told.article("both", "courier")
    told.mention("less sure of two", "both", kind=CHEMICAL, place="saraqib", confidence=0.2)
    told.mention("surer of two", "both", kind=CHEMICAL, place="saraqib", confidence=0.4)


def _copies_and_outlets_that_republish(told: Corpus) -> None:
    """Copies tell of the day on which they appear; what one outlet tells of two days is two happenings."""
    told.article("first", published="03-02")
    told.mention("first", "first", on="03-01", killed=(3, 3), evidence="Three were killed.", confidence=0.9)
    for kind, day, published in (("near", "03-02", "03-03"), ("exact", "03-06", "03-06")):
        told.article(kind, "courier", published, copy_of="first", kind=kind)
        told.mention(f"{kind} copy", kind, on=day, killed=(5, 5), evidence="Three were killed.", confidence=0.5)
    told.mention("one day", on="03-11", published="03-13", killed=(8, 8))
    told.mention("the next, republished", on="03-12", published="03-13", killed=(8, 8), outlet="mirror")


def _sides_that_blame_each_other(told: Corpus) -> None:
    """Rivals by a great toll, by known sides at a spot, at a place without an entry; and what only looks like them."""
    for outlet in ("free-post", "herald", "courier"):
        told.mention(f"great by {outlet}", place="nahlaya", actor1="russia", outlet=outlet, killed=(30, 30))
    told.mention("great by others", place="nahlaya", actor1="hts", outlet="gazette", killed=(30, 31))
    told.mention("known sides", place="saraqib", on="02-03", actor1="army", outlet="free-post")
    told.casualty("known sides", "killed", 9, 9, start=900, length=60)
    told.casualty("known sides", "killed", 2, 3, start=910, length=9)
    told.mention("known other side", place="saraqib", on="02-03", actor1="hts", outlet="gazette", killed=(9, 9))
    told.mention("loose word", place="al-bab", on="02-15", actor1="fighters", outlet="free-post")
    told.mention("named group", place="al-bab", on="02-15", actor1="islamic-state", outlet="courier")
    for actor, outlet in (("army", "free-post"), ("sdf", "gazette")):
        told.mention(f"unlisted {actor}", named="Tell Abyad farm", actor1=actor, outlet=outlet, killed=(9, 9))
    for number, (one, other, ally) in enumerate((("fighters", "islamic-state", None), ("tigers", "hts", "hts"))):
        article = f"two of {one}"
        told.article(article, "courier", "02-13")
        of_both: Any = {"place": "al-bab", "on": f"02-{10 + number}", "killed": (40, 40)}
        told.mention(f"one by {one}", article, actor1=one, associate=ally, **of_both)
        told.mention(f"another by {other}", article, actor1=other, evidence="Another attack killed 40.", **of_both)
    told.mention("beside", kind=CLASH, actor1="tigers", actor2="hts", associate="russia", place="al-bab")
    told.mention("beside it", kind=CLASH, actor1="hts", actor2="russia", place="al-bab", outlet="courier")


def _places_within_places(told: Corpus) -> None:
    """An area, a district, a site and surroundings, each told beside a place that lies in it."""
    told.mention("in a district", place=None, near=True, on="04-06", published="04-28", killed=(12, 12))
    told.mention("in its village", place="nahlaya", on="04-06", published="04-28", outlet="courier", killed=(12, 12))
    told.mention("that night", place="zawiya", on="04-02", published="04-28")
    told.casualty("that night", "killed", 12, 12, start=900, length=60)
    told.casualty("that night", "killed", 7, 7, start=910, length=9)
    told.mention("next morning", place="ariha", on="04-03", published="04-28", outlet="courier", killed=(4, 12))
    pairs = (
        ("zawiya", "ariha"),
        ("ariha-district", "nahlaya"),
        ("ariha-market", "ariha"),
        ("idlib", "idlib-city"),
        ("idlib-city", "nahlaya"),
    )
    for number, (one, other) in enumerate(pairs):
        day = f"04-{9 + 3 * number:02}"
        told.mention(f"in {one}", place=one, on=day, published="04-28", killed=(12, 12))
        told.mention(f"{other} of {one}", place=other, on=day, published="04-28", outlet="courier", killed=(12, 12))
    told.mention("near", place="ariha", near=True, on="04-25", published="04-28", killed=(12, 12))
    told.mention("near it", place="nahlaya", on="04-25", published="04-28", outlet="courier", killed=(12, 12))
    told.mention("some day", place="ariha", on="05-03", published="05-03", precision=2, killed=(6, 6))
    told.mention("that day", place="ariha", on="05-02", published="05-03", outlet="courier", killed=(6, 6))


def _denials(told: Corpus) -> None:
    told.mention(
        "denied at the town", kind=CHEMICAL, place="saraqib", status="denied", outlet="gazette", published="02-09"
    )
    told.mention("denied", place="nahlaya", status="denied", outlet="gazette", actor1="russia")
    told.mention("denied without a day", place="nahlaya", status="denied", on=None, outlet="eastern-wire")
    told.mention("foreseen", status="prospective", on="06-01")
    told.article("before all", published="01-05")
    told.article("after all", published="06-20")


def _tolls_over_several_events(told: Corpus) -> None:
    """Told on one day and another, by one outlet and by others; of events with a toll of their own; of no event."""
    for kind, day in (("killed", "19"), ("injured", "21")):
        for outlet, published in (("monitor", "22"), ("monitor", "23"), ("mirror", "22"), ("herald", "22")):
            _over_two(told, f"{kind}, {outlet}, {published}", outlet, f"02-{published}", f"02-{day}", kind)
    told.mention("own of south", place="idlib-city", on="02-19", outlet="strait-times", killed=(3, 5))
    told.mention("own hurt", place="idlib-city", on="02-21", outlet="strait-times", injured=(2, None))
    _over_two(told, "later", "monitor", "02-25", "02-24", "injured")
    told.mention("own hurt later", place="idlib-city", on="02-24", outlet="strait-times", injured=(None, 4))
    told.article("evening", "monitor", "02-22")
    _over_two(told, "evening", "monitor", "02-22", "02-19", "killed")
    told.article("open", "banner", "02-28")
    told.mention("one of many", "open", place="nahlaya", on="02-27")
    told.mention("many", "open", place="ariha-market", on="02-27", status="general")
    told.casualty("one of many", "killed", 9, None, shared_with="many")
    told.article("more", "banner", "02-26")
    told.mention("an event", "more", place="ariha", on="02-25")
    told.mention("no event", "more", place="ariha-market", on="02-25", status="general")
    told.casualty("an event", "killed", 11, 13, start=2000, length=60, shared_with="no event")
    told.casualty("an event", "killed", 4, 5, start=2010, length=9, shared_with="no event")
    told.casualty("an event", "killed", 14, 16, start=3000, party="fighters", shared_with="no event")


def _over_two(told: Corpus, article: str, outlet: str, published: str, day: str, kind: str) -> None:
    told.article(article, outlet, published)
    labels = [
        told.mention(f"{article}: {place}", article, place=place, on=day, kind=AIR)
        for place in ("saraqib", "idlib-city")
    ]
    number = len(told.casualties)
    told.casualty(labels[0], kind, 20 + number, 25 + number, party="fighters", shared_with=labels[1])
    told.casualty(labels[0], kind, 2, 3, party="civilians", shared_with=labels[1])


def _finished(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Give what a corpus cannot say: hours of publication, a district alone or left to the gazetteer, a count."""
    late = pl.col("article_id").is_in([content_id("a", name) for name in ("article of evening", "evening")])
    hours = pl.when(late).then(pl.lit("T21:00:00")).otherwise(pl.lit("T08:00:00"))
    district = pl.when(_is("in a district")).then(pl.lit("Ariha")).when(~_is("some day", "that day")).then("admin2")
    several = {
        name: pl.when(_is("original")).then(one).when(_is("morning")).then(other)
        for name, (one, other) in _SEVERAL.items()
    }
    return {
        **tables,
        "articles": tables["articles"].with_columns(published_at=pl.col("published_at") + hours),
        "mentions": tables["mentions"].with_columns(admin2=district, **several),
    }


_SEVERAL = {"happenings_low": (2, 4), "happenings_high": (2, 5)}


def _is(*labels: str) -> pl.Expr:
    return pl.col("mention_id").is_in([content_id("m", label) for label in labels])
