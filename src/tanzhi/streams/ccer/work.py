"""CCER projects and their batches as kinds of work: states, clocks and guards of the Measures."""

from __future__ import annotations

from tanzhi.actions.states import Findings, Move, Opening, State
from tanzhi.actions.transitions import CaseType
from tanzhi.law.calendar.days import NATURAL, WORKING
from tanzhi.rulebook.ccer.claims import MEASURES
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.findings.work import time_to_answer

from . import issuance, registration
from . import models as m
from .inputs import (
    AdmitInput,
    CcerOpinionInput,
    CreditIssueInput,
    DesignInput,
    MonitoringInput,
    NoticeInput,
    OpenReportInput,
    ProjectRegisterInput,
    ProposeInput,
    ReportNoticeInput,
    ValidationAskInput,
    ValidationConcludeInput,
    VerifyInput,
    place_of_proposal,
    place_of_report,
)

OWNER, BODY, PROVINCE = {"project_owner"}, {"verifier"}, {"provincial_officer"}
DECIDERS = {"provincial_officer", "provincial_director"}
RULES = "CNCA-CCER-01:2023"

NOTICE = Limit(
    "notice",
    Text("设计文件公示", "Public notice of the design"),
    due=registration.last_of_notice,
    unit=WORKING,
    who=OWNER,
    law=f"{MEASURES}第十二条：二十个工作日",
)
VALIDATION = Limit(
    "validation",
    Text("出具审定报告", "Report of validation"),
    days="procedure.ccer_validation_days",
    unit=NATURAL,
    remind=(20, 5),
    who=BODY,
    escalate=PROVINCE,
    law=f"{RULES}：自公示起一百日内",
)
REGISTRATION = Limit(
    "registration",
    Text("项目登记审查", "Review for registration"),
    days="procedure.ccer_registration_days",
    unit=WORKING,
    who=PROVINCE,
    law=f"{MEASURES}第十五条：十五个工作日",
)
REPORT_NOTICE = Limit(
    "report_notice",
    Text("核算报告公示", "Public notice of the report"),
    unit=WORKING,
    due=issuance.last_of_notice,
    who=OWNER,
    law=f"{MEASURES}第十九条：二十个工作日",
)
VERIFICATION = Limit(
    "verification",
    Text("出具核查报告", "Report of verification"),
    days="procedure.ccer_verification_days",
    unit=NATURAL,
    remind=(20, 5),
    who=BODY,
    escalate=PROVINCE,
    law=f"{RULES}：自公示起一百日内",
)
ISSUE = Limit(
    "issue",
    Text("减排量登记审查", "Review for issue"),
    days="procedure.ccer_issue_days",
    unit=WORKING,
    who=PROVINCE,
    law=f"{MEASURES}第二十二条：十五个工作日",
)
BEFORE_REGISTRATION = (m.CANDIDATE, m.LIBRARY, m.DESIGN, m.NOTICE, m.VALIDATING, m.VALIDATED, m.APPLIED)

CREDIT_PROJECT = CaseType(
    "ccer.project",
    model=m.CreditProject,
    title=Text("自愿减排项目", "Voluntary-reduction project"),
    law=MEASURES,
    start=m.CANDIDATE,
    findings=Findings(BODY, OWNER, BODY, time_to_answer("procedure.ccer_answer_days", OWNER, RULES)),
    comments=OWNER | BODY | DECIDERS | {"city_officer"},
    states=(
        State(m.CANDIDATE, Text("待入库", "Candidate"), tone="due"),
        State(m.LIBRARY, Text("已入库储备", "In the library"), tone="info"),
        State(m.DESIGN, Text("编制设计文件", "Design in preparation"), tone="info"),
        State(m.NOTICE, Text("设计文件公示", "Public notice"), tone="due"),
        State(m.VALIDATING, Text("审定中", "In validation"), tone="due"),
        State(m.VALIDATED, Text("审定通过", "Validated"), tone="info"),
        State(m.APPLIED, Text("申请登记", "Applied for registration"), tone="due"),
        State(m.REGISTERED, Text("已登记", "Registered"), tone="ok"),
        State(m.WITHDRAWN, Text("已撤回", "Withdrawn"), tone="late", end=True, aside=True),
        State(m.DEREGISTERED, Text("已注销", "Deregistered"), tone="late", end=True, aside=True),
    ),
    opening=Opening("ccer.propose", Text("申报储备项目", "Propose a project"), by=OWNER, do=registration.propose,
                    place=place_of_proposal, input=ProposeInput),
    moves=(
        Move("ccer.admit", Text("纳入项目储备库", "Take into the library"), leaves=(m.CANDIDATE,), enters=m.LIBRARY,
             by=PROVINCE, input=AdmitInput, do=registration.admit, second_person=True, approvers=DECIDERS),
        Move("ccer.state_design", Text("填写设计文件", "State the design"), leaves=(m.LIBRARY, m.DESIGN),
             enters=m.DESIGN, by=OWNER, input=DesignInput, do=registration.state_design),
        Move("ccer.open_notice", Text("提交公示", "Put to public notice"), leaves=(m.DESIGN,), enters=m.NOTICE,
             by=OWNER, input=NoticeInput, guard=registration.design_was_stated, do=registration.open_notice,
             starts=(NOTICE, VALIDATION)),
        Move("ccer.recall_notice", Text("撤回公示", "Recall the notice"), leaves=(m.NOTICE,), enters=m.DESIGN,
             by=OWNER, do=registration.recall, stops=(NOTICE, VALIDATION), forward=False),
        Move("ccer.begin_validation", Text("开始审定", "Begin validation"), leaves=(m.NOTICE,), enters=m.VALIDATING,
             by=BODY, guard=registration.may_validate, do=registration.begin_validation, stops=(NOTICE,)),
        Move("ccer.conclude_validation", Text("出具审定结论", "Conclude validation"), leaves=(m.VALIDATING,),
             enters=(m.VALIDATED, m.DESIGN), by=BODY, input=ValidationConcludeInput, guard=registration.may_conclude,
             do=registration.conclude, stops=(VALIDATION,)),
        Move("ccer.apply_registration", Text("申请项目登记", "Apply for registration"), leaves=(m.VALIDATED,),
             enters=m.APPLIED, by=OWNER, do=registration.apply_registration, starts=(REGISTRATION,)),
        Move("ccer.record_registration", Text("录入登记结果", "Record the registration"), leaves=(m.APPLIED,),
             enters=m.REGISTERED, by=PROVINCE, input=ProjectRegisterInput, do=registration.record_registration,
             second_person=True, approvers=DECIDERS, stops=(REGISTRATION,)),
        Move("ccer.record_refusal", Text("录入不予登记", "Record a refusal"), leaves=(m.APPLIED,), enters=m.DESIGN,
             by=PROVINCE, input=CcerOpinionInput, do=registration.keep_words, stops=(REGISTRATION,), forward=False),
        Move("ccer.withdraw", Text("撤回项目", "Withdraw"), leaves=BEFORE_REGISTRATION, enters=m.WITHDRAWN, by=OWNER,
             input=CcerOpinionInput, do=registration.keep_words, forward=False),
        Move("ccer.deregister", Text("注销项目", "Deregister"), leaves=(m.REGISTERED,), enters=m.DEREGISTERED,
             by=PROVINCE, input=CcerOpinionInput, do=registration.keep_words, second_person=True, approvers=DECIDERS,
             law=f"{MEASURES}第十六条", forward=False),
    ),
)  # fmt: skip

