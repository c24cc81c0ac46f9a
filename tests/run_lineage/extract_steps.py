"""The tables of extraction, on a few invented articles and a region of a dozen places, coded by the rules."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from unittest.mock import patch

import polars as pl

from pipeline.contracts import event_types_frame, load_contract
from pipeline.extract import rules, side_card
from pipeline.extract.accepted import accept
from pipeline.extract.model import Article, Extractor
from pipeline.extract.parse import DEFAULT_MODEL
from pipeline.extract.tables import article_rows, code
from pipeline.regions.pack import RegionPack
from tests.built_rules import built_rules
from tests.run_lineage.reading_steps import REGION, ingested, record
from tests.run_lineage.taint import Example, Frames, Given, Step

TEXTS = {
    "Two towns": "Russian forces bombed the towns of Saraqib and Hass on Monday, killing at least 12 civilians.",
    "Deaths in Saraqib": "Government forces and Russian forces bombed the town on Sunday, killing about 20 people.",
    "Denial": "The Syrian army denied that it shelled the village of Hass on Saturday. "
    "The Mountain Brigade shelled Idlib city.",
    "Raids on Saraqib": "Residents said warplanes carried out 12 air strikes on the town of Saraqib on Monday.",
    "Attack on Turkish forces": "Russian forces shelled the village of Hass on Sunday, where Turkish forces "
    "and rebels stood.",
    "With whom": "Syrian government forces and the Mountain Brigade shelled the town of Saraqib on Monday.",
    "Against whom": "Rebels shelled the Mountain Brigade in the town of Saraqib on Monday.",
    "Later": "Gunmen shot dead a teacher in the town of Saraqib on Tuesday.",
}
OTHER_TEXTS = {
    "In the north": "On Tuesday, Turkish forces shelled the town of al-Bab, wounding 15 to 17 rebels there.",
    "Deaths in al-Bab": "Rebels clashed with HTS in the town last Friday, a monitor said; three fighters were killed.",
    "Refusal": "HTS said that it would shell the village of Shuhayl. A roadside bomb exploded in Jobar.",
    "Raids on al-Bab": "Residents said warplanes carried out 8 air strikes on the town of al-Bab on Wednesday night.",
    "Attack on rebels": "Clashes broke out between HTS and Turkish forces near the town of al-Bab last night.",
    "Who with whom": "Turkish forces and HTS shelled the town of al-Bab on Thursday.",
    "Who against whom": "Turkish forces bombed HTS in the town of al-Bab on Thursday.",
    "Last": "Gunmen killed two doctors in the town of al-Bab on 3 February.",
}
"""Articles (title, text), and others in their place that tell of everything otherwise."""


class _Named:
    """The rules under a name of their own."""

    def __init__(self, extractor: Extractor, name: str) -> None:
        self.name, self.extract = name, extractor.extract


@lru_cache(maxsize=4)
def _rules(knowledge: str) -> Extractor:
    parser = built_rules()._parser  # that other tests load too; it knows nothing of a region
    with patch.object(rules, "Parser", lambda _: parser):
        return rules.RuleExtractor(KNOWLEDGE[knowledge], DEFAULT_MODEL)


def _of_other_names(region: RegionPack) -> RegionPack:
    """Return a region in which the same names are of other things."""
    blocs = {"syrian_government": "russia", "russia": "syrian_government", "iran_allies": "turkey", "turkey": "hts"}
    actors = (replace(a, actor_id=f"{a.actor_id}-2", bloc=blocs.get(a.bloc, a.bloc)) for a in region.actors)
    places = (
        replace(
            place, place_id=f"{place.place_id}-2", parent=place.parent and f"{place.parent}-2", admin2="Edge",
            admin1="Homs", kind="area", geo_precision=2,
        )
        for place in region.places
    )  # fmt: skip
    return replace(region, actors=tuple(actors), places=tuple(places))


def _of_fewer_actors(region: RegionPack) -> RegionPack:
    return replace(
        region, actors=tuple(a for a in region.actors if a.actor_id not in {"russia", "iran", "turkey", "civilians"})
    )


KNOWLEDGE = {"own": REGION, "other": _of_other_names(REGION), "fewer": _of_fewer_actors(REGION)}


@lru_cache(maxsize=64)
def _coding(knowledge: str, name: str, articles: tuple[Article, ...]) -> pl.DataFrame:
    """Return the coding of articles; most changes leave them as they are. Of who was hit the title is believed."""
    with patch.dict(side_card._CARD, {"titled": 10_000}):
        return code(articles, _Named(_rules(knowledge), name))


def _coded(given: Given) -> Frames:
    region = KNOWLEDGE[given["region"]]
    outlets = given["sources"].select("source_id", "source_name", "leaning")
    articles = given["articles"].select("article_id", "source_id", "published_date")
    inbox = (
        given["article_texts"]
        .join(articles, on="article_id", how="left")
        .join(outlets, on="source_id", how="left")
        .with_columns(pl.col("source_name").fill_null("Nobody"), pl.col("leaning").fill_null("unknown"))
    )
    coding = _coding(given["region"], given["program"], tuple(article_rows(inbox.sort("article_id"))))
    parents = {name: given[name] for name in ("articles", "event_types", "actors", "places")}
    if region is not REGION:
        parents |= {"actors": region.actors_frame(), "places": region.places_frame()}
    made = accept(coding, given["article_texts"], parents)
    return {
        "mentions": made.mentions,
        "casualties": made.casualties,
        "mention_slots": made.slots,
        "rejections": made.rejections,
    }


def extract_step() -> Step:
    """Coding by the rules, and what the contract makes of it."""
    outlets = ("Sahl", "Village News", *["State Wire"] * 5, "Sahl")
    records = [
        record(number, title=title, text=text, source=outlet)
        for number, ((title, text), outlet) in enumerate(zip(TEXTS.items(), outlets, strict=True))
    ]
    records[-1]["published_at"] = None
    inputs = {"name": "a.jsonl", "records": records, "sample": False}
    read = ingested({"inputs": inputs, "region": REGION, "program": None})
    given = {
        **{name: read[name] for name in ("sources", "articles", "article_texts")},
        "event_types": event_types_frame(load_contract()),
        "actors": REGION.actors_frame(),
        "places": REGION.places_frame(),
        "region": "own",
        "program": "rules-1",
    }
    titles = dict(zip(TEXTS, OTHER_TEXTS, strict=True))
    texts = dict(zip(TEXTS.values(), OTHER_TEXTS.values(), strict=True))
    changes = {
        "region": (lambda _: "other", lambda _: "fewer"),
        "program": (lambda _: "rules-2",),
        "article_texts.title": (
            lambda column: column.replace(titles),
            lambda column: column.str.replace("Saraqib", "Latakia"),
            lambda column: column.str.replace(".*", "News"),
        ),
        "article_texts.text": (
            lambda column: column.replace(texts),
            lambda column: column.str.replace("civilians", "fighters"),
        ),
    }
    outputs = ("mentions", "casualties", "mention_slots", "rejections")
    return Step(_coded, (Example(given, changes),), outputs)
