"""The tables of a filing's page, and what was typed back into them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tanzhi.filings.intake import ReadResult
from tanzhi.filings.intake.layout import CarriedOver
from tanzhi.filings.intake.records import merged
from tanzhi.filings.intake.sheet import GridSheet, laid_out, typed_into
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of, is_regional
from tanzhi.filings.shared.units import units_of

from .carried import carried_over
from .model import Filing
from .status import FilingStatus, evaluated, expected_of, form_of


def sheets(filing: Filing, record: Mapping[str, Any], standing: FilingStatus | None) -> list[GridSheet]:
    """The tables of a filing's page, filled from a record; an empty one starts with a row for each unit."""
    carried = carried_over(filing)
    content = dict(record) or dict(begun_record(filing, carried))
    begun = replace(carried, cells=frozenset()) if record else carried
    nodes = {here.path: here for here in evaluated(filing, content).walk()}
    return laid_out(form_of(filing), content, standing.findings if standing else [], nodes, begun)


def begun_record(filing: Filing, carried: CarriedOver) -> Mapping[str, Any]:
    """What a filing without any version begins with: each unit of the register, with the rows of the month before."""
    blank = _blank(filing)
    levels = set(guideline_of(filing.form_code).levels)
    return merged([blank, dict(carried.record)], levels) if carried.record else blank


def _blank(filing: Filing) -> dict[str, Any]:
    if is_regional(filing.form_code):
        return {}
    months = [] if filing.is_annual else [{"month": filing.period}]
    guideline = guideline_of(filing.form_code)
    level, plural = guideline.unit_level, guideline.levels[guideline.unit_level].plural
    below = guideline.levels[MONTH_FORM].plural
    return {plural: [{level: u.number, below: [dict(m) for m in months]} for u in units_of(filing.organisation)]}


def typed(filing: Filing, sent: Mapping[str, str]) -> ReadResult:
    """What was typed into the grid of a filing."""
    return typed_into(form_of(filing), expected_of(filing), sent)
