"""Evaluates one record exactly; `tanzhi.law` alone calls it, so that no computation passes by what was entered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .entries import When
from .guideline import Guideline
from .parameters import Parameters
from .records import Assessment, RecordNode


def evaluate(
    guideline: Guideline,
    year: int,
    record: Mapping[str, Any],
    parameters: Parameters | None = None,
    *,
    on: When | None = None,
    release: str = "",
) -> RecordNode:
    """The record as a tree that computes what it is asked for, and remembers how.

    `on`: the day of an act whose rules and parameters are those of that day, such as a fine, or the days that a record
    is about, such as a monitoring period, for all of which they must hold. Without it they must hold for the whole
    year, and below a month for the whole month: what changes within is not determinable, and says on which day.
    `release`: what names these rules and parameters, for the trace.
    """
    shipped = guideline.parameters if parameters is None else parameters
    assessment = Assessment(guideline, year, shipped, on, release)
    return RecordNode(assessment, guideline.top, record if isinstance(record, Mapping) else {})
