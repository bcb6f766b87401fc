"""The lines that a verification's review list has: out of the guide, the report's form, the plan, the checks' hits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tanzhi.filings.intake.records import path_of, rows_of, steps_of
from tanzhi.filings.laboratory.model import ON_RECORD, LaboratoryReport
from tanzhi.filings.months.model import EvidenceFile
from tanzhi.filings.months.status import examined_record, form_of, months_of
from tanzhi.filings.plans.form import PARAMETER, PARAMETERS, WHOLE
from tanzhi.filings.plans.model import Plan
from tanzhi.filings.plans.status import form_of_plan, unit_table
from tanzhi.filings.shared.forms import MONTH_FORM, guideline_of
from tanzhi.presentation.locations import place_words, steps_in
from tanzhi.rulebook.kernel import FieldSpec, Finding, Text
from tanzhi.rulebook.kernel.finding import SEVERITIES
from tanzhi.rulebook.kernel.text import same
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tanzhi.streams.verification.clues.model import CLOSED, UNFOUNDED, Clue
from tanzhi.streams.verification.cross_checks.model import ANSWERED as EXPLAINED
from tanzhi.streams.verification.cross_checks.model import OPEN as UNEXPLAINED
from tanzhi.streams.verification.cross_checks.model import CheckHit
from tanzhi.workflow.findings.model import CaseFinding

if TYPE_CHECKING:
    from tanzhi.streams.verification.cases.model import Verification

GUIDE: dict[str, Any] = read_yaml(Path(__file__).with_name("subjects.yaml"))
WAYS = {code: Text(words["zh"], words["en"]) for code, words in GUIDE["ways"].items()}
AT = Text("{place}，{label}", "{place}, {label}")
SOURCE = Text("报告所附：{paper}", "the report's paper: {paper}")
PLANNED = Text("方案：{columns}", "the plan: {columns}")
NO_PLAN = Text("方案未列入该参数", "the plan leaves this parameter out")
ANSWERED = Text("企业答复：{text}", "the enterprise answered: {text}")
TIMES = Text("{n} 处：{places}", "{n} times: {places}")
SEVERAL = Text("{kind}（{n} 份）", "{kind} ({n})")
ORIGINALS = Text("查看原件，与填报值核对", "see the originals and compare them with what was filed")
REPORTS = Text("检测报告", "Laboratory reports")
NO_APPROVED = Text("年度数据质量控制方案未经审定", "The year's quality control plan is not approved")
APPROVED = Text("经审定的方案", "an approved plan")
PUT_RIGHT = Text("整改是否持续有效", "whether the rectification lasts")
LONGEST, MOST_MESSAGES = 300, 3


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line before it stands in a list."""

    kind: str
    category: str
    code: str
    place: str
    title: Text
    expected: Text
    law: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        return self.kind, self.code, self.place


def lines_of(case: Verification) -> list[LineDraft]:
    """Everything that this report gives cause to look at, each matter once, in the order of the categories."""
    drafts = [
        *subjects(),
        *parameters(case),
        *plan_lines(case),
        *hits(case),
        *papers(case),
        *clues(case),
        *cross_hits(case),
    ]
    return list({draft.key: draft for draft in [*drafts, *earlier_findings(case)]}.values())


def subjects() -> Iterator[LineDraft]:
    """The guide's own headings, the same for every enterprise."""
    for row in GUIDE["subjects"]:
        ways = [WAYS[way] for way in row["way"]]
        expected = Text("、".join(way.zh for way in ways), ", ".join(way.en for way in ways))
        yield LineDraft("subject", row["category"], row["code"], "", Text(row["zh"], row["en"]), expected, GUIDE["law"])


def parameters(case: Verification) -> Iterator[LineDraft]:
    """Each number that was filed, once for its unit and its fuel or material: months are looked at together."""
    spec, guideline = form_of(case.filing), guideline_of(case.filing.form_code)
    planned = planned_columns(case)
    for table in spec.tables:
        for keys, row in rows_of(spec, table, case.version.record):
            steps = [step for step in steps_of(spec, table, keys) if step[0] != MONTH_FORM]
            place = path_of(steps)
            where = place_words(guideline, place)
            unit = place.split(".")[0]
            for field in table.fields:
                if field.kind != "number" or row.get(field.name) in (None, ""):
                    continue
                title = AT.format(place=where, label=field.label) if where else field.label
                source = [SOURCE.format(paper=field.evidence)] if field.evidence else []
                if planned is not None:
                    source.append(planned.get((unit, field.name), NO_PLAN))
                law = field.law[:LONGEST]
                yield LineDraft("parameter", "data", field.name, place, title, joined(source) or ORIGINALS, law)


def plan_of(case: Verification) -> Plan | None:
    plans = Plan.objects.filter(organisation=case.organisation, year=case.year)
    return plans.filter(guideline=case.filing.guideline_name).first()


def planned_columns(case: Verification) -> dict[tuple[str, str], Text] | None:
    """What the approved plan says of each parameter of a unit; None where no plan of the year is approved."""
    plan = plan_of(case)
    version = plan.approved_version if plan else None
    if plan is None or version is None:
        return None
    spec = form_of_plan(plan)
    table, rows = unit_table(spec), spec.table(PARAMETER)
    columns = rows.fields if rows else ()
    return {
        (f"{table.plural}[{unit.get(table.level)}]", row.get(PARAMETER, "")): PLANNED.format(
            columns=joined([column_words(field, row) for field in columns if row.get(field.name)]) or same("–")
        )
        for unit in version.record.get(table.plural, [])
        for row in unit.get(PARAMETERS, [])
    }


def column_words(field: FieldSpec, row: dict[str, Any]) -> Text:
    value = str(row[field.name])
    words = field.options.get(value) or same(value)
    return Text(f"{field.label.zh} {words.zh}", f"{field.label.en} {words.en}")


