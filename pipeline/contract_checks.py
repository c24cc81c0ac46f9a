"""Cross-column checks that a Table Schema cannot say, each under the name by which `schemas/tables/*.yaml` calls it.

A check is a polars expression over one row that is false where the rule is broken; null (a value it needs is
missing) passes, for whether a value may be missing is the business of `required`. Checks over more than one table
or the whole frame do not belong here: keys are enforced by `contract_validation`, balances by asset checks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl

col = pl.col


@dataclass(frozen=True, slots=True)
class RowCheck:
    """A rule over the columns of one row."""

    rule: str
    """Code of `rejection_rules` that a broken row gets."""
    holds: pl.Expr
    says: str
    """The rule in words, for the message and the codebook."""
    field: str
    """The column to name in the rejection."""


def _ordered(*columns: str) -> pl.Expr:
    """Each known value is at most every later known one."""
    pairs = [(a, b) for i, a in enumerate(columns) for b in columns[i + 1 :]]
    return pl.all_horizontal(*[(col(a) <= col(b)).fill_null(True) for a, b in pairs])


def _monday_of(column: str) -> pl.Expr:
    return col(column).dt.truncate("1w")


def _adds_up(whole: str, *parts: str) -> pl.Expr:
    """``whole`` is the sum of ``parts``, and empty when one of them is."""
    return (col(whole) == pl.sum_horizontal(*parts, ignore_nulls=False)).fill_null(
        col(whole).is_null() & pl.any_horizontal(col(part).is_null() for part in parts)
    )


_REPORTED = col("status") == "reported"

CHECKS: Mapping[str, RowCheck] = MappingProxyType(
    {
        "reported_is_dated": RowCheck(
            "undated",
            ~_REPORTED
            | (
                col("event_date_start").is_not_null()
                & col("event_date_end").is_not_null()
                & col("time_precision").is_not_null()
            ),
            "a reported mention has both dates and a time_precision (the month or better)",
            "event_date_start",
        ),
        "reported_is_placed": RowCheck(
            "unplaced",
            ~_REPORTED | (col("admin1").is_not_null() & col("geo_precision").is_not_null()),
            "a reported mention has a governorate and a geo_precision",
            "admin1",
        ),
        "dates_in_order": RowCheck(
            "cross_check",
            _ordered("event_date_start", "event_date_end"),
            "event_date_start is not after event_date_end",
            "event_date_end",
        ),
        "span_in_order": RowCheck(
            "cross_check", col("char_start") < col("char_end"), "char_start is less than char_end", "char_end"
        ),
        "happenings_in_order": RowCheck(
            "cross_check",
            _ordered("happenings_low", "happenings_high"),
            "happenings_low is not above happenings_high",
            "happenings_high",
        ),
        "evidence_is_in_text": RowCheck(
            "unsupported_evidence",
            (col("char_end") - col("char_start")) == col("evidence").str.len_chars(),
            "the evidence is as long as its span (that it is the text of the span is checked where the text is)",
            "evidence",
        ),
        "quote_fits_span": RowCheck(
            "unsupported_evidence",
            (col("char_end") - col("char_start")) == col("quote").str.len_chars(),
            "the quoted words are as long as their span",
            "quote",
        ),
        "span_where_in_text": RowCheck(
            "cross_check",
            pl.all_horizontal(
                col(name).is_not_null() == col("basis").is_in(["evidence", "article"])
                for name in ("quote", "char_start", "char_end")
            ),
            "quote, char_start and char_end are given if and only if the basis is the evidence or the article",
            "basis",
        ),
        "low_not_above_high": RowCheck("cross_check", _ordered("low", "high"), "low is not above high", "high"),
        "some_figure": RowCheck(
            "cross_check", col("low").is_not_null() | col("high").is_not_null(), "low or high is known", "low"
        ),
        "shared_names_others": RowCheck(
            "cross_check",
            col("shared") == col("shared_with").is_not_null(),
            "shared_with is given if and only if the toll is shared",
            "shared_with",
        ),
        "week_start_is_monday": RowCheck(
            "cross_check", col("week_start").dt.weekday() == 1, "week_start is a Monday", "week_start"
        ),
        "week_of_publication": RowCheck(
            "cross_check",
            (_monday_of("published_date") == col("week_start")).fill_null(
                col("published_date").is_null() & col("week_start").is_null()
            ),
            "week_start is the Monday of published_date, and empty without one",
            "week_start",
        ),
        "week_of_first_day": RowCheck(
            "cross_check",
            _monday_of("event_date_start") == col("week_start"),
            "week_start is the Monday of event_date_start",
            "week_start",
        ),
        "iso_week_of_week_start": RowCheck(
            "cross_check",
            col("week_start").dt.strftime("%G-W%V") == col("iso_week"),
            "iso_week names the week of week_start",
            "iso_week",
        ),
        "copy_names_original": RowCheck(
            "cross_check",
            ((col("duplicate_kind") != "none") == col("duplicate_of").is_not_null())
            & (col("duplicate_of") != col("article_id")).fill_null(True),
            "duplicate_of names another article if and only if duplicate_kind is not none",
            "duplicate_of",
        ),
        "kept_not_longer_than_raw": RowCheck(
            "cross_check",
            col("char_count") <= col("raw_char_count"),
            "char_count is at most raw_char_count",
            "char_count",
        ),
        "fatalities_in_order": RowCheck(
            "cross_check",
            _ordered("fatalities_low", "fatalities_best", "fatalities_high"),
            "fatalities_low <= fatalities_best <= fatalities_high",
            "fatalities_best",
        ),
        "injured_in_order": RowCheck(
            "cross_check", _ordered("injured_low", "injured_high"), "injured_low <= injured_high", "injured_high"
        ),
        "coordinates_both_or_neither": RowCheck(
            "cross_check",
            col("latitude").is_null() == col("longitude").is_null(),
            "latitude and longitude are both given or both empty",
            "longitude",
        ),
        "sources_not_above_mentions": RowCheck(
            "cross_check", col("source_count") <= col("mention_count"), "source_count <= mention_count", "source_count"
        ),
        "toll_in_order": RowCheck("cross_check", _ordered("low", "best", "high"), "low <= best <= high", "best"),
        "counted_in_order": RowCheck(
            "cross_check",
            _ordered("counted_low", "counted_best", "counted_high"),
            "counted_low <= counted_best <= counted_high",
            "counted_best",
        ),
        "counted_if_counting": RowCheck(
            "cross_check",
            col("counting").is_in(["whole", "rest"]) == col("counted_best").is_not_null(),
            "counted_best is given if and only if the toll or the rest of it counts",
            "counting",
        ),
        "district_in_a_governorate": RowCheck(
            "cross_check",
            col("admin2").is_null() | col("admin1").is_not_null(),
            "a district is given only with its governorate",
            "admin2",
        ),
        "shared_fatalities_in_order": RowCheck(
            "cross_check",
            _ordered("shared_fatalities_low", "shared_fatalities_best", "shared_fatalities_high"),
            "shared_fatalities_low <= shared_fatalities_best <= shared_fatalities_high",
            "shared_fatalities_best",
        ),
        "totals_add_up": RowCheck(
            "cross_check",
            pl.all_horizontal(
                *[
                    _adds_up(f"total_fatalities_{end}", f"fatalities_{end}", f"shared_fatalities_{end}")
                    for end in ("low", "best", "high")
                ],
                _adds_up("total_injured", "injured", "shared_injured"),
            ),
            "each total is the figure of single events plus that of shared tolls, and empty when one of them is",
            "total_fatalities_best",
        ),
        "leanings_add_up": RowCheck(
            "cross_check",
            col("sources_by_leaning").str.extract_all(r"\d+").list.eval(pl.element().cast(pl.Int64)).list.sum()
            == col("source_count"),
            "the numbers in sources_by_leaning add up to source_count",
            "sources_by_leaning",
        ),
        "one_source_is_single": RowCheck(
            "cross_check",
            (col("corroboration") == "single_source") == (col("source_count") == 1),
            "corroboration is single_source if and only if source_count is 1",
            "corroboration",
        ),
        "denied_is_disputed": RowCheck(
            "cross_check",
            (col("denial_count") == 0) | col("disputed"),
            "an event that a mention denies is disputed",
            "disputed",
        ),
        "account_toll_in_order": RowCheck(
            "cross_check",
            _ordered("fatalities_low", "fatalities_high"),
            "fatalities_low <= fatalities_high",
            "fatalities_high",
        ),
        "validity_in_order": RowCheck(
            "cross_check", _ordered("valid_from", "valid_to"), "valid_from is not after valid_to", "valid_to"
        ),
        "civilian_events_not_above_events": RowCheck(
            "cross_check",
            col("civilian_targeting_events") <= col("events"),
            "civilian_targeting_events <= events",
            "civilian_targeting_events",
        ),
        "no_events_no_figures": RowCheck(
            "cross_check",
            (col("events") > 0)
            | (
                pl.sum_horizontal("fatalities_low", "fatalities_best", "fatalities_high", "injured", "distinct_sources")
                == 0
            ),
            "a cell without events has no figures",
            "events",
        ),
        "count_not_above_out_of": RowCheck(
            "cross_check", col("count") <= col("out_of"), "count is at most out_of", "count"
        ),
        "score_is_count_out_of": RowCheck(
            "cross_check",
            (col("score") - col("count") / col("out_of")).abs() < 0.000051,
            "score is count / out_of to four decimals, where a count is given",
            "score",
        ),
        "interval_holds_score": RowCheck(
            "cross_check",
            (col("interval_low").is_null() == col("interval_high").is_null())
            & _ordered("interval_low", "score", "interval_high"),
            "interval_low <= score <= interval_high, both ends given or both empty",
            "interval_low",
        ),
        "left_out_says_why": RowCheck(
            "cross_check",
            (col("state") == "applied") == col("message").is_null(),
            "message is given if and only if the correction was not applied",
            "message",
        ),
        "merged_names_event": RowCheck(
            "cross_check",
            ((col("retirement_reason") == "merged") == col("merged_into").is_not_null())
            & (col("merged_into") != col("event_id")).fill_null(True),
            "merged_into names another event if and only if the retirement_reason is merged",
            "merged_into",
        ),
        "change_tells_cell": RowCheck(
            "cross_check",
            ((col("change_kind") == "changed") == col("field").is_not_null())
            & (col("field").is_not_null() == col("old_value").ne_missing(col("new_value"))),
            "field is given if and only if the change_kind is changed, and then old_value and new_value differ",
            "field",
        ),
        "duplicates_not_above_articles": RowCheck(
            "cross_check", col("duplicates") <= col("articles"), "duplicates <= articles", "duplicates"
        ),
    }
)
