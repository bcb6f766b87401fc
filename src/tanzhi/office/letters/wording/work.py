"""The letters' wording from draft to adoption: a letter at a time, its placeholders and tables locked."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from tanzhi.actions.actor import Actor
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, Input
from tanzhi.actions.validation import Label
from tanzhi.office.letters.layout import letter_codes, shipped
from tanzhi.office.letters.rules import LetterWording, faults
from tanzhi.office.letters.version import LettersVersion
from tanzhi.organisations.installation.work import VersionActs, change, version_case
from tanzhi.presentation.forms.fields import Choices, Help, Long
from tanzhi.rulebook.kernel.text import Text


def letters(_actor: Actor) -> list[tuple[str, Text]]:
    return [(code, shipped(code).kind) for code in letter_codes()]


class LetterWordingInput(Input):
    letter: Annotated[str, Field(min_length=1, max_length=100), Label("文书", "Letter"), Choices(letters)]
    number_zh: Annotated[
        str,
        Field(max_length=60),
        Label("文号（中文）", "Number (Chinese)"),
        Help("含 {year} 和 {n}；改动后另行编号", "with {year} and {n}; another series counts from 1"),
    ] = ""
    number_en: Annotated[str, Field(max_length=60), Label("文号（英文）", "Number (English)")] = ""
    title_zh: Annotated[str, Field(max_length=150), Label("标题（中文）", "Title (Chinese)")] = ""
    title_en: Annotated[str, Field(max_length=150), Label("标题（英文）", "Title (English)")] = ""
    body_zh: Annotated[
        str,
        Field(max_length=6000),
        Label("正文（中文）", "Body (Chinese)"),
        Help(
            "一段一行；# 开头为标题，[名称] 独占一行为表格；大括号内由平台填入，不可增删；留空用原文",
            "a paragraph a line; # begins a heading, [name] alone is a table; braces are filled in by the platform and "
            "none is added or dropped; blank: as the program has it",
        ),
        Long(10),
    ] = ""
    body_en: Annotated[
        str,
        Field(max_length=9000),
        Label("正文（英文）", "Body (English)"),
        Help("与中文逐段对应；留空则英文文书用中文", "part by part as the Chinese; blank: the letter speaks Chinese"),
        Long(10),
    ] = ""


_UNKNOWN_LETTER = Text("没有文书“{found}”", "there is no letter “{found}”")
_FAULTS = Text("行文有 {n} 处不符：{first}", "{n} places do not fit: {first}")


def reword(call: Call, version: LettersVersion) -> None:
    """One letter; a text that is blank, or says what the program says, is the program's."""
    code = call.data.letter
    if code not in letter_codes():
        raise Refused("LET-05", _UNKNOWN_LETTER.format(found=code), 422)
    letter = shipped(code)
    entered = call.data.model_dump(exclude={"letter"})
    for field, of in (("number", letter.template.series), ("title", letter.template.title)):
        if (entered[f"{field}_zh"] or of.zh, entered[f"{field}_en"] or of.en) == (of.zh, of.en):
            entered[f"{field}_zh"] = entered[f"{field}_en"] = ""
    if all(_as_lines(entered[f"body_{each}"]) in ("", letter.template.body_text(each)) for each in ("zh", "en")):
        entered["body_zh"] = entered["body_en"] = ""
    wording = LetterWording(**{name: _as_lines(words) for name, words in entered.items()})
    if findings := faults(letter, wording):
        raise Refused("LET-06", _FAULTS.format(n=len(findings), first=findings[0].message), 422, findings)
    others = {name: words for name, words in version.overlay.items() if name != code}
    stored = wording.model_dump(exclude_defaults=True)
    version.overlay = others | ({code: stored} if stored else {})


def _as_lines(words: str) -> str:
    """Without blank lines and the spaces at the ends of lines."""
    return "\n".join(filter(None, map(str.strip, words.splitlines())))


version_case(
    "office.letters",
    LettersVersion,
    VersionActs(
        draft=("office.draft_letters", Text("修改文书行文", "Change the wording of letters")),
        adopt=("office.adopt_letters", Text("提请采用", "Propose for adoption")),
        take_earlier=("office.take_earlier_letters", Text("取用以前一版", "Take an earlier version")),
        withdraw=("office.withdraw_letters", Text("撤回行文草稿", "Withdraw the draft")),
    ),
    change("office.reword_letter", Text("改写文书", "Reword a letter"), LetterWordingInput, reword),
)
