"""What verification bodies did in a year, counted from their cases: sums and ratios of sums, never means of ratios."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.timezone import localdate

from tanzhi.filings.intake.records import rows_of, steps_of
from tanzhi.filings.months.status import form_of
from tanzhi.filings.months.totals import stated_number
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.rulebook.checks.cross.robust import median
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.streams.verification.cases.model import Conclusion, Conflict, Member, Redetermination, Verification
from tanzhi.streams.verification.cases.overlay import cells_of_rows, industry_of, overlaid
from tanzhi.streams.verification.cases.queries import Verified, verified_in
from tanzhi.streams.verification.clues.model import REAL, Clue
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.findings.model import CaseFinding

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Organisation, Region

OWN_DEADLINE = ["verifier"]
"""Whom the clocks of a case ask that are the body's alone."""


@dataclass(slots=True)
class CaseMeasures:
    """One case of a body: how many deadlines it kept, whether its conclusion stood, whether it had to abstain."""

    case: Verification
    in_time: int = 0  # deadlines
    due: int = 0
    findings: int = 0
    concluded: bool = False
    changed: bool = False
    conflict: bool = False


@dataclass(slots=True)
class BodyMeasures:
    """One body's year: numbers of cases, people, findings, deadlines; t of emission; % of intensity."""

    body: Organisation
    cases: list[CaseMeasures] = field(default_factory=list)
    verifiers: int = 0
    adjusted: int = 0  # values that were redetermined
    reported: Decimal = Decimal(0)
    moved: Decimal = Decimal(0)  # t by which verified emission differs from reported, each way counted up
    differences: list[Decimal] = field(default_factory=list)  # % of a unit's intensity from the median of like ones

    @property
    def number(self) -> int:
        return len(self.cases)

    @property
    def findings(self) -> int:
        return sum(row.findings for row in self.cases)

    @property
    def concluded(self) -> int:
        return sum(row.concluded for row in self.cases)

    @property
    def changed(self) -> int:
        return sum(row.changed for row in self.cases)

    @property
    def in_time(self) -> int:
        return sum(row.in_time for row in self.cases)

    @property
    def due(self) -> int:
        return sum(row.due for row in self.cases)

    @property
    def conflicts(self) -> int:
        return sum(row.conflict for row in self.cases)

    @property
    def plants_each(self) -> Decimal | None:
        """Plants for each verifier who took part."""
        return quotient(self.number, self.verifiers)

    @property
    def findings_each(self) -> Decimal | None:
        """Findings for each case."""
        return quotient(self.findings, self.number)

    @property
    def error_rate(self) -> Decimal | None:
        """Conclusions that did not stand, of all concluded, %."""
        return share(self.changed, self.concluded)

    @property
    def in_time_share(self) -> Decimal | None:
        """Deadlines that were kept, of all that ran out or were met, %."""
        return share(self.in_time, self.due)

    @property
    def moved_share(self) -> Decimal | None:
        """Emission moved by verification, of what was reported, %."""
        return share(self.moved, self.reported, decimals=2)

    @property
    def intensity(self) -> Decimal | None:
        """The median of its units' differences from like units, %."""
        return round_legally(median(self.differences), 1) if self.differences else None

    @property
    def units(self) -> int:
        return len(self.differences)


def quotient(above: int, below: int) -> Decimal | None:
    """A ratio of two sums to one decimal; None where there is nothing to divide by."""
    return round_legally(Decimal(above) / Decimal(below), 1) if below else None


def share(above: Decimal | int, below: Decimal | int, decimals: int = 1) -> Decimal | None:
    """A ratio of two sums, %; None where there is nothing to divide by."""
    return round_legally(Decimal(above) * 100 / Decimal(below), decimals) if below else None


def bodies_of(region: Region, year: int) -> list[BodyMeasures]:
    """Every body that verifies a report of the year in a region, by its code."""
    cases = Verification.objects.filter(year=year, organisation__region__path__startswith=region.path)
    arranged = cases.exclude(body=None).select_related("body", "organisation__region").prefetch_related("body__names")
    rows = list(arranged.order_by("organisation__code"))
    bodies: dict[int, BodyMeasures] = {}
    measures: dict[int, CaseMeasures] = {}
    for case in rows:
        if case.body is not None:
            measures[case.pk] = CaseMeasures(case)
            bodies.setdefault(case.body.pk, BodyMeasures(case.body)).cases.append(measures[case.pk])
    count_deadlines(measures)
    count_conclusions(measures, year)
    count_conflicts(measures)
    for key, number in (
        Member.objects.filter(case__in=measures)
        .values_list("case__body")
        .annotate(n=Count("person", distinct=True))
        .order_by()
    ):
        bodies[key].verifiers = number
    redetermined: dict[int, list[Redetermination]] = defaultdict(list)
    for change in Redetermination.objects.filter(case__in=measures, withdrawn=False):
        redetermined[change.case_id].append(change)
    for body in bodies.values():
        body.adjusted = sum(len(redetermined[row.case.pk]) for row in body.cases)
    compare_like_units(bodies, verified_in(region, year), redetermined)
    return sorted(bodies.values(), key=lambda row: row.body.code)


