"""Which values of the example's reports are rejected, so that the verified total is exactly the one to be published.

Most reports conform; two plants' tests of carbon do not count for some months, and a third one's belt scale is worse
than promised. Every replacement is one that the guide prescribes; only the measured error of that scale is fitted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from tanzhi.rulebook.kernel.rounding import plain, round_legally
from tanzhi.streams.verification.cases.methods import methods
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.overlay import Cells, FiledCell, emission_of, filed_cells, root_of

from .data import REPORTED, VERIFIED

REQUIRED = Decimal("0.5")  # class of the belt scale that the plan promises, per cent
FUEL = "fuels[bituminous]"
UNTESTED = {
    "P13": ("2023-08", "2023-09", "2023-10"),
    "P14": ("2023-01", "2023-02", "2023-03", "2023-04"),
}
"""Months in which the tests of carbon of a plant's coal do not count: the default takes their place in all units."""
UNCALIBRATED = {"P13": "units[2].months[2023-11]", "P14": "units[1].months[2023-06]"}
"""A unit's month in which the belt scale was not calibrated."""
WORSE = ("P23", "units[2].months[2023-04]")
"""The scale whose measured error takes up what is left, to the tonne."""


@dataclass(slots=True)
class Rejected:
    """One act of redetermination: its method, its cells, the accuracy that was measured."""

    method: str
    paths: list[str]
    actual: str = ""


@dataclass
class Planned:
    """A case with what will be rejected in it."""

    case: Verification
    rejected: list[Rejected] = field(default_factory=list)
    overlay: Cells = ()

    @cached_property
    def cells(self) -> dict[str, FiledCell]:
        """What was filed, by its place."""
        return {cell.path: cell for cell in filed_cells(self.case.filing, self.case.version.record)}

    def total(self, more: Cells = ()) -> Decimal:
        """The report's total with these cells laid over it too."""
        return Decimal(emission_of(root_of(self.case, (*self.overlay, *more))).number or 0)

    def coal(self, months: tuple[str, ...]) -> Iterator[str]:
        """The coal of every unit in these months."""
        for place in dict.fromkeys(cell.place for cell in self.cells.values()):
            if place.endswith(FUEL) and any(month in place for month in months):
                yield place

    def replaced_coal(self, place: str, method: str, actual: Decimal = REQUIRED) -> tuple[str, str, str]:
        """The quantity of coal that takes the place of the filed one."""
        cell = self.cells[f"{place}.fuel_consumption"]
        accuracy = {"actual": actual / 100, "required": REQUIRED / 100}
        method_of_scale = methods(self.case.filing.guideline_name)[method]
        return place, "fuel_consumption", method_of_scale.value(Decimal(cell.value), accuracy, cell.field.decimals)

    def take_up(self, left: Decimal) -> None:
        """One scale whose measured error takes up what is left, to the tonne."""
        before, place = self.total(), f"{WORSE[1]}.{FUEL}"
        of_month = before - self.total(((place, "fuel_consumption", "0"),))
        error = Decimal(0)
        for _ in range(40):
            actual = REQUIRED + error
            cell = self.replaced_coal(place, "worse_meter", actual)
            missing = left - (self.total((cell,)) - before)
            if missing == 0:
                self.rejected.append(Rejected("worse_meter", [f"{place}.fuel_consumption"], plain(actual)))
                self.overlay = (cell,)
                return
            error += round_legally(missing * 100 / of_month, 6)
        raise ValueError(f"no error of the last scale takes up {left} t")


def planned(cases: list[Verification]) -> list[Planned]:
    """What is rejected where; the totals of all cases then add up to the published one."""
    plans = {case.organisation.code: Planned(case) for case in cases}
    left = Decimal(VERIFIED - REPORTED)
    for code, months in UNTESTED.items():
        plan = plans[code]
        before, places = plan.total(), list(plan.coal(months))
        plan.rejected.append(Rejected("default_carbon", [f"{place}.carbon_air_dried" for place in places]))
        plan.overlay = tuple(
            (place, name, "") for place in places for name in ("carbon_air_dried", "moisture_air_dried")
        )
        scale = f"{UNCALIBRATED[code]}.{FUEL}"
        plan.rejected.append(Rejected("uncalibrated", [f"{scale}.fuel_consumption"]))
        plan.overlay = (*plan.overlay, plan.replaced_coal(scale, "uncalibrated"))
        left -= plan.total() - before
    plans[WORSE[0]].take_up(left)
    return list(plans.values())
