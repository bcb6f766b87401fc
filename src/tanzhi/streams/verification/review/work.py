"""Drawing up a review list, noting what was seen at its lines, choosing between two notes, raising findings of them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Input, action
from tanzhi.actions.validation import Label
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Hidden, Long
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.verification.cases.group import refuse_outsiders
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.cases.work import GROUP, GUIDE
from tanzhi.streams.verification.photos import MOST_PHOTOS, refuse_no_photo
from tanzhi.workflow.dossier.files import keep_files

from .drawing import lines_of
from .model import (
    CATEGORIES,
    CONTESTED,
    DOES_NOT_CONFORM,
    NOT_CHECKED,
    NOTED,
    OPEN,
    RESULTS,
    ReviewLine,
    ReviewNote,
)

if TYPE_CHECKING:
    from tanzhi.actions.table import Call

LOOKED_AT = ("formed", "reviewed", "visited", "rectifying")
"""States of a case in which its group still looks at things."""
RESULT = Outcomes(RESULTS)
PHOTO = Text("现场照片，第 {n} 行", "Photo on site, line {n}")
LATE = Text(
    "{name}{state}，不能再记录；请将该行内容交组长处理",
    "{name} ({state}): nothing is noted any more; give what you wrote to the leader",
)
NO_LINES = Text("清单没有新内容", "there is nothing new for the list")
LEADER = Text("须由核查组组长选定", "the leader of the group chooses")
NO_NOTE = Text("第 {n} 号记录不在待选之列", "note {n} is not among those that stand")
UNSEEN = Text(
    "所称看到的第 {seen} 号记录不存在，该行共 {n} 条",
    "note {seen}, which was stated as seen, is not there: the line has {n}",
)
WHY = Text("未核查的，须说明原因", "say why it was not checked")
WHAT = Text("不符合的，须写明事实", "say what does not conform")
CONFORMING = Text("该行没有记为不符合", "the line is not noted as one that does not conform")
RAISED = Text("该行已开具不符合项", "a finding was raised from this line already")
NOT_DONE = Text(
    "核查清单还有 {n} 行待核查或待选定", "{n} lines of the review list are open or noted differently by two"
)
NOT_RAISED = Text(
    "核查清单有 {n} 行不符合而未开具不符合项", "{n} lines do not conform and no finding was raised from them"
)


class NoteLineInput(Input):
    result: Annotated[Literal["conforms", "does_not_conform", "not_checked"], Label("核查结果", "Result"), RESULT]
    category: Annotated[
        str,
        Label("不符合项类别", "Category of the non-conformity"),
        Choices(CATEGORIES),
        Help("不填即本行所属类别", "blank: the category of the line"),
    ] = ""
    evidence: Annotated[str, Field(max_length=2000), Label("查阅的证据", "Evidence seen"), Long(rows=3)] = ""
    remark: Annotated[str, Field(max_length=4000), Label("核查记录", "Remark"), Long(rows=4)] = ""
    reason: Annotated[str, Field(max_length=1000), Label("未核查原因", "Why it was not checked")] = ""
    photos: Annotated[list[str], Field(max_length=MOST_PHOTOS), Label("照片", "Photos"), Attached(accept="image/*")] = (
        Field(default_factory=list)
    )
    seen: Annotated[int, Field(ge=0), Label("所见记录", "Note that was seen"), Hidden()] = 0
    device_at: Annotated[datetime | None, Label("设备时间", "Time by the device"), Hidden()] = None


class ChooseNoteInput(Input):
    number: Annotated[int, Field(ge=1), Label("采用的记录", "Note that stands")]
    reason: Annotated[str, Field(min_length=2, max_length=1000), Label("理由", "Reason"), Long(rows=3)]


class RaiseLineInput(Input):
    title: Annotated[
        str,
        Field(max_length=300),
        Label("不符合项", "Finding"),
        Help("不填即本行内容", "blank: what the line says"),
    ] = ""


@action(
    "verification.draw_review_list",
    label=Text("生成核查清单", "Draw up the review list"),
    by=GROUP,
    subject=Verification,
    leaves=LOOKED_AT,
    law=GUIDE,
)
def draw_review_list(call: Call, case: Verification) -> list[ReviewLine]:
    """Lines for whatever guide, report, plan and checks give cause to look at; what stands in the list stays."""
    refuse_outsiders(call, case)
    earlier = {(line.kind, line.code, line.place_in_record) for line in case.review_lines.all()}
    drafts = [draft for draft in lines_of(case) if draft.key not in earlier]
    if not drafts:
        raise Refused("VER-LIST-SAME", NO_LINES, 409)
    lines = [
        ReviewLine(
            case=case,
            number=len(earlier) + at,
            kind=draft.kind,
            category=draft.category,
            code=draft.code,
            place_in_record=draft.place,
            title=draft.title.as_dict(),
            expected=draft.expected.as_dict(),
            law=draft.law,
            at=call.now,
        )
        for at, draft in enumerate(drafts, 1)
    ]
    call.attach("lines", len(lines))
    return ReviewLine.objects.bulk_create(lines)


@action(
    "verification.note_line",
    label=Text("记录核查情况", "Note what was seen"),
    by=GROUP,
    subject=ReviewLine,
    input=NoteLineInput,
    law=GUIDE,
)
def note_line(call: Call, line: ReviewLine) -> ReviewLine:
    """Note the result at a line; where another inspector noted otherwise meanwhile, both notes are kept and shown."""
    case, data = line.case, call.data
    refuse_outsiders(call, case)
    if case.state not in LOOKED_AT:
        raise Refused("VER-SITE-LATE", LATE.format(name=case.name, state=case.state_label), 409)
    if data.result == NOT_CHECKED and not data.reason:
        raise Refused("VER-LINE-REASON", WHY)
    if data.result == DOES_NOT_CONFORM and not data.remark:
        raise Refused("VER-LINE-REMARK", WHAT)
    person, written = call.actor.person_id or 0, line.notes.count()
    if data.seen > written:
        raise Refused("VER-SEEN", UNSEEN.format(seen=data.seen, n=written), 422)
    note = ReviewNote(
        line=line,
        number=written + 1,
        result=data.result,
        category=data.category or line.category,
        evidence=data.evidence,
        remark=data.remark,
        reason=data.reason if data.result == NOT_CHECKED else "",
        seen=data.seen,
        # A device whose clock is wrong loses nothing; a time that cannot be is left out.
        device_at=data.device_at if data.device_at and case.opened_at <= data.device_at <= call.now else None,
        person_id=person,
        person_name=call.actor.name,
        at=call.now,
    )
    standing = list(line.notes.filter(stands=True))
    differing = [
        other
        for other in standing
        if other.person_id != person and other.number > data.seen and other.content != note.content
    ]
    replaced = [other.pk for other in standing if other not in differing]
    ReviewNote.objects.filter(pk__in=replaced).update(stands=False)
    note.save()
    if data.photos:
        keep_files(call, case, data.photos, line.reference, PHOTO.format(n=line.number))
        refuse_no_photo(data.photos)
    call.attach("note", note.number)
    call.attach("result", note.result)
    call.enter(CONTESTED if differing else NOTED)
    return line


@action(
    "verification.choose_note",
    label=Text("选定记录", "Choose the note that stands"),
    by=GROUP,
    subject=ReviewLine,
    leaves=(CONTESTED,),
    input=ChooseNoteInput,
    law=GUIDE,
)
def choose_note(call: Call, line: ReviewLine) -> ReviewLine:
    """Of two inspectors' notes the leader lets one stand; the other is kept and no longer counts."""
    refuse_outsiders(call, line.case)
    if not line.case.members.filter(person_id=call.actor.person_id or 0, leader=True).exists():
        raise Refused("VER-LEADER", LEADER, 403)
    if not line.notes.filter(stands=True, number=call.data.number).exists():
        raise Refused("VER-NOTE", NO_NOTE.format(n=call.data.number), 422)
    line.notes.exclude(number=call.data.number).update(stands=False)
    call.attach("note", call.data.number)
    call.attach_private("reason", call.data.reason)
    call.enter(NOTED)
    return line


