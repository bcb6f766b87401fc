"""What an accounting guideline says of its industry, so that nobody beside it knows the industry by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from .text import Text


@dataclass(frozen=True, slots=True)
class LaboratoryTests:
    """What a month takes from a laboratory's report (检测报告), by the names of the guideline's inputs.

    The input that names the report stands at the level of the fuel or material that was tested.
    """

    number: str  # the input that names the report
    materials: Set[str]  # codes of that level for which a measured value needs a report on record
    measured: tuple[str, ...]  # inputs of that level, or of samples below it, that are measured values
    stated: Mapping[str, str]  # an input of that level, and the column of the report that it repeats


@dataclass(frozen=True, slots=True)
class Merging:
    """What counts of units that are reported together (合并填报): the least favourable class; sizes add up."""

    unit_class: str  # the class that follows from a unit's attributes
    merged_class: str  # the input that takes the class of the merged units
    least_favourable: tuple[str, ...]  # classes, the one that counts first
    size: str  # the input that adds up, in whole units
    member_size: str  # the input of a member that keeps its own


AMOUNT, INTENSITY = "amount", "intensity"
NO_MONTHS = 9999
"""`months_since` of an industry whose months no law has deposited: the year's report has them as its rows."""


@dataclass(frozen=True, slots=True)
class ComparedTotal:
    """A total that is set beside the month before and the same month of the year before (对比项)."""

    name: str  # a quantity of the enterprise, or of its units
    asks_as: str = ""  # as an amount or as an intensity, whose limits differ; empty: its change is never asked about


@dataclass(frozen=True, slots=True)
class Industry:
    """An industry (行业) whose enterprises account for their emission by the guideline that declares it.

    `sector` is its code in the list of key emission units, which may hold several industries. Names are those of the
    guideline's rules.
    """

    sector: str
    label: Text  # as in "power enterprises"
    total: str  # an enterprise's emission in a year, t
    unit_total: str  # the emission of a unit, a line, a process in a year, t
    output: str = ""  # the input that adds up to the year's output; empty: emission per output is not compared
    obligation: str = ""  # an enterprise's emission in a year as it counts for surrender, t
    electricity: str = ""  # the input that states electricity bought, or used, in a month, MWh
    electricity_sold: str = ""  # what of it was sold or passed on, MWh; empty: the input above is net of it
    whole: str = ""  # the choice of the register by which an entry is the enterprise itself; empty: units add up to it
    used: str = ""  # how much of a fuel or a material was used: what was used last month is stated this month too
    months_since: int = 0
    """The data year from which months are deposited and a plan is due; before it they stand in the year's report."""
    standstill: tuple[str, ...] = ()  # inputs of a month that are all nil where a unit stood still
    compared: tuple[ComparedTotal, ...] = ()  # a month's and a year's totals, in the order in which they are read
    merging: Merging | None = None
    tests: LaboratoryTests | None = None  # none: nothing that the guideline asks for comes from a laboratory's report
    methods: Path | None = (
        None  # the ways in which a rejected value is replaced: rulebook/accounting/power/methods.yaml
    )
    # How the national platform's month form calls the inputs; none: the platform has no such form.
    month_layout: Path | None = None
