"""The only writers of cycles and runs: open, compute, approve by two, issue by two, borrow."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, action
from tanzhi.actions.transitions import CaseType
from tanzhi.law.evaluation import day_in, is_set
from tanzhi.organisations.register.queries import POWER_MARKET, memberships, organisation_by_code, region_by_code
from tanzhi.presentation.search_writing import index
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.market.ledger.accounts import holding_of, own_account
from tanzhi.streams.market.ledger.legs import Leg
from tanzhi.streams.market.ledger.model import SOURCE
from tanzhi.streams.market.ledger.posting import Who, post
from tanzhi.streams.market.ledger.units import allowance_unit
from tanzhi.workflow.clocks.limit import Limit

from . import computation, lowered_share
from .inputs import AllocationComputeInput, BorrowInput, CycleInput, RunInput, ShareInput, place_of_cycle
from .model import (
    APPROVED,
    COMPUTED,
    DRAFT,
    FINAL,
    ISSUED,
    PRE,
    AllocationLine,
    AllocationRun,
    Borrowing,
    Cycle,
    LoweredShare,
)

OFFICER, DIRECTOR = {"provincial_officer"}, {"provincial_director"}
PLAN = "国环规气候〔2020〕3号; 国环规气候〔2023〕1号; 国环规气候〔2024〕1号"


_CYCLE = Text("周期年度或截止日不合理：截止日须在最后配额年度之后", "years out of order, or a deadline within them")
_CYCLE_TWICE = Text("周期 {code} 已设立", "the cycle {code} stands already")


def open_cycle(call: Call) -> Cycle:
    """The allowance years that are surrendered together, and until when."""
    data: CycleInput = call.data
    if data.last_year < data.first_year or data.deadline.year <= data.last_year:
        raise Refused("REG-CYCLE", _CYCLE, 422)
    code = str(data.first_year) if data.first_year == data.last_year else f"{data.first_year}-{data.last_year}"
    region = region_by_code(data.region)
    if Cycle.objects.filter(region=region, code=code).exists():
        raise Refused("REG-CYCLE", _CYCLE_TWICE.format(code=code), 409)
    years = {"first_year": data.first_year, "last_year": data.last_year}
    return Cycle(region=region, code=code, deadline=data.deadline, source=data.source, **years)


_YEAR = Text("{year} 不在周期 {cycle} 内", "{year} lies outside the cycle {cycle}")
_RUN_OPEN = Text("同一年度、同一阶段已有未发放的批次", "a run of this year and stage is not issued yet")


def open_run(call: Call) -> AllocationRun:
    """A new run; where one of the year and stage was issued before, it is compared with that."""
    data: RunInput = call.data
    cycle = Cycle.objects.get(pk=data.cycle)
    if data.year not in cycle.years:
        raise Refused("REG-YEAR", _YEAR.format(year=data.year, cycle=cycle.code), 422)
    same_kind = AllocationRun.objects.filter(cycle=cycle, year=data.year, stage=data.stage)
    if same_kind.exclude(state__in=RUN.ends).exists():
        raise Refused("REG-RUN", _RUN_OPEN, 409)
    earlier = same_kind.order_by("-number").first()
    number = earlier.number + 1 if earlier else 1
    return AllocationRun(cycle=cycle, year=data.year, stage=data.stage, number=number, earlier=earlier)


_NO_DATA = Text("{year} 年没有已存证的配额分配数据", "no allocation data of {year} are deposited")
_NO_MEMBERS = Text("{year} 年度的纳入单位尚未确定", "the members of {year} are not decided yet")


def compute_run(call: Call, run: AllocationRun) -> None:
    """Every member of the year, by the year's plan; computed again as often as needed before approval."""
    taken = computation.borrowed(run)
    for deduction in call.data.deductions:
        taken.add(organisation_by_code(deduction.organisation).pk, deduction.tonnes, deduction.reason)
    if not memberships(POWER_MARKET, [run.year], region=run.cycle.region):
        raise Refused("REG-MEMBERS", _NO_MEMBERS.format(year=run.year), 422)
    deferred = {organisation_by_code(row.organisation).pk for row in call.data.without}
    lines = [
        line
        for line in computation.lines(run, taken)
        if line.to_issue is not None or line.organisation_id not in deferred
    ]
    if all(line.problem_zh == computation.NO_DATA.zh for line in lines):
        raise Refused("REG-EMPTY", _NO_DATA.format(year=run.year), 422)
    # A plant's line stays the same record however often a run is computed: what is proposed on it then is stale.
    before = {line.organisation_id: line for line in run.lines.all()}
    for line in lines:
        if old := before.pop(line.organisation_id, None):
            line.pk, line.revision = old.pk, old.revision + 1
    run.lines.filter(pk__in=[line.pk for line in before.values()]).delete()
    fields = [field.name for field in AllocationLine._meta.concrete_fields if not field.primary_key]
    AllocationLine.objects.bulk_update([line for line in lines if line.pk], fields)
    AllocationLine.objects.bulk_create([line for line in lines if not line.pk])
    index(AllocationLine, [line.pk for line in lines])
    run.release = computation.rules_of_today().release
    call.attach("lines", [[line.organisation.code, line.allowance or 0, line.to_issue or 0] for line in lines])
    call.attach("release", run.release)
    call.attach("without", [[row.organisation, row.reason] for row in call.data.without])


