"""The bulletin as a paper: Word and PDF in the manner of official documents, from the same plain data as every form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from tanzhi.figures.amounts import day
from tanzhi.office.paper.manner import numbered
from tanzhi.office.paper.paper import Block, Heading, LedParagraph, Paper, Table, pdf, word
from tanzhi.rulebook.kernel import Text

from .content import BulletinContent, PrintedLine

ISSUER = Text("{place}应对气候变化工作发布稿", "Bulletin on climate work, {place}")
DRAFT = Text("草稿，未经签发，不得引用", "Draft: not signed, not to be quoted")
PUBLISHED = Text("{day}签发，第{n}版", "Edition {n}, signed on {day}")
FORMS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """Which office issued an edition, when, its number and the digest of its content."""

    on: date
    number: int
    office: Text
    digest: str


def printed(content: BulletinContent, language: str, form: str, signed: Signed | None = None) -> bytes:
    """The bulletin in one language as `docx` or `pdf`; without a signature it says that it is a draft."""
    # Chinese is set in the size of official papers, English as a plain report.
    paper = replace(paper_of(content, signed), small=language != "zh")
    return word(paper, language) if form == "docx" else pdf(paper, language)


TITLE = Text("{period}应对气候变化工作情况", "Climate work in {period}")
NOTES, TABLE = Text("数据说明", "Notes on the data"), Text("附：数据表", "Annex: the figures in full")


FOOT = Text(
    "本稿各项数据由平台记录生成，均可逐层查至原始记录。存证树头：{head}；规则版本：{release}。",
    "Every figure is computed from records and can be walked down to them. Evidence head: {head}; rules: {release}.",
)
DIGEST = Text("本版摘要（SHA-256）：{digest}。", " Digest of this edition (SHA-256): {digest}.")


def paper_of(content: BulletinContent, signed: Signed | None = None) -> Paper:
    """Chapters by stream, then what is absent or provisional, a table of the full values, and the evidence head."""
    blocks: list[Block] = []
    for number, chapter in enumerate(content.chapters, 1):
        blocks.append(_heading(number, chapter.title))
        # A paragraph for each row: counted within the chapter in Chinese, by the row's own number in English.
        for at, row in enumerate(chapter.rows, 1):
            sentences = [_sentence(line) for line in row.lines]
            lead = Text(f"{numbered(2, at)}{row.title.zh}。", f"({row.number}) {row.title.en}. ")
            words = Text("".join(s.zh for s in sentences), " ".join(s.en for s in sentences))
            blocks.append(LedParagraph(lead, words))
    last = len(content.chapters) + 1
    notes = list(_notes(content))
    if len(notes) > 1:
        notes = [Text(numbered(2, number) + note.zh, note.en) for number, note in enumerate(notes, 1)]
    blocks += [_heading(last, NOTES), *notes]
    foot = FOOT.format(head=content.head, release=content.release)
    heads = (Text("序号", "Row"), Text("指标", "Figure"), Text("期间", "Period"), Text("数值", "Value"))
    rows = tuple(
        (str(row.number), line.title, line.period_title, line.full or line.state_label)
        for row in content.printed
        for line in row.lines
    )
    return Paper(
        TITLE.format(period=content.span.title),
        tuple(blocks),
        issuer=ISSUER.format(place=content.place),
        number=DRAFT if signed is None else PUBLISHED.format(day=day(signed.on).short, n=signed.number),
        signed=signed.office if signed else "",
        on=signed.on if signed else None,
        note=foot + DIGEST.format(digest=signed.digest) if signed else foot,
        red=signed is not None,
        annex=(Heading(TABLE), Table(heads, rows, numbers=frozenset({3}))),
    )


def _heading(number: int, words: Text) -> Heading:
    return Heading(Text(f"{numbered(1, number)}{words.zh}", f"{number}. {words.en}"))


def _sentence(line: PrintedLine) -> Text:
    """The sentence, with its comparison inside its full stop."""
    if line.comparison is None:
        return line.sentence
    zh, en = line.sentence.zh.removesuffix("。"), line.sentence.en.removesuffix(".")
    return Text(f"{zh}，{line.comparison.zh}。", f"{en} ({line.comparison.en}).")


ALL_SETTLED = Text("以上数据均已齐备。", "Every figure above is settled.")
MISSING = Text("“{title}”（{period}）暂无数据：{why}。", "“{title}” ({period}): no figure yet, {why}.")
RESERVED = Text("{titles}（{period}）：{words}。", "{titles} ({period}): {words}.")


def _notes(content: BulletinContent) -> Iterator[Text]:
    """What is missing, what is provisional or rests on a draft or a weak source: said, figure by figure."""
    if not content.absent and not content.reserved:
        yield ALL_SETTLED
    for line in content.absent:
        yield MISSING.format(title=line.title, period=line.period_title, why=line.reason or line.state_label)
    together: dict[tuple[Text, tuple[Text, ...]], list[PrintedLine]] = {}
    for line in content.reserved:
        together.setdefault((line.period_title, line.reservations), []).append(line)
    for (period, words), lines in together.items():
        named = Text("".join(f"“{line.title.zh}”" for line in lines), ", ".join(f"“{line.title.en}”" for line in lines))
        joined = Text("；".join(w.zh for w in words), "; ".join(w.en for w in words))
        yield RESERVED.format(titles=named, period=period, words=joined)


def file_name(content: BulletinContent, language: str, form: str) -> str:
    return f"bulletin-{content.region or 'home'}-{content.span.code}-{language}.{form}"
