"""A penalty as a table of states: opened, investigated, notified, heard, decided by two, delivered, paid, made public.

行政处罚法 (2021): article 36 the period of two years, 42 two investigators, 44 and 45 the notice and the defence, 48
publication, 57 the decision, 60 ninety days, 61 delivery, 63 to 65 the hearing, 67 payment, 72 and 73 late payment and
challenge. Days are parameters of `procedure`.
"""

from __future__ import annotations

from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.transitions import CaseType
from tanzhi.law.calendar.days import NATURAL, WORKING
from tanzhi.organisations.register.queries import organisation_by_code
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit

from .acts import (
    INVESTIGATE,
    REVIEW,
    ask_hearing,
    call_hearing,
    defend,
    deliver,
    end_early,
    hold_hearing,
    investigate,
    notify,
    open_case,
    ready_to_decide,
    refuse_investigators,
)  # fmt: skip
from .fines import next_day_to_pay
from .inputs import (
    ChallengeInput,
    DefenceInput,
    DeliveryInput,
    DiscussionInput,
    HearingInput,
    HearingNoticeInput,
    HearingRequestInput,
    InstalmentsAnswerInput,
    InstalmentsInput,
    InvestigationInput,
    PaymentInput,
    PenaltyDecisionInput,
    PenaltyEndInput,
    PenaltyInput,
    PenaltyNoticeInput,
    PenaltyWithdrawalInput,
    ReviewInput,
    SettlementInput,
)  # fmt: skip
from .instalments import answer_instalments, ask_instalments, is_asked, may_ask
from .model import (
    CHALLENGED,
    CLOSED,
    DECIDED,
    DEFENDED,
    DELIVERED,
    HANDED_OVER,
    HEARD,
    HEARING_ASKED,
    HEARING_CALLED,
    INVESTIGATED,
    NO_FINE,
    NOTIFIED,
    OPENED,
    PAID,
    REVOKED,
    Penalty,
)  # fmt: skip
from .reviews import awaits_discussion, awaits_review, decide_reviewed, discuss, review
from .settlement import challenge, is_listed, pay, publish, settle, withdraw

OFFICER, DIRECTOR = {"provincial_officer"}, {"provincial_director"}
INVESTIGATOR = OFFICER | {"city_officer"}
PARTY = {"enterprise_approver", "verifier", "project_owner"}
LAW = "中华人民共和国行政处罚法（2021年修订）"

DECIDE = Limit("decide", Text("作出处罚决定", "Decide on the penalty"), days="procedure.penalty_decision_days",
               unit=NATURAL, who=OFFICER, escalate=DIRECTOR, law="行政处罚法, 第六十条")  # fmt: skip
DEFEND = Limit("defend", Text("陈述申辩或要求听证", "State, or ask for a hearing"),
               days="procedure.penalty_statement_days", unit=WORKING, who=PARTY, escalate=OFFICER,
               law="行政处罚法, 第四十五、六十四条")  # fmt: skip
DELIVER = Limit("deliver", Text("送达决定书", "Deliver the decision"), days="procedure.penalty_delivery_days",
                unit=WORKING, who=OFFICER, escalate=DIRECTOR, law="行政处罚法, 第六十一条")  # fmt: skip
PAY = Limit("pay", Text("缴纳罚款", "Pay the fine"), due=lambda _call, case: next_day_to_pay(case), who=PARTY,
            escalate=OFFICER, law="行政处罚法, 第六十六、六十七条")  # fmt: skip
ANSWER = Limit("answer_instalments", Text("答复延期或分期缴纳申请", "Answer whether it is paid later or in parts"),
               due=lambda _call, case: case.due_on, who=OFFICER, escalate=DIRECTOR,
               law="行政处罚法, 第六十六条")  # fmt: skip
PUBLISH = Limit("publish", Text("公开处罚决定", "Publish the decision"), days="procedure.penalty_publication_days",
                unit=WORKING, who=OFFICER, escalate=DIRECTOR, law="行政处罚法, 第四十八条")  # fmt: skip
BEFORE_DECISION = (NOTIFIED, DEFENDED, HEARD)
AFTER_DELIVERY = (DELIVERED, CHALLENGED, PAID, CLOSED)

