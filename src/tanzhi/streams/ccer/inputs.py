"""What the acts of this room are told."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.choices import active, own_of, regions_below_a_province
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Hidden, Long, Pairs, Refers, Specified
from tanzhi.rulebook.ccer.methodologies import published_by
from tanzhi.rulebook.kernel.text import Text

from .calculation import form_of
from .models import CreditProject, CreditReport

ELSEWHERE = {
    "none": Text("未参与其他机制", "in no other mechanism"),
    "international": Text("CDM、VCS、GS 等国际机制", "an international mechanism (CDM, VCS, GS)"),
    "local": Text("地方碳普惠等机制", "a local mechanism"),
    "certificates": Text("同一电量已交易绿证", "green certificates of the same power were sold"),
}
DUTY = Outcomes(
    {
        "no": Text("未纳入配额管理，不负法定减排义务", "under no allowance market and no legal duty to reduce"),
        "yes": Text("已纳入配额管理或负有法定减排义务", "under an allowance market or a legal duty to reduce"),
    }
)
VALIDATION = Outcomes(
    {
        "validated": Text("审定通过", "Validated"),
        "not_validated": Text("审定不通过，退回业主", "Not validated: back to its owner"),
    }
)
REDUCTION = Outcomes(
    {
        "verified": Text("核查通过", "Verified"),
        "not_verified": Text("核查不通过，退回业主", "Not verified: back to its owner"),
    }
)


def editions(_actor: Actor) -> Pairs:
    named = Text("{code} {name}", "{code} {name}")
    return [
        (edition.code, named.format(code=edition.code, name=edition.name))
        for edition in published_by(clock.today()).values()
    ]


Words = Annotated[str, Field(min_length=4, max_length=4000), Long()]
Body = Annotated[str, Label("审定与核查机构", "Body of validation and verification"), Choices(active("verifier"))]


class ProposeInput(Input):
    owner: Annotated[str, Label("项目业主", "Owner"), Choices(own_of("project_owner"))]
    region: Annotated[str, Label("建设地点", "Where it stands"), Choices(regions_below_a_province)]
    zh: Annotated[str, Field(min_length=4, max_length=200), Label("项目名称", "Name in Chinese")]
    en: Annotated[str, Field(max_length=200), Label("英文名", "Name in English")] = ""
    methodology: Annotated[str, Label("拟用方法学", "Methodology"), Choices(editions)]
    scale: Annotated[str, Field(max_length=200), Label("建设规模", "Scale")] = ""


class AdmitInput(Input):
    batch: Annotated[str, Field(min_length=1, max_length=20), Label("入库批次", "Batch")]
    words: Annotated[Words, Label("意见", "Opinion")]


class DesignInput(Input):
    built_from: Annotated[date, Label("开工日期", "Construction began on")]
    credited_from: Annotated[date, Label("计入期开始", "Crediting from")]
    credited_to: Annotated[date, Label("计入期结束", "Crediting to")]
    year: Annotated[int, Field(ge=2012, le=2100), Label("测算年度", "Year reckoned")]
    elsewhere: Annotated[str, Label("唯一性声明", "Uniqueness"), Choices(ELSEWHERE)]
    covered: Annotated[Literal["no", "yes"], Label("配额管理与法定减排义务", "Duties to reduce"), DUTY]
    design: Annotated[
        dict[str, Any],
        Label("减排量预测", "Expected reduction"),
        Specified(lambda project: form_of(project.methodology)),
    ] = Field(default_factory=dict)


class NoticeInput(Input):
    body: Body
    document: Annotated[str, Label("项目设计文件", "Design document"), Attached()]
    commitment: Annotated[str, Label("真实性与唯一性承诺书", "Letter of commitment"), Attached()]


class ValidationConcludeInput(Input):
    outcome: Annotated[Literal["validated", "not_validated"], Label("审定结论", "Validation"), VALIDATION]
    words: Annotated[Words, Label("审定结论", "Conclusion")]
    report: Annotated[str, Label("审定报告", "Validation report"), Attached()] = ""


class CcerOpinionInput(Input):
    words: Annotated[Words, Label("意见", "Opinion")]


class ProjectRegisterInput(Input):
    code: Annotated[str, Field(pattern=r"^[A-Z0-9-]{4,40}$"), Label("国家登记编号", "Number of the national registry")]
    on: Annotated[date, Label("登记日期", "Registered on")]


class OpenReportInput(Input):
    project: Annotated[str, Label("项目编号", "Project"), Hidden()]
    first: Annotated[date, Label("监测期开始", "From")]
    last: Annotated[date, Label("监测期结束", "To")]


class MonitoringInput(Input):
    record: Annotated[
        dict[str, Any],
        Label("监测数据", "Monitoring data"),
        Specified(lambda report: form_of(report.project.methodology)),
    ] = Field(default_factory=dict)


class ReportNoticeInput(Input):
    body: Body
    document: Annotated[str, Label("减排量核算报告", "Accounting report"), Attached()]


class VerifyInput(Input):
    outcome: Annotated[Literal["verified", "not_verified"], Label("核查结论", "Verification"), REDUCTION]
    amount: Annotated[int, Field(ge=0), Label("核查确认减排量（吨CO₂e）", "Amount verified (tCO₂e)")] = 0
    words: Annotated[Words, Label("核查结论", "Conclusion")]
    report: Annotated[str, Label("核查报告", "Verification report"), Attached()] = ""


class ValidationAskInput(Input):
    amount: Annotated[int, Field(ge=1), Label("申请登记减排量（吨CO₂e）", "Amount applied for (tCO₂e)")]


class CreditIssueInput(Input):
    on: Annotated[date, Label("签发日期", "Issued on")]


class PublicCommentInput(Input):
    project: Annotated[int, Label("项目", "Project"), Hidden(), Refers(CreditProject)]
    report: Annotated[int | None, Label("减排量", "Report"), Hidden(), Refers(CreditReport)] = None
    who: Annotated[str, Field(min_length=2, max_length=100), Label("姓名或单位", "Your name or organisation")]
    contact: Annotated[
        str, Field(max_length=100), Label("联系方式", "How to reach you"), Help("不公开", "not published")
    ] = ""
    text: Annotated[str, Field(min_length=4, max_length=2000), Label("意见", "Your comment"), Long()]


class CommentAnswerInput(Input):
    answer: Annotated[Words, Label("答复", "Answer")]


def place_of_proposal(data: ProposeInput) -> Place:
    return Place(organisation_by_code(data.owner, "owner").pk, region_by_code(data.region).path)


def place_of_report(data: OpenReportInput) -> Place:
    """The project's place; an unknown one is nowhere, and therefore out of reach."""
    project = CreditProject.objects.filter(number=data.project).select_related("region").first()
    return project.place if project else Place()
