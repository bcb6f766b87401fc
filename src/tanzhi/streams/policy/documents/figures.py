"""Published figures of the library: rows 5 and 8."""

from __future__ import annotations

from decimal import Decimal

from tanzhi.actions.references import reference
from tanzhi.figures import FigureAnswer, Part, Question, count_of, figure
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.figure_parts import COUNT, POLICY, counted_records, quoted_titles

from .model import Document
from .queries import documents, issued_documents

KEY_KINDS = ("task_plan", "work_points")


@figure(
    "policy.provincial_documents",
    title=Text("省级碳达峰碳中和实施意见与方案", "Provincial opinions and plans on peaking and neutrality"),
    unit="documents",
    stream=POLICY,
    row=5,
)
def provincial_documents(question: Question) -> FigureAnswer:
    """Opinions and plans of the provincial committee and government in force at the end of the period."""
    return _documents(question, "provincial")


@figure(
    "policy.department_documents",
    title=Text("部门碳达峰碳中和实施文件", "Implementing documents of departments"),
    unit="documents",
    stream=POLICY,
    row=5,
)
def department_documents(question: Question) -> FigureAnswer:
    """Opinions and plans of departments in force at the end of the period."""
    return _documents(question, "department")


def _documents(question: Question, level: str) -> FigureAnswer:
    in_force = documents(
        region_of(question), question.span.last, topic="peaking", kinds=("opinion", "plan"), levels=(level,)
    )
    return counted_records(in_force, "documents", Text("现行文件", "documents in force"), quoted_titles(in_force))


def key_documents(question: Question) -> list[Document]:
    return issued_documents(region_of(question), question.span.last, kind=KEY_KINDS)


@figure(
    "policy.adaptation_reports",
    title=Text("适应气候变化研究报告", "Research reports on adaptation"),
    unit="reports",
    stream=POLICY,
    row=8,
)
def adaptation_reports(question: Question) -> FigureAnswer:
    """Research reports on adaptation until the end of the period (适应气候变化研究报告)."""
    reports = issued_documents(region_of(question), question.span.last, topic="adaptation", kind="report")
    return counted_records(reports, "reports", Text("研究报告", "research reports"), quoted_titles(reports))


@figure(
    "policy.adaptation_partners",
    title=Text("联合印发适应气候变化行动方案的部门", "Departments that issued the adaptation plan jointly"),
    unit="departments",
    stream=POLICY,
    row=8,
)
def adaptation_partners(question: Question) -> FigureAnswer:
    """Departments that issued the plan in force together with its lead, the lead not counted (联合印发部门)."""
    plans = documents(region_of(question), question.span.last, topic="adaptation", kinds=("plan",))
    parts = [
        Part(issuer.name, Decimal(1), "departments", ref=reference(plan), detail=plan.title)
        for plan in plans
        for issuer in list(plan.issuers.all())[1:]
    ]
    what = Text("牵头单位之外的发文单位", "issuers besides the lead")
    return count_of(parts, COUNT.format(what=what), quoted_titles(plans))
