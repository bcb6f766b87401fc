"""The published figure over data quality control plans."""

from __future__ import annotations

from decimal import Decimal

from django.utils.timezone import localdate

from tanzhi.figures import (
    Fact,
    FigureAnswer,
    LineageNode,
    Part,
    Question,
    Ref,
    explains,
    figure,
    group,
    ratio,
)
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.places import region_of
from tanzhi.figures.records import record_of
from tanzhi.organisations.register.model import Organisation, names_of
from tanzhi.organisations.register.queries import reporting
from tanzhi.organisations.sectors import SECTORS, sector_name
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .form import LAW
from .model import Plan, PlanVersion

ONE = Decimal(1)


@explains("plan", of="filings.Plan")
def plan_step(ref: Ref) -> LineageNode:
    """A plan with its versions and the evidence of everything that was done to it."""
    plan = record_of(Plan.objects.select_related("organisation"), ref)
    approved, not_approved = Text("已审定", "approved"), Text("未审定", "not approved")
    words = Text("{who} · {day} · {approved}", "{who} · {day} · {approved}")
    facts = [
        Fact(
            Text("第 {n} 版", "Version {n}").format(n=version.number),
            words.format(
                who=version.person_name,
                day=localdate(version.at),
                approved=approved if version.approved else not_approved,
            ),
        )
        for version in plan.versions.all()
    ]
    return LineageNode(
        ref=str(ref),
        label=plan.name,
        value=None,
        detail=plan.state_label,
        facts=tuple(facts),
        parts=entries_of(plan),
        link=plan.get_absolute_url(),
    )


@figure(
    "market.control_plans",
    title=Text("数据质量控制方案审定率", "Key units with an approved quality control plan"),
    unit="%",
    stream="market",
    row=16,
    law=LAW,
)
def control_plans(question: Question) -> FigureAnswer:
    """Who reports for the year and has its plan approved by the period's end ÷ who reports for it (方案审定率)."""
    last, sector_code = question.span.last, question.filters.get("sector", "")
    by_sector = {
        sector: list(reporting(question.span.year, sector, last, region_of(question)))
        for sector in sorted(SECTORS)
        if sector_code in ("", sector)
    }
    listed = sorted(
        {organisation for every in by_sector.values() for organisation in every},
        key=lambda organisation: organisation.code,
    )
    names = names_of(listed, last)
    # Organisation to plan: some version of the year's plan was approved by the period's last day.
    versions = PlanVersion.objects.filter(
        approved=True,
        plan__organisation__in=listed,
        plan__year=question.span.year,
        planevent__kind="approve",
        planevent__at__date__lte=question.span.last,
    )
    approved = dict(versions.values_list("plan__organisation_id", "plan_id"))
    done = [
        _part(organisation, names, approved[organisation.pk]) for organisation in listed if organisation.pk in approved
    ]
    all_units = [
        group(sector_name(sector), [_part(organisation, names) for organisation in every], "enterprises")
        for sector, every in by_sector.items()
        if every
    ]
    return ratio(
        group(Text("方案已审定", "Plan approved"), done, "enterprises"),
        group(Text("名录内重点排放单位", "Key units on the list"), all_units, "enterprises"),
        Text("方案已审定的单位 ÷ 名录内单位", "units with an approved plan ÷ units on the list"),
    )


def _part(organisation: Organisation, names: dict[int, Text], plan: int = 0) -> Part:
    return Part(names.get(organisation.pk, same(organisation.code)), ONE, "enterprises", f"plan:{plan}" if plan else "")
