"""Evaluates one record exactly; `tanzhi.law` alone calls it, so that no computation passes by what was entered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from .guideline import Guideline
from .parameters import Parameters
from .records import Assessment, RecordNode


def evaluate(
    guideline: Guideline,
    year: int,
    record: Mapping[str, Any],
    parameters: Parameters | None = None,
    *,
    on: date | None = None,
) -> RecordNode:
    """The record as a tree that computes what it is asked for, and remembers how.

    `on`: the day of an act whose rules and parameters are those of that day, such as a fine. Without it rules and
    parameters must hold for the whole year, and below a month for the whole month: a quantity whose rule changes
    within its period is not determinable, and says on which day.
    """
    assessment = Assessment(guideline, year, guideline.parameters if parameters is None else parameters, on)
    return RecordNode(assessment, guideline.top, record if isinstance(record, Mapping) else {})
