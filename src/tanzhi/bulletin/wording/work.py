"""Rows and wording from draft to adoption: changed sentence by sentence, previewed, adopted by two administrators."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import Refused, refused
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.bulletin.overlay import LineWording, Overlay, RowTitle, refuse_numbers, refuse_wording
from tanzhi.bulletin.rows import plan
from tanzhi.bulletin.rows_version import RowsVersion
from tanzhi.figures.registry import FIGURES
from tanzhi.organisations.installation.order import ordered, placed
from tanzhi.organisations.installation.work import VersionActs, change, version_case
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text

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


ROWS = version_case(
    "bulletin.rows",
    RowsVersion,
    VersionActs(
        draft=("bulletin.draft_rows", Text("修改行文", "Change rows and wording")),
        adopt=("bulletin.adopt_rows", Text("提请采用", "Propose for adoption")),
        take_earlier=("bulletin.take_earlier_rows", Text("取用以前一版", "Take an earlier version")),
        withdraw=("bulletin.withdraw_rows", Text("撤回行文草稿", "Withdraw the draft")),
    ),
    change("bulletin.reword", Text("改写句子", "Reword a sentence"), RewordInput, reword),
    change("bulletin.rearrange", Text("改标题与次序", "Change a title or its place"), RearrangeInput, rearrange),
    change("bulletin.move_chapter", Text("调整章次", "Move a chapter"), ChapterInput, move_chapter, on_page=False),
)
