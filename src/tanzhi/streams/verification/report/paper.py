"""The report of a verification with all parts of the guide's template, as one description for Word and PDF."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils import timezone

from tanzhi.filings.laboratory.model import ON_RECORD, LaboratoryReport
from tanzhi.filings.months.model import EvidenceFile
from tanzhi.filings.months.status import months_of
from tanzhi.filings.months.totals import compared_names, percentage
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.office.paper.paper import Heading, Paper, Table, Words
from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.kernel.rounding import stored
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.verification.cases.conclusion import CONFORMITY, grouped
from tanzhi.streams.verification.cases.model import Conclusion, Verification
from tanzhi.streams.verification.cases.overlay import active, industry_of, root_of
from tanzhi.streams.verification.review.model import CATEGORIES, NOT_CHECKED
from tanzhi.streams.verification.review.pages import LineWithNotes, shown_lines
from tanzhi.streams.verification.signatures import IMAGE_ONLY
from tanzhi.workflow.dossier.model import Attachment
from tanzhi.workflow.findings.model import CaseFinding

from .parameters import WHOLE, arranged_version, changes_of, parameter_rows

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Organisation

Block = Words | Heading | Table
NONE, BLANK = Text("无。", "None."), Text("—", "—")
DEFAULT = Text("缺省值", "default")
UNLISTED = Text("未使用核查清单，未逐项记录。", "No review list was used: nothing is noted line by line.")
MATTER = (Text("事项", "Matter"), Text("内容", "Statement"))
CRITERIA = (
    "《碳排放权交易管理暂行条例》（国务院令第775号）；《企业温室气体排放报告核查指南（试行）》（环办气候函〔2021〕130号）",
    "Interim Regulations on carbon trading (State Council Order 775); verification guide (Trial), MEE letter 2021/130",
)
VERDICTS = {
    "corrected": Text("已整改符合要求", "corrected, meets the requirement"),
    "insufficient": Text("已整改不符合要求", "corrected, does not meet the requirement"),
    "uncorrected": Text("未整改", "not corrected"),
}


def verdict_of(finding: CaseFinding, redetermined: set[str]) -> str:
    """What came of a finding: what had to be redetermined was not put right, whatever was answered."""
    if finding.reference in redetermined or finding.state != "closed":
        return "insufficient" if finding.answer else "uncorrected"
    return "corrected" if finding.answer else "uncorrected"


def verification_report(case: Verification, conclusion: Conclusion) -> Paper:
    """Cover, conclusion, overview, process, findings by category, conclusion in words, four annexes."""
    lines = shown_lines(case)
    title = Text("{name} {year} 年度温室气体排放核查报告", "{name}: verification report on greenhouse gases, {year}")
    blocks = (
        facts(case),
        *conclusion_blocks(case, conclusion, lines),
        signatures(case),
        *process_blocks(case),
        *finding_blocks(lines),
    )
    number = Text("报告编号：{n}", "Report number: {n}").format(n=conclusion.report_number)
    return Paper(
        title.format(name=case.organisation.name, year=case.year),
        blocks,
        issuer=case.body.name if case.body else BLANK,
        number=number,
        on=timezone.localdate(conclusion.at),
        red=False,
        small=True,
        annex=(*results_annex(case), *allocation_annex(case), *findings_annex(case, lines), *papers_annex(case)),
    )


def heading(number: str, zh: str, en: str, level: int = 1) -> Heading:
    return Heading(Text(f"{number} {zh}", f"{number} {en}"), level)


def facts(case: Verification) -> Table:
    """Who is verified, by what, and which versions of the report stand at the beginning and at the end."""
    firm: Organisation = case.organisation
    version = Text("第 {n} 版，{d}", "version {n}, {d}")
    first, last = arranged_version(case), case.version
    rows: tuple[tuple[Words, ...], ...] = (
        (Text("重点排放单位名称", "Key emission unit"), firm.name),
        (Text("统一社会信用代码", "Credit code"), firm.credit_code or firm.code),
        (Text("所在地区", "Region"), firm.region.name),
        (Text("行业", "Industry"), industry_of(case).label),
        (Text("核算指南", "Accounting guideline"), guideline_of(case.filing.form_code).title),
        (
            Text("排放报告（核查前）版本/日期", "Report before verification"),
            version.format(n=first.number, d=timezone.localdate(first.at).isoformat()),
        ),
        (
            Text("排放报告（核查后）版本/日期", "Report after verification"),
            version.format(n=last.number, d=timezone.localdate(last.at).isoformat()),
        ),
    )
    return Table(MATTER, rows, widths=(2, 4))


def conclusion_blocks(case: Verification, conclusion: Conclusion, lines: list[LineWithNotes]) -> Iterator[Block]:
    """The four statements of a conclusion: conformity, emission, difference from last year, what was not covered."""
    yield Heading(Text("核查结论", "Conclusion"))
    yield heading("1.", "符合性", "Conformity", 2)
    yield CONFORMITY.words("conforms" if conclusion.conforms else "does_not_conform")
    yield same(conclusion.opinion)
    yield heading("2.", "排放量确认", "Emission", 2)
    industry, guideline = industry_of(case), guideline_of(case.filing.form_code)
    totals = conclusion.results.filter(quantity__in=(industry.total, industry.unit_total))
    rows = [
        (place_words(guideline, row.where) or WHOLE, grouped(row.reported), grouped(row.value))
        for row in sorted(totals, key=lambda row: (row.where == "", row.where))
    ]
    heads = (
        Text("核查对象", "Subject"),
        Text("核查前（tCO2）", "Before (tCO2)"),
        Text("核查后（tCO2）", "After (tCO2)"),
    )
    yield Table(heads, tuple(rows), numbers=frozenset({1, 2}))
    yield heading("3.", "与上年度相比的波动", "Difference from the year before", 2)
    yield from swing_blocks(case, conclusion)
    yield heading("4.", "未覆盖或需要特别说明的问题", "What was not covered, or needs saying", 2)
    open_lines = [
        Text(f"{line.row.title['zh']}：{note.reason}", f"{line.row.title['en']}: {note.reason}")
        for line in lines
        for note in line.standing
        if note.result == NOT_CHECKED
    ]
    yield from open_lines or [NONE]


def swing_blocks(case: Verification, conclusion: Conclusion) -> Iterator[Block]:
    """Verified quantities beside those of the year before, where that year was concluded here."""
    last = Conclusion.objects.filter(case__organisation=case.organisation, case__year=case.year - 1)
    before = last.order_by("-number").first()
    if before is None:
        yield Text("上年度在本平台无核查结论。", "No conclusion of the year before stands on this platform.")
    else:
        guideline = guideline_of(case.filing.form_code)
        names = compared_names(guideline) or (industry_of(case).total, industry_of(case).unit_total)
        edition = guideline.edition(case.year)
        past = {(row.where, row.quantity): row.value for row in before.results.filter(quantity__in=names)}
        rows: list[tuple[Words, ...]] = []
        for row in conclusion.results.filter(quantity__in=names).order_by("where", "pk"):
            was = past.get((row.where, row.quantity))
            change = "–"
            if was and row.value and Decimal(was):
                change = percentage((Decimal(row.value) - Decimal(was)) / Decimal(was))
            place = place_words(guideline, row.where) or WHOLE
            rows.append((place, edition[row.quantity].label, grouped(was), grouped(row.value), change))
        heads = (
            Text("对象", "Subject"), Text("类别", "Quantity"), same(str(case.year - 1)), same(str(case.year)),
            Text("波动", "Change"),
        )  # fmt: skip
        yield Table(heads, tuple(rows), numbers=frozenset({2, 3, 4}))
    yield same(conclusion.swing) if conclusion.swing else Text("未填报异常波动。", "No unusual difference was stated.")


def signatures(case: Verification) -> Table:
    """Lines to sign on paper; drawn images are named as what they are."""
    blank: Words = "　"
    rows: list[tuple[Words, ...]] = []
    for member in case.members.select_related("person"):
        role = Text("核查组长", "Leader") if member.leader else Text("核查组成员", "Member")
        rows.append((role, member.person.name, blank))
    rows += [
        (Text("技术复核人", "Technical reviewer"), blank, blank),
        (Text("批准人", "Approved by"), blank, blank),
    ]
    for signature in case.signatures.select_related("image"):
        words = Text("{what}，SHA-256 {digest}", "{what}, SHA-256 {digest}")
        digest = " ".join(signature.image.sha256[at : at + 8] for at in range(0, len(signature.image.sha256), 8))
        rows.append((signature.capacity_label, signature.name, words.format(what=IMAGE_ONLY, digest=digest)))
    heads = (Text("身份", "Capacity"), Text("姓名", "Name"), Text("签名、日期", "Signature, date"))
    return Table(heads, tuple(rows), Text("签署", "Signed"), widths=(2, 2, 4))


def process_blocks(case: Verification) -> Iterator[Block]:
    """Overview and process: purpose, scope, criteria, group, papers, visit, writing."""
    yield heading("1", "概述", "Overview")
    yield heading("1.1", "核查目的", "Purpose", 2)
    yield Text(
        "确认{name}{year}年度排放报告的排放量和相关数据真实、完整、准确，符合核算指南和数据质量控制方案。",
        "To confirm that emission and data in the report of {name} for {year} are true, complete and exact, and "
        "conform to the accounting guideline and the quality control plan.",
    ).format(name=case.organisation.name, year=case.year)
    yield heading("1.2", "核查范围", "Scope", 2)
    yield Text(
        "{year}年1月1日至12月31日，核算边界内的设施、排放源和生产数据。",
        "1 January to 31 December {year}: installations, sources and production data within the boundary.",
    ).format(year=case.year)
    yield heading("1.3", "核查准则", "Criteria", 2)
    guideline = guideline_of(case.filing.form_code)
    yield Text(f"{CRITERIA[0]}；《{guideline.title.zh}》", f"{CRITERIA[1]}; {guideline.title.en}")
    yield heading("2", "核查过程和方法", "Process and methods")
    yield heading("2.1", "核查组安排", "The group", 2)
    people = [member.person.name for member in case.members.select_related("person")]
    yield Text("、".join(people) or "—", ", ".join(people) or "—")
    yield heading("2.2", "文件评审", "Review of papers", 2)
    yield same(case.review)
    yield heading("2.3", "现场核查", "Site visit", 2)
    if case.visited_on:
        yield same(case.visited_on.isoformat())
        yield same(case.visit)
    else:
        yield same(case.waived)
    yield heading("2.4", "核查报告编写及内部技术复核", "Writing and internal technical review", 2)
    yield Text(
        "由核查组编写，技术复核人、批准人在上表签署。", "Written by the group; reviewer and approver sign above."
    )


def finding_blocks(lines: list[LineWithNotes]) -> Iterator[Block]:
    """What was seen at each line, by the seven headings of the guide; matters of the site stand with the others."""
    yield heading("3", "核查发现", "What was found")
    heads = (
        Text("序号", "No."), Text("核查内容", "Matter"), Text("结果", "Result"), Text("证据与记录", "Evidence, remark"),
    )  # fmt: skip
    sections = [code for code in CATEGORIES if code != "site"]
    for number, code in enumerate(sections, 1):
        codes = {code, "site"} if code == "other" else {code}
        words = CATEGORIES[code]
        yield heading(f"3.{number}", words.zh, words.en, 2)
        rows = [line_row(line) for line in lines if line.row.category in codes]
        if rows:
            yield Table(heads, tuple(rows), widths=(1, 4, 2, 5))
        else:
            yield NONE if lines else UNLISTED


def line_row(line: LineWithNotes) -> tuple[Words, ...]:
    """A line with the note that stands."""
    title = Text(line.row.title["zh"], line.row.title["en"])
    if not line.standing:
        return str(line.row.number), title, line.row.state_label, BLANK
    note = line.standing[0]
    parts = [part for part in (note.evidence, note.remark, note.reason) if part]
    return str(line.row.number), title, note.result_label, same("；".join(parts))


def results_annex(case: Verification) -> Iterator[Block]:
    """Annex 1: each quantity before and after, whether equal, by how much, why; then the cells behind it."""
    yield heading("附件1", "核查结果数据表", "Annex 1. Results of verification")
    heads = (
        Text("对象", "Subject"), Text("数据项", "Quantity"), Text("单位", "Unit"), Text("核查前", "Before"),
        Text("核查后", "After"), Text("是否一致", "Equal"), Text("变化幅度", "Change"), Text("差异原因", "Reason"),
    )  # fmt: skip
    yes, no = Text("是", "yes"), Text("否", "no")
    rows = [
        (
            row.where,
            row.label,
            row.unit,
            grouped(stored(row.before)),
            grouped(stored(row.after)),
            yes if row.is_equal else no,
            "–" if row.is_equal else row.change,
            row.reason or "–",
        )
        for row in parameter_rows(case)
    ]
    yield Table(heads, tuple(rows), numbers=frozenset({3, 4, 6}), widths=(3, 4, 3, 5, 5, 3, 3, 5))
    cells = [
        (change.words, grouped(change.before), grouped(change.after) if change.after else DEFAULT, change.reason)
        for change in changes_of(case)
    ]
    if cells:
        columns = (Text("数据", "Value"), Text("核查前", "Before"), Text("核查后", "After"), Text("差异原因", "Reason"))
        yield Table(columns, tuple(cells), Text("其中：逐项数据", "Of these: value by value"), frozenset({1, 2}))


def allocation_annex(case: Verification) -> Iterator[Block]:
    """Annex 2: what allocation reads of each unit, as verified."""
    yield heading("附件2", "配额分配相关数据表", "Annex 2. Data for allocation")
    root = root_of(case)
    guideline = root.assessment.guideline
    rows: list[tuple[Words, ...]] = []
    for node in root.walk():
        if node.level != guideline.unit_level:
            continue
        for value in node.all_values():
            words = stored(value.number)
            if words is None or value.rule is None:
                continue
            statement: Words = grouped(words) if isinstance(value.number, Decimal) else words
            option = value.rule.options.get(words)
            rows.append((place_words(guideline, node.path) or WHOLE, value.label, option or statement, value.unit))
    heads = (Text("对象", "Subject"), Text("信息项", "Item"), Text("核查数据", "Verified"), Text("单位", "Unit"))
    yield Table(heads, tuple(rows), widths=(2, 4, 4, 2)) if rows else NONE


def findings_annex(case: Verification, lines: list[LineWithNotes]) -> Iterator[Block]:
    """Annex 3: the non-conformities by category, with what the enterprise answered and what came of it."""
    yield heading("附件3", "不符合项清单", "Annex 3. Non-conformities")
    categories = {line.row.finding: line.standing[0].category for line in lines if line.row.finding and line.standing}
    redetermined = {row.finding for row in active(case)}
    rows = [
        (
            str(finding.number),
            CATEGORIES[categories.get(finding.reference, "other")],
            same(f"{finding.title}：{finding.text}"),
            same(finding.where),
            same(finding.answer),
            VERDICTS[verdict_of(finding, redetermined)],
        )
        for finding in CaseFinding.objects.filter(case=case.reference)
    ]
    heads = (
        Text("序号", "No."), Text("类别", "Category"), Text("不符合项描述", "Non-conformity"),
        Text("涉及的参数", "Parameter"), Text("原因分析和纠正措施", "Cause and corrective action"),
        Text("核查结论", "Verdict"),
    )  # fmt: skip
    yield Table(heads, tuple(rows), widths=(1, 3, 5, 3, 5, 3)) if rows else NONE


def papers_annex(case: Verification) -> Iterator[Block]:
    """Annex 4: papers of the report and its months, laboratory reports, and what lies beside the case."""
    yield heading("附件4", "支持性文件清单", "Annex 4. Supporting papers")
    filings = [case.filing.pk, *(month.pk for month in months_of(case.filing))]
    papers = [(row.kind, row.name, row.sha256) for row in EvidenceFile.objects.filter(filing__in=filings)]
    reports = LaboratoryReport.objects.filter(
        organisation=case.organisation, month__startswith=f"{case.year}-", state=ON_RECORD
    )
    papers += [(f"{row.month} {row.laboratory}", row.number, row.digest) for row in reports.order_by("month", "number")]
    papers += [(row.label, row.name, row.sha256) for row in Attachment.objects.filter(case=case.reference)]
    rows = [(str(number), kind, name, digest[:16]) for number, (kind, name, digest) in enumerate(papers, 1)]
    heads = (Text("序号", "No."), Text("文件", "Paper"), Text("名称或编号", "Name or number"), Text("摘要", "Digest"))
    yield Table(heads, tuple(rows), widths=(1, 4, 4, 3)) if rows else NONE
