"""The parameter table and the report: what was arranged for beside what stands, each difference with its reason."""

from __future__ import annotations

import io
import json
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

import pytest
from docx import Document

from tanzhi.actions.registry import Actor, perform
from tanzhi.office.paper import paper as documents
from tanzhi.organisations.people.model import Person
from tanzhi.rulebook.kernel.text import same
from tanzhi.streams.verification.cases.methods import label_of
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.report.paper import verdict_of, verification_report
from tanzhi.streams.verification.report.parameters import ParameterRow, changes_of, parameter_rows
from tanzhi.streams.verification.review.model import ReviewLine
from tanzhi.workflow.findings.model import CaseFinding
from tests.pdf_text import text_of
from tests.streams.verification.conftest import COAL, day

if TYPE_CHECKING:
    from django.test import Client

    from tanzhi.filings.months.model import Version

PARTS = {
    "zh": (
        "报告编号：", "核查结论", "符合性", "排放量确认", "与上年度相比的波动", "未覆盖或需要特别说明的问题", "签署",
        "1 概述", "1.1 核查目的", "1.2 核查范围", "1.3 核查准则", "2 核查过程和方法", "2.1 核查组安排",
        "2.2 文件评审", "2.3 现场核查", "2.4 核查报告编写及内部技术复核", "3 核查发现",
        "3.1 重点排放单位基本情况", "3.2 核算边界", "3.3 核算方法", "3.4 核算数据", "3.5 质量保证和文件存档",
        "3.6 数据质量控制方案及执行", "3.7 其他内容", "附件1 核查结果数据表", "附件2 配额分配相关数据表",
        "附件3 不符合项清单", "附件4 支持性文件清单",
    ),
    "en": (
        "Report number:", "Conformity", "Difference from the year before", "1 Overview", "2 Process and methods",
        "3 What was found", "3.7 Other matters", "Annex 1.", "Annex 2.", "Annex 3.", "Annex 4.",
    ),
}  # fmt: skip
"""The parts of the template of CETS-VG-01.01-V02-2026, appendix, in their order."""


def corrected(case: Verification, **cells: str) -> Version:
    """The enterprise's second version, with other values in June's coal, deposited in answer to the finding."""
    first = case.version
    record = first.record
    june = next(month for month in record["units"][0]["months"] if month["month"] == "2023-06")
    next(fuel for fuel in june["fuels"] if fuel["fuel"] == "bituminous").update(cells)
    version: Version = case.filing.versions.create(
        number=2, values=json.dumps(record), digest="1" * 64, person_id=0, person_name="clerk", deposited=True,
        at=datetime(2024, 4, 22, 4, tzinfo=UTC),
    )  # fmt: skip
    Verification.objects.filter(pk=case.pk).update(version=version)
    case.refresh_from_db()
    return version


def test_a_redetermined_value_stands_beside_the_filed_one_with_its_reason(concluded: Verification) -> None:
    """Not calibrated, 0.5 % required: 1.005 times the filed coal; the emission's difference has the same reason."""
    (change,) = changes_of(concluded)
    assert change.words.zh.startswith("1号机组，2023年6月，烟煤，")
    raised = Decimal(change.before) * Decimal("1.005")
    assert Decimal(change.after) == raised.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert change.reason.zh == f"重新核定：{label_of('power', 'uncalibrated').zh}，现场核实（不符合项 1）"
    conclusion = concluded.latest
    assert conclusion is not None
    emission = next(row for row in parameter_rows(concluded) if row.label.zh == "企业排放量")
    assert (emission.before, emission.after) == (Decimal(conclusion.reported), Decimal(conclusion.verified))
    assert emission.reason is not None
    assert emission.reason.zh == "重新核定（不符合项 1）"
    output = next(row for row in parameter_rows(concluded) if row.unit == "MWh" and row.where.en == "Unit 1")
    assert output.is_equal
    assert output.reason is None


def test_what_the_enterprise_corrected_counts_from_the_version_that_was_arranged(found: Verification) -> None:
    (before,) = [
        fuel["fuel_consumption"]
        for month in found.version.record["units"][0]["months"] if month["month"] == "2023-06"
        for fuel in month["fuels"] if fuel["fuel"] == "bituminous"
    ]  # fmt: skip
    after = str(Decimal(before) + 1000)
    corrected(found, fuel_consumption=after)
    (change,) = changes_of(found)
    assert (change.before, change.after) == (before, after)
    assert change.reason.zh == "企业整改更正（第 2 版）"
    used = next(row for row in parameter_rows(found) if row.where.en == "Used" and row.label.en == "Bituminous coal")
    assert used.before is not None
    assert used.after == used.before + 1000


