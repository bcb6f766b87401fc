"""What the acts on a penalty case are told."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.reasons import Reason
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.organisations.register.choices import organisations
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Hidden, Long
from tanzhi.rulebook.kernel.text import Text
from tanzhi.rulebook.penalties import GROUNDS, OFFENCES

from .model import CHALLENGES, FINED, GRAVITIES, INSTALMENT_ANSWERS, NO_GROUND, REVIEW_OUTCOMES

LongWords = Annotated[str, Field(min_length=4, max_length=8000), Long()]
Files = Annotated[list[str], Label("材料", "Files"), Attached()]
Money = Annotated[Decimal, Field(ge=0, max_digits=18, decimal_places=2)]
Tonnes = Annotated[Decimal, Field(ge=0, max_digits=15, decimal_places=0)]


LighterGround = Annotated[
    str,
    Label("从轻、减轻或者不予处罚的情形", "Ground of a lighter fine or none"),
    Choices({"": NO_GROUND, **GROUNDS}),
    Help(
        "罚款低于幅度或不予处罚的必选，并在理由中写明事实",
        "needed below the range and where there is no fine; the reasons state its facts",
    ),
]


class PenaltyInput(Input):
    organisation: Annotated[str, Label("当事人代码", "Code of the party"), Choices(organisations)]
    fined: Annotated[str, Label("处罚对象", "Who is fined"), Choices(FINED)] = "unit"
    offence: Annotated[str, Label("违法行为", "Offence"), Choices(OFFENCES)]
    acted_on: Annotated[
        date,
        Label("行为日", "Day of the act"),
        Help("持续的行为填终了之日；按这一天的法律处罚", "the last day of an act that went on; its law counts"),
    ]
    found_on: Annotated[date, Label("发现日", "Day on which it was found")]
    text: Annotated[LongWords, Label("立案事由", "What is suspected")]
    origin: Annotated[str, Field(max_length=100), Label("来源记录", "Record that it comes from"), Hidden()] = ""


class InvestigationInput(Input):
    investigators: Annotated[
        str,
        Field(min_length=2, max_length=400),
        Label("执法人员", "Investigators"),
        Help("至少两人，以顿号分开，写明执法证号", "at least two, parted by commas, with the numbers of their papers"),
    ]
    facts: Annotated[LongWords, Label("查明的事实", "Facts")]
    illegal_gain: Annotated[
        Money | None,
        Label("违法所得（元）", "Illegal gain (CNY)"),
        Help("没有违法所得填 0", "0 where there is none"),
    ] = None
    missing: Annotated[Tonnes | None, Label("未清缴配额量（吨）", "Allowances missing (t)")] = None
    mean_price: Annotated[
        Money | None, Label("清缴时限前一个月市场均价（元/吨）", "Mean price of the month before the deadline (CNY/t)")
    ] = None
    price_source: Annotated[str, Field(max_length=300), Label("均价来源", "Source of the price")] = ""
    next_quota: Annotated[Tonnes | None, Label("下一年度配额量（吨）", "Next year's quota (t)")] = None
    files: Files = Field(min_length=1)


class PenaltyNoticeInput(Input):
    proposed: Annotated[Money, Label("拟处罚款（元）", "Fine proposed (CNY)")]
    order: Annotated[LongWords, Label("责令改正事项", "What is to be corrected")]
    grounds: Annotated[LongWords, Label("理由和依据", "Grounds and law")]
    ground: LighterGround = ""
    gravity: Annotated[
        str,
        Label("案件情形", "Kind of case"),
        Choices(GRAVITIES),
        Help(
            "一般案件以外的，决定前须法制审核或集体讨论",
            "other than an ordinary one is reviewed, or discussed by the heads, before it is decided",
        ),
    ] = ""


class DefenceInput(Input):
    statement: Annotated[LongWords, Label("陈述申辩", "Statement and defence")]
    files: Files = Field(default_factory=list)


class HearingRequestInput(Input):
    statement: Annotated[LongWords, Label("听证请求", "Reasons for a hearing")]


class HearingNoticeInput(Input):
    hearing_on: Annotated[date, Label("听证日", "Day of the hearing")]
    hearing_place: Annotated[str, Field(min_length=2, max_length=300), Label("听证地点", "Place of the hearing")]


class HearingInput(Input):
    hearing: Annotated[LongWords, Label("听证笔录", "Record of the hearing")]
    files: Files = Field(default_factory=list)


REVIEWS = Outcomes(REVIEW_OUTCOMES)


class ReviewInput(Input):
    outcome: Annotated[Literal["passed", "not_passed"], Label("审核结果", "Result of the review"), REVIEWS]
    reason: Reason


class DiscussionInput(Input):
    held_on: Annotated[date, Label("讨论日", "Day of the discussion")]
    members: Annotated[
        str,
        Field(min_length=2, max_length=1000),
        Label("参加讨论的负责人", "Heads who discussed"),
        Help("至少两人，以顿号分开", "at least two, parted by commas"),
    ]
    outcome: Annotated[Literal["passed", "not_passed"], Label("讨论结果", "Result of the discussion"), REVIEWS]
    reason: Reason


PENALTY_OUTCOMES = Outcomes(
    {
        "fine": Text("处以罚款", "A fine"),
        "no_fine": Text("不予处罚", "No penalty"),
        "handed_over": Text("移送", "Handed over"),
    }
)
ENDINGS = Outcomes({"no_fine": Text("不予处罚", "No penalty"), "handed_over": Text("移送", "Handed over")})


class PenaltyDecisionInput(Input):
    outcome: Annotated[Literal["fine", "no_fine", "handed_over"], Label("决定", "Decision"), PENALTY_OUTCOMES]
    fine: Annotated[Money | None, Label("罚款（元）", "Fine (CNY)")] = None
    ground: LighterGround = ""
    hearing_basis: Annotated[
        str,
        Field(max_length=8000),
        Label("据以决定的听证笔录内容", "What of the hearing's record it rests on"),
        Help("经过听证的必填", "needed after a hearing"),
        Long(),
    ] = ""
    reason: Reason


class PenaltyEndInput(Input):
    outcome: Annotated[Literal["no_fine", "handed_over"], Label("处理", "How it ends"), ENDINGS]
    ground: LighterGround = ""
    reason: Reason


class DeliveryInput(Input):
    delivered_on: Annotated[date, Label("送达日", "Day of delivery")]
    files: Files = Field(default_factory=list)


class PaymentInput(Input):
    paid_on: Annotated[date, Label("缴款日", "Day of payment")]
    amount: Annotated[Decimal, Field(gt=0, max_digits=18, decimal_places=2), Label("金额（元）", "Amount (CNY)")]
    document: Annotated[str, Field(min_length=2, max_length=100), Label("缴款凭证号", "Number of the receipt")]
    files: Files = Field(default_factory=list)


Parts = Annotated[
    str,
    Field(max_length=4000),
    Label("各期缴纳日期和金额", "Days and amounts of the parts"),
    Help(
        "每期一行：日期、空格、金额（元）；各期合计等于尚未缴纳的罚款",
        "a line a part: day, space, amount in CNY; together what is unpaid of the fine",
    ),
    Long(),
]


class InstalmentsInput(Input):
    parts: Parts
    reason: Reason
    files: Files = Field(default_factory=list)


ANSWERS = Outcomes(INSTALMENT_ANSWERS)


class InstalmentsAnswerInput(Input):
    outcome: Annotated[Literal["granted", "refused"], Label("答复", "Answer"), ANSWERS]
    parts: Annotated[Parts, Help("空白为按申请", "blank: as requested")] = ""
    reason: Reason


class ChallengeInput(Input):
    challenge: Annotated[str, Label("途径", "Way"), Choices(CHALLENGES)]
    challenged_on: Annotated[date, Label("受理日", "Day of acceptance")]
    text: Annotated[LongWords, Label("请求和理由", "What is requested, and why")]


SETTLEMENTS = Outcomes(
    {
        "upheld": Text("维持", "Upheld"),
        "changed": Text("变更罚款", "Fine changed"),
        "revoked": Text("撤销", "Revoked"),
    }
)


class SettlementInput(Input):
    outcome: Annotated[Literal["upheld", "changed", "revoked"], Label("结果", "Result"), SETTLEMENTS]
    fine: Annotated[Money | None, Label("变更后的罚款（元）", "Fine after the change (CNY)")] = None
    settled_on: Annotated[date, Label("生效日", "Day on which it took effect")]
    reason: Reason


class PenaltyWithdrawalInput(Input):
    reason: Reason
