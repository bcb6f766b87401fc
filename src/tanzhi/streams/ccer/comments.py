"""Public notice: anybody says what he thinks, the owner answers (公示意见)."""

from __future__ import annotations

from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import KNOWN_ROLES, SERVICE
from tanzhi.actions.table import Call, action, anywhere
from tanzhi.rulebook.kernel.text import Text

from .inputs import CommentAnswerInput, PublicCommentInput
from .models import CreditProject, CreditReport, PublicComment


@action(
    "ccer.comment",
    label=Text("提交公示意见", "Comment on the notice"),
    by=set(KNOWN_ROLES) - {SERVICE.code},
    place=anywhere,
    input=PublicCommentInput,
    law="温室气体自愿减排交易管理办法（试行）第十二条、第十九条",
)
def comment(call: Call) -> PublicComment:
    """While the notice runs; the contact stands beside the log and can be erased."""
    data: PublicCommentInput = call.data
    project = CreditProject.objects.filter(pk=data.project).first()
    report = CreditReport.objects.filter(pk=data.report, project=project).first() if data.report else None
    if project is None or not in_notice(call, report or project):
        raise Refused("CCR-20", Text("该项目不在公示期内", "this is not in public notice now"), 409)
    call.attach_private("contact", data.contact)
    return PublicComment.objects.create(
        project=project, report=report, who=data.who, contact=data.contact, text=data.text, at=call.now
    )


def in_notice(call: Call, case: CreditProject | CreditReport) -> bool:
    """Whether its notice runs on this day."""
    if case.state != "notice" or case.notice_first is None or case.notice_last is None:
        return False
    return case.notice_first <= call.today <= case.notice_last


@action(
    "ccer.answer_comment",
    label=Text("答复公示意见", "Answer a comment"),
    by={"project_owner"},
    subject=PublicComment,
    input=CommentAnswerInput,
)
def answer_comment(call: Call, comment: PublicComment) -> PublicComment:
    """The owner answers; the body of validation reads both."""
    comment.answer, comment.answered_at = call.data.answer, call.now
    comment.save(update_fields=["answer", "answered_at"])
    return comment
