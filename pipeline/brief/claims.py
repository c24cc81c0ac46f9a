"""What articles say without reporting it: denials, threats, running totals; and tolls that are not divided.

None of it is an event (codebook sections 3 and 4). Of the undivided tolls, what counts is in the sums of the week.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.brief.events import event_ref
from pipeline.brief.figures import Toll
from pipeline.brief.ledger import Ledger, Row
from pipeline.brief.model import Claim, Counting, Report, SharedToll
from pipeline.brief.reports import first_side, fold_copies, quantity, report, side, when, where
from pipeline.contracts import load_contract


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims in the articles published in one week, copies folded under their originals."""

    denied: tuple[Claim, ...]
    prospective: tuple[Claim, ...]
    running_totals: tuple[Claim, ...]


def claims(ledger: Ledger, week_start: date) -> Claims:
    """Return the claims in the articles published in the week.

    Of the mentions with status `general`, only those that count something are running totals worth telling; habit
    and background carry no figure.
    """
    rows = ledger.unreported.get(week_start, ())
    found = {
        status: _folded(ledger, [r for r in rows if r["status"] == status]) for status in ("denied", "prospective")
    }
    totals = [r for r in rows if r["status"] == "general" and _counts(ledger, r)]
    return Claims(found["denied"], found["prospective"], _folded(ledger, totals))


def _counts(ledger: Ledger, mention: Row) -> bool:
    happenings = (mention["happenings_low"], mention["happenings_high"])
    return happenings != (None, None) or mention["mention_id"] in ledger.casualties


def _folded(ledger: Ledger, mentions: list[Row]) -> tuple[Claim, ...]:
    rows = {mention["mention_id"]: mention for mention in mentions}
    return tuple(_claim(ledger, rows[told.mention_id], told) for told in fold_copies(ledger, mentions))


def _claim(ledger: Ledger, row: Row, told: Report) -> Claim:
    event_id = ledger.event_of.get(row["mention_id"])
    return Claim(
        sub_event_type=row["sub_event_type"],
        actor1=first_side(ledger, row),
        actor2=side(ledger, row, 2),
        when=when(row),
        where=where(ledger, row, "place"),
        happenings_low=row["happenings_low"],
        happenings_high=row["happenings_high"],
        report=told,
        denied_event=event_ref(ledger, event_id) if event_id else None,
    )


def shared_tolls(ledger: Ledger, week_start: date) -> tuple[SharedToll, ...]:
    """Return the undivided tolls that cover at least one event of the week; copies are left out."""
    rows = [(row, ledger.mentions[row["mention_id"]]) for row in ledger.shared_tolls.get(week_start, ())]
    read = {mention["article_id"] for _, mention in rows}
    return tuple(_shared_toll(ledger, row, mention) for row, mention in rows if mention["duplicate_of"] not in read)


def _shared_toll(ledger: Ledger, row: Row, mention: Row) -> SharedToll:
    covered = (row["mention_id"], *(row["shared_with"] or "").split(";"))
    event_ids = [ledger.event_of.get(m) for m in covered]
    known = sorted({event_id for event_id in event_ids if event_id is not None})
    refs = sorted(
        (event_ref(ledger, event_id) for event_id in known),
        key=lambda ref: (ref.when.start or date.max, ref.event_id),
    )
    return SharedToll(
        quantity=quantity(ledger, row, mention),
        report=report(ledger, mention),
        events=tuple(refs),
        without_event=sum(event_id is None for event_id in event_ids),
        counting=_counting(ledger.toll_of.get(row["casualty_id"])),
    )


def _counting(toll: Row | None) -> Counting | None:
    if toll is None:
        return None
    codes = load_contract().codelists["toll_counting"]
    persons = Toll(toll["counted_low"], toll["counted_best"], toll["counted_high"])
    return Counting(
        why=dict(codes.select("code", "description").iter_rows())[toll["counting"]],
        persons=persons if persons.known else None,
        week_start=toll["week_start"],
    )
