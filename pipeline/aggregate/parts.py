"""What each weekly figure is made of: the rows that enter it, and what each adds; the rules of `weekly` and
`weekly_tolls` turned round, so that a figure can be followed to its rows and added up again.

Nothing here makes a figure that is published; a test holds both to each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from pipeline.aggregate.weekly_tolls import SEVERAL

col = pl.col
PART = {"figure": pl.String(), "part": pl.String(), "part_id": pl.String(), "part_column": pl.String(),
        "adds": pl.Int64(), "one_of": pl.String()}  # fmt: skip
"""What a part tells beside the key of its row: column of figures that it enters, its table and id there, the column
that is added (empty: it counts as one), how much it adds (empty: an open end, which leaves the figure open), and what
counts once however many parts are of it (an outlet; `COPIES` where no outlet has a text of its own)."""
COPIES = ""
"""Outlet of copies: as in `events.source_count`, it is one source where there is no other."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "weekly_coverage": ("week_start",),
    "weekly_events": ("week_start", "admin1", "sub_event_type"),
    "weekly_tolls": ("week_start", "area"),
}
"""The tables of figures, with what a row of each is about."""
ROWS_OF: Mapping[str, tuple[str, ...]] = {
    "weekly_coverage": ("articles", "events", "mentions"),
    "weekly_events": ("events", "mentions"),
    "weekly_tolls": ("events", "shared_tolls"),
}
"""The tables whose rows enter the figures of each."""
Tables = Callable[[str], pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Addend:
    """How the rows of one table enter one figure."""

    figure: str
    column: str | None = None
    """What a row adds; None when it counts as one."""
    where: pl.Expr | None = None
    """Which rows enter; None for those that add something known."""
    one_of: str | None = None
    """Rows that agree in it count once."""


_OPEN = col("fatalities_low").is_not_null() | col("fatalities_high").is_not_null()
_TOLLS = (
    Addend("fatalities_low", "fatalities_low"),
    Addend("fatalities_best", "fatalities_best"),
    Addend("fatalities_high", "fatalities_high", _OPEN),
    Addend("injured", "injured_low"),
)
_OF_EVENTS = (Addend("events"), *_TOLLS, Addend("civilian_targeting_events", where=col("civilian_targeting")))
_KILLED, _INJURED = col("kind") == "killed", col("kind") == "injured"
_OF_SHARED = (
    Addend("shared_toll_count"),
    Addend("shared_fatalities_low", "counted_low", _KILLED & col("counted_low").is_not_null()),
    Addend("shared_fatalities_best", "counted_best", _KILLED),
    Addend("shared_fatalities_high", "counted_high", _KILLED),
    Addend("shared_injured", "counted_low", _INJURED & col("counted_low").is_not_null()),
)
_OF_ARTICLES = (
    Addend("articles"),
    Addend("duplicates", where=col("duplicate_kind") != "none"),
    Addend("sources", one_of="source_id"),
)


def figures_of(table: str, columns: Collection[str]) -> tuple[str, ...]:
    """Return the columns among ``columns``, those of a table of figures, that are figures."""
    return tuple(name for name in columns if name not in (*KEYS[table], "iso_week", "event_type"))


def parts_of(
    tables: Tables, table: str, weeks: Collection[date] | None = None, figure: str | None = None
) -> pl.DataFrame:
    """Return the parts of every figure of a table: the key columns of its row (`KEYS`) and `PART`, sorted.

    Args:
        tables: gives a table of the release by its name.
        table: `weekly_events`, `weekly_tolls` or `weekly_coverage`.
        weeks: Mondays; None for all weeks.
        figure: the only one that is asked for; None for all.
    """
    found = _PARTS[table](lambda name: _of_weeks(tables(name), weeks), tables)
    if figure is not None:
        found = found.filter(col("figure") == figure)
    keys = list(KEYS[table])
    parts = found.select(*keys, *(col(name).cast(kind) for name, kind in PART.items()))
    return parts.drop_nulls("week_start").sort([*keys, *PART], nulls_last=True)


def counted(parts: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Return ``parts`` with ``adds`` such that they sum up: of what counts once, the first.

    Args:
        parts: from `parts_of`, of one row or of several that are to be summed.
        by: columns that tell sums apart; none for one sum over all.
    """
    about = [*by, "figure"]
    ids = [*about, "part", "part_id", "one_of"]
    kept = parts.sort(ids, nulls_last=True).unique(ids, keep="first", maintain_order=True)
    again = col("one_of").is_not_null() & (col("one_of").cum_count().over([*about, "one_of"]) > 1)
    other = (col("one_of") == COPIES) & (col("one_of") != COPIES).any().over(about)
    nothing_new = again | other.fill_null(False)
    return kept.with_columns(adds=pl.when(nothing_new).then(0).otherwise("adds"))


def sums(parts: pl.DataFrame) -> dict[str, int | None]:
    """Return what ``parts``, as `counted` gives them, add up to by figure; None where one of them is open."""
    open_ended = col("adds").is_null().any()
    summed = parts.group_by("figure").agg(total=pl.when(~open_ended).then(col("adds").sum()))
    return dict(summed.sort("figure").iter_rows())


def _of_weeks(frame: pl.DataFrame, weeks: Collection[date] | None) -> pl.DataFrame:
    if weeks is None or "week_start" not in frame.columns:
        return frame
    return frame.filter(col("week_start").is_in(sorted(weeks)))


def entered(rows: pl.DataFrame, table: str, key: str, addends: tuple[Addend, ...], about: list[str]) -> pl.DataFrame:
    """Return what the rows of ``table`` add, by each of ``addends``: the columns ``about`` and `PART`.

    ``about`` is the key of the figures, ``key`` the column that names a row.
    """
    parts = []
    for addend in addends:
        known = col(addend.column).is_not_null() if addend.column else pl.lit(True)
        parts.append(
            rows.filter(known if addend.where is None else addend.where).select(
                *about,
                figure=pl.lit(addend.figure),
                part=pl.lit(table),
                part_id=col(key),
                part_column=pl.lit(addend.column, pl.String),
                adds=col(addend.column) if addend.column else pl.lit(1, pl.Int64),
                one_of=col(addend.one_of) if addend.one_of else pl.lit(None, pl.String),
            )
        )
    return pl.concat(parts)


def _weekly_events(here: Tables, tables: Tables) -> pl.DataFrame:
    about = list(KEYS["weekly_events"])
    return pl.concat([entered(here("events"), "events", "event_id", _OF_EVENTS, about), _outlets(here, tables, about)])


def _outlets(here: Tables, tables: Tables, about: list[str]) -> pl.DataFrame:
    """Return the mentions that report the events in a text of the outlet's own; where copies alone do, the copies."""
    articles = tables("articles").select("article_id", "source_id", "duplicate_kind")
    told = (
        tables("event_mentions")
        .filter(col("relation") == "reports")
        .join(here("events").select("event_id", *about), on="event_id")
        .join(tables("mentions").select("mention_id", "article_id"), on="mention_id")
        .join(articles, on="article_id")
    )
    own = col("duplicate_kind") == "none"
    outlets = told.with_columns(
        outlet=pl.when(own).then("source_id").otherwise(pl.lit(COPIES)), copies=~own.any().over(about)
    )
    return entered(
        outlets.filter(own | col("copies")), "mentions", "mention_id", (Addend("distinct_sources", one_of="outlet"),),
        about,
    )  # fmt: skip


def _weekly_tolls(here: Tables, _: Tables) -> pl.DataFrame:
    about = list(KEYS["weekly_tolls"])
    events = here("events").with_columns(area="admin1")
    shared = here("shared_tolls").filter(col("counted_best").is_not_null())
    single = entered(events, "events", "event_id", _TOLLS, about)
    together = entered(
        shared.with_columns(area=col("admin1").fill_null(SEVERAL)), "shared_tolls", "shared_toll_id", _OF_SHARED, about
    )
    both = pl.concat([single, together.filter(col("figure") != "shared_toll_count")])
    totals = both.with_columns(figure=pl.lit("total_") + col("figure").str.strip_prefix("shared_"))
    return pl.concat([single, together, totals])


def _weekly_coverage(here: Tables, tables: Tables) -> pl.DataFrame:
    about = list(KEYS["weekly_coverage"])
    articles = here("articles")
    mentions = tables("mentions").select("mention_id", "article_id").join(
        articles.select("article_id", "week_start"), on="article_id"
    )  # fmt: skip
    return pl.concat(
        [
            entered(articles, "articles", "article_id", _OF_ARTICLES, about),
            entered(mentions, "mentions", "mention_id", (Addend("mentions"),), about),
            entered(here("events"), "events", "event_id", (Addend("events"),), about),
        ]
    )


_PARTS: Mapping[str, Callable[[Tables, Tables], pl.DataFrame]] = {
    "weekly_coverage": _weekly_coverage,
    "weekly_events": _weekly_events,
    "weekly_tolls": _weekly_tolls,
}