def joined(parts: list[Text]) -> Text | None:
    """Several statements as one; None where there is none."""
    if not parts:
        return None
    return Text("；".join(part.zh for part in parts), "; ".join(part.en for part in parts))


def plan_lines(case: Verification) -> Iterator[LineDraft]:
    """What the approved plan says of the site as a whole; or that none of the year is approved, where one is due."""
    plan = plan_of(case)
    if plan is None:
        return
    version = plan.approved_version
    if version is None:
        yield LineDraft("paper", "plan", "plan", "", NO_APPROVED, APPROVED)
        return
    table = form_of_plan(plan).table(WHOLE)
    for field in table.fields if table else ():
        if stated := version.record.get(field.name):
            category = "boundary" if field.name in ("boundary", "process") else "plan"
            yield LineDraft("paper", category, f"plan.{field.name}", "", field.label, same(str(stated)))


def hits(case: Verification) -> Iterator[LineDraft]:
    """What the checks find in the report, with the answers to it; the months of one are together."""
    answers: dict[tuple[str, str], str] = {}
    for filing in (*months_of(case.filing), case.filing):
        answers |= {(answer.code, answer.where): answer.text for answer in filing.answers.all()}
    guideline = guideline_of(case.filing.form_code)
    months = guideline.levels[MONTH_FORM].plural if MONTH_FORM in guideline.levels else ""
    together: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in examined_record(case.filing, case.version.record).findings:
        place = ".".join(f"{plural}[{key}]" for plural, key in steps_in(finding.place) if plural != months)
        together.setdefault((finding.code, place, finding.field), []).append(finding)
    for (code, place, field), findings in together.items():
        first, where = findings[0], place_words(guideline, place)
        messages = list({finding.message: None for finding in findings})
        message = joined(messages[:MOST_MESSAGES]) or first.message
        expected = first.expected if isinstance(first.expected, Text) else same(first.expected)
        parts = [SEVERITIES[first.severity], expected]
        if len(findings) > 1:
            parts.append(TIMES.format(n=len(findings), places=", ".join(months_named(findings, months))))
        replies = {
            answers[finding.code, finding.place]: None
            for finding in findings
            if (finding.code, finding.place) in answers
        }
        parts += [ANSWERED.format(text=text) for text in replies]
        title = AT.format(place=where, label=message) if where else message
        cell = f"{place}.{field}".strip(".")[:LONGEST]
        yield LineDraft("check", "data", code, cell, title, joined(parts) or expected, first.law[:LONGEST])


def months_named(findings: list[Finding], months: str) -> list[str]:
    """The months in which a check hit, in order; a finding about a month as a whole has it as its place."""
    named = {key for finding in findings for plural, key in steps_in(finding.place) if plural == months}
    named |= {finding.place for finding in findings if finding.place and not steps_in(finding.place)}
    return sorted(named) or ["–"]


def papers(case: Verification) -> Iterator[LineDraft]:
    """Papers that the enterprise attached to the year and its months, by kind, and its laboratory reports."""
    filings = [case.filing.pk, *(month.pk for month in months_of(case.filing))]
    counts: dict[str, int] = {}
    for kind in EvidenceFile.objects.filter(filing__in=filings).values_list("kind", flat=True).order_by("kind"):
        counts[kind] = counts.get(kind, 0) + 1
    for kind, number in counts.items():
        yield LineDraft("paper", "archive", kind, "", SEVERAL.format(kind=kind, n=number), ORIGINALS)
    reports = LaboratoryReport.objects.filter(
        organisation=case.organisation, month__startswith=f"{case.year}-", state=ON_RECORD
    )
    if number := reports.count():
        yield LineDraft("paper", "data", "laboratory_reports", "", SEVERAL.format(kind=REPORTS, n=number), ORIGINALS)


def clues(case: Verification) -> Iterator[LineDraft]:
    """Clues on this enterprise that are neither closed nor unfounded."""
    rows = Clue.objects.filter(organisation=case.organisation, withdrawn=False)
    for clue in rows.exclude(state__in=(CLOSED, UNFOUNDED)).order_by("number"):
        title = AT.format(place=same(clue.number), label=same(f"{clue.parameter} {clue.period}".strip()))
        yield LineDraft("clue", "other", clue.number, "", title, same(clue.text))


def cross_hits(case: Verification) -> Iterator[LineDraft]:
    """Hits of the cross-checks on this year that nobody set aside, with what the enterprise explained."""
    rows = CheckHit.objects.filter(organisation=case.organisation, year=case.year, state__in=(UNEXPLAINED, EXPLAINED))
    guideline = guideline_of(case.filing.form_code)
    for hit in rows.order_by("code", "pk"):
        where = place_words(guideline, hit.where)
        label = Text(
            f"{hit.part('field').zh} {hit.part('actual').zh}", f"{hit.part('field').en} {hit.part('actual').en}"
        )
        title = AT.format(place=where, label=label) if where else label
        parts = [hit.part("expected"), *([ANSWERED.format(text=hit.answer)] if hit.answer else [])]
        cell = f"{hit.where}.{hit.field}".strip(".")[:LONGEST]
        yield LineDraft("cross_check", "data", hit.code, cell, title, joined(parts) or hit.part("expected"))


def earlier_findings(case: Verification) -> Iterator[LineDraft]:
    """Findings of this enterprise's verification of the year before."""
    before = type(case).objects.filter(organisation=case.organisation, year=case.year - 1).first()
    if before is None:
        return
    for finding in CaseFinding.objects.filter(case=before.reference):
        title = AT.format(place=same(str(before.year)), label=same(finding.title))
        yield LineDraft("earlier", "other", finding.reference, "", title, PUT_RIGHT)
