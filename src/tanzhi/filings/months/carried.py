"""What a new month begins with: the rows of the month before, its closing stock as opening stock, its usual columns,
and what its own laboratory reports say."""

from __future__ import annotations

from typing import Any

from tanzhi.filings.intake.layout import CarriedOver
from tanzhi.filings.intake.records import descend, path_of, rows_of, steps_of
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of, is_regional
from tanzhi.filings.shared.units import units_of
from tanzhi.rulebook.kernel import FormSpec

from .measured import reports_of, with_reports
from .model import Filing, Version
from .status import form_of
from .totals import months_before

NEXT = {"opening_stock": "closing_stock"}
"""What a month opens with, and where the month before states it."""


def carried_over(filing: Filing) -> CarriedOver:
    """Of the month before, as deposited or else as it stands, what the next begins with; its numbers are not carried,
    those of the laboratory reports on the new month are taken.

    Rows whose key somebody makes up, such as samples, are new each month.
    """
    if filing.is_annual or is_regional(filing.form_code):
        return CarriedOver()
    period = months_before(filing.period, 1)
    earlier = Version.objects.filter(
        filing__form_code=filing.form_code, filing__subject=filing.subject, filing__period=period
    )
    version = earlier.order_by("deposited", "number").last()
    if version is None:
        return CarriedOver()
    spec, guideline, before = form_of(filing), guideline_of(filing.form_code), version.record
    units = {unit.number for unit in units_of(filing.organisation)}
    # The levels whose rows recur: units, months, what is chosen from a list, and the units reported together.
    recurring = {guideline.unit_level, MONTH_FORM, *(t.level for t in spec.tables if t.key and t.key.kind == "choice")}
    merging = guideline.industry.merging if guideline.industry else None
    recurring |= {guideline.rules[merging.member_size][-1].level} if merging else set()
    record: dict[str, Any] = {}
    cells: set[str] = set()
    usual: set[tuple[str, str]] = set()
    for table in spec.tables:
        for keys, row in rows_of(spec, table, before):
            usual |= {(table.level, field.name) for field in table.fields if row.get(field.name) not in (None, "")}
            if table.level not in recurring or keys.get(guideline.unit_level, "") not in units:
                continue
            now = {**keys, **({MONTH_FORM: filing.period} if MONTH_FORM in keys else {})}
            steps = steps_of(spec, table, now)
            carried_row, path = descend(record, steps), path_of(steps)
            if table.level not in (guideline.unit_level, MONTH_FORM):
                cells.add(f"{path}.{table.level}")
            for name, source in NEXT.items():
                if row.get(source) not in (None, "") and any(field.name == name for field in table.fields):
                    carried_row[name] = row[source]
                    cells.add(f"{path}.{name}")
    filled = with_reports(filing, record, reports_of(filing))
    cells |= set(cells_of(spec, filled)) - set(cells_of(spec, record))
    return CarriedOver(filled, frozenset(cells), frozenset(usual), period)


def cells_of(spec: FormSpec, record: dict[str, Any]) -> list[str]:
    """The cells in which something stands."""
    return [
        f"{path_of(steps_of(spec, table, keys))}.{field.name}"
        for table in spec.tables
        for keys, row in rows_of(spec, table, record)
        for field in table.fields
        if row.get(field.name) not in (None, "")
    ]