_UNCLEAR = Text("有 {n} 家无法测算", "{n} plants cannot be computed")


def approve_run(call: Call, run: AllocationRun) -> None:
    """The results stand; refused while a plant's allowances cannot be determined."""
    expected = Text("可测算的数据", "data from which it follows")
    unclear = [
        Finding("REG-UNCLEAR", ERROR, line.organisation.code, "to_issue", same("—"), expected, line.problem)
        for line in run.lines.select_related("organisation")
        if line.to_issue is None
    ]
    if unclear:
        raise Refused("REG-UNCLEAR", _UNCLEAR.format(n=len(unclear)), 422, unclear)
    call.attach("lines", run.lines.count())


def issue_run(call: Call, run: AllocationRun) -> None:
    """One balanced set of postings into the plants' accounts; what was issued too much comes back (多退少补)."""
    unit = allowance_unit(run.year)
    source = own_account(run.cycle.region, SOURCE, call.now)
    legs = []
    for line in run.lines.select_related("organisation__region"):
        account, tonnes = holding_of(line.organisation), line.to_issue or 0
        if tonnes > 0:
            legs.append(Leg("issue", unit.pk, source.pk, account.pk, tonnes))
        elif tonnes < 0:
            legs.append(Leg("return", unit.pk, account.pk, source.pk, -tonnes))
    payload = {"run": run.pk, "unit": unit.code, "release": run.release}
    command = post(Who.of(call), f"run:{run.pk}", "issue", payload, legs)
    run.issued_on = call.today
    call.attach("command", command.payload_hash)


AFTER_ISSUE: list[Callable[[Call, AllocationRun], None]] = []
"""What follows from allowances that were issued: features that come later say it."""


def after_issue(call: Call, run: AllocationRun) -> None:
    for follow in AFTER_ISSUE:
        follow(call, run)


def decided_by(_call: Call, run: AllocationRun) -> date | None:
    """The day by which a year's allowances are determined; a pre-allocation is issued only."""
    return None if run.stage == PRE else named_day("procedure.allocation_decided_due", run)


def issued_by(_call: Call, run: AllocationRun) -> date | None:
    if run.stage == PRE:
        return named_day("procedure.pre_allocation_due", run)
    return named_day("procedure.allocation_due", run)


def named_day(name: str, run: AllocationRun) -> date | None:
    """A day of the year after the allowances', by that year's law; None where no notice names one."""
    first = date(run.year + 1, 1, 1)
    is_named = is_set(name, on=first, sector=POWER_MARKET)
    return day_in(first.year, name, on=first, sector=POWER_MARKET) if is_named else None


NOTICES = "环办气候函〔2025〕140号；环办气候函〔2026〕32号"
DECIDE = Limit(
    "decide",
    Text("核定配额", "Determine the allowances"),
    due=decided_by,
    who=OFFICER,
    escalate=DIRECTOR,
    law=NOTICES,
)
ISSUE_BY = Limit(
    "issue",
    Text("发放配额", "Issue the allowances"),
    due=issued_by,
    who=OFFICER,
    escalate=DIRECTOR,
    law=NOTICES,
)
RUN = CaseType(
    "registry.run",
    model=AllocationRun,
    title=Text("配额分配批次", "Allocation run"),
    law=PLAN,
    start=DRAFT,
    states=(
        State(DRAFT, Text("待测算", "to be computed"), tone="due"),
        State(COMPUTED, Text("已测算，待审定", "computed, to be approved"), tone="due"),
        State(APPROVED, Text("已审定，待发放", "approved, to be issued"), tone="due"),
        State(ISSUED, Text("已发放", "issued"), tone="ok", end=True),
    ),
    opening=Opening(
        "registry.open_run",
        Text("新建配额分配批次", "Open an allocation run"),
        by=OFFICER,
        do=open_run,
        place=place_of_cycle,
        input=RunInput,
        starts=(DECIDE, ISSUE_BY),
    ),
    moves=(
        Move(
            "registry.compute_run",
            Text("测算", "Compute"),
            leaves=(DRAFT, COMPUTED),
            enters=COMPUTED,
            by=OFFICER,
            input=AllocationComputeInput,
            do=compute_run,
        ),
        Move(
            "registry.approve_run",
            Text("审定分配结果", "Approve the run"),
            leaves=(COMPUTED,),
            enters=APPROVED,
            by=OFFICER,
            approvers=DIRECTOR,
            second_person=True,
            do=approve_run,
            stops=(DECIDE,),
        ),
        Move(
            "registry.issue_run",
            Text("发放配额", "Issue the allowances"),
            leaves=(APPROVED,),
            enters=ISSUED,
            by=OFFICER,
            approvers=DIRECTOR,
            second_person=True,
            do=issue_run,
            after=after_issue,
            stops=(ISSUE_BY,),
        ),
    ),
)


