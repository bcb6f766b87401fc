"""What verification bodies did in a year, counted from their cases: sums and ratios of sums, never means of ratios."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils.timezone import localdate

from tanzhi.actions import clock
from tanzhi.filings.intake.records import rows_of, steps_of
from tanzhi.filings.months.derived import Derived
from tanzhi.filings.months.model import Version
from tanzhi.filings.months.totals import stated_number
from tanzhi.filings.shared.forms import filled_form, guideline_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.checks.cross.robust import median
from tanzhi.rulebook.kernel import form, guidelines
from tanzhi.rulebook.kernel.rounding import round_legally
from tanzhi.streams.verification.cases.model import Conclusion, Conflict, Member, Redetermination, Verification
from tanzhi.streams.verification.cases.overlay import Cells, cells_of_rows, industry_in, overlaid
from tanzhi.streams.verification.cases.queries import Verified, verified_in
from tanzhi.streams.verification.clues.model import REAL, Clue
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.findings.model import CaseFinding

if TYPE_CHECKING:
    from datetime import datetime

    from tanzhi.organisations.register.model import Region

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
    arranged = cases.exclude(body=None).select_related("organisation").order_by("organisation__code")
    rows = list(arranged.only("body_id", "opened_at", "organisation__code"))
    named = Organisation.objects.prefetch_related("names").in_bulk({case.body_id for case in rows if case.body_id})
    bodies = {key: BodyMeasures(body) for key, body in named.items()}
    measures = {case.pk: CaseMeasures(case) for case in rows}
    for case in rows:
        bodies[case.body_id or 0].cases.append(measures[case.pk])
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
    changes = Redetermination.objects.filter(case__in=measures, withdrawn=False)
    for change in changes.only("case_id", "place_in_record", "field", "value"):
        redetermined[change.case_id].append(change)
    for body in bodies.values():
        body.adjusted = sum(len(redetermined[row.case.pk]) for row in body.cases)
    totals = {guideline.industry.unit_total for guideline in guidelines().values() if guideline.industry}
    compare_like_units(bodies, verified_in(region, year, quantities=totals), redetermined)
    return sorted(bodies.values(), key=lambda row: row.body.code)


def count_deadlines(measures: dict[int, CaseMeasures]) -> None:
    """Deadlines of the body alone: met ones, and those that ran out; and the findings that were raised."""
    by_case = {row.case.reference: row for row in measures.values()}
    today = clock.today()
    clocks = Clock.objects.filter(subject__in=by_case, case__in=by_case).order_by()
    for case, who, due_on, stopped_on in clocks.values_list("case", "who", "due_on", "stopped_on"):
        if who != OWN_DEADLINE or (stopped_on is None and due_on >= today):
            continue
        by_case[case].due += 1
        by_case[case].in_time += stopped_on is not None and stopped_on <= due_on
    findings = CaseFinding.objects.filter(case__in=by_case).values_list("case").annotate(n=Count("pk")).order_by()
    for reference, number in findings:
        by_case[reference].findings = number


def count_conclusions(measures: dict[int, CaseMeasures], year: int) -> None:
    """A conclusion did not stand where a later one has another emission, or a later clue on the year was confirmed."""
    first: dict[int, tuple[str, datetime]] = {}
    conclusions = Conclusion.objects.filter(case__in=measures).order_by("number")
    for case, verified, at in conclusions.values_list("case_id", "verified", "at"):
        row = measures[case]
        earlier, _ = first.setdefault(case, (verified, at))
        row.concluded = True
        row.changed = row.changed or Decimal(verified) != Decimal(earlier)
    plants = {row.case.organisation_id: row for row in measures.values()}
    clues = Clue.objects.filter(organisation__in=plants, outcome=REAL, withdrawn=False, period__startswith=str(year))
    for clue in clues.only("organisation_id", "opened_at"):
        row = plants[clue.organisation_id]
        if row.case.pk in first and clue.opened_at > first[row.case.pk][1]:
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
    of_bodies = [report for report in reports if (report.case.body_id or 0) in bodies]
    outputs = outputs_of([report.case for report in of_bodies], redetermined)
    for report in of_bodies:
        body = bodies[report.case.body_id or 0]
        body.reported += report.reported
        body.moved += abs(report.emission - report.reported)
        for unit, output in outputs[report.case.pk].items():
            emission = report.emission_of(unit)
            if emission is not None and output > 0:
                kind = (report.case.filing.guideline_name, report.classes.get(unit, ""))
                groups[kind].append((body.body.pk, emission / output))
    for units in groups.values():
        middle = median([intensity for _, intensity in units])
        if len(units) > 1 and middle:
            for key, intensity in units:
                bodies[key].differences.append((intensity - middle) * 100 / middle)


def outputs_of(
    cases: Sequence[Verification], redetermined: Mapping[int, list[Redetermination]]
) -> dict[int, Mapping[str, Decimal]]:
    """By case and unit, the year's output that the industry declares, as verified."""
    keys = {
        case.pk: OutputKey(
            case.version_id, case.version.digest, case.filing.form_code, case.filing.year,
            cells_of_rows(redetermined.get(case.pk, ())),
        )
        for case in cases
    }  # fmt: skip
    outputs = OUTPUTS.of(keys.values())
    return {pk: outputs[key] for pk, key in keys.items()}


@dataclass(frozen=True, slots=True)
class OutputKey:
    """What the outputs of a year follow from: the version of its report and the redetermined cells."""

    version: int
    digest: str
    form_code: str
    year: int
    cells: Cells


def read_outputs(keys: list[OutputKey]) -> dict[OutputKey, Mapping[str, Decimal]]:
    """By unit; none where the industry declares no output."""
    records = dict(Version.objects.filter(pk__in={key.version for key in keys}).values_list("pk", "values"))
    outputs: dict[OutputKey, Mapping[str, Decimal]] = {}
    for key in keys:
        guideline = guideline_of(key.form_code)
        spec, name = form(guideline, filled_form(key.form_code), key.year), industry_in(guideline).output
        of_units: dict[str, Decimal] = defaultdict(Decimal)
        record = overlaid(guideline, json.loads(records[key.version]), key.cells) if name else {}
        for table in spec.tables:
            if any(column.name == name for column in table.fields):
                for keys_of_row, row in rows_of(spec, table, record):
                    steps = steps_of(spec, table, keys_of_row)
                    number = stated_number(row.get(name))
                    if steps and number is not None:
                        of_units[steps[0][-1]] += number
        outputs[key] = dict(of_units)
    return outputs


OUTPUTS: Derived[OutputKey, Mapping[str, Decimal]] = Derived(read_outputs, most=4096)
