"""Folds over children: sums with their bound, means, extremes, counts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from .answers import Condition
from .column import SAFE, TINY, WHOLE, Column, U, divided, multiplied, paired, power_of_ten, without_numbers
from .frames import (
    KNOWN,
    Array,
    Below,
    ChildRange,
    Frame,
    NotInColumns,
    State,
    chosen_state,
    is_known,
    joined,
    none_known,
    picked,
)


def span_of(x: Any) -> tuple[Frame, ChildRange]:
    if not isinstance(x.frame, Below):
        raise NotInColumns("a fold of something that has no children")
    return x.frame.parent, x.frame.span


def rows_of(x: Any, size: int) -> Array:
    """The significands written out, one a row."""
    return np.asarray(x) if isinstance(x, np.ndarray) else np.full(size, x)


def total(x: Column) -> Column:
    """Sum of what is known. n terms added in any order are off by at most n·U times the sum of their magnitudes."""
    frame, span = span_of(x)
    state = span.fold_state(x.state)
    if isinstance(state, int) and state != KNOWN:
        return without_numbers(state, frame)
    if span.identity:
        return x.bound_to(frame, state)
    m = rows_of(x.m, span.below)
    low, high = x.low, x.high
    if not isinstance(x.state, int):
        m = m * (x.state == KNOWN)
        low, high = min(low, 0.0), max(high, 0.0)
    sums = span.reduce(np.add, m, 0.0)
    ends = (
        (low, span.most * low, high, span.most * high)
        if span.least
        else (low, span.most * low, high, span.most * high, 0.0)
    )
    bound = Column(frame, sums, x.places, min(ends), max(ends), state=state)
    if x.exact and span.most * x.peak <= WHOLE:
        return bound
    rel, off = (x.rel + span.most * U) * SAFE, (span.most * x.off + TINY) * SAFE
    if x.low >= 0 or x.high <= 0:
        bound.rel, bound.off = rel * SAFE, off
    else:
        bound.rel, bound.off = U, (off + rel * span.most * x.peak) * SAFE
    return bound


def product(x: Column) -> Column:
    """Product of what is known, in plain binary: n factors, each off by rel, are together off by (1 + rel)^n - 1."""
    frame, span = span_of(x)
    state = span.fold_state(x.state)
    if none_known(state):
        return without_numbers(state, frame)
    if span.identity:
        return x.bound_to(frame, state)
    scale, least = power_of_ten(x.places), max(x.low, -x.high)
    if x.off and least <= 2 * x.off:
        raise NotInColumns("factors that may be nil")
    m = rows_of(x.m, span.below) / scale
    m = m if isinstance(x.state, int) else picked(x.state == KNOWN, m, 1.0)
    rel = x.rel + (x.off / least if x.off else 0.0) + 2 * U
    peak = max(x.peak / scale, 1.0) ** span.most
    low = min(x.low / scale, 1.0) ** span.most if x.low >= 0 else -peak
    bound = math.expm1(span.most * rel * SAFE) * SAFE
    return Column(frame, span.reduce(np.multiply, m, 1.0), 0, low, peak, bound, TINY, state)


def known_count(x: Any) -> Column:
    """How many are known and not a "no"."""
    frame, span = span_of(x)
    filed_rows: Any = is_known(x.state)
    if isinstance(x, Condition):
        filed_rows = filed_rows & x.mask
    counts = (
        span.counts if filed_rows is True else span.reduce(np.add, rows_of(filed_rows, span.below).astype(np.int64), 0)
    )
    if filed_rows is False or span.most == 0:
        return Column(frame, 0.0, 0, 0.0, 0.0)
    return Column(frame, counts.astype(np.float64), 0, 0.0, float(span.most))


def mean(x: Column) -> Column:
    frame, span = span_of(x)
    sums = total(x)
    counts = known_count(Condition(x.frame, True, x.state))
    least_one = Column(frame, np.maximum(counts.m, 1.0), 0, 1.0, max(counts.high, 1.0))
    return divided(sums, least_one.with_state(sums.state)) if span.most else sums


def weighted_mean(x: Any, weights: Any) -> Column:
    """Σ x·w ÷ Σ w over the children where both are known; blank where the weights are nil."""
    if not isinstance(x, Column):
        weights, x = paired(weights, x)
    else:
        x, weights = paired(x, weights)
    product = multiplied(x, weights)
    return divided(total(product), total(weights.with_state(product.state)), blank_at_zero=True)


def extreme(x: Column, function: np.ufunc) -> Column:
    """The least or the greatest of what is known."""
    frame, span = span_of(x)
    state = span.fold_state(x.state)
    if isinstance(state, int) and state != KNOWN:
        return without_numbers(state, frame)
    m = rows_of(x.m, span.below)
    if not isinstance(x.state, int):
        worst = x.high if function is np.minimum else x.low
        m = picked(x.state == KNOWN, m, worst)
    extremes = span.reduce(function, m.astype(np.float64), x.low)
    return Column(frame, extremes, x.places, x.low, x.high, x.rel, x.off, state)


def any_below(x: Condition, decisive: bool) -> Condition:
    """Whether any (decisive=True) or all (False) of the known children say yes."""
    frame, span = span_of(x)
    state = span.fold_state(x.state)
    if isinstance(state, int) and state != KNOWN:
        return Condition(frame, False, state)
    mask = np.where(rows_of(is_known(x.state), span.below), rows_of(x.mask, span.below), not decisive)
    function = np.logical_or if decisive else np.logical_and
    return Condition(frame, span.reduce(function, mask.astype(bool), not decisive), state)


def strongest_absent(states: list[State]) -> State:
    strongest: State = KNOWN
    for state in states:
        strongest = joined(strongest, state)
    return strongest


__all__ = [
    "any_below",
    "chosen_state",
    "extreme",
    "known_count",
    "mean",
    "product",
    "rows_of",
    "strongest_absent",
    "total",
    "weighted_mean",
]
