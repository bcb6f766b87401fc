"""Which values of the example's reports are rejected, so that the verified total is exactly the one to be published.

Every replacement is one that the guide prescribes; only the measured error of one belt scale is chosen to fit.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
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


def planned(cases: list[Verification], target: int) -> list[Planned]:
    """What is rejected where; the totals of all cases then add up to the target."""
    plans = [Planned(case, {c.path: c for c in filed_cells(case.filing, case.version.record)}) for case in cases]
    busy = [plan for number, plan in enumerate(plans) if number % QUIET_EVERY != QUIET_EVERY - 1]
    left = Decimal(target) - sum((plan.total() for plan in plans), Decimal(0))
    left = _carbon(busy, left)
    left = _scales(busy, left)
    _last(busy[-1], left)
    return plans


def _carbon(busy: list[Planned], left: Decimal) -> Decimal:
    """Tests of carbon that do not count: the default takes their place."""
    for round_ in range(ROUNDS):
        for plan in busy[:-1]:
            place = _month(plan, f"carbon {round_}")
            cells = tuple((place, name, "") for name in ("carbon_air_dried", "moisture_air_dried"))
            gain = plan.tried(cells)
            if place in {cell[0] for cell in plan.overlay} or gain > left - LEFT_FOR_SCALES:
                continue
            _reject(plan, "default_carbon", f"{place}.carbon_air_dried")
            plan.overlay, left = (*plan.overlay, *cells), left - gain
    return left


def _scales(busy: list[Planned], left: Decimal) -> Decimal:
    """Belt scales that were not calibrated in a month."""
    for round_ in range(ROUNDS):
        for plan in busy[:-1]:
            place = _month(plan, f"scale {round_}")
            cell = (place, "fuel_consumption", _value(plan, place, "uncalibrated", REQUIRED))
            gain = plan.tried((cell,))
            if place in {entry[0] for entry in plan.overlay} or gain > left - LEFT_FOR_THE_LAST:
                continue
            _reject(plan, "uncalibrated", f"{place}.fuel_consumption")
            plan.overlay, left = (*plan.overlay, cell), left - gain
    return left


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
            plan.rejected.append(Rejected("worse_meter", [f"{place}.fuel_consumption"], format(actual, "f")))
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


def _reject(plan: Planned, method: str, path: str) -> None:
    """Cells that fall to one method are rejected by one act."""
    act = next((rejected for rejected in plan.rejected if rejected.method == method), None)
    if act is None:
        plan.rejected.append(Rejected(method, [path]))
    else:
        act.paths.append(path)
