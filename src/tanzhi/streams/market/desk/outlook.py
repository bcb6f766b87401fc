"""What a plant will owe for each year of a cycle, and by whose word: allocated, verified, or stated by itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.urls import reverse

from tanzhi.filings.comparison.comparison import year_node
from tanzhi.filings.months.model import DEPOSITED, Filing, Result
from tanzhi.filings.months.status import with_register
from tanzhi.filings.shared.forms import ANNUAL_FORM, MONTH_FORM
from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.kernel.states import KNOWN
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.market.allocation.computation import FORM, whole
from tanzhi.streams.market.allocation.lineage import line_ref
from tanzhi.streams.market.allocation.model import FINAL, ISSUED, PRE, AllocationLine, Cycle
from tanzhi.streams.market.compliance.proposal import SurrenderProposal, proposal_of
from tanzhi.streams.market.compliance.status import past_of
from tanzhi.streams.market.ledger.model import Account
from tanzhi.streams.verification.cases.queries import verified

ALLOCATED = Text("已核定发放", "allocated")
VERIFIED = Text("核查结果", "verified")
REPORTED = Text("年度报告，企业填报，未经核查", "annual report, stated by the plant, not verified")
MONTHLY = Text("已存证 {n} 个月，企业填报，未经核查", "months deposited: {n}; stated by the plant, not verified")
ESTIMATED = Text("按已存证的分配数据测算，未核定", "computed from deposited allocation data, not decided")
PRE_ISSUED = Text("预分配已发放，未核定", "pre-allocation issued, final not decided")
NO_MONTHS = Text("尚无已存证的月份", "no month is deposited yet")
NO_DATA = Text("尚未存证当年配额分配数据", "allocation data of the year are not deposited yet")
NO_VALUE = Text("所需数据不全", "the data needed are not complete")


@dataclass(frozen=True, slots=True)
class ExpectedTonnes:
    """A number of tonnes with whose word it is and where it is explained; or why there is none."""

    tonnes: int | None
    basis: Text
    ref: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class YearOutlook:
    """A year of a plant: what it will have to surrender and what it is allocated."""

    year: int
    obligation: ExpectedTonnes
    allowance: ExpectedTonnes

    @property
    def gap(self) -> int | None:
        """Obligation less allowances: positive is lacking, negative a surplus; none where either is not known."""
        if self.obligation.tonnes is None or self.allowance.tonnes is None:
            return None
        return self.obligation.tonnes - self.allowance.tonnes


@dataclass(frozen=True, slots=True)
class CycleOutlook:
    """A cycle of a plant: its years, where it stands, and what it would hand in now."""

    cycle: Cycle
    years: tuple[YearOutlook, ...]
    proposal: SurrenderProposal | None
    days_left: int

    @property
    def obligation(self) -> int | None:
        """As determined; else what its years will come to, where all of them are known."""
        if self.proposal and self.proposal.room.status.obligation is not None:
            return self.proposal.room.status.obligation
        tonnes = [year.obligation.tonnes for year in self.years]
        return None if not tonnes or None in tonnes else sum(t or 0 for t in tonnes)

    @property
    def is_determined(self) -> bool:
        return bool(self.proposal and self.proposal.room.status.obligation is not None)

    @property
    def surrendered(self) -> int:
        return self.proposal.room.status.surrendered if self.proposal else 0

    @property
    def owed(self) -> int | None:
        """What of the obligation, determined or expected, was not handed in yet."""
        return None if self.obligation is None else max(0, self.obligation - self.surrendered)

    @property
    def lacking(self) -> list[Text]:
        """What the years lack to be known."""
        words = Text("{year} 年：{why}", "{year}: {why}")
        return [
            words.format(year=str(year.year), why=year.obligation.basis)
            for year in self.years
            if year.obligation.tonnes is None
        ]


def cycle_outlook(plant: Organisation, account: Account | None, cycle: Cycle, on: date) -> CycleOutlook | None:
    """A plant in a cycle on a day; None where it is a member in none of its years and was carried in with nothing."""
    past = past_of(cycle, plant.pk, on)
    if past is None:
        return None
    proposal = proposal_of(account, cycle, on) if account else None
    outlooks = tuple(year_outlook(plant, cycle, year) for year in past.years)
    return CycleOutlook(cycle, outlooks, proposal, (cycle.deadline - on).days)


def year_outlook(plant: Organisation, cycle: Cycle, year: int) -> YearOutlook:
    """What is known of a year, by the best word there is: the run's, the verification's, the plant's own."""
    lines = AllocationLine.objects.filter(
        organisation=plant, run__cycle=cycle, run__year=year, run__state=ISSUED
    ).select_related("run")
    by_stage = {line.run.stage: line for line in lines.order_by("run__issued_on", "run_id")}
    if (line := by_stage.get(FINAL)) and line.obligation is not None:
        owed = ExpectedTonnes(line.obligation, ALLOCATED, line_ref(line, "enterprise_obligation"))
        allowance = ExpectedTonnes(line.allowance, ALLOCATED, line_ref(line, "enterprise_allowance"))
        return YearOutlook(year, owed, allowance)
    # By the deposited allocation data of the year; without them what was issued ahead is all there is.
    ahead, allowance = by_stage.get(PRE), ExpectedTonnes(None, NO_DATA)
    filing = Filing.objects.filter(form_code=FORM, organisation=plant, period=str(year), state=DEPOSITED).first()
    version = filing.deposited_version if filing else None
    if filing is not None and version is not None:
        value = evaluate(power_allocation, year, with_register(filing, version.record)).value("enterprise_allowance")
        tonnes = whole(value)
        basis = ESTIMATED if tonnes is not None else value.reason or NO_VALUE
        allowance = ExpectedTonnes(tonnes, basis, address=filing.get_absolute_url())
    elif ahead is not None and ahead.to_issue is not None:
        allowance = ExpectedTonnes(ahead.to_issue, PRE_ISSUED, line_ref(ahead, "pre_issue"))
    return YearOutlook(year, expected_obligation(plant, year), allowance)


