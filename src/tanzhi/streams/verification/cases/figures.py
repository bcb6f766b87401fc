"""Published figures of verification: enterprises verified, verified emission, its difference, clues by state."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from tanzhi.figures import FigureAnswer, Part, Question, figure, group, ratio, sum_of
from tanzhi.figures.answers import counted
from tanzhi.figures.places import region_of
from tanzhi.filings.results.figures import enterprises_of, reported
from tanzhi.filings.results.lineage import release_of
from tanzhi.rulebook.kernel import Mark, Text
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.verification.clues.figures import ONE

from .model import Verification
from .overlay import emission_of, root_of
from .queries import Verified, verified_in


def _verified(question: Question) -> list[Verified]:
    return verified_in(region_of(question), question.span.year, question.filters.get("sector", ""))


@figure(
    "verification.verified_enterprises",
    title=Text("完成核查的企业", "Enterprises verified"),
    of_sector=Text("完成核查的{sector}企业", "{Sector} enterprises verified"),
    unit="enterprises",
    stream="verification",
    row=18,
)
def verified_enterprises(question: Question) -> FigureAnswer:
    """Enterprises of a sector, or of all, whose verification of the year was concluded and told (完成核查的企业数)."""
    parts = [
        Part(
            report.case.organisation.name,
            ONE,
            "enterprises",
            report.ref(),
            detail=same(report.conclusion.report_number),
        )
        for report in _verified(question)
    ]
    return counted(parts, Text("计数：已告知核查结果的企业", "count of enterprises that were notified of their result"))


@figure(
    "verification.verified_emission",
    title=Text("企业核查排放量", "Verified emissions of enterprises"),
    of_sector=Text("{sector}企业核查排放量", "Verified emissions of {sector} enterprises"),
    unit="t",
    stream="verification",
    row=20,
    law="碳排放权交易管理暂行条例",
)
def verified_emission(question: Question) -> FigureAnswer:
    """Sum of verified emissions of a sector, or of all (核查排放量); every total rounded by law before."""
    reports = _verified(question)
    scope = Text("{n}家{who}", "{n} {who}").format(n=len(reports), who=enterprises_of(question))
    objects = Mark("provisional", Text("企业提出异议，复核中", "the enterprise objects; being decided"), "")
    parts = []
    for report in reports:
        detail = Text("与报告值一致", "as reported")
        if report.emission != report.reported:
            detail = Text("报告值 {n} t", "reported {n} t").format(n=format(report.reported, "f"))
        marks = _marks(report.case.pk, report.case.revision, release_of(report.case.filing))
        marks |= {objects} if report.provisional else set()
        name = report.case.organisation.name
        parts.append(Part(name, report.emission, "t", ref=report.ref(), detail=detail, marks=marks))
    return sum_of(parts, Text("Σ 企业核查排放量", "Σ verified emission of enterprises"), scope)


@lru_cache(maxsize=4096)
def _marks(case_id: int, _revision: int, _release: str) -> frozenset[Mark]:
    """The reservations of a verified total; a case at a revision gives the same ones."""
    case = Verification.objects.select_related("filing").get(pk=case_id)
    marks: frozenset[Mark] = emission_of(root_of(case)).marks
    return marks


@figure(
    "verification.difference",
    title=Text("核查与报告排放量差异", "Verified against reported emission"),
    unit="%",
    stream="verification",
    row=21,
)
def difference(question: Question) -> FigureAnswer:
    """(Σ verified − Σ reported) ÷ Σ reported of the same enterprises, per cent, two places (核查差异率)."""
    reports = _verified(question)
    keys = {report.case.organisation_id for report in reports}
    filed = [report for report in reported(question) if report.total.organisation_id in keys]
    above = group(
        Text("核查值 − 报告值", "verified − reported"),
        [
            Part(report.case.organisation.name, report.emission - report.reported, "t", report.ref())
            for report in reports
        ],
        "t",
    )
    below = group(
        Text("报告值", "Reported"),
        [Part(report.name, Decimal(report.total.value or 0), "t", f"result:{report.total.pk}") for report in filed],
        "t",
    )
    return ratio(above, below, Text("Σ（核查值 − 报告值）÷ Σ 报告值", "Σ (verified − reported) ÷ Σ reported"))
