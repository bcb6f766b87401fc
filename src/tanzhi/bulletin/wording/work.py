"""Rows and wording from draft to adoption: changed sentence by sentence, previewed, adopted by two administrators."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input, anywhere
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.bulletin.overlay import LineWording, Overlay, RowTitle, ordered, placed, refuse_numbers, refuse_wording
from tanzhi.bulletin.rows import plan
from tanzhi.bulletin.rows_version import ADOPTED, DRAFTED, WITHDRAWN, RowsVersion
from tanzhi.figures.registry import FIGURES
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text, same

ADMINISTRATOR = {"administrator"}
SIZES = {
    "large": Text("亿吨、亿元；Mt、bn yuan", "Mt, bn yuan; 亿吨、亿元"),
    "middle": Text("万吨、万元；kt、M yuan", "kt, M yuan; 万吨、万元"),
    "base": Text("吨、元", "t, yuan"),
}
FIRST = "first"
LINE = Text("第{n}行 {title}", "Row {n}, {title}")


def lines(_actor: Actor) -> list[tuple[str, Text]]:
    """Every figure of every row, by its key."""
    return [
        (row.key(line), LINE.format(n=row.number, title=FIGURES[line.code].title))
        for row in plan().rows
        for line in row.lines
    ]


def rows(_actor: Actor) -> list[tuple[str, Text]]:
    return [(str(row.number), LINE.format(n=row.number, title=row.title)) for row in plan().rows]


def places(actor: Actor) -> list[tuple[str, Text]]:
    return [(FIRST, Text("本章之首", "first in its chapter")), *rows(actor)]


def chapters(_actor: Actor) -> list[tuple[str, Text]]:
    return list(plan().streams.items())


class RewordInput(Input):
    line: Annotated[str, Field(min_length=1), Label("数据", "Figure"), Choices(lines)]
    sentence_zh: Annotated[
        str,
        Field(max_length=500),
        Label("中文句子", "Sentence in Chinese"),
        Help(
            "数值由 {value} 或 {change} 填入，不得写入数字；留空用原句",
            "{value} or {change} brings the number, none is typed; blank: as the program has it",
        ),
        Long(3),
    ] = ""
    sentence_en: Annotated[str, Field(max_length=500), Label("英文句子", "Sentence in English"), Long(3)] = ""
    size: Annotated[
        str,
        Label("单位", "Unit"),
        Choices(SIZES),
        Help("留空按数值大小自动选择", "blank: by the size of the value"),
    ] = ""
    decimals: Annotated[
        int | None,
        Field(ge=0, le=6),
        Label("小数位数", "Decimals"),
        Help(
            "舍去数字时全值写在句中或附表",
            "where digits are cut, the full value stands in the sentence or in the annex",
        ),
    ] = None


class RearrangeInput(Input):
    row: Annotated[str, Field(min_length=1), Label("行", "Row"), Choices(rows)]
    title_zh: Annotated[str, Field(max_length=100), Label("中文标题，留空用原题", "Title in Chinese, or blank")] = ""
    title_en: Annotated[str, Field(max_length=150), Label("英文标题，留空用原题", "Title in English, or blank")] = ""
    after: Annotated[
        str,
        Label("排在其后", "Place after"),
        Choices(places),
        Help("同一章内；留空则位置不变", "within its chapter; blank: where it stands"),
    ] = ""


class ChapterInput(Input):
    chapter: Annotated[str, Field(min_length=1), Label("章", "Chapter"), Choices(chapters)]
    after: Annotated[
        str, Label("排在其后", "Place after"), Choices(chapters), Help("留空则排在最前", "blank: at the beginning")
    ] = ""


class AdoptInput(Input):
    since: Annotated[date, Label("自何日起", "From")]
    remark: Annotated[str, Field(min_length=4, max_length=2000), Label("说明", "Remark"), Long()]


class RowsReasonInput(Input):
    remark: Annotated[str, Field(min_length=4, max_length=2000), Label("理由", "Reason"), Long()]


_OPEN_DRAFT = Text("第{n}版尚未采用，请先采用或撤回", "version {n} is still a draft: adopt or withdraw it first")


def open_draft(call: Call) -> RowsVersion:
    """A draft that begins with what was adopted last."""
    last = RowsVersion.objects.order_by("-number").first()
    if waiting := RowsVersion.objects.filter(state=DRAFTED).first():
        raise Refused("BUL-07", _OPEN_DRAFT.format(n=waiting.number), 409)
    adopted = RowsVersion.objects.filter(state=ADOPTED).order_by("-since", "-number").first()
    return RowsVersion(
        number=last.number + 1 if last else 1,
        overlay=adopted.overlay if adopted else {},
        drafted_by=call.actor.name,
        opened_at=call.now,
    )


_CODE_OF_CHOICE = Text("选项之一，如 {codes}", "one of the choices, such as {codes}")


def refuse_unknown(call: Call, **choices: list[tuple[str, Text]]) -> None:
    """Codes that no form offers, from whichever door they come (BUL-14); a blank names nothing."""
    for field, pairs in choices.items():
        code, codes = getattr(call.data, field), [each for each, _ in pairs]
        if code not in ("", *codes):
            raise refused("BUL-14", field, code, _CODE_OF_CHOICE.format(codes=", ".join(codes[:3])))


def reword(call: Call, version: RowsVersion) -> None:
    """One figure's sentence, unit and decimals; all of them blank: as the program has it."""
    refuse_unknown(call, line=lines(call.actor))
    row, line = next((row, line) for row in plan().rows for line in row.lines if row.key(line) == call.data.line)
    wording = LineWording(
        zh=call.data.sentence_zh, en=call.data.sentence_en, size=call.data.size or "", decimals=call.data.decimals
    )
    refuse_wording(LINE.format(n=row.number, title=FIGURES[line.code].title), line, wording)
    same_words = (wording.zh in ("", line.sentence.zh), wording.en in ("", line.sentence.en))
    changed = dict(version.wording.lines)
    changed.pop(call.data.line, None)
    if not all(same_words) or wording.size or wording.decimals is not None:
        changed[call.data.line] = wording
    _store(version, version.wording.model_copy(update={"lines": changed}))


