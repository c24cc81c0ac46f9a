"""Mentions as quoted reports, and copies of one article folded under it. What they prove is decided elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Protocol

from pipeline.brief.addresses import linkable
from pipeline.brief.ledger import Ledger, Row, Rows
from pipeline.brief.model import Quantity, Report, Side, When, Where


class Names(Protocol):
    """What the registries call actors and places, by id, and what codes are called: a ledger, or a part of one."""

    @property
    def actor_names(self) -> Mapping[str, str]:
        """Actor to name."""

    @property
    def place_names(self) -> Mapping[str, str]:
        """Place to name."""

    @property
    def place_kinds(self) -> Mapping[str, str]:
        """Place to kind."""

    @property
    def titles(self) -> Mapping[str, Mapping[str, str]]:
        """Code list to code to title."""


def side(names: Names, row: Row, number: int, *, associate: bool = True) -> Side | None:
    """Return actor 1 or 2 of an event or mention row under the registry's name; None when there is no second side."""
    bloc = row[f"actor{number}_bloc"]
    if bloc is None:
        return None
    title = names.titles["blocs"].get(bloc, bloc)
    helper = row["actor1_associate_id"] if number == 1 and associate else None
    return Side(
        name=names.actor_names.get(row[f"actor{number}_id"], title if bloc == "civilians" else None),
        bloc=None if bloc == "unidentified" else title,
        associate=names.actor_names.get(helper) if helper else None,
    )


def first_side(names: Names, row: Row) -> Side:
    """Return actor 1, whose bloc is always given."""
    found = side(names, row, 1)
    assert found is not None, "the contract requires actor1_bloc"
    return found


def when(row: Row) -> When:
    """Return the dates of an event or mention row."""
    return When(row["event_date_start"], row["event_date_end"], row["time_precision"])


def where(names: Names, row: Row, as_named: str) -> Where:
    """Return the place of an event or mention row by its gazetteer name, else by the words in ``as_named``."""
    place = row["place_id"]
    name = names.place_names.get(place, row[as_named])
    return Where(name, names.place_kinds.get(place), row["admin1"], row["admin2"], row["geo_precision"])


def quantity(ledger: Ledger, casualty: Row, mention: Row) -> Quantity:
    """Return a casualty row with the party by its registry name."""
    party: str | None = None
    if casualty["party"] == "civilians":
        party = "civilians"
    elif casualty["party"] in ("actor1", "actor2"):
        suffered = side(ledger, mention, int(casualty["party"][-1]), associate=False)
        party = suffered.name or suffered.bloc if suffered else None
    return Quantity(
        kind=casualty["kind"],
        party=party,
        low=casualty["low"],
        high=casualty["high"],
        approximate=casualty["approximate"],
        shared=casualty["shared"],
        quote=casualty["quote"],
    )


def report(ledger: Ledger, mention: Row) -> Report:
    """Return a mention (with its article's columns) as a report, its figures included."""
    link = linkable(mention["url"])
    return Report(
        mention_id=mention["mention_id"],
        article_id=mention["article_id"],
        title=mention["title"],
        publisher=mention["source_name"],
        published=mention["published_date"],
        url=link,
        address=None if link else mention["url"],
        attributed_to=mention["attributed_to"],
        evidence=mention["evidence"],
        quantities=tuple(quantity(ledger, row, mention) for row in ledger.casualties.get(mention["mention_id"], ())),
    )


def fold_copies(ledger: Ledger, mentions: Rows) -> tuple[Report, ...]:
    """Return the mentions as reports in their order, those from copies under the first report from the original.

    A copy whose original is not among the mentions stands for itself.
    """
    originals = {m["article_id"] for m in mentions if m["duplicate_kind"] == "none"}
    copies: dict[str, list[Report]] = {}
    kept: list[Row] = []
    for mention in mentions:
        original = mention["duplicate_of"]
        if original in originals:
            copies.setdefault(original, []).append(report(ledger, mention))
        else:
            kept.append(mention)
    return tuple(
        replace(report(ledger, mention), copies=tuple(copies.pop(mention["article_id"], ()))) for mention in kept
    )