@action(
    "verification.raise_line",
    label=Text("由本行开具不符合项", "Raise a finding from the line"),
    by=GROUP,
    subject=ReviewLine,
    leaves=(NOTED,),
    input=RaiseLineInput,
    law=GUIDE,
)
def raise_line(call: Call, line: ReviewLine) -> ReviewLine:
    """A finding with what was noted at a line that does not conform."""
    from tanzhi.actions.perform import perform

    refuse_outsiders(call, line.case)
    note = line.notes.filter(stands=True).first()
    if note is None or note.result != DOES_NOT_CONFORM:
        raise Refused("VER-LINE-CONFORMS", CONFORMING, 409)
    if line.finding:
        raise Refused("VER-LINE-RAISED", RAISED, 409)
    title = call.data.title or line.title["zh"]
    data = {"case": line.case.reference, "title": title[:300], "text": note.remark, "law": line.law}
    line.finding = perform("cases.raise_finding", call.actor, data=data).result.reference
    line.save(update_fields=["finding"])
    return line


def refuse_unfinished(_call: Call, case: Verification) -> None:
    """No conclusion while lines are open, noted differently by two, or do not conform without a finding."""
    waiting = case.review_lines.filter(state__in=(OPEN, CONTESTED)).count()
    if waiting:
        raise Refused("VER-LIST-OPEN", NOT_DONE.format(n=waiting), 409)
    bad = case.review_lines.filter(notes__stands=True, notes__result=DOES_NOT_CONFORM, finding="").count()
    if bad:
        raise Refused("VER-LIST-RAISE", NOT_RAISED.format(n=bad), 409)