@pytest.mark.parametrize(
    ("before", "after", "change", "is_equal"),
    [("200", "199", "−0.50 %", False), ("200", "200", "+0.00 %", True), ("200", "201", "+0.50 %", False),
     ("0", "1", "–", False), (None, "1", "–", False), ("1", None, "–", False)],
)  # fmt: skip
def test_a_change_is_a_share_of_what_was_before(
    before: str | None, after: str | None, change: str, is_equal: bool
) -> None:
    was, now = (None if value is None else Decimal(value) for value in (before, after))
    row = ParameterRow(same("x"), same("y"), "t", was, now)
    assert (row.change, row.is_equal) == (change, is_equal)


@pytest.mark.parametrize(
    ("state", "answer", "redetermined", "verdict"),
    [("closed", "已补", False, "corrected"), ("closed", "已补", True, "insufficient"),
     ("closed", "", False, "uncorrected"), ("closed", "", True, "uncorrected"),
     ("answered", "已补", False, "insufficient"), ("raised", "", False, "uncorrected")],
)  # fmt: skip
def test_what_had_to_be_redetermined_was_not_put_right(
    state: str, answer: str, redetermined: bool, verdict: str
) -> None:
    finding = CaseFinding(pk=7, state=state, answer=answer)
    assert verdict_of(finding, {finding.reference} if redetermined else set()) == verdict


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_report_has_all_parts_of_the_template_in_their_order(concluded: Verification, language: str) -> None:
    conclusion = concluded.latest
    assert conclusion is not None
    paper = verification_report(concluded, conclusion)
    pdf = text_of(documents.pdf(paper, language)).replace("\n", "")
    at = -1
    for part in PARTS[language]:
        found_at = pdf.replace(" ", "").find(part.replace(" ", ""), at + 1)
        assert found_at > at, part
        at = found_at
    document = Document(io.BytesIO(documents.word(paper, language)))
    words = " ".join(paragraph.text for paragraph in document.paragraphs)
    words += " ".join(cell.text for table in document.tables for row in table.rows for cell in row.cells)
    for part in PARTS[language]:
        assert part in words, part


def test_the_report_says_what_was_noted_and_what_was_not_checked(
    found: Verification, verifier: Actor, redetermine: Any
) -> None:
    with day(4, 25):
        perform("verification.draw_review_list", verifier, found)
    rows = list(found.review_lines.order_by("number"))
    for row in rows[1:]:
        row.notes.create(
            number=1, result="conforms", category=row.category, remark="一致", person_id=0, person_name="v",
            at=found.opened_at,
        )  # fmt: skip
    ReviewLine.objects.filter(case=found).update(state="noted")
    with day(4, 26):
        perform("verification.note_line", verifier, rows[0], {"result": "not_checked", "reason": "执照原件在省外"})
        redetermine("uncalibrated", f"{COAL}.fuel_consumption", required="0.5")
        perform("verification.conclude", verifier, found, {"outcome": "conforms", "opinion": "符合"})
    found.refresh_from_db()
    conclusion = found.latest
    assert conclusion is not None
    spoken = json.dumps(documents.spoken(verification_report(found, conclusion), "zh"), ensure_ascii=False)
    assert spoken.count(f"{rows[0].title['zh']}：执照原件在省外") == 1
    assert spoken.count("未整改") == 1  # the finding was closed without an answer, and its value redetermined
    assert "皮带秤未校准：无校准记录" in spoken


def test_the_report_is_the_bodys_and_the_authorities_once_it_is_concluded(
    client: Client, found: Verification, redetermine: Any, verifier: Actor, officer: Actor, clerk: Actor
) -> None:
    def status(who: Actor, kind: str = "pdf") -> int:
        Person.objects.filter(pk=who.person_id).update(is_active=True, state="active")
        reader = Person.objects.get(pk=who.person_id)
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        return int(client.get(f"{found.get_absolute_url()}report.{kind}").status_code)

    assert status(verifier) == 404  # nothing is concluded
    with day(4, 26):
        perform("verification.conclude", verifier, found, {"outcome": "conforms", "opinion": "符合"})
    assert [status(who) for who in (verifier, officer, clerk)] == [200, 200, 404]
    assert (status(officer, "docx"), status(officer, "exe")) == (200, 404)
    page = client.get(found.get_absolute_url()).content.decode()
    assert 'id="parameters"' in page
    assert "report.pdf" in page
