"""What a run computes: for each plant its record, evaluated by the year's plan, and what is to be issued."""

from __future__ import annotations

import json
from collections import defaultdict
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Sum

from tanzhi.actions.references import reference
from tanzhi.filings.months.queries import reports_of
from tanzhi.filings.months.status import with_register
from tanzhi.law.evaluation import InForce, count, evaluate, in_force
from tanzhi.organisations.register.model import Membership, Organisation
from tanzhi.organisations.register.queries import POWER_MARKET, member_years, memberships, reason_label
from tanzhi.rulebook.allocation.power import power_allocation
from tanzhi.rulebook.allocation.power.inputs import RUN
from tanzhi.rulebook.kernel import RecordNode, Value
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.cases.queries import Verified, verified_in

from .model import FINAL, ISSUED, PRE, AllocationLine, AllocationRun, Borrowing, LoweredShare

FORM = f"{power_allocation.name}.year"
ISSUE = {PRE: "pre_issue", FINAL: "final_issue"}
NO_DATA = Text("已纳入而未提交当年配额分配数据", "a member without deposited allocation data of the year")


@dataclass(frozen=True, slots=True)
class PlantRecord:
    """What is known of a plant's year, and where it stands."""

    organisation: Organisation
    record: dict[str, Any]
    source: str
    verified: str = ""


@dataclass(slots=True)
class Taken:
    """What is taken off before an issue, with its reasons."""

    tonnes: dict[int, int] = field(default_factory=lambda: defaultdict(int))
    reasons: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, organisation: int, tonnes: int, reason: str) -> None:
        self.tonnes[organisation] += tonnes
        self.reasons[organisation].append(reason)


def deposited(run: AllocationRun) -> list[PlantRecord]:
    """The deposited allocation data of a year, in the run's region."""
    edition = power_allocation.edition(run.year)
    plants = []
    for report in reports_of(FORM, str(run.year), run.cycle.region):
        record = with_register(report.filing, report.version.record)
        # Without what the run itself brings: what was issued and deducted is nobody's statement.
        brought = {name for name in record if (rule := edition.get(name)) is not None and rule.form == RUN}
        own = {name: value for name, value in record.items() if name not in brought}
        plants.append(PlantRecord(report.filing.organisation, own, f"filings.version:{report.version.pk}"))
    return plants


def issued_before(run: AllocationRun) -> dict[int, int]:
    """What earlier runs of the year issued, by organisation."""
    lines = AllocationLine.objects.filter(run__cycle=run.cycle, run__year=run.year, run__state=ISSUED)
    sums = lines.exclude(run=run).values("organisation").annotate(tonnes=Sum("to_issue"))
    return {row["organisation"]: row["tonnes"] or 0 for row in sums.order_by()}


_BORROWED = Text("偿还预支配额", "repays what was borrowed")


def borrowed(run: AllocationRun) -> Taken:
    """What was drawn from this year's allowances before they were issued."""
    taken = Taken()
    for borrowing in Borrowing.objects.filter(year=run.year, line__run__cycle__region=run.cycle.region).select_related(
        "line"
    ):
        taken.add(borrowing.line.organisation_id, borrowing.tonnes, _BORROWED.zh)
    return taken


def lowered_shares(run: AllocationRun) -> dict[int, LoweredShare]:
    """The province's decisions on the pre-allocation of this year, the newest of each plant."""
    rows = LoweredShare.objects.filter(run__cycle=run.cycle, run__year=run.year).order_by("pk")
    return {row.organisation_id: row for row in rows}


def with_share(line: AllocationLine, share: str, law: InForce) -> AllocationLine:
    """The line as it comes out with this share of pre-allocation, all else as it was computed; not saved."""
    record = {**line.inputs, "lowered_share": share}
    stated = PlantRecord(line.organisation, record, line.source, line.verified)
    again = _line(line.run, stated, record, evaluate(power_allocation, line.run.year, record, under=law))
    again.pk, again.revision, again.ahead, again.note = line.pk, line.revision, line.ahead, line.note
    return again


BIOMASS = "biomass_share"
CLASSES = ("I", "II", "III", "IV")


def verified_years(run: AllocationRun, year: int | None = None) -> dict[int, Verified]:
    """A verified year (the run's own) of each plant of the run's region that was told its result, by organisation."""
    every = verified_in(run.cycle.region, run.year if year is None else year)
    return {values.case.organisation_id: values for values in every}


def base_year(year: int) -> int:
    """The year by whose emission is pre-allocated: by the plans so far 2021 for itself, then the year before."""
    return year - count("procedure.base_years_back", on=date(year, 1, 1))


def overlaid(run: AllocationRun, record: dict[str, Any], values: Verified) -> dict[str, Any]:
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


def with_base(record: dict[str, Any], base: Verified | None) -> dict[str, Any]:
    """The record with the verified emission of the base year, by which is pre-allocated."""
    changed = deepcopy(record)
    for row in changed.get("units", []):
        emission = base.units.get(str(row.get("unit", "")), {}).get("unit_obligation_emission") if base else None
        if emission is not None:
            row["base_emission"] = plain(emission)
    return changed


_VERIFIED = Text("按核查结果计算", "computed from the verified values")
_NO_MEMBER = Text("不纳入当年配额管理：{reason}（{document}）", "no member of the year: {reason} ({document})")