CREDIT_REPORT = CaseType(
    "ccer.report",
    model=m.CreditReport,
    title=Text("减排量", "Batch of reductions"),
    law=MEASURES,
    start=m.DRAFT,
    findings=Findings(BODY, OWNER, BODY, time_to_answer("procedure.ccer_answer_days", OWNER, RULES)),
    states=(
        State(m.DRAFT, Text("编制核算报告", "Report in preparation"), tone="info"),
        State(m.REPORTED, Text("核算报告公示", "Public notice"), tone="due"),
        State(m.VERIFYING, Text("核查中", "In verification"), tone="due"),
        State(m.VERIFIED, Text("核查通过", "Verified"), tone="info"),
        State(m.ASKED, Text("申请减排量登记", "Applied for"), tone="due"),
        State(m.ISSUED, Text("已签发", "Issued"), tone="ok", end=True),
        State(m.WITHDRAWN, Text("已撤回", "Withdrawn"), tone="late", end=True, aside=True),
    ),
    opening=Opening("ccer.open_report", Text("申报减排量", "Report reductions"), by=OWNER, do=issuance.open_report,
                    place=place_of_report, input=OpenReportInput),
    moves=(
        Move("ccer.state_monitoring", Text("填写监测数据", "State the monitoring data"), leaves=(m.DRAFT,), enters=None,
             by=OWNER, input=MonitoringInput, do=issuance.state_monitoring),
        Move("ccer.report_notice", Text("提交核算报告公示", "Put the report to public notice"), leaves=(m.DRAFT,),
             enters=m.REPORTED, by=OWNER, input=ReportNoticeInput, guard=issuance.was_monitored,
             do=issuance.open_notice, starts=(REPORT_NOTICE, VERIFICATION)),
        Move("ccer.begin_verification", Text("开始核查", "Begin verification"), leaves=(m.REPORTED,),
             enters=m.VERIFYING, by=BODY, guard=issuance.may_verify, stops=(REPORT_NOTICE,)),
        Move("ccer.conclude_verification", Text("出具核查结论", "Conclude verification"), leaves=(m.VERIFYING,),
             enters=(m.VERIFIED, m.DRAFT), by=BODY, input=VerifyInput, guard=issuance.is_its_body,
             do=issuance.conclude, stops=(VERIFICATION,)),
        Move("ccer.apply_issuance", Text("申请减排量登记", "Apply for issue"), leaves=(m.VERIFIED,), enters=m.ASKED,
             by=OWNER, input=ValidationAskInput, guard=issuance.may_be_applied_for, do=issuance.apply_issuance,
             starts=(ISSUE,)),
        Move("ccer.issue", Text("录入签发", "Record the issue"), leaves=(m.ASKED,), enters=m.ISSUED, by=PROVINCE,
             input=CreditIssueInput, do=issuance.issue, second_person=True, approvers=DECIDERS, stops=(ISSUE,)),
        Move("ccer.withdraw_report", Text("撤回减排量", "Withdraw"), leaves=(m.DRAFT, m.REPORTED, m.VERIFYING),
             enters=m.WITHDRAWN, by=OWNER, forward=False),
    ),
)  # fmt: skip
