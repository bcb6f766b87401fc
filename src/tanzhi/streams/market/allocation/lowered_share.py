"""A plant's share of pre-allocation that the province lowered (调低预分配比例): the plan's, and the one that holds."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from tanzhi.figures import Fact
from tanzhi.figures.amounts import grouped
from tanzhi.law.evaluation import is_set, parameter
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel.text import Text, same

from .model import AllocationLine

INPUT = "lowered_share"


def plan_share(year: int) -> Decimal | None:
    """The share of the year's plan in per cent, where it lets a province take less; None where it does not."""
    first_day = date(year, 1, 1)
    name = f"{power_allocation.name}.pre_allocation_rate"
    if INPUT not in power_allocation.edition(year) or not is_set(name, on=first_day):
        return None
    return (parameter(name, on=first_day) * 100).normalize()


def share_of(line: AllocationLine) -> Decimal | None:
    """The share in per cent by which a line was pre-allocated: the province's, else the plan's."""
    return Decimal(line.lowered.share) if line.lowered else plan_share(line.run.year)


def facts(line: AllocationLine) -> tuple[Fact, ...]:
    """Where the share of a line comes from: decision, day, reason, what it was before and what that changed."""
    decision = line.lowered
    if decision is None:
        return ()
    change = Text("{before} → {after} 吨", "{before} → {after} t")
    before, after = (
        "—" if tonnes is None else grouped(Decimal(tonnes)) for tonnes in (decision.tonnes_before, decision.tonnes)
    )
    return (
        Fact(Text("决定文件", "Decision"), same(decision.document), line.get_absolute_url()),
        Fact(Text("决定日期", "Decided on"), same(decision.decided_on.isoformat())),
        Fact(Text("理由", "Reason"), same(decision.reason)),
        Fact(Text("调整", "Change"), decision.name),
        Fact(Text("企业预分配配额量", "Pre-allocation"), change.format(before=before, after=after)),
    )
