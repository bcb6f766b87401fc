"""Comments and attached files, on any case by its reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from pydantic import Field

from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.registry import Input, Label, action
from tanzhi.actions.state_record import case_of
from tanzhi.actions.states import case_type
from tanzhi.presentation.forms.fields import Attached, Long
from tanzhi.presentation.navigation import AUTHORITY
from tanzhi.rulebook.kernel.text import Text, same

from .access import WORKERS, CaseRef, place_of_case, refuse_closed, refuse_others
from .files import belongs, by_whom, keep_files
from .model import Attachment, Comment

if TYPE_CHECKING:
    from tanzhi.actions.state_record import CaseRecord
    from tanzhi.actions.table import Call


class CaseCommentInput(Input):
    case: CaseRef
    text: Annotated[str, Field(min_length=1, max_length=4000), Label("意见", "Comment"), Long()]
    internal: Annotated[bool, Label("仅主管部门可见", "For the authorities only")] = False


class CaseAttachInput(Input):
    case: CaseRef
    title: Annotated[str, Field(min_length=1, max_length=200), Label("材料名称", "What it is")]
    files: Annotated[list[str], Field(min_length=1), Label("文件", "Files"), Attached()]


def _case(call: Call) -> CaseRecord:
    """The case that was named, if its kind lets this role speak."""
    case = case_of(call.data.case)
    if case is None:
        raise out_of_scope()
    allowed = case_type(case).comments
    if allowed is not None:
        refuse_others(call, case, allowed)
    return case


@action("cases.comment", label=Text("发表意见", "Comment"), by=WORKERS, place=place_of_case, input=CaseCommentInput)
def comment(call: Call) -> Comment:
    """Say something about a case; what is internal only authorities write and read."""
    case = _case(call)
    if call.data.internal and not AUTHORITY & call.actor.roles:
        raise Refused("CASE-INTERNAL", Text("内部意见仅限主管部门", "internal remarks are for authorities"), 403)
    comment: Comment = Comment.objects.create(
        **belongs(case), **by_whom(call), text=call.data.text, internal=call.data.internal
    )
    return comment


@action("cases.attach", label=Text("附材料", "Attach files"), by=WORKERS, place=place_of_case, input=CaseAttachInput)
def attach(call: Call) -> Attachment:
    """Attach stored files to a case, as long as it is open."""
    case = _case(call)
    refuse_closed(case)
    return keep_files(call, case, call.data.files, case.reference, same(call.data.title))[0]