def lines(run: AllocationRun, taken: Taken) -> list[AllocationLine]:
    """A line for each member of the year, and for whoever is no member any more and holds allowances of it."""
    ahead, verified = issued_before(run), verified_years(run)
    bases = verified_years(run, base_year(run.year)) if run.stage == PRE else {}
    decisions = lowered_shares(run) if run.stage == PRE else {}
    law = in_force(power_allocation)
    decided = memberships(POWER_MARKET, [run.year], region=run.cycle.region)
    belongs = {key for key, years in decided.items() if member_years(years)}
    filed = {stated.organisation.pk: stated for stated in deposited(run) if stated.organisation.pk in belongs}
    computed = []
    for key, stated in filed.items():
        record_of = as_verified(run, stated, verified.get(key))
        record_of = replace(record_of, record=with_base(record_of.record, bases.get(key)))
        if record_of.record != stated.record:
            taken.reasons[key].append(_VERIFIED.zh)
        record = dict(record_of.record)
        # What was issued ahead and what is deducted, as far as there is any.
        before, less = ahead.get(key, 0), taken.tonnes.get(key, 0)
        by_run = {"deduction_before": less}
        if run.stage == FINAL:
            by_run = {"pre_allocated": before, "deduction_final": less}
        record |= {name: str(tonnes) for name, tonnes in by_run.items() if tonnes}
        if decision := decisions.get(key):
            record["lowered_share"] = decision.share
        node = evaluate(power_allocation, run.year, record, under=law)
        computed.append(_line(run, record_of, record, node))
        computed[-1].lowered = decision
        computed[-1].ahead, computed[-1].note = before, "；".join(taken.reasons.get(key, []))[:300]
    if run.stage == FINAL:
        rows = {key: years[run.year] for key, years in decided.items()}
        # A member whose data are not deposited: its obligation cannot be determined, and the run says so.
        unknown = {"problem_zh": NO_DATA.zh, "problem_en": NO_DATA.en}
        computed += [_bare(run, rows[key], ahead.get(key, 0), **unknown) for key in sorted(belongs - filed.keys())]
        # Whoever is no member any more owes nothing for the year and returns what it got for it.
        for key in (key for key in sorted(rows.keys() - belongs) if ahead.get(key)):
            note = _NO_MEMBER.format(reason=reason_label(rows[key].reason), document=rows[key].document).zh[:300]
            nothing = {"emission": 0, "allowance": 0, "obligation": 0, "to_issue": -ahead[key], "note": note}
            computed.append(_bare(run, rows[key], ahead[key], **nothing))
    return computed


def _bare(run: AllocationRun, row: Membership, ahead: int, **stated: Any) -> AllocationLine:
    """The line of an enterprise of which nothing is computed."""
    record = json.dumps({"enterprise": row.organisation.code}, ensure_ascii=False)
    return AllocationLine(
        run=run, organisation=row.organisation, source=reference(row), record=record, ahead=ahead, **stated
    )


def as_verified(run: AllocationRun, stated: PlantRecord, verified: Verified | None) -> PlantRecord:
    """What is known of the plant's year once it was verified: the verified values in the place of the stated ones."""
    if verified is None:
        return stated
    return replace(stated, record=overlaid(run, stated.record, verified), verified=verified.case.reference)


_NO_VALUE = Text("无法测算", "cannot be computed")


def _line(run: AllocationRun, stated: PlantRecord, record: dict[str, Any], node: RecordNode) -> AllocationLine:
    issue = node.value(ISSUE[run.stage])
    final = run.stage == FINAL
    borrowable = node.value("borrowing_limit") if final and "borrowing_limit" in node.assessment.edition else None
    problem = (issue.reason or _NO_VALUE) if issue.number is None else None
    top_up = 0
    if final and "cap_top_up" in node.assessment.edition:
        # Gas exemption and cap on the gap together; the plans to 2020 know neither as allowances.
        top_up = sum(whole(unit.value("gas_top_up")) or 0 for unit in node.children)
        top_up += whole(node.value("cap_top_up")) or 0
    return AllocationLine(
        run=run,
        organisation=stated.organisation,
        source=stated.source,
        verified=stated.verified,
        record=json.dumps(record, ensure_ascii=False, sort_keys=True),
        emission=whole(node.value("enterprise_emission")),
        allowance=whole(node.value("enterprise_allowance"))
        if final
        else whole(node.value("enterprise_pre_allocation")),
        obligation=whole(node.value("enterprise_obligation")) if final else None,
        to_issue=whole(issue),
        top_up=top_up,
        borrowable=whole(borrowable) or 0 if borrowable else 0,
        problem_zh=problem.zh if problem else "",
        problem_en=problem.en if problem else "",
    )


def whole(value: Value) -> int | None:
    """A quantity in whole tonnes, which is what the law rounds it to."""
    return int(value.number) if isinstance(value.number, Decimal) else None


def rules_of_today() -> InForce:
    """The plan of the year as it is in force now; for many lines ask once."""
    return in_force(power_allocation)


@dataclass(frozen=True, slots=True)
class AllocationDifference:
    """What a run says otherwise than the one before it of the same year and stage."""

    line: AllocationLine
    before: AllocationLine | None

    @property
    def change(self) -> int | None:
        if self.line.allowance is None or self.before is None or self.before.allowance is None:
            return None
        return self.line.allowance - self.before.allowance


def differences(run: AllocationRun) -> list[AllocationDifference]:
    """Lines that changed against the earlier run; empty without one."""
    if run.earlier is None:
        return []
    before = {line.organisation_id: line for line in run.earlier.lines.all()}
    pairs = [
        AllocationDifference(line, before.get(line.organisation_id))
        for line in run.lines.select_related("organisation")
    ]
    return [pair for pair in pairs if pair.before is None or pair.change]
