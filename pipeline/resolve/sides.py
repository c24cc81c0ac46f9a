"""Sides: whether the actors that two accounts name can be one side, and how much it tells that they are.

Named actors contradict when they are of different blocs (codebook section 5). Nobody named contradicts nobody, and a
loose word ("rebels") only blocs that it is not used for.
"""

from __future__ import annotations

from typing import NamedTuple

import polars as pl

from pipeline.resolve import rules


class Side(NamedTuple):
    """One side of one account, as expressions."""

    bloc: pl.Expr
    actor: pl.Expr
    named: pl.Expr
    """A registered group, no loose word."""
    ally: pl.Expr
    """Bloc of the force that acts together with it."""


def side(number: int, suffix: str) -> Side:
    """Return side 1 or 2 from the columns ``actor<number>_*<suffix>``; the second side has no associate."""
    name = f"actor{number}"
    ally = pl.col(f"{name}_ally{suffix}") if number == 1 else pl.lit(None, dtype=pl.String)
    return Side(pl.col(f"{name}_bloc{suffix}"), pl.col(f"{name}_id{suffix}"), pl.col(f"{name}_named{suffix}"), ally)


def known(side: Side) -> pl.Expr:
    """Tell whether a side is named at all."""
    return (side.bloc != rules.UNNAMED).fill_null(False)


def one_side(a: Side, b: Side) -> pl.Expr:
    """Tell whether both are named and of one bloc, or one acts together with the other."""
    unlike = (a.bloc == rules.NO_SIDE) & (a.actor != b.actor).fill_null(False)
    same = ((a.bloc == b.bloc) & ~unlike).fill_null(False)
    allied = (a.ally == b.bloc).fill_null(False) | (b.ally == a.bloc).fill_null(False)
    return known(a) & known(b) & (same | allied)


def fit(a: Side, b: Side) -> pl.Expr:
    """Tell whether the two do not contradict each other."""
    return ~known(a) | ~known(b) | one_side(a, b) | _loose_word(a, b) | _loose_word(b, a)


def agreement(a: Side, b: Side) -> pl.Expr:
    """Return 0 to 2: how much it tells that both name this side. That civilians suffer is said of most happenings."""
    tells = one_side(a, b) & (a.bloc != rules.CIVILIANS)
    return pl.when(tells).then(1 + (a.actor == b.actor).fill_null(False).cast(pl.Int32)).otherwise(0)


def _loose_word(a: Side, b: Side) -> pl.Expr:
    """The first names no group, and what it says is used for the bloc of the second."""
    fits = [~a.named & (a.bloc == bloc) & b.bloc.is_in(groups) for bloc, groups in rules.LOOSE_WORDS.items()]
    return pl.any_horizontal(*fits).fill_null(False)