def count_deadlines(measures: dict[int, CaseMeasures]) -> None:
    """Deadlines of the body alone: met ones, and those that ran out; and the findings that were raised."""
    by_case = {row.case.reference: row for row in measures.values()}
    today = localdate()
    for clock in Clock.objects.filter(subject__in=by_case, case__in=by_case):
        if clock.who != OWN_DEADLINE or (clock.stopped_on is None and clock.due_on >= today):
            continue
        by_case[clock.case].due += 1
        by_case[clock.case].in_time += clock.in_time
    findings = CaseFinding.objects.filter(case__in=by_case).values_list("case").annotate(n=Count("pk")).order_by()
    for reference, number in findings:
        by_case[reference].findings = number


def count_conclusions(measures: dict[int, CaseMeasures], year: int) -> None:
    """A conclusion did not stand where a later one has another emission, or a later clue on the year was confirmed."""
    first: dict[int, Conclusion] = {}
    for conclusion in Conclusion.objects.filter(case__in=measures).order_by("number"):
        row = measures[conclusion.case_id]
        earlier = first.setdefault(conclusion.case_id, conclusion)
        row.concluded = True
        row.changed = row.changed or Decimal(conclusion.verified) != Decimal(earlier.verified)
    plants = {row.case.organisation_id: row for row in measures.values()}
    clues = Clue.objects.filter(organisation__in=plants, outcome=REAL, withdrawn=False, period__startswith=str(year))
    for clue in clues:
        row = plants[clue.organisation_id]
        conclusion_of_row = first.get(row.case.pk)
        if conclusion_of_row is not None and clue.opened_at > conclusion_of_row.at:
            row.changed = True


def count_conflicts(measures: dict[int, CaseMeasures]) -> None:
    """Cases in which a declared conflict of the body or of a member of its group was in force when it was arranged."""
    people: dict[int, set[int]] = defaultdict(set)
    for case, person in Member.objects.filter(case__in=measures).values_list("case", "person"):
        people[case].add(person)
    declared: dict[int, list[Conflict]] = defaultdict(list)
    for conflict in Conflict.objects.filter(organisation__in={row.case.organisation_id for row in measures.values()}):
        declared[conflict.organisation_id].append(conflict)
    for row in measures.values():
        opened = localdate(row.case.opened_at)
        row.conflict = any(
            conflict.since <= opened
            and (conflict.until is None or conflict.until > opened)
            and (conflict.body_id == row.case.body_id or conflict.person_id in people[row.case.pk])
            for conflict in declared[row.case.organisation_id]
        )


def compare_like_units(
    bodies: dict[int, BodyMeasures], reports: list[Verified], redetermined: dict[int, list[Redetermination]]
) -> None:
    """Verified emission per output of each unit, against the median of those of its industry and class."""
    groups: dict[tuple[str, str], list[tuple[int, Decimal]]] = defaultdict(list)
    for report in reports:
        body = bodies.get(report.case.body_id or 0)
        if body is None:
            continue
        body.reported += report.reported
        body.moved += abs(report.emission - report.reported)
        for unit, output in outputs_of(report.case, redetermined).items():
            emission = report.emission_of(unit)
            if emission is not None and output > 0:
                kind = (report.case.filing.guideline_name, report.classes.get(unit, ""))
                groups[kind].append((body.body.pk, emission / output))
    for units in groups.values():
        middle = median([intensity for _, intensity in units])
        if len(units) > 1 and middle:
            for key, intensity in units:
                bodies[key].differences.append((intensity - middle) * 100 / middle)


def outputs_of(case: Verification, redetermined: dict[int, list[Redetermination]]) -> dict[str, Decimal]:
    """By unit, the year's output that the industry declares, as verified; none where it declares none."""
    name, spec = industry_of(case).output, form_of(case.filing)
    outputs: dict[str, Decimal] = defaultdict(Decimal)
    if not name:
        return outputs
    record = overlaid(guideline_of(case.filing.form_code), case.version.record, cells_of_rows(redetermined[case.pk]))
    for table in spec.tables:
        if any(column.name == name for column in table.fields):
            for keys, row in rows_of(spec, table, record):
                steps = steps_of(spec, table, keys)
                number = stated_number(row.get(name))
                if steps and number is not None:
                    outputs[steps[0][-1]] += number
    return outputs
