"""The units of a run, each with its factors and allowances, and the links to how they came about."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from tanzhi.figures.calculated import calculation_ref
from tanzhi.organisations.register.model import names_of
from tanzhi.presentation.addresses import explain_url
from tanzhi.rulebook.kernel import Value
from tanzhi.rulebook.kernel.text import Text, same

from .computation import rules_of_today
from .lineage import KIND, evaluated
from .model import PRE, AllocationLine, AllocationRun

SHOWN = ("load_factor", "electricity_allowance", "heat_allowance", "unit_allowance", "pre_allocation")


def units_of(run: AllocationRun, lines: Iterable[AllocationLine]) -> list[dict[str, Any]]:
    """Every unit of the lines, evaluated under the rules of today."""
    rows, rules = list(lines), rules_of_today()
    names = names_of([line.organisation for line in rows], run.opened_at.date())
    units = []
    for line in rows:
        last = "pre_allocation" if line.run.stage == PRE else "unit_allowance"
        plant = names.get(line.organisation_id, same(line.organisation.code))
        for node in evaluated(line, rules).children:
            values = {name: node.value(name) for name in SHOWN}
            links = {name: _link(line, value) for name, value in values.items()}
            units.append(
                {
                    "plant": plant,
                    "unit": node.key,
                    "unit_class": str(node.value("unit_class").number or "—"),
                    "treatment": written(node.value("treatment")),
                    "special": written(node.value("special_case")),
                    "emission": _number(node.value("unit_obligation_emission").number),
                    "load_factor": _number(values["load_factor"].number),
                    "electricity": _number(values["electricity_allowance"].number),
                    "heat": _number(values["heat_allowance"].number),
                    "allowance": _number(values[last].number),
                    "links": links | {"unit_allowance": _link(line, values[last])},
                }
            )
    return units


def written(value: Value) -> Text:
    """A choice by its words; what is not determined by a dash."""
    options = value.rule.options if value.rule else {}
    return options.get(str(value.number)) or same("—")


def _number(number: Any) -> Decimal | None:
    return number if isinstance(number, Decimal) else None


def _link(line: AllocationLine, value: Any) -> str:
    return explain_url(calculation_ref(KIND, line.pk, value))
