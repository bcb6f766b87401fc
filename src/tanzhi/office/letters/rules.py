"""What a letter keeps in whatever words: the names that its act fills in, its tables, its parts in both languages."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from tanzhi.actions.language import listed
from tanzhi.organisations.installation.placeholders import placeholders, written
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .layout import NUMBERED, LetterPart, PartKind, ShippedLetter, Template, read_body


class LetterWording(BaseModel):
    """How an installation says one letter: blank Chinese is the program's, blank English speaks Chinese."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number_zh: str = ""
    number_en: str = ""
    title_zh: str = ""
    title_en: str = ""
    body_zh: str = ""
    body_en: str = ""

    def over(self, template: Template) -> Template:
        """The template in this wording, which `faults` has found to fit."""
        body = template.body
        if self.body_zh or self.body_en:
            chinese = read_body(self.body_zh or template.body_text("zh"))
            english = read_body(self.body_en) if self.body_en else chinese
            body = tuple(LetterPart(kind, Text(zh, en)) for (kind, zh), (_, en) in zip(chinese, english, strict=True))
        return Template(
            _either(self.number_zh, self.number_en, template.series),
            _either(self.title_zh, self.title_en, template.title),
            body,
        )


def _either(zh: str, en: str, shipped: Text) -> Text:
    return Text(zh or shipped.zh, en or zh or shipped.en)


NUMBER, TITLE, BODY = Text("文号", "Number"), Text("标题", "Title"), Text("正文", "Body")
PARAGRAPH = Text("正文第{n}段", "Part {n} of the body")
IN_CHINESE, IN_ENGLISH = Text("{place}（中文）", "{place} (Chinese)"), Text("{place}（英文）", "{place} (English)")
_UNKNOWN = Text(
    "“{place}”有本文书没有的占位符：{found}；可用 {expected}",
    "“{place}” has placeholders that this letter does not: {found}; expected {expected}",
)
_MISSING = Text("“{place}”缺少占位符：{expected}", "“{place}” lacks placeholders: {expected}")
_TABLES = Text(
    "“{place}”的表格为 {found}，应为 {expected}，各一次", "tables of “{place}”: {found}; expected {expected}, once"
)
_PARTS = Text(
    "英文正文为 {found}，应与中文逐段相同：{expected}",
    "the English body has {found}; expected the parts of the Chinese one: {expected}",
)
KINDS: dict[PartKind, Text] = {
    "paragraph": Text("段", "paragraph"),
    "heading": Text("标题", "heading"),
    "table": Text("表", "table"),
}


def faults(shipped: ShippedLetter, wording: LetterWording) -> list[Finding]:
    """Where a wording drops or invents a name (LET-01, LET-02), a table (LET-03), or a part in English (LET-04)."""
    findings: list[Finding] = []
    for language, wrap in (("zh", IN_CHINESE), ("en", IN_ENGLISH)):
        title, body = shipped.template.names(language)
        number, heading, text = (getattr(wording, f"{field}_{language}") for field in ("number", "title", "body"))
        if number:
            place = (f"number_{language}", wrap.format(place=NUMBER))
            findings += _names(place, placeholders(number), NUMBERED, NUMBERED)
        if heading:
            place = (f"title_{language}", wrap.format(place=TITLE))
            findings += _names(place, placeholders(heading), title, shipped.available)
        if text:
            findings += _body(f"body_{language}", wrap, text, body, shipped)
    chinese = read_body(wording.body_zh or shipped.template.body_text("zh"))
    english = read_body(wording.body_en) or chinese
    if [kind for kind, _ in chinese] != [kind for kind, _ in english]:
        expected, actual = (listed(KINDS[kind] for kind, _ in parts) for parts in (chinese, english))
        words = {"found": actual, "expected": expected}
        findings.append(Finding("LET-04", ERROR, BODY.zh, "body_en", actual, expected, _PARTS.format(**words)))
    return findings


def _names(
    place: tuple[str, Text], names: frozenset[str], needed: frozenset[str], usual: frozenset[str]
) -> list[Finding]:
    field, where = place
    findings = []
    if unknown := names - usual:
        actual, expected = same(written(unknown)), same(written(usual))
        words = {"place": where, "found": actual, "expected": expected}
        findings.append(Finding("LET-01", ERROR, where.zh, field, actual, expected, _UNKNOWN.format(**words)))
    if missing := needed - names:
        expected = same(written(missing))
        actual, words = same(written(names)), {"place": where, "expected": expected}
        findings.append(Finding("LET-02", ERROR, where.zh, field, actual, expected, _MISSING.format(**words)))
    return findings


def _body(field: str, wrap: Text, text: str, needed: frozenset[str], shipped: ShippedLetter) -> list[Finding]:
    """Each paragraph has known names, the whole body those that it had, and each table stands once."""
    parts, names, findings = read_body(text), frozenset[str](), list[Finding]()
    for n, (kind, line) in enumerate(parts, 1):
        if kind != "table":
            where = wrap.format(place=PARAGRAPH.format(n=n))
            findings += _names((field, where), placeholders(line), frozenset(), shipped.available)
            names |= placeholders(line)
    where = wrap.format(place=BODY)
    findings += _names((field, where), names, needed, names)
    tables = sorted(line for kind, line in parts if kind == "table")
    if tables != shipped.template.tables:
        actual, expected = (same(" ".join(f"[{name}]" for name in each)) for each in (tables, shipped.template.tables))
        words = {"place": where, "found": actual, "expected": expected}
        findings.append(Finding("LET-03", ERROR, where.zh, field, actual, expected, _TABLES.format(**words)))
    return findings
