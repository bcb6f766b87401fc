"""What a run would come out as under other values of its plan: computed at once, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from tanzhi.law.evaluation import in_force
from tanzhi.law.population import Quantities, SupposedValue, quantities, supposed
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel import Finding, Text
from tanzhi.rulebook.kernel.entries import DatedValue, Parameter, Period
from tanzhi.rulebook.kernel.finding import ERROR
from tanzhi.rulebook.kernel.spelling import message_of, spelled_number
from tanzhi.rulebook.kernel.text import same

from .computation import ISSUE
from .model import FINAL, AllocationLine, AllocationRun

ALLOWANCE = {True: "enterprise_allowance", False: "enterprise_pre_allocation"}
LARGEST = Decimal(1_000_000)
_EVERY = Text("全部", "all")
_BELOW = Text("{label}不能为负：“{found}”", "{label} cannot be negative; found “{found}”")
_ABOVE = Text("{label}过大：“{found}”", "{label} is too large; found “{found}”")
_RANGE = Text("0 至 {most}", "0 to {most}")


@dataclass(frozen=True, slots=True)
class PlanValue:
    """A value of the plan of a year, with what stands in its field."""

    year: int
    table: Parameter
    entry: DatedValue
    keys: tuple[dict[str, str], ...]  # those of its codes for which it holds: another may have been entered for some
    written: str = ""

    @property
    def codes(self) -> list[tuple[str, str]]:
        """Each key with each code, once."""
        return list(dict.fromkeys((key, keys[key]) for key in self.table.keys for keys in self.keys))

    @property
    def name(self) -> str:
        """Of its field: the parameter with its codes."""
        return ".".join([self.table.name, *(code for _, code in self.codes)])

    @property
    def label(self) -> Text:
        return self.table.label

    @property
    def unit(self) -> str:
        return self.table.unit_of(self.keys[0])

    @property
    def key_words(self) -> Text:
        """The codes that it is for, such as classes of units."""
        if not self.table.keys:
            return _EVERY
        edition = power_allocation.edition(self.year)
        options = {key: rule.options if (rule := edition.get(key)) else {} for key in self.table.keys}
        words = [options[key].get(code) or same(code) for key, code in self.codes]
        return Text("、".join(word.zh for word in words), ", ".join(word.en for word in words))


def plan_values(year: int, written: Mapping[str, str]) -> list[PlanValue]:
    """The values of the year's plan in force, each with what was written beside it."""
    days, values = Period.of(year), []
    for table in in_force(power_allocation).parameters:
        for entry in (*table.entered, *table.entries):
            every = (dict(zip(entry.keys, codes, strict=True)) for codes in product(*entry.keys.values()))
            keys = tuple(codes for codes in every if table.find(days, codes) is entry)
            if keys:
                values.append(PlanValue(year, table, entry, keys))
    return [replace(value, written=written.get(value.name, "").strip()) for value in values]


def read_values(values: list[PlanValue]) -> tuple[list[SupposedValue], list[Finding]]:
    """The values that differ from the plan, and what cannot be read, field by field."""
    changed: list[SupposedValue] = []
    findings: list[Finding] = []
    for value in values:
        spelled = spelled_number(value.written) if value.written else None
        if spelled is None:
            continue
        number = Decimal(spelled.value) if spelled.readable else Decimal(0)
        if not spelled.readable:
            words, expected = message_of(spelled.code, value.label, value.written, spelled.expected)
            code = spelled.code
        elif number < 0 or number > LARGEST:
            code, expected = "REG-WHAT-IF", _RANGE.format(most=f"{LARGEST:,}")
            words = (_BELOW if number < 0 else _ABOVE).format(label=value.label, found=value.written)
        else:
            if number != value.entry.value:
                changed += [SupposedValue(value.table.name, keys, number) for keys in value.keys]
            continue
        findings.append(Finding(code, ERROR, "registry.what_if", value.name, same(value.written), expected, words))
    return changed, findings


@dataclass(frozen=True, slots=True)
class WhatIfLine:
    """A plant's allowances and what it is issued, by the law in force and by what is supposed; whole tonnes."""

    line: AllocationLine
    allowance: int | None
    supposed_allowance: int | None
    to_issue: int | None
    supposed_issue: int | None

    @property
    def change(self) -> int | None:
        if self.allowance is None or self.supposed_allowance is None:
            return None
        return self.supposed_allowance - self.allowance

    @property
    def gap(self) -> int | None:
        """Emission less the supposed allowances, positive where the plant lacks them."""
        if self.line.emission is None or self.supposed_allowance is None:
            return None
        return self.line.emission - self.supposed_allowance


def what_if(run: AllocationRun, changed: list[SupposedValue]) -> list[WhatIfLine]:
    """Every computed line of the run, by the law in force and with the values changed."""
    rows = list(run.lines.exclude(emission=None, to_issue=None).select_related("organisation").order_by("pk"))
    rows = [row for row in rows if "units" in row.inputs]
    names = (ALLOWANCE[run.stage == FINAL], ISSUE[run.stage])
    records = [row.inputs for row in rows]
    now = quantities(power_allocation, run.year, records, names, in_force(power_allocation))
    then = quantities(power_allocation, run.year, records, names, supposed(power_allocation, run.year, changed))
    return [
        WhatIfLine(row, _whole(a, names[0]), _whole(b, names[0]), _whole(a, names[1]), _whole(b, names[1]))
        for row, a, b in zip(rows, now, then, strict=True)
    ]


def _whole(of: Quantities, name: str) -> int | None:
    number = of[name]
    return None if number is None else int(number)
