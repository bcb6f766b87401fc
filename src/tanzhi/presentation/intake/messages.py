"""What the intake can find: one code, one message in both languages, one remedy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from tanzhi.actions.typed import printable
from tanzhi.rulebook.kernel import spelling
from tanzhi.rulebook.kernel.finding import ERROR, NOTE, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .layout_messages import LAYOUT_MESSAGES


@dataclass(frozen=True, slots=True)
class Message:
    """What is said for a code; {label}, {found} and {expected} are filled in."""

    text: Text
    expected: Text
    remedy: Text
    severity: str = ERROR


_TEMPLATE = Text("请下载本期模板重新填写", "Download this period's template and fill it in")
_SAVE = Text("请用 Excel 另存为 .xlsx 后上传", "Save it as .xlsx in Excel and upload that")
_XLSX = Text(".xlsx 工作簿", "an .xlsx workbook")
_CORRECT = Text("请更正该单元格", "Correct this cell")

MESSAGES: dict[str, Message] = {
    **{code: Message(*words) for code, words in LAYOUT_MESSAGES.items()},
    **{code: Message(*words, _CORRECT) for code, words in spelling.MESSAGES.items()},
    **{code: Message(*words, Text("请核对", "Please make sure"), NOTE) for code, words in spelling.NOTES.items()},
    "XLS-FILE": Message(Text("“{found}”不是工作簿", "“{found}” is not a workbook"), _XLSX, _SAVE),
    "XLS-OLD": Message(Text("“{found}”是旧版 .xls 工作簿", "“{found}” is an old .xls workbook"), _XLSX, _SAVE),
    "XLS-CSV": Message(Text("“{found}”是文本（CSV）文件", "“{found}” is a text (CSV) file"), _XLSX, _SAVE),
    "XLS-LOCKED": Message(
        Text("“{found}”有密码保护，无法读取", "“{found}” is protected by a password and cannot be read"),
        Text("没有密码的工作簿", "a workbook without a password"),
        Text("请去掉密码后上传", "Remove the password and upload it again"),
    ),
    "XLS-SIZE": Message(
        Text("文件过大：{found}", "the file is too large: {found}"),
        Text("不超过 {expected}", "at most {expected}"),
        Text("请删去图片和无关工作表", "Remove pictures and sheets that are not needed"),
    ),
    "XLS-BOMB": Message(
        Text("文件展开后过大：{found}", "the file unpacks to too much: {found}"),
        Text("展开后不超过 {expected}", "at most {expected} when unpacked"),
        _TEMPLATE,
    ),
    "XLS-BROKEN": Message(
        Text("文件已损坏，无法展开：{found}", "the file is damaged and cannot be unpacked: {found}"),
        Text("完整的工作簿", "a complete workbook"),
        Text("请重新保存后上传", "Save it again and upload that"),
    ),
    "XLS-MACRO": Message(
        Text("工作簿含有宏：{found}", "the workbook holds a macro: {found}"),
        Text("没有宏的 .xlsx", "an .xlsx without macros"),
        _SAVE,
    ),
    "XLS-LINK": Message(
        Text("工作簿链接到其他文件：{found}", "the workbook links to another file: {found}"),
        Text("没有外部链接", "no external links"),
        Text("请断开链接，只保留数值", "Break the links and keep the values only"),
    ),
    "XLS-ENTITY": Message(
        Text("工作簿内含不允许的 XML 声明：{found}", "the workbook holds XML that is not allowed: {found}"),
        Text("UTF-8，没有 DTD 和实体", "UTF-8 without DTD and entities"),
        _TEMPLATE,
    ),
    "XLS-TEMPLATE": Message(
        Text("这不是本表的模板：{found}", "this is not the template of this form: {found}"),
        Text("表单 {expected} 的模板", "the template of form {expected}"),
        _TEMPLATE,
    ),
    "XLS-YEAR": Message(
        Text("模板年度不符：{found}", "the template is of another year: {found}"),
        Text("{expected}", "{expected}"),
        _TEMPLATE,
    ),
    "XLS-ENTERPRISE": Message(
        Text("工作簿属于其他企业：{found}", "the workbook belongs to another enterprise: {found}"),
        Text("{expected}", "{expected}"),
        _TEMPLATE,
    ),
    "XLS-SHEET": Message(
        Text("缺少工作表“{label}”", "sheet “{label}” is missing"),
        Text("按模板保留全部工作表和第 1 行编码", "all sheets of the template with the codes in row 1"),
        _TEMPLATE,
    ),
    "XLS-RENAMED": Message(
        Text(
            "工作表“{label}”已改名为“{found}”，按编码识别",
            "sheet “{label}” was renamed “{found}”; it is known by its codes",
        ),
        Text("“{expected}”", "“{expected}”"),
        Text("无须处理", "Nothing to do"),
        NOTE,
    ),
    "XLS-COLUMN": Message(
        Text("缺少列“{label}”", "column “{label}” is missing"),
        Text("列编码 {expected}", "column code {expected}"),
        _TEMPLATE,
    ),
    "XLS-MERGED": Message(
        Text("单元格已合并：{found}", "cells are merged: {found}"),
        Text("每个值一个单元格", "one cell for each value"),
        Text("请取消合并并逐格填写", "Unmerge them and fill in each cell"),
    ),
    "XLS-FORMULA": Message(
        Text("单元格含公式", "the cell holds a formula"),
        Text("数值本身", "the value itself"),
        Text("请复制后以“值”粘贴", "Copy it and paste as values"),
    ),
    "XLS-HIDDEN": Message(
        Text("隐藏处有数值，填报人看不到：{found}", "there are values where nobody sees them: {found} is hidden"),
        Text("没有隐藏的工作表、行、列", "no hidden sheet, row or column"),
        Text("请取消隐藏并核对，或清空", "Unhide it and make sure of it, or clear it"),
    ),
    "XLS-FORMAT": Message(
        Text("单元格显示的不是所存数值（格式：{found}）", "the cell shows something else than it holds ({found})"),
        Text("常规或数值格式", "a general or number format"),
        Text("请改为“常规”格式后核对数值", "Set the format to General and check the value"),
    ),
    "XLS-TWICE": Message(
        Text("工作表“{found}”与“{expected}”是同一张表", "sheets “{found}” and “{expected}” are the same table"),
        Text("每张表一个工作表", "one sheet for each table"),
        Text("请删去多余的一张", "Delete the one that is too many"),
    ),
    "XLS-CODE": Message(
        Text("列“{found}”出现两次", "column “{found}” stands twice"),
        Text("每列一次", "each column once"),
        Text("请删去多余的一列", "Delete the one that is too many"),
    ),
    "XLS-META": Message(
        Text(
            "缺少隐藏表 {found}，无法核对表单、年度和企业",
            "sheet {found} is missing: form, year and enterprise are not compared",
        ),
        Text("模板原有的隐藏表", "the template's own hidden sheet"),
        Text("请确认文件属于本期本企业", "Make sure that the file is of this period and enterprise"),
        NOTE,
    ),
    "XLS-SHEETS": Message(
        Text("工作表过多：{found}", "too many sheets: {found}"),
        Text("至多 {expected}", "at most {expected}"),
        Text("请删去无关工作表", "Delete sheets that are not needed"),
    ),
    "XLS-LIMIT": Message(
        Text(
            "读取超出内存或时间限制（{found}），已停止",
            "reading took more memory or time than is allowed ({found}) and was stopped",
        ),
        Text("大小正常的文件", "a file of ordinary size"),
        _TEMPLATE,
    ),
    "XLS-BUSY": Message(
        Text("正在读取的文件过多", "too many files are being read"),
        Text("稍后再试", "a little later"),
        Text("请稍后再上传", "Upload it again in a moment"),
    ),
    "XLS-ROWS": Message(
        Text("行列过多：{found}", "too many rows or columns: {found}"),
        Text("至多 {expected}", "at most {expected}"),
        Text("请删去多余的行列", "Delete rows and columns that are not needed"),
    ),
    "GRID-SHAPE": Message(
        Text("表格的各行无法读取：{found}", "the rows of the grid cannot be read: {found}"),
        Text("页面送来的形式 {expected}", "the form in which the page sends them, {expected}"),
        Text("请刷新页面后重新填写", "Load the page again and fill it in"),
    ),
    "GRID-COLUMN": Message(
        Text("表格没有“{found}”这一列，或该列出现两次", "the grid has no column “{found}”, or it stands twice"),
        Text("{expected}，每列一次", "{expected}, each once"),
        Text("请刷新页面后重新填写", "Load the page again and fill it in"),
    ),
    "XLS-ERROR": Message(
        Text("{label}是错误值：{found}", "{label} is an error value: {found}"), Text("数值", "a value"), _CORRECT
    ),
    "XLS-LENGTH": Message(
        Text("{label}过长：{found}", "{label} is too long: {found}"),
        Text("至多 {expected} 字", "at most {expected} characters"),
        _CORRECT,
    ),
    "VAL-UNIT": Message(
        Text("{label}一列标明的单位是“{found}”", "the column of {label} states the unit “{found}”"),
        Text("单位 {expected}，或指定换算", "the unit {expected}, or a conversion that is chosen"),
        Text("请核对单位；不能确定的单位不作换算", "Make sure of the unit: a doubtful one is not converted"),
    ),
    "VAL-CONVERTED": Message(
        Text("{label}已由“{found}”换算为“{expected}”", "{label} was converted from “{found}” to “{expected}”"),
        Text("{expected}", "{expected}"),
        Text("请核对", "Please make sure"),
        NOTE,
    ),
    "XLS-PERIOD": Message(
        Text("{label}不在本期：{found}", "{label} lies outside the period: {found}"),
        Text("{expected}", "{expected}"),
        _CORRECT,
    ),
    "XLS-UNIT": Message(
        Text("{label}不属于本企业：“{found}”", "{label} is not one of this enterprise: “{found}”"),
        Text("{expected}", "{expected}"),
        _CORRECT,
    ),
    "XLS-KEY": Message(
        Text("该行有数据但未填{label}", "the row holds data but {label} is blank"),
        Text("{label}", "{label}"),
        Text("请填写，或清空该行", "Fill it in, or clear the row"),
    ),
    "XLS-DUPLICATE": Message(
        Text("该行与上文重复：{found}", "the row stands twice: {found}"),
        Text("每行不同", "a different one in each row"),
        Text("请合并或删去一行", "Merge the rows or delete one"),
    ),
    "XLS-EMPTY": Message(
        Text("没有任何数据：{found}", "there is no data in it: {found}"),
        Text("至少一行数据", "at least one row"),
        Text("请填写后上传", "Fill it in and upload it"),
    ),
}


def unreadable(findings: Iterable[Finding]) -> list[Finding]:
    """Findings of reading, as against those of the form and the rules: with one of them there is nothing to save."""
    return [finding for finding in findings if finding.code in MESSAGES and finding.severity == ERROR]


def finding(
    code: str, place: str, *, field: str = "", label: Text | None = None, found: str = "", expected: Any = ""
) -> Finding:
    """The finding of a code at a place such as 燃料!E5."""
    message = MESSAGES[code]
    words = printable(found if len(found) <= 80 else f"{found[:80]}…")
    values = {"label": label or same(place or "-"), "found": words, "expected": expected}
    text = message.text.format(**values)
    return Finding(
        code,
        message.severity,
        place,
        field,
        words,
        message.expected.format(**values),
        text,
        remedy=message.remedy,
    )
