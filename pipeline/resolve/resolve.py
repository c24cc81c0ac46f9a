"""Mentions in, events out: the steps of the room in their order. Pure: frames by the contract in, and out."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from pipeline.contract_validation import split
from pipeline.contracts import event_types_frame, load_contract
from pipeline.resolve.books import Books
from pipeline.resolve.candidates import candidates
from pipeline.resolve.clusters import cluster
from pipeline.resolve.denials import link_denials
from pipeline.resolve.events import build_events
from pipeline.resolve.identity import NO_FOUNDERS, NO_REPORTS, identities
from pipeline.resolve.independence import article_sources, told_by_copies
from pipeline.resolve.judgement import judge
from pipeline.resolve.near import near_merges
from pipeline.resolve.said import with_what_is_said
from pipeline.resolve.slots import COMPARED, coded, slots
from pipeline.resolve.tolls import mention_tolls

STAGE = "resolve"


@dataclass(frozen=True, slots=True)
class Resolved:
    """What the room gives: the tables `events`, `event_mentions` and `rejections` by the contract, its books, and what
    it nearly merged (`near.near_merges`)."""

    events: pl.DataFrame
    event_mentions: pl.DataFrame
    rejections: pl.DataFrame
    books: Books
    near_merges: pl.DataFrame


def resolve(
    mentions: pl.DataFrame,
    casualties: pl.DataFrame,
    articles: pl.DataFrame,
    sources: pl.DataFrame,
    places: pl.DataFrame,
    actors: pl.DataFrame,
    past_founders: pl.DataFrame = NO_FOUNDERS,
    past_reports: pl.DataFrame = NO_REPORTS,
) -> Resolved:
    """Join mentions of one happening to events, by codebook section 5.

    Args:
        mentions: the table, all statuses. Only `reported` ones become events; `denied` ones are linked to the event
            they deny. Rows that break the contract (undated, unplaced, of an unknown article) are rejected.
        casualties: the table.
        articles: the table. Copies report events, but are no independent source.
        sources: the table.
        places: the table.
        actors: the table.
        past_founders: the event ids of the release before, as `identity.identities` takes them; they live on.
        past_reports: which mention reported which of them.

    Returns:
        events with ids that last; the same for any order of the rows of any input.
    """
    contract = load_contract()
    event_types = event_types_frame(contract)
    checked = split(
        contract.tables["mentions"],
        mentions.sort(mentions.columns),  # which of two rows with one key is rejected must not depend on their order
        stage=STAGE,
        parents={"articles": articles, "places": places, "actors": actors, "event_types": event_types},
    )
    statuses, rejections = checked.accepted["status"], checked.rejections
    told = checked.accepted.filter(pl.col("status").is_in(["reported", "denied"]))
    slotted = slots(told, mention_tolls(casualties), article_sources(articles, sources), places, actors, event_types)
    reported, denied = (slotted.filter(pl.col("status") == status) for status in ("reported", "denied"))
    del checked, told, slotted  # of a million mentions each takes some hundred megabytes
    reports, near = _reports(reported, event_types)
    denials = link_denials(denied, reports)
    del reported, denied
    events = event_rows(reports, denials, sources, actors, identities(reports, past_founders, past_reports))
    return Resolved(
        events=contract.tables["events"].conform(events),
        event_mentions=contract.tables["event_mentions"].conform(_links(reports, denials, events)),
        rejections=rejections,
        books=_books(mentions.height, statuses, reports, denials, events, rejections),
        near_merges=near,
    )


def event_rows(
    reports: pl.DataFrame, denials: pl.DataFrame, sources: pl.DataFrame, actors: pl.DataFrame, named: pl.DataFrame
) -> pl.DataFrame:
    """Return the table `events` as nobody has corrected it yet, with ``event`` beside.

    Args:
        reports: `slots.slots` of the mentions that report something, with ``event``.
        denials: ``event`` of each mention that denies one.
        sources: the table.
        actors: the table.
        named: the ids, from `identity.identities`.
    """
    told = with_what_is_said(build_events(reports, actors, named), reports, denials, sources, actors)
    return told.with_columns(confirmed=False, corrected=False, note=pl.lit(None, dtype=pl.String))


def _reports(reported: pl.DataFrame, event_types: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the reports with ``event``, the rank of the first report of the event of each; and the near merges."""
    repeats = told_by_copies(reported)
    compared = reported.select(*COMPARED, "rank", "article_id", "source", "published", "char_start")
    accounts, bearers = _nodes(compared.join(repeats, on="rank", how="anti"))
    accounts = coded(accounts, event_types, load_contract().codelists["blocs"]["code"].to_list())
    judged = judge(candidates(accounts), accounts, bearers)
    clusters = cluster(accounts.height, judged)
    of_node = pl.DataFrame({"node": accounts["node"], "cluster": pl.Series(clusters, dtype=pl.UInt32)})
    placed = bearers.join(of_node, on="node").select("rank", "cluster")
    copied = repeats.join(placed, left_on="repeats", right_on="rank").select("rank", "cluster")
    grouped = pl.concat([placed, copied]).with_columns(event=pl.col("rank").min().over("cluster"))
    reports = reported.join(grouped.select("rank", "event"), on="rank", maintain_order="left")
    return reports, near_merges(judged, clusters, accounts, reports)


def _links(reports: pl.DataFrame, denials: pl.DataFrame, events: pl.DataFrame) -> pl.DataFrame:
    """Return ``mention_id``, ``event``, ``relation`` and ``event_id`` of every mention that reports or denies one."""
    return pl.concat(
        [
            reports.select("mention_id", "event", relation=pl.lit("reports")),
            denials.select("mention_id", "event", relation=pl.lit("denies")),
        ]
    ).join(events.select("event", "event_id"), on="event", how="left")


def _books(
    came_in: int,
    statuses: pl.Series,
    reports: pl.DataFrame,
    denials: pl.DataFrame,
    events: pl.DataFrame,
    rejections: pl.DataFrame,
) -> Books:
    """Return what became of the ``came_in`` mentions; that number is counted at the door, not summed up here."""
    count = dict(statuses.value_counts().iter_rows())
    return Books(
        mentions=came_in,
        reporting=reports.height,
        denying=denials.height,
        denying_nothing_found=count.get("denied", 0) - denials.height,
        prospective=count.get("prospective", 0),
        general=count.get("general", 0),
        rejected=rejections.height,
        events=events.height,
    )


def _nodes(reports: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return what is to be compared, and who says it.

    Tight reports alike in all that is compared are of one event without asking: they are one node, so that a
    happening with thousands of reports costs no more than its different accounts.

    Returns:
        nodes (`slots.COMPARED`, ``node`` as UInt32 in the order of founding, ``latest_word``) and bearers (``node``,
        ``rank``, ``article_id``, ``source``, ``char_start``).
    """
    alone = pl.when((pl.col("extent") == "governorate") | ~pl.col("precise")).then("rank")
    bearers = reports.with_columns(alone=alone).with_columns(founder=pl.col("rank").min().over(*COMPARED, "alone"))
    published = pl.col("published").to_physical()
    nodes = (
        bearers.group_by("founder")
        .agg(pl.col(COMPARED).first(), latest_word=published.max())
        .sort("founder")
        .with_row_index("node")
    )
    named = bearers.join(nodes.select("founder", "node"), on="founder")
    return nodes, named.select("node", "rank", "article_id", "source", "char_start").sort("rank")
