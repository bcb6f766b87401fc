"""A climate-finance project as a kind of work: application, reviews, experts, library, exit."""

from __future__ import annotations

from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.transitions import CaseType
from tanzhi.law.calendar.days import WORKING
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit

from . import application, review
from .bank_work import assign_bank, may_be_assigned
from .inputs import (
    ApplyInput,
    BankInput,
    BenefitInput,
    ExitInput,
    FinanceOpinionInput,
    FormalInput,
    MoreExpertsInput,
    ProjectReviewInput,
    SignedInput,
    SubmitInput,
    place_of_project,
)
from .models import DRAFT, EXITED, EXPERTS, LIBRARY, REJECTED, RETURNED, REVIEWED, SUBMITTED, VETOED, Project

OWNER, CITY, PROVINCE = {"project_owner"}, {"city_officer"}, {"provincial_officer"}
DECIDERS = {"provincial_officer", "provincial_director"}
GUIDE = "气候投融资项目入库管理（平台设计建议，待以省级入库指南核定）"

REVIEW = Limit(
    "city_review",
    Text("市级审核", "City review"),
    days="procedure.library_city_days",
    unit=WORKING,
    who=CITY,
    escalate=PROVINCE,
    law=GUIDE,
)
FORMAL = Limit(
    "formal_review",
    Text("省级形式审查", "Formal review"),
    days="procedure.library_formal_days",
    unit=WORKING,
    who=PROVINCE,
    escalate={"provincial_director"},
    law=GUIDE,
)
JUDGE = Limit(
    "experts",
    Text("专家评审与入库决定", "Experts and decision"),
    days="procedure.library_expert_days",
    unit=WORKING,
    who=PROVINCE,
    escalate={"provincial_director"},
    law=GUIDE,
)

PROJECT = CaseType(
    "finance.project",
    model=Project,
    title=Text("气候投融资项目", "Climate-finance project"),
    law=GUIDE,
    start=DRAFT,
    comments=OWNER | CITY | DECIDERS | {"bank"},
    states=(
        State(DRAFT, Text("编制中", "In preparation"), tone="info"),
        State(SUBMITTED, Text("待市级审核", "City review"), tone="due"),
        State(REVIEWED, Text("待省级审查", "Provincial review"), tone="due"),
        State(EXPERTS, Text("专家评审", "Expert review"), tone="due"),
        State(LIBRARY, Text("已入库", "In the library"), tone="ok"),
        State(RETURNED, Text("退回修改", "Sent back"), tone="late", aside=True),
        State(REJECTED, Text("未入库", "Not admitted"), tone="late", end=True, aside=True),
        State(EXITED, Text("已退库", "Removed"), tone="info", end=True, aside=True),
        State(VETOED, Text("一票否决", "Vetoed"), tone="late", end=True, aside=True),
    ),
    opening=(
        Opening("finance.apply", Text("申报项目", "Apply for a project"), by=OWNER, do=application.apply,
                place=place_of_project, input=ApplyInput),
        Opening("finance.record_signed", Text("登记试点签约项目", "Record a signed project"), by=CITY,
                do=application.record_signed, place=place_of_project, input=SignedInput, enters=LIBRARY,
                second_person=True, approvers=CITY | DECIDERS),
    ),
    moves=(
        Move("finance.state_benefit", Text("填写减排效益", "State the benefit"), leaves=(DRAFT, RETURNED), enters=None,
             by=OWNER, input=BenefitInput, do=application.state_benefit),
        Move("finance.submit", Text("提交申报", "Submit"), leaves=(DRAFT, RETURNED), enters=SUBMITTED, by=OWNER,
             input=SubmitInput, guard=application.benefit_was_stated, do=application.submit, starts=(REVIEW,)),
        Move("finance.city_review", Text("市级审核", "City review"), leaves=(SUBMITTED,),
             enters=(REVIEWED, RETURNED), by=CITY, input=ProjectReviewInput, do=review.city_review, stops=(REVIEW,),
             starts=(FORMAL,)),
        Move("finance.formal_review", Text("形式审查并邀请专家", "Review and invite experts"), leaves=(REVIEWED,),
             enters=EXPERTS, by=PROVINCE, input=FormalInput, do=review.formal_review, stops=(FORMAL,),
             starts=(JUDGE,)),
        Move("finance.send_back", Text("退回业主", "Send back"), leaves=(REVIEWED, EXPERTS), enters=RETURNED,
             by=PROVINCE, input=FinanceOpinionInput, do=review.send_back, stops=(FORMAL, JUDGE), forward=False),
        Move("finance.more_experts", Text("增补专家复评", "Invite further experts"), leaves=(EXPERTS,), enters=None,
             by=PROVINCE, input=MoreExpertsInput, do=review.more_experts, forward=False),
        Move("finance.enter_library", Text("决定入库", "Enter into the library"), leaves=(EXPERTS,), enters=LIBRARY,
             by=PROVINCE, input=FinanceOpinionInput, guard=review.may_enter, do=review.enter_library,
             second_person=True, approvers=DECIDERS, stops=(JUDGE,)),
        Move("finance.reject", Text("不予入库", "Do not admit"), leaves=(REVIEWED, EXPERTS), enters=REJECTED,
             by=PROVINCE, input=FinanceOpinionInput, do=review.reject, second_person=True, approvers=DECIDERS,
             stops=(FORMAL, JUDGE), forward=False),
        Move("finance.assign_bank", Text("推送金融机构", "Push to a bank"), leaves=(LIBRARY,), enters=None,
             by=PROVINCE | CITY, input=BankInput, guard=may_be_assigned, do=assign_bank),
        Move("finance.leave_library", Text("退库", "Remove from the library"), leaves=(LIBRARY,), enters=EXITED,
             by=PROVINCE, input=ExitInput, do=review.leave_library, second_person=True, approvers=DECIDERS,
             forward=False),
        Move("finance.veto", Text("一票否决", "Veto"), leaves=(SUBMITTED, REVIEWED, EXPERTS, LIBRARY), enters=VETOED,
             by=PROVINCE, input=FinanceOpinionInput, do=review.veto, second_person=True, approvers=DECIDERS,
             forward=False),
    ),
)  # fmt: skip
