"""What the page of each event rests on, as one digest: every row and name that it shows, columnar, without a page.

What a page shows must be here, or the page would stay as it was when that changes: so rows are taken whole,
with the names that ids stand for beside them.
"""

from __future__ import annotations

import polars as pl

from pipeline.site.digests import part_digests, value_digest
from pipeline.site.event_rows import Frames, corrections_by_event
from pipeline.site.event_twin import columns

col = pl.col
_LINE = ("event_type", "sub_event_type", "event_date_start", "event_date_end", "time_precision", "week_start",
         "place_name", "place_id", "admin1", "admin2", "geo_precision")  # fmt: skip
"""What names an event in a list."""


def event_digests(frame: Frames, changed: pl.DataFrame) -> dict[str, str]:
    """Return a digest over what the page of each event shows, by id.

    Args:
        frame: gives the tables of the release.
        changed: what versions changed of events, columns of `history.CHANGED`.
    """
    events = named(_week_known(frame("events"), frame("weekly_coverage")), frame)
    lines = events.select("event_id", *_LINE, "place_known", "place_kind", "covered")
    links = frame("event_mentions")
    told = links.select("event_id", "mention_id")
    accounts = frame("accounts").join(_articles(frame), on="article_id", how="left")
    rivals = lines.rename({name: f"rival_{name}" for name in lines.columns})
    sharing = frame("shared_toll_events")
    others = sharing.rename({"event_id": "other_id"}).join(lines.rename({"event_id": "other_id"}), on="other_id")
    parts = {
        "events": events,
        "mentions": links.join(_mentions(frame), on="mention_id"),
        "slots": told.join(frame("mention_slots"), on="mention_id"),
        "casualties": told.join(frame("casualties"), on="mention_id"),
        "accounts": named(accounts.join(rivals, on="rival_event_id", how="left"), frame),
        "tolls": sharing.join(frame("shared_tolls"), on="shared_toll_id"),
        "sharers": sharing.join(others, on="shared_toll_id"),
        "retired": frame("retired_events").rename({"event_id": "retired_id", "current_event_id": "event_id"}),
        "corrections": _corrections(frame("corrections")),
        "changes": changed,
    }
    known = part_digests(parts, by="event_id")
    return {event_id: known[event_id] for event_id in events["event_id"]}


def _week_known(events: pl.DataFrame, coverage: pl.DataFrame) -> pl.DataFrame:
    return events.with_columns(covered=col("week_start").is_in(coverage["week_start"].implode()))


def named(rows: pl.DataFrame, frame: Frames) -> pl.DataFrame:
    """Return the rows with what the registries say of the ids in them."""
    actors = frame("actors").select("actor_id", "actor_name")
    for column in ("actor1_id", "actor1_associate_id", "actor2_id", "blamed_actor_id"):
        if column in rows.columns:
            rows = rows.join(
                actors.rename({"actor_id": column, "actor_name": f"{column}_known"}), on=column, how="left"
            )
    if "place_id" in rows.columns:
        places = frame("places").select("place_id", "place_kind", "coordinate_error_km", place_known="place_name")
        rows = rows.join(places, on="place_id", how="left")
    return rows


def _articles(frame: Frames) -> pl.DataFrame:
    """Return what pages show of articles, with the outlet."""
    outlets = frame("sources").select("source_id", "source_name", "leaning")
    shown = (
        "article_id",
        "source_id",
        "title",
        "url",
        "published_date",
        "duplicate_kind",
        "duplicate_of",
        "text_sha256",
    )
    articles = frame("articles").select(shown).join(outlets, on="source_id")
    return articles.rename({name: f"article_{name}" for name in articles.columns if name != "article_id"})


def _mentions(frame: Frames) -> pl.DataFrame:
    return named(frame("mentions").join(_articles(frame), on="article_id"), frame)


def _corrections(corrections: pl.DataFrame) -> pl.DataFrame:
    told = [
        (event_id, value_digest([columns("corrections", row) for row in rows]))
        for event_id, rows in corrections_by_event(corrections).items()
    ]
    return pl.DataFrame(told, {"event_id": pl.String(), "told": pl.String()}, orient="row")
