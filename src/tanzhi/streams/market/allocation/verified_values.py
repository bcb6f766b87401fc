"""A year that was verified is allocated by what verification found, not by what the plant stated of itself."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

from tanzhi.figures import Fact, LineageNode
from tanzhi.figures.calculated import place_words
from tanzhi.filings.intake.location import steps_in
from tanzhi.law.evaluation import count
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel import Mark
from tanzhi.rulebook.kernel.reading import number
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.cases.queries import Verified, verified, verified_in

from .model import AllocationLine, AllocationRun

Record = dict[str, Any]
BIOMASS = "biomass_share"
CLASSES = ("I", "II", "III", "IV")


def verified_years(run: AllocationRun, year: int | None = None) -> dict[int, Verified]:
    """A verified year (the run's own) of each plant of the run's region that was told its result, by organisation."""
    every = verified_in(run.cycle.region, run.year if year is None else year)
    return {values.case.organisation_id: values for values in every}


def base_year(year: int) -> int:
    """The year by whose emission is pre-allocated: by the plans so far 2021 for itself, then the year before."""
    return year - count("procedure.base_years_back", on=date(year, 1, 1))


def overlaid(run: AllocationRun, record: Record, values: Verified) -> Record:
    """The record with every input that verification determined, unit by unit; the rest stays as deposited."""
    # Numbers that a unit's allocation starts from.
    rules = power_allocation.edition(run.year).by_level["unit"]
    allowed = {rule.name for rule in rules if rule.filed and not rule.options}
    changed = deepcopy(record)
    for row in changed.get("units", []):
        number = str(row.get("unit", ""))
        # a share of biomass follows from the boiler's balance of any unit, and is only meant where biomass is burned
        inputs = allowed if row.get(BIOMASS) else allowed - {BIOMASS}
        row |= {name: plain(value) for name, value in values.units.get(number, {}).items() if name in inputs}
        if values.classes.get(number) in CLASSES:
            row["unit_class"] = values.classes[number]
    return changed


def with_base(record: Record, base: Verified | None) -> Record:
    """The record with the verified emission of the base year, by which is pre-allocated."""
    changed = deepcopy(record)
    for row in changed.get("units", []):
        emission = base.units.get(str(row.get("unit", "")), {}).get("unit_obligation_emission") if base else None
        if emission is not None:
            row["base_emission"] = plain(emission)
    return changed


def in_line(line: AllocationLine, path: str) -> tuple[Verified, str, str] | None:
    """The verified year behind an input of a line, with its place and its quantity; None where it was stated."""
    place, _, name = path.rpartition(".")
    values = verified(line.organisation, line.run.year) if line.verified else None
    return (values, place, name) if values is not None and name in values.units.get(_unit(place), {}) else None


def _unit(place: str) -> str:
    """1 of units[1]; of the enterprise's own values none."""
    return next((key for _, key in steps_in(place)), "")


def facts(line: AllocationLine, path: str) -> tuple[Fact, ...]:
    """Which verification found the value; nothing where none did."""
    match = in_line(line, path)
    if match is None:
        return ()
    case = match[0].case
    return (Fact(Text("来源", "Source"), Text("核查结果", "verified"), case.get_absolute_url()),)


_VERIFIED_SINCE = Text(
    "核查结果现为 {now}，本次分配仍按所取数值", "now verified as {now}; the run keeps the value it took"
)


def parts(line: AllocationLine, path: str) -> tuple[LineageNode, ...]:
    """The way on: the value that the run took, to the verified report, which walks down to its filed cells.

    Where verification has found another one since, the line keeps its own and says so.
    """
    match = in_line(line, path)
    if match is None:
        return ()
    values, place, name = match
    today = values.units[_unit(place)][name]
    rows = line.inputs.get("units", [])
    taken = next((row.get(name) for row in rows if str(row.get("unit", "")) == _unit(place)), None)
    value = number(taken) if taken is not None else None
    changed = Mark("verified_since", _VERIFIED_SINCE.format(now=plain(today)), values.case.reference)
    rule = power_allocation.edition(line.run.year)[name]
    where = place_words(power_allocation, place)
    ref = values.ref(name, place)
    marks = (changed,) if value != today else ()
    label = values.case.name
    return (LineageNode(ref=ref, label=label, value=value, unit=rule.unit, detail=where, marks=marks, parts_count=1),)
