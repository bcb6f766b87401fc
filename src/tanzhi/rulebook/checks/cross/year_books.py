"""What the cross-checks compare: one plant's year as it was filed, digit by digit, with the books beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from tanzhi.rulebook.kernel import Text

from .limits import CrossLimits

HOURS = "running_hours"
OPENING, RECEIVED, SOLD, CLOSING = "opening_stock", "received", "sold", "closing_stock"
UNRELATED = frozenset({HOURS, OPENING, RECEIVED, SOLD, CLOSING})
"""What does not grow with the output, and is not compared by it."""


@dataclass(frozen=True)
class FiledNumber:
    """One number where it was filed: the deposited version, the row's place and the digits as they were typed."""

    version: str
    place: str
    digits: str

    @cached_property
    def number(self) -> Decimal:
        return Decimal(self.digits)

    @cached_property
    def significant(self) -> int:
        """How many significant digits were typed; trailing zeros were typed too."""
        return len(self.digits.replace(".", "").lstrip("-0"))

    @cached_property
    def distinctive(self) -> int:
        """How many of them are there without trailing zeros: round numbers are equal by chance."""
        return len(self.digits.replace(".", "").strip("-0"))


@dataclass(frozen=True, slots=True)
class Series:
    """The months of one field in one row of a unit; a month that was left blank is not among them."""

    unit: str  # lines[1]
    row: str  # fuels[bituminous]; empty is the unit's month itself
    field: str
    label: Text
    rate: bool  # a tested value or a share, which does not grow with the output
    months: Mapping[str, FiledNumber]

    @property
    def key(self) -> tuple[str, str]:
        return self.row, self.field


@dataclass(frozen=True, slots=True)
class Compared:
    """One of the numbers that a hit came about from; a cell where somebody filed it."""

    label: Text
    value: str
    cell: FiledNumber | None = None
    plant: str = ""


@dataclass(frozen=True, slots=True)
class CrossHit:
    """A question to a plant: which check, at which cell, what stands there, what was expected, and the numbers."""

    code: str
    plant: str
    year: int
    cell: FiledNumber
    field: str
    label: Text
    actual: Text
    expected: Text
    compared: tuple[Compared, ...] = ()


FORM_205_1, GRID_BILL = "form_205_1", "grid_bill"


@dataclass(frozen=True, slots=True)
class Statistic:
    """What another book of a year says of a fact that the plant reported too: statistics (205-1), the grid's bills."""

    label: Text
    reported: Decimal
    stated: Decimal
    cell: FiledNumber  # the first of the plant's numbers that add up to what was reported
    field: str
    book: str = FORM_205_1
    in_report: Decimal | None = None  # the same fact in the annual report, where that is a book of its own
    months: int = 12  # for how many of them something was reported


@dataclass(frozen=True)
class YearBook:
    """One plant's year: its series, what was computed of its units, and what other books say of the same."""

    plant: str
    industry: str
    year: int
    output: str  # the field that adds up to the output
    series: tuple[Series, ...]
    kinds: Mapping[str, str] = field(default_factory=dict)  # of each unit: like is compared with like
    emissions: Mapping[str, Decimal] = field(default_factory=dict)  # of each unit in the year, t
    of_year: Mapping[tuple[str, str], FiledNumber] = field(
        default_factory=dict
    )  # the annual report, by place and field
    statistics: tuple[Statistic, ...] = ()
    before: YearBook | None = None

    @cached_property
    def _places(self) -> dict[tuple[str, str, str], Series]:
        return {(series.unit, series.row, series.field): series for series in self.series}

    def find(self, unit: str, row: str, name: str) -> Series | None:
        return self._places.get((unit, row, name))

    @cached_property
    def by_unit(self) -> dict[str, list[Series]]:
        units: dict[str, list[Series]] = {}
        for series in self.series:
            units.setdefault(series.unit, []).append(series)
        return units

    @cached_property
    def specifics(self) -> dict[tuple[str, str, str], dict[str, Decimal]]:
        """Every series by month as it is compared; what does not grow with the output is empty."""
        return {place: self._specific(series) for place, series in self._places.items()}

    def specific(self, series: Series) -> dict[str, Decimal]:
        return self.specifics[series.unit, series.row, series.field]

    def base_of(self, series: Series) -> Series | None:
        """What an amount is divided by: the unit's output; the output itself, and a unit without one, by the hours."""
        output = self.find(series.unit, "", self.output)
        usable = output is not None and series.field != self.output and any(c.number for c in output.months.values())
        return output if usable else self.find(series.unit, "", HOURS)

    def _specific(self, series: Series) -> dict[str, Decimal]:
        """Rates as they stand, amounts by output; months without output are left out."""
        if series.rate:
            return {month: cell.number for month, cell in series.months.items()}
        base = self.base_of(series)
        if base is None or series.field in UNRELATED:
            return {}
        return {
            month: cell.number / base.months[month].number
            for month, cell in series.months.items()
            if month in base.months and base.months[month].number > 0
        }

    def specific_of_year(self, series: Series) -> Decimal | None:
        """The year's amount by the year's output, a ratio of sums; of a rate, the median of its months is asked for."""
        base = self.base_of(series)
        months = self.specific(series)
        if base is None or not months:
            return None
        return sum((series.months[m].number for m in months), Decimal(0)) / sum(base.months[m].number for m in months)

    def hit(self, code: str, series: Series, month: str, actual: Text, expected: Text, *rest: Compared) -> CrossHit:
        """A hit at a month of a series, whose own number is the first of those compared."""
        cell = series.months[month]
        own = Compared(Text("该值（{month}）", "this value ({month})").format(month=month), cell.digits, cell)
        return CrossHit(code, self.plant, self.year, cell, series.field, series.label, actual, expected, (own, *rest))


Run = Callable[[list[YearBook], CrossLimits], Iterator[CrossHit]]


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """A check by its code, with the sentence that says how its hits come about."""

    code: str
    title: Text
    method: Text
    run: Run


CROSS_CHECKS: dict[str, CrossCheck] = {}


def cross_check(code: str, title: Text, method: Text) -> Callable[[Run], Run]:
    """Register a check over all plants of a year."""

    def register(run: Run) -> Run:
        if code in CROSS_CHECKS:
            raise ValueError(f"cross-check {code} is there twice")
        CROSS_CHECKS[code] = CrossCheck(code, title, method, run)
        return run

    return register


def number_words(label: Text, value: str) -> Compared:
    """A number that nobody filed: a median, a limit, a ratio."""
    return Compared(label, value)