PENALTY = CaseType(
    "verification.penalty",
    model=Penalty,
    title=Text("行政处罚案件", "Penalty case"),
    law=LAW,
    comments=frozenset(OFFICER | DIRECTOR),
    rows_to_do=lambda rows, _actor: rows.prefetch_related("reviews"),  # what awaits one is asked of each
    states=(
        State(OPENED, Text("已立案", "Opened"), tone="due"),
        State(INVESTIGATED, Text("已调查", "Investigated"), tone="info"),
        State(NOTIFIED, Text("已告知", "Notified"), tone="due"),
        State(DEFENDED, Text("已陈述申辩", "Defended"), tone="info", aside=True),
        State(HEARING_ASKED, Text("已要求听证", "Hearing requested"), tone="due", aside=True),
        State(HEARING_CALLED, Text("已通知听证", "Hearing called"), tone="info", aside=True),
        State(HEARD, Text("已听证", "Heard"), tone="info", aside=True),
        State(DECIDED, Text("已决定", "Decided"), tone="due"),
        State(DELIVERED, Text("已送达，待缴款", "Delivered, to be paid"), tone="due"),
        State(CHALLENGED, Text("复议或诉讼中", "Challenged"), tone="info", aside=True),
        State(PAID, Text("已缴款", "Paid"), tone="info"),
        State(CLOSED, Text("已结案", "Closed"), tone="ok", end=True),
        State(NO_FINE, Text("不予处罚", "No penalty"), tone="ok", end=True, aside=True),
        State(HANDED_OVER, Text("已移送", "Handed over"), tone="ok", end=True, aside=True),
        State(REVOKED, Text("已撤销", "Revoked"), tone="ok", end=True, aside=True),
    ),
    opening=Opening("verification.open_penalty", Text("处罚立案", "Open a penalty case"), by=INVESTIGATOR, do=open_case,
                    place=lambda data: organisation_by_code(data.organisation).place, input=PenaltyInput,
                    starts=(DECIDE,)),
    moves=(
        Move("verification.investigate_penalty", Text("提交调查结果", "Report the investigation"),
             leaves=(OPENED, INVESTIGATED), enters=INVESTIGATED, by=INVESTIGATOR, input=InvestigationInput,
             do=investigate, todo=Text("调查：{name}", "Investigate {name}"), asks=INVESTIGATOR),
        Move("verification.notify_penalty", Text("处罚事先告知", "Give notice of the penalty"), leaves=(INVESTIGATED,),
             enters=NOTIFIED, by=OFFICER, input=PenaltyNoticeInput, do=notify, starts=(DEFEND,)),
        Move("verification.end_penalty", Text("不予处罚或移送", "End without a fine"), leaves=(OPENED, INVESTIGATED),
             enters=(NO_FINE, HANDED_OVER), by=OFFICER, approvers=DIRECTOR, second_person=True, input=PenaltyEndInput,
             do=end_early, stops=(DECIDE,), forward=False),
        Move("verification.defend_penalty", Text("陈述申辩", "State and defend"), leaves=(NOTIFIED,), enters=DEFENDED,
             by=PARTY, input=DefenceInput, do=defend, stops=(DEFEND,)),
        Move("verification.ask_hearing", Text("要求听证", "Ask for a hearing"), leaves=(NOTIFIED, DEFENDED),
             enters=HEARING_ASKED, by=PARTY, input=HearingRequestInput, do=ask_hearing, stops=(DEFEND,),
             pauses=(DECIDE,)),
        Move("verification.call_hearing", Text("通知听证", "Call the hearing"), leaves=(HEARING_ASKED,),
             enters=HEARING_CALLED, by=OFFICER, input=HearingNoticeInput, do=call_hearing,
             todo=Text("通知听证：{name}", "Call the hearing of {name}")),
        Move("verification.hold_hearing", Text("记录听证", "Record the hearing"), leaves=(HEARING_CALLED,),
             enters=HEARD, by=OFFICER | DIRECTOR, input=HearingInput, guard=refuse_investigators,
             do=hold_hearing, resumes=(DECIDE,), other_than=(INVESTIGATE,)),
        Move("verification.review_penalty", Text("法制审核", "Legal review"), leaves=BEFORE_DECISION, enters=None,
             by=OFFICER | DIRECTOR, input=ReviewInput, guard=refuse_investigators, do=review, offered=awaits_review,
             todo=Text("法制审核：{name}", "Review {name}"), other_than=(INVESTIGATE,)),
        Move("verification.discuss_penalty", Text("集体讨论", "Discussed by the heads"), leaves=BEFORE_DECISION,
             enters=None, by=OFFICER | DIRECTOR, input=DiscussionInput, guard=refuse_investigators, do=discuss,
             offered=awaits_discussion, todo=Text("集体讨论：{name}", "Discuss among the heads: {name}"),
             other_than=(INVESTIGATE,)),
        Move("verification.decide_penalty", Text("作出处罚决定", "Decide on the penalty"),
             leaves=BEFORE_DECISION, enters=(DECIDED, NO_FINE, HANDED_OVER), by=OFFICER, approvers=DIRECTOR,
             second_person=True, input=PenaltyDecisionInput, guard=ready_to_decide, do=decide_reviewed,
             stops=(DECIDE, DEFEND), starts_in={DECIDED: (DELIVER,)},
             other_than=(INVESTIGATE, REVIEW)),
        Move("verification.deliver_penalty", Text("登记送达", "Note the delivery"), leaves=(DECIDED,), enters=DELIVERED,
             by=OFFICER, input=DeliveryInput, do=deliver, stops=(DELIVER,), starts=(PAY, PUBLISH)),
        Move("verification.pay_penalty", Text("登记缴款", "Record a payment"), leaves=(DELIVERED, CHALLENGED),
             enters=(DELIVERED, CHALLENGED, PAID), by=PARTY | OFFICER, input=PaymentInput, do=pay, stops=(PAY,),
             starts_in={DELIVERED: (PAY,), CHALLENGED: (PAY,)}, todo=Text("缴纳罚款：{name}", "Pay the fine of {name}"),
             asks=PARTY),
        Move("verification.ask_instalments", Text("申请延期或分期缴纳", "Ask to pay later or in parts"),
             leaves=(DELIVERED, CHALLENGED), enters=None, by=PARTY, input=InstalmentsInput, do=ask_instalments,
             starts=(ANSWER,), forward=False, offered=may_ask),
        Move("verification.answer_instalments",
             Text("答复延期或分期缴纳", "Answer whether it is paid later or in parts"),
             leaves=(DELIVERED, CHALLENGED), enters=None, by=OFFICER, approvers=DIRECTOR, second_person=True,
             input=InstalmentsAnswerInput, do=answer_instalments, stops=(ANSWER, PAY), starts=(PAY,), offered=is_asked,
             todo=Text("答复缴纳申请：{name}", "Answer how the fine is paid: {name}")),
        Move("verification.challenge_penalty", Text("登记复议或诉讼", "Record a challenge"), leaves=(DELIVERED, PAID),
             enters=CHALLENGED, by=PARTY, input=ChallengeInput, do=challenge, forward=False),
        Move("verification.settle_penalty", Text("登记复议或诉讼结果", "Record how it was settled"),
             leaves=(CHALLENGED,), enters=(DELIVERED, PAID, REVOKED), by=OFFICER, approvers=DIRECTOR,
             second_person=True, input=SettlementInput, do=settle, stops=(PAY,), starts_in={DELIVERED: (PAY,)},
             todo=Text("登记结果：{name}", "Record the outcome: {name}")),
        Move("verification.close_penalty", Text("结案", "Close the case"), leaves=(PAID,), enters=CLOSED, by=OFFICER,
             todo=Text("结案：{name}", "Close {name}")),
        Move("verification.publish_penalty", Text("公开处罚决定", "Publish the decision"), leaves=AFTER_DELIVERY,
             enters=None, by=OFFICER, do=publish, stops=(PUBLISH,), forward=False,
             offered=lambda case: not is_listed(case)),
        Move("verification.withdraw_penalty", Text("撤回公开的决定", "Withdraw the publication"),
             leaves=(*AFTER_DELIVERY, REVOKED), enters=None, by=OFFICER, input=PenaltyWithdrawalInput, do=withdraw,
             forward=False, offered=is_listed),
    ),
)  # fmt: skip