_SHARE_RUN = Text(
    "仅可对已测算、尚未审定的预分配批次中可测算的企业调整比例",
    "a share is set on a line that could be computed, of a pre-allocation run that is computed and not yet approved",
)
_SHARE_YEAR = Text(
    "{year} 年度的分配方案未规定省级可以调低预分配比例",
    "the plan of {year} does not let a province lower the share of pre-allocation",
)
_SHARE_LAW = Text(
    "测算之后规则或参数已有变化：请先重新测算本批次",
    "rules or parameters have changed since the run was computed: compute it again first",
)
_SHARE_MOST = Text("不超过方案规定的 {most}%", "at most the plan's {most} %")
_SHARE_SAME = Text("与现行比例 {before}% 不同", "another than the share of {before} % that holds now")


@action(
    "registry.lower_share",
    label=Text("调整预分配比例", "Lower the pre-allocation share"),
    by=OFFICER,
    approvers=DIRECTOR,
    subject=AllocationLine,
    input=ShareInput,
    second_person=True,
    law="2025、2026年度配额总量和分配方案，四（一）",
)
def lower_share(call: Call, line: AllocationLine) -> LoweredShare:
    """For one plant, by its risk of not surrendering or its production; counts for every pre-allocation of the year."""
    run, share = line.run, plain(call.data.share)
    most = lowered_share.plan_share(run.year)
    if run.stage != PRE or not run.allows("registry.approve_run") or line.to_issue is None:
        raise Refused("REG-SHARE-RUN", _SHARE_RUN, 409)
    if most is None:
        raise Refused("REG-SHARE-YEAR", _SHARE_YEAR.format(year=run.year), 422)
    law = computation.rules_of_today()
    if run.release != law.release:
        raise Refused("REG-SHARE-LAW", _SHARE_LAW, 409)
    current = lowered_share.share_of(line)  # nil is a share too
    before = most if current is None else current
    if call.data.share > most:
        raise refused("REG-SHARE", "share", share, _SHARE_MOST.format(most=plain(most)))
    if call.data.share == before:
        raise refused("REG-SHARE", "share", share, _SHARE_SAME.format(before=plain(before)))
    again = computation.with_share(line, share, law)
    decision = LoweredShare.objects.create(
        run=run,
        organisation=line.organisation,
        before=plain(before),
        share=share,
        tonnes_before=line.allowance,
        tonnes=again.allowance,
        reason=call.data.reason,
        document=call.data.document,
        decided_on=call.today,
    )
    again.lowered, again.revision = decision, line.revision + 1
    again.save()
    call.attach("share", [line.organisation.code, run.year, decision.before, decision.share])
    call.attach("tonnes", [decision.tonnes_before, decision.tonnes])
    return decision


_BORROW = Text("至多可预支 {left} 吨（须在核定配额发放后）", "at most {left} t may be borrowed, after the final issue")


@action(
    "registry.borrow",
    label=Text("预支下一年度配额", "Borrow from the next year"),
    by={"enterprise_approver"},
    approvers=OFFICER,
    subject=AllocationLine,
    input=BorrowInput,
    second_person=True,
    law="国环规气候〔2023〕1号",
)
def borrow(call: Call, line: AllocationLine) -> Borrowing:
    """Up to half of a gap of ten per cent and more, drawn from 2023 and taken off its pre-allocation (预支)."""
    run = line.run
    left = line.left_to_borrow
    if run.stage != FINAL or not run.ended or call.data.tonnes > left:
        raise Refused("REG-BORROW", _BORROW.format(left=left), 422)
    year = run.cycle.last_year + 1
    account = holding_of(line.organisation)
    source = own_account(run.cycle.region, SOURCE, call.now)
    leg = Leg("borrow", allowance_unit(year).pk, source.pk, account.pk, call.data.tonnes)
    payload = {"line": line.pk, "year": year, "tonnes": call.data.tonnes}
    command = post(Who.of(call), f"borrow:{line.pk}:{line.borrowed}", "borrow", payload, [leg])
    return Borrowing.objects.create(line=line, year=year, tonnes=call.data.tonnes, command=command)
