"""What owners do: apply, state the benefit, submit with the papers; and a pilot city's signed projects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from tanzhi.actions.refusal import Refused, before_its_cause, refused
from tanzhi.actions.table import Call, action
from tanzhi.law.evaluation import parameter, release_of
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.presentation.intake.cells import read_record
from tanzhi.rulebook.finance.base import KINDS
from tanzhi.rulebook.kernel import check, examine
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.rounding import plain
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.ccer.queries import project_by_number
from tanzhi.workflow.dossier.files import keep_files

from .benefit import benefit_form, evaluated
from .inputs import NEGATIVE, ApplyInput, ProgrammeInput, ProjectInput, SignedInput, place_of_region, require_option
from .models import CATEGORIES, STAGES, Programme, Project
from .money import fen_of, written

PAPERS = {
    "approval": Text("立项批复或备案", "Approval"),
    "commitment": Text("承诺书", "Letter of commitment"),
    "study": Text("可行性研究报告", "Feasibility study"),
    "basis": Text("减排测算依据", "Basis of the benefit"),
}


@action(
    "finance.add_programme",
    label=Text("设立申报去向", "Add a programme"),
    by={"provincial_officer"},
    input=ProgrammeInput,
    place=place_of_region,
)
def add_programme(call: Call) -> Programme:
    """A library, a pilot or an application for bonds; what a project is counted under."""
    data: ProgrammeInput = call.data
    if Programme.objects.filter(code=data.code).exists():
        raise refused("FIN-20", "code", data.code, Text("尚未使用的代码", "a code not used yet"), 409)
    fields = data.model_dump(exclude={"region"})
    added: Programme = Programme.objects.create(region=region_by_code(data.region), **fields)
    return added


_NEGATIVE = Text("项目属于负面清单，不予受理：{item}", "on the negative list, not accepted: {item}")
_PENALISED = Text(
    "三年内受过严重环境处罚的单位不得申报",
    "an owner with a serious environmental penalty within three years may not apply",
)


def apply(call: Call) -> Project:
    """Begin an application: refused where the law, the list or the magnitude is against it."""
    data: ApplyInput = call.data
    require_option(data.negative, NEGATIVE, Text("负面清单", "Negative list"))
    if data.negative != "none":
        raise Refused("FIN-04", _NEGATIVE.format(item=NEGATIVE[data.negative]), 422)
    if data.penalised == "yes":
        raise Refused("FIN-06", _PENALISED, 422)
    project = _project(data, _programme(data.programme, "library", "bond"), call.today)
    # The CCER project that claims the same reduction; a number that nothing has is refused.
    number = data.credit_code
    if number and project_by_number(number) is None:
        raise refused("FIN-41", "credit_code", number, Text("平台上的 CCER 项目编号", "a CCER project known here"))
    project.credit_code = number
    return project


def record_signed(call: Call) -> Project:
    """A project that the pilot signed at a meeting with banks enters the pilot's own library."""
    data: SignedInput = call.data
    if data.signed_on > call.today:
        raise before_its_cause(Text("登记", "The entry"), call.today.isoformat(), data.signed_on.isoformat())
    project = _project(data, _programme(data.programme, "pilot"), call.today)
    project.entered_on, project.batch = data.signed_on, data.batch
    return project


def state_benefit(call: Call, project: Project) -> None:
    """Reckon the yearly reduction by the formula of its kind; what was filed and what came of it are kept."""
    record = {name: value for name, value in call.data.benefit.items() if value not in ("", [], None)}
    record, unreadable = read_record(benefit_form(project.kind), record)
    _refuse_findings(unreadable)
    _refuse_findings(examine(benefit_form(project.kind), record))
    project.benefit, project.benefit_year = record, call.data.year
    node = evaluated(project)
    _refuse_findings([finding for finding in check(node) if finding.severity == ERROR])
    value = node.value("annual_reduction")
    if value.number is None and project.kind != "adaptation":
        reason = value.reason or Text("参数缺失", "a parameter is missing")
        expected = Text("可以测算的年度（{why}）", "a year for which it can be reckoned ({why})").format(why=reason)
        raise refused("FIN-10", "benefit.year", call.data.year, expected)
    project.reduction = "" if not isinstance(value.number, Decimal) else plain(value.number)
    project.release = release_of(node)
    call.attach("reduction", project.reduction or "—")


