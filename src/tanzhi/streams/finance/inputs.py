"""What the acts of this room are told."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.code_lists import CodeList, CodeUse
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.people.model import Grant
from tanzhi.organisations.register.choices import active, own_of, regions_below_a_province
from tanzhi.organisations.register.model import Region
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Long, Pairs, Specified
from tanzhi.rulebook.finance.base import KINDS
from tanzhi.rulebook.kernel.text import Text, same

from .benefit import benefit_form
from .models import CATEGORIES, PROGRAMME_KINDS, STAGES, Programme

NEGATIVE = {
    "none": Text("不属于负面清单", "none of these"),
    "coal_power": Text("新建、扩建煤电", "new or extended coal power"),
    "coal_life": Text("煤电机组延寿五年以上", "coal units kept for more than five years"),
    "coal_chemistry": Text("新增煤化工产能", "new coal chemistry"),
    "oil": Text("新增石油勘探开发", "new oil exploration or production"),
    "capacity": Text("新增电解铝、平板玻璃、水泥熟料产能", "new aluminium, flat glass or clinker capacity"),
    "fossil_transport": Text("以输送化石能源为主的基础设施", "infrastructure mainly for fossil energy"),
}
EXITS = CodeList(
    "finance.exits",
    Text("退库原因", "Reasons to leave the library"),
    {
        "repaid": Text("建成并还清贷款", "finished and repaid"),
        "idle": Text("长期闲置", "idle"),
        "withdrawn": Text("业主撤回", "withdrawn by its owner"),
        "no_need": Text("不再有融资需求", "no more need of finance"),
    },
    (CodeUse("finance.Project", "exit_reason"),),
)
PENALTY = Outcomes(
    {
        "no": Text("三年内未受过严重环境处罚", "no such penalty within three years"),
        "yes": Text("三年内受过严重环境处罚", "penalised within three years"),
    }
)
CITY_REVIEW = Outcomes(
    {
        "recommended": Text("同意，推荐上报省级", "Agreed: recommended to the province"),
        "returned": Text("退回业主修改", "Sent back to its owner"),
    }
)
INDEPENDENCE = Outcomes(
    {
        "yes": Text("本人与业主单位无利害关系", "I have no interest in the owner"),
        "no": Text("有利害关系，应当回避", "I have an interest and stand aside"),
    }
)


def programmes(*kinds: str) -> Choices:
    """The programmes of these kinds, by code."""
    return Choices(
        lambda _actor: [(programme.code, programme.name) for programme in Programme.objects.filter(kind__in=kinds)]
    )


def experts(_actor: Actor) -> Pairs:
    """Everybody who holds the role of an expert today, with whom he works for."""
    grants = Grant.objects.filter(in_force(clock.today()), role="expert").select_related("person", "organisation")
    named = Text("{who}（{body}）", "{who} ({body})")
    return [
        (str(g.person_id), named.format(who=g.person.name, body=g.organisation.name if g.organisation else "—"))
        for g in grants
    ]


Wan = Annotated[Decimal, Field(gt=0, max_digits=20, allow_inf_nan=False)]
Words = Annotated[str, Field(min_length=4, max_length=2000), Long()]
Sure = Annotated[
    bool,
    Label("金额数量级已核对", "The magnitude was checked"),
    Help(
        "仅在系统提示数量级异常、核对无误后勾选",
        "tick only if the platform has questioned the magnitude and you have checked it",
    ),
]


class ProgrammeInput(Input):
    code: Annotated[str, Field(pattern=r"^[A-Z0-9]{2,20}$"), Label("代码", "Code")]
    kind: Annotated[Literal["library", "pilot", "bond"], Label("性质", "Kind"), Choices(PROGRAMME_KINDS)]
    region: Annotated[
        str, Label("地区", "Region"), Choices(lambda actor: [(r.code, r.name) for r in Region.objects.all()])
    ]
    zh: Annotated[str, Field(min_length=2, max_length=100), Label("中文名", "Chinese name")]
    en: Annotated[str, Field(min_length=2, max_length=100), Label("英文名", "English name")]


class ProjectInput(Input):
    """What every project says of itself."""

    region: Annotated[str, Label("建设地点", "Where it stands"), Choices(regions_below_a_province)]
    zh: Annotated[str, Field(min_length=4, max_length=200), Label("项目名称", "Name in Chinese")]
    en: Annotated[str, Field(max_length=200), Label("英文名", "Name in English")] = ""
    kind: Annotated[str, Label("项目类型", "Kind"), Choices(KINDS)]
    category: Annotated[str, Label("分类", "Category"), Choices(CATEGORIES)]
    stage: Annotated[str, Label("建设阶段", "Stage"), Choices(STAGES)] = "planned"
    investment: Annotated[
        Wan, Label("总投资（万元）", "Total investment (10⁴ yuan)"), Help("1 亿元填 10000", "for 10⁸ yuan enter 10000")
    ]
    demand: Annotated[
        Decimal, Field(ge=0, max_digits=20, allow_inf_nan=False), Label("贷款需求（万元）", "Loan demand (10⁴ yuan)")
    ]
    confirmed: Sure = False
    about: Annotated[str, Field(max_length=2000), Label("建设内容", "What is built"), Long()] = ""


class ApplyInput(ProjectInput):
    owner: Annotated[str, Label("项目业主", "Owner"), Choices(own_of("project_owner"))]
    programme: Annotated[str, Label("申报去向", "Programme"), programmes("library", "bond")]
    negative: Annotated[str, Label("负面清单", "Negative list"), Choices(NEGATIVE)]
    penalised: Annotated[
        Literal["no", "yes"], Label("三年内严重环境处罚", "Serious environmental penalty within three years"), PENALTY
    ]
    credit_code: Annotated[
        str,
        Field(max_length=40),
        Label("CCER 项目编号", "CCER project"),
        Help("同一减排量开发 CCER 的，填写其编号", "where the same reduction is developed as CCER"),
    ] = ""


class SignedInput(ProjectInput):
    owner: Annotated[str, Label("项目业主", "Owner"), Choices(active("project_owner"))]
    programme: Annotated[str, Label("试点项目库", "Pilot"), programmes("pilot")]
    batch: Annotated[str, Field(min_length=1, max_length=20), Label("签约批次", "Round of signing")]
    signed_on: Annotated[date, Label("签约日期", "Signed on")]


def place_of_project(data: Any) -> Place:
    """Where a project would belong: to its owner, in the region it stands in."""
    return Place(organisation_by_code(data.owner, "owner").pk, region_by_code(data.region).path)


def place_of_region(data: Any) -> Place:
    return region_by_code(data.region).place


class BenefitInput(Input):
    year: Annotated[int, Field(ge=2012, le=2100), Label("测算年度", "Year reckoned")]
    benefit: Annotated[
        dict[str, Any], Label("减排效益测算", "Benefit"), Specified(lambda project: benefit_form(project.kind))
    ] = Field(default_factory=dict)


class SubmitInput(Input):
    approval: Annotated[str, Label("立项批复或备案", "Approval of the project"), Attached()]
    commitment: Annotated[str, Label("承诺书", "Letter of commitment"), Attached()]
    study: Annotated[str, Label("可行性研究报告", "Feasibility study"), Attached()] = ""
    basis: Annotated[str, Label("减排测算依据", "Basis of the benefit"), Attached()] = ""


class ProjectReviewInput(Input):
    outcome: Annotated[Literal["recommended", "returned"], Label("审核结论", "The city's review"), CITY_REVIEW]
    words: Annotated[Words, Label("审核意见", "Opinion")]


class FormalInput(Input):
    words: Annotated[Words, Label("审查意见", "Opinion")]
    experts: Annotated[list[str], Label("评审专家", "Experts"), Choices(experts)]


class MoreExpertsInput(Input):
    experts: Annotated[list[str], Label("增补专家", "Further experts"), Choices(experts)]
    words: Annotated[Words, Label("复评理由", "Why")]


class FinanceOpinionInput(Input):
    words: Annotated[Words, Label("意见", "Opinion")]


class ExitInput(Input):
    reason: Annotated[str, Label("退库原因", "Reason"), Choices(EXITS.offered)]
    words: Annotated[Words, Label("说明", "Notes")]


class ExpertOpinionInput(Input):
    """Points of one expert; the most of each are the law's of the day (`rules.criteria`)."""

    benefit_points: Annotated[int, Field(ge=0, le=100), Label("气候效益", "Climate benefit")]
    policy_points: Annotated[int, Field(ge=0, le=100), Label("政策与合规", "Policy and compliance")]
    technology_points: Annotated[int, Field(ge=0, le=100), Label("技术成熟度", "Technology")]
    finance_points: Annotated[int, Field(ge=0, le=100), Label("融资条件", "Readiness for finance")]
    other_points: Annotated[int, Field(ge=0, le=100), Label("协同与适应效益", "Co-benefits")]
    example_points: Annotated[int, Field(ge=0, le=100), Label("示范带动", "Demonstration")]
    independent: Annotated[Literal["yes", "no"], Label("利害关系声明", "Interest in the owner"), INDEPENDENCE]
    words: Annotated[Words, Label("评审意见", "Opinion")]


class BankInput(Input):
    bank: Annotated[str, Label("金融机构", "Bank"), Choices(active("bank"))]


class AmountInput(Input):
    amount: Annotated[Wan, Label("金额（万元）", "Amount (10⁴ yuan)")]
    on: Annotated[date, Label("日期", "Day")]
    document: Annotated[str, Field(min_length=2, max_length=100), Label("合同或凭证编号", "Contract or voucher")]
    confirmed: Sure = False


class DisbursementCancelInput(Input):
    reason: Annotated[str, Field(min_length=4, max_length=300), Label("冲销理由", "Why it is cancelled")]


def require_option(code: str, options: Mapping[str, Text], label: Text) -> str:
    """A code out of the options, or a refusal that names them."""
    if code not in options:
        expected = Text("、".join(t.zh for t in options.values()), ", ".join(t.en for t in options.values()))
        message = Text("{label}：{found} 不在选项之中（{expected}）", "{label}: {found} is none of {expected}")
        raise Refused("FIN-18", message.format(label=label, found=same(code or "—"), expected=expected), 422)
    return code
