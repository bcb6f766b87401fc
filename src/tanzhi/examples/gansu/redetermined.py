"""Which values of the example's reports are rejected, so that the verified total is exactly the one to be published.

Every replacement is one that the guide prescribes; only the measured error of one belt scale is chosen to fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from itertools import product
from random import Random

from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.streams.verification.cases.methods import methods
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.overlay import Cells, FiledCell, emission_of, filed_cells, root_of

SEED = 2023
REQUIRED = Decimal("0.5")  # class of the belt scale that the plan promises, per cent
QUIET_EVERY = 6  # every sixth plant is in perfect order
ROUNDS = 3
LEFT_FOR_SCALES = 30_000  # t that uncalibrated scales and the last one take up
LEFT_FOR_THE_LAST = 1_500
FUEL = "fuels[bituminous]"


@dataclass(slots=True)
class Rejected:
    """One act of redetermination: its method, its cells, the accuracy that was measured."""

    method: str
    paths: list[str]
    actual: str = ""


@dataclass(slots=True)
class Planned:
    """A case with what will be rejected in it."""

    case: Verification
    cells: dict[str, FiledCell]
    rejected: list[Rejected] = field(default_factory=list)
    overlay: Cells = ()
    totals: dict[Cells, Decimal] = field(default_factory=dict)

    def total(self, more: Cells = ()) -> Decimal:
        """The report's total with these cells laid over it too; a year is evaluated once for each."""
        cells = (*self.overlay, *more)
        if cells not in self.totals:
            self.totals[cells] = Decimal(emission_of(root_of(self.case, cells)).number or 0)
        return self.totals[cells]

    def tried(self, more: Cells) -> Decimal:
        """What the total would rise by."""
        return self.total(more) - self.total()

    def reject(self, method: str, path: str, actual: str = "") -> None:
        """Cells that fall to one method are rejected by one act."""
        act = next((rejected for rejected in self.rejected if rejected.method == method), None)
        if act is None:
            self.rejected.append(Rejected(method, [path], actual))
        else:
            act.paths.append(path)


def planned(cases: list[Verification], target: int) -> list[Planned]:
    """What is rejected where; the totals of all cases then add up to the target."""
    plans = [Planned(case, {c.path: c for c in filed_cells(case.filing, case.version.record)}) for case in cases]
    busy = [plan for number, plan in enumerate(plans) if number % QUIET_EVERY != QUIET_EVERY - 1]
    left = Decimal(target) - sum((plan.total() for plan in plans), Decimal(0))
    # Tests of carbon that do not count: the default takes their place. Then belt scales not calibrated in a month.
    for method, reserve in (("default_carbon", LEFT_FOR_SCALES), ("uncalibrated", LEFT_FOR_THE_LAST)):
        for round_, plan in product(range(ROUNDS), busy[:-1]):
            if method == "default_carbon":
                place = _month(plan, f"carbon {round_}")
                cells: Cells = tuple((place, name, "") for name in ("carbon_air_dried", "moisture_air_dried"))
            else:
                place = _month(plan, f"scale {round_}")
                cells = ((place, "fuel_consumption", _value(plan, place, method, REQUIRED)),)
            gain = plan.tried(cells)
            if place in {cell[0] for cell in plan.overlay} or gain > left - reserve:
                continue
            plan.reject(method, f"{place}.{cells[0][1]}")
            plan.overlay, left = (*plan.overlay, *cells), left - gain
    _last(busy[-1], left)
    return plans


def _last(plan: Planned, left: Decimal) -> None:
    """One scale whose measured error takes up what is left, to the tonne."""
    place = _month(plan, "last")
    of_month = Decimal(plan.tried(((place, "fuel_consumption", "0"),)))
    error = Decimal(0)
    for _ in range(40):
        actual = REQUIRED + error
        cell = (place, "fuel_consumption", _value(plan, place, "worse_meter", actual))
        missing = left - plan.tried((cell,))
        if missing == 0:
            plan.reject("worse_meter", f"{place}.fuel_consumption", format(actual, "f"))
            plan.overlay = (*plan.overlay, cell)
            return
        error += round_legally(missing * 100 / -of_month, 6)
    raise ValueError(f"no error of the last scale takes up {left} t")


def _month(plan: Planned, what: str) -> str:
    """A month's coal of one unit, drawn from the seed."""
    places = sorted({cell.place for cell in plan.cells.values() if cell.place.endswith(FUEL)})
    return Random(f"{SEED} {plan.case.organisation.code} {what}").choice(places)


def _value(plan: Planned, place: str, method: str, actual: Decimal) -> str:
    cell = plan.cells[f"{place}.fuel_consumption"]
    accuracy = {"actual": actual / 100, "required": REQUIRED / 100}
    return methods(plan.case.filing.guideline_name)[method].value(Decimal(cell.value), accuracy, cell.field.decimals)