def submit(call: Call, project: Project) -> None:
    """Hand it to the city with its papers."""
    project.submitted_on = call.today
    for name, title in PAPERS.items():
        digest = getattr(call.data, name)
        if digest:
            keep_files(call, project, [digest], project.reference, title)


def benefit_was_stated(_call: Call, project: Project) -> None:
    """Before it goes anywhere its benefit is known."""
    if project.benefit_year is None:
        raise Refused("FIN-08", Text("请先填写减排效益测算", "state the benefit before you submit"), 409)


_WITHIN = Text("贷款需求不得超过总投资 {most} 万元", "the loan is at most the investment, {most} ×10⁴ yuan")


def _project(data: ProjectInput, programme: Programme, today: date) -> Project:
    owner = organisation_by_code(data.owner, "owner")  # type: ignore[attr-defined]  # of both inputs
    # Investment and demand in fen, within each other and of a likely magnitude.
    investment = fen_of(data.investment, "investment", Text("总投资", "the investment"))
    demand = fen_of(data.demand, "demand", Text("贷款需求", "the loan"))
    if demand > investment:
        raise refused("FIN-01", "demand", written(demand), _WITHIN.format(most=written(investment)))
    if not data.confirmed:
        refuse_unlikely(data.investment, today)
    return Project(
        programme=programme,
        owner=owner,
        region=region_by_code(data.region),
        zh=data.zh,
        en=data.en or data.zh,
        kind=require_option(data.kind, KINDS, Text("项目类型", "Kind")),
        category=require_option(data.category, CATEGORIES, Text("分类", "Category")),
        stage=require_option(data.stage, STAGES, Text("建设阶段", "Stage")),
        about=data.about,
        investment_fen=investment,
        demand_fen=demand,
    )


_SMALL = Text(
    "总投资以万元填报，低于 {least} 万元疑以亿元填报；核对无误请勾选“金额数量级已核对”",
    "amounts are in 10⁴ yuan; below {least} it looks like 10⁸ yuan; if it is right, say that it was checked",
)
_GREAT = Text(
    "总投资以万元填报，高于 {most} 万元疑以元填报；核对无误请勾选“金额数量级已核对”",
    "amounts are in 10⁴ yuan; above {most} it looks like yuan; if it is right, say that it was checked",
)


def refuse_unlikely(wan: Decimal, today: date) -> None:
    """An amount that looks as if it were filed in 10^8 yuan (too small) or in yuan (too great)."""
    least = parameter("procedure.library_least_investment", on=today)
    most = parameter("procedure.library_most_investment", on=today)
    if wan < least:
        raise refused("FIN-02", "investment", plain(wan), _SMALL.format(least=f"{least:,}"))
    if wan > most:
        raise refused("FIN-03", "investment", plain(wan), _GREAT.format(most=f"{most:,}"))


def _programme(code: str, *kinds: str) -> Programme:
    programme = Programme.objects.filter(code=code, kind__in=kinds).first()
    if programme is None:
        raise refused("FIN-05", "programme", code, Text("可申报的去向", "a programme that takes applications"))
    return programme


def _refuse_findings(findings: list[Finding]) -> None:
    """All at once, each at its field of the form."""
    if not findings:
        return
    from dataclasses import replace

    placed: list[Any] = [
        replace(finding, field=f"benefit.{finding.field.split(',', maxsplit=1)[0]}") for finding in findings
    ]
    message = Text("减排效益测算有 {n} 处不符", "{n} entries of the benefit do not fit").format(n=len(placed))
    raise Refused("FIN-09", message, 422, placed)