_OTHER_CHAPTER = Text(
    "“{row}”只能排在同一章的另一行之后，不能排在“{after}”之后",
    "“{row}” can stand after another row of its chapter, not after “{after}”",
)


def rearrange(call: Call, version: RowsVersion) -> None:
    """A row's title and its place within its chapter."""
    refuse_unknown(call, row=rows(call.actor), after=places(call.actor))
    overlay, by_number = version.wording, {row.number: row for row in plan().rows}
    row = by_number[int(call.data.row)]
    titles = {number: title for number, title in overlay.titles.items() if number != row.number}
    if call.data.title_zh or call.data.title_en:
        title = RowTitle(zh=call.data.title_zh or row.title.zh, en=call.data.title_en or row.title.en)
        for words in (title.zh, title.en):
            refuse_numbers(LINE.format(n=row.number, title=row.title), words)
        titles[row.number] = title
    order = overlay.order
    if call.data.after == FIRST:
        order = placed(ordered(list(by_number), order), row.number, None)
    elif call.data.after:
        after = by_number[int(call.data.after)]
        if after.stream != row.stream or after.number == row.number:
            raise Refused("BUL-11", _OTHER_CHAPTER.format(row=row.title, after=after.title), 422)
        order = placed(ordered(list(by_number), order), row.number, after.number)
    _store(version, overlay.model_copy(update={"titles": titles, "order": order}))


