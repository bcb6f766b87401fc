"""The rows of the national platform's month form out of a record and what the rules make of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tanzhi.presentation.intake.units import factor
from tanzhi.rulebook.kernel import RecordNode
from tanzhi.rulebook.kernel.rounding import plain, round_legally
from tanzhi.rulebook.kernel.spelling import short, spelled_number
from tanzhi.rulebook.kernel.states import KNOWN
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.kernel.values import Value

from .national_layout import COMPUTED, DEFAULT, MEASURED, LayoutParameter, MonthLayout
from .records import path_of, rows_of, steps_of

OF_LAW, OF_RULES = Text("缺省值：{source}", "Default: {source}"), Text("由填报数据计算", "Computed from what is filed")


@dataclass(frozen=True, slots=True)
class NationalRow:
    """One row of the form, in its words; the value is a number, or one of the codes that stand for none."""

    line: str
    source: str
    material: str
    parameter: str
    method: str
    value: Decimal | str
    unit: str
    origin: str = ""
    papers: str = ""


def national_rows(layout: MonthLayout, record: Mapping[str, Any], node: RecordNode) -> list[NationalRow]:
    """Line by line: the fuels, then what is bought, then production."""
    nodes = {here.path: here for here in node.walk()}
    unit_level = layout.guideline.unit_level
    by_line: dict[str, list[NationalRow]] = {}
    for source in layout.sources:
        table = layout.material if source.level == layout.material.level else layout.month
        parameters = [parameter for parameter in layout.parameters if parameter.source == source]
        for keys, row in rows_of(layout.form, table, dict(record)):
            here = nodes.get(path_of(steps_of(layout.form, table, keys)))
            rows = by_line.setdefault(keys[unit_level], [])
            if here is not None:
                rows += _rows(layout, parameters, keys, row, here)
    return [row for rows in by_line.values() for row in rows]


def _rows(
    layout: MonthLayout,
    parameters: list[LayoutParameter],
    keys: dict[str, str],
    row: Mapping[str, Any],
    here: RecordNode,
) -> Iterator[NationalRow]:
    material = keys.get(layout.material.level, "")
    for parameter in parameters:
        unit = layout.unit_of(parameter, material)
        raw = row.get(parameter.field.name) if parameter.field else None
        number: Decimal | str
        if parameter.field and raw not in (None, ""):
            method, number = MEASURED, in_unit(str(raw), parameter.field.unit, unit)
            evidence = parameter.field.evidence
            origin = evidence.zh if evidence else ""
        elif (quantity := computed_value(parameter, here)) is not None:
            method, number, origin = COMPUTED, quantity, OF_RULES.zh
        elif (law := default_value(parameter, here)) is not None:
            method, number, origin = DEFAULT, law, source_of_default(parameter, here)
        else:
            continue
        yield NationalRow(
            line=f"{layout.line}{keys[layout.guideline.unit_level]}",
            source=f"{parameter.source.words}-{layout.form.year}",
            material=layout.material_words(parameter, material),
            parameter=parameter.words,
            method=method,
            value=number,
            unit=unit,
            origin=origin,
            papers=str(row.get(layout.papers) or "") if parameter.papers and method == MEASURED else "",
        )


def in_unit(raw: str, own: str, unit: str) -> Decimal | str:
    """A filed value in the form's unit: carbon of 57.83 % is 0.5783 tC/t; NR and EX stay what they are."""
    number = spelled_number(raw).value
    times = factor(own, unit)
    return Decimal(short(Decimal(number) * (times or 1))) if number else raw


def computed_value(parameter: LayoutParameter, here: RecordNode) -> Decimal | None:
    """What the rules make of the parameter; None where they do not compute it or have nothing to compute it from."""
    return _number(here.value(parameter.computed), parameter) if parameter.computed else None


def default_value(parameter: LayoutParameter, here: RecordNode) -> Decimal | None:
    """The law's value, where that is the one that counts."""
    value = _default(parameter, here)
    return _number(value, parameter) if value else None


def _default(parameter: LayoutParameter, here: RecordNode) -> Value | None:
    if parameter.unless and here.value(parameter.unless).state == KNOWN:
        return None
    values = (here.value(name) for name in parameter.default)
    return next((value for value in values if value.state == KNOWN), None)


def _number(value: Value, parameter: LayoutParameter) -> Decimal | None:
    if value.state != KNOWN or not isinstance(value.number, Decimal):
        return None
    number = value.number * Decimal(parameter.times)
    return Decimal(plain(number if parameter.decimals is None else round_legally(number, parameter.decimals)))


def source_of_default(parameter: LayoutParameter, here: RecordNode) -> str:
    """Where the law's value stands: the source of the parameter that it came from."""
    value = _default(parameter, here)
    while value is not None and value.entry is None and value.used():
        value = value.used()[-1]
    return OF_LAW.format(source=value.entry.source).zh if value and value.entry else ""