def expected_obligation(plant: Organisation, year: int) -> ExpectedTonnes:
    """What will count for surrender: verified, else of the deposited report, else of the deposited months."""
    guideline = accounting(plant)
    name = guideline.industry.obligation if guideline and guideline.industry else ""
    if guideline is None or not name:
        return ExpectedTonnes(None, NO_VALUE)
    if (values := verified(plant, year)) is not None:
        own = [unit.get(f"unit_{name.removeprefix('enterprise_')}") for unit in values.units.values()]
        if own and None not in own:
            total = sum((value for value in own if value is not None), Decimal(0))
            return ExpectedTonnes(int(total), VERIFIED, address=values.case.get_absolute_url())
    report = Result.objects.filter(
        organisation=plant,
        period=str(year),
        filing__form_code=f"{guideline.name}.{ANNUAL_FORM}",
        version__deposited=True,
        quantity=name,
        where="",
    )
    result = report.order_by("version__number", "pk").last()
    if result is not None and result.state == KNOWN and result.value is not None:
        return ExpectedTonnes(int(Decimal(result.value)), REPORTED, f"result:{result.pk}")
    subject = f"organisation:{plant.pk}"
    month = Filing(form_code=f"{guideline.name}.{MONTH_FORM}", subject=subject, organisation=plant, period=f"{year}-01")
    deposited = Filing.objects.filter(form_code=month.form_code, subject=subject, period__startswith=f"{year}-")
    periods = list(deposited.exclude(deposited_at=None).order_by("period").values_list("period", flat=True))
    node = year_node(month, periods)
    if node is None:
        return ExpectedTonnes(None, NO_MONTHS)
    value = node.value(name)
    address = reverse("filings:plant_year", args=[plant.code, year])
    if not isinstance(value.number, Decimal):
        return ExpectedTonnes(None, value.reason or NO_VALUE, address=address)
    return ExpectedTonnes(int(value.number), MONTHLY.format(n=len(periods)), address=address)