def move_chapter(call: Call, version: RowsVersion) -> None:
    """A chapter to another place among the chapters."""
    refuse_unknown(call, chapter=chapters(call.actor), after=chapters(call.actor))
    overlay, streams = version.wording, plan().streams
    if call.data.chapter == call.data.after:
        words = streams[call.data.chapter]
        raise Refused("BUL-11", _OTHER_CHAPTER.format(row=words, after=words), 422)
    order = placed(ordered(list(streams), overlay.streams), call.data.chapter, call.data.after or None)
    _store(version, overlay.model_copy(update={"streams": order}))


def _store(version: RowsVersion, overlay: Overlay) -> None:
    version.overlay = overlay.model_dump(mode="json", exclude_defaults=True)


_TOO_EARLY = Text("自{found}起采用：不得早于 {expected}", "in force from {found}: expected {expected} or a later day")
_UNCHANGED = Text("与现行行文相同，无可采用", "it says what is in force already: there is nothing to adopt")


def may_be_adopted(call: Call, version: RowsVersion) -> None:
    """From today on, not before the version before it (BUL-12), and not if it changes nothing (BUL-13)."""
    last = RowsVersion.objects.filter(state=ADOPTED).order_by("-since", "-number").first()
    earliest = max(call.today, last.since) if last and last.since else call.today
    if call.data.since < earliest:
        words = _TOO_EARLY.format(found=same(call.data.since.isoformat()), expected=same(earliest.isoformat()))
        raise Refused("BUL-12", words, 422)
    if version.plan == (last.plan if last else plan()):
        raise Refused("BUL-13", _UNCHANGED, 409)


def adopt(call: Call, version: RowsVersion) -> None:
    """Bulletins composed from that day on are worded so; what is published stays as it is."""
    proposer = Person.objects.filter(pk=call.proposer or 0).first()
    version.proposed_by = proposer.name if proposer else ""
    version.signed_by = call.actor.name
    version.since, version.remark = call.data.since, call.data.remark


def withdraw(call: Call, version: RowsVersion) -> None:
    """A draft that is not to be adopted."""
    version.remark = call.data.remark


ROWS = CaseType(
    "bulletin.rows",
    model=RowsVersion,
    title=Text("发布稿行文", "Rows and wording of the bulletin"),
    start=DRAFTED,
    states=(
        State(DRAFTED, Text("草稿", "Draft"), tone="due"),
        State(ADOPTED, Text("已采用", "Adopted"), tone="ok", end=True),
        State(WITHDRAWN, Text("已撤回", "Withdrawn"), end=True, aside=True),
    ),
    opening=Opening(
        "bulletin.draft_rows",
        Text("修改行文", "Change rows and wording"),
        by=ADMINISTRATOR,
        place=anywhere,
        do=open_draft,
    ),
    moves=(
        Move(
            "bulletin.adopt_rows",
            Text("提请采用", "Propose for adoption"),
            leaves=(DRAFTED,),
            enters=ADOPTED,
            by=ADMINISTRATOR,
            second_person=True,
            input=AdoptInput,
            guard=may_be_adopted,
            do=adopt,
        ),
        Move(
            "bulletin.reword",
            Text("改写句子", "Reword a sentence"),
            leaves=(DRAFTED,),
            enters=None,
            by=ADMINISTRATOR,
            input=RewordInput,
            do=reword,
            on_page=True,
        ),
        Move(
            "bulletin.rearrange",
            Text("改标题与次序", "Change a title or its place"),
            leaves=(DRAFTED,),
            enters=None,
            by=ADMINISTRATOR,
            input=RearrangeInput,
            do=rearrange,
            on_page=True,
        ),
        Move(
            "bulletin.move_chapter",
            Text("调整章次", "Move a chapter"),
            leaves=(DRAFTED,),
            enters=None,
            by=ADMINISTRATOR,
            input=ChapterInput,
            do=move_chapter,
        ),
        Move(
            "bulletin.withdraw_rows",
            Text("撤回行文草稿", "Withdraw the draft"),
            leaves=(DRAFTED,),
            enters=WITHDRAWN,
            by=ADMINISTRATOR,
            input=RowsReasonInput,
            do=withdraw,
            forward=False,
        ),
    ),
)
