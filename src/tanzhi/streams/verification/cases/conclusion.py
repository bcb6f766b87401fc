"""The conclusion of a verification: results beside what was reported, the report's number, the notice with both."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Input
from tanzhi.actions.validation import Label
from tanzhi.filings.intake.location import labels_of
from tanzhi.filings.intake.records import row_at
from tanzhi.filings.months.status import form_of
from tanzhi.filings.shared.forms import guideline_of
from tanzhi.law.evaluation import parameter, release_of
from tanzhi.office.paper.paper import Table
from tanzhi.presentation.forms.fields import Help, Long
from tanzhi.presentation.locations import place_words
from tanzhi.rulebook.kernel import RecordNode, Text
from tanzhi.rulebook.kernel.rounding import plain, stored
from tanzhi.rulebook.kernel.text import same
from tanzhi.workflow.findings.model import CaseFinding

from .group import refuse_outsiders
from .methods import label_of
from .model import Conclusion, Verification, VerifiedResult
from .overlay import active, emission_of, filed_root, industry_of, root_of
from .parts import BEFORE_CONCLUSION

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tanzhi.actions.table import Call

DEFAULT = Text("缺省值", "default")


CONFORMITY = Outcomes(
    {
        "conforms": Text("符合核算指南要求", "Conforms to the guideline"),
        "does_not_conform": Text("不符合核算指南要求", "Does not conform to the guideline"),
    }
)


class VerificationConcludeInput(Input):
    outcome: Annotated[Literal["conforms", "does_not_conform"], Label("符合性", "Conformity"), CONFORMITY]
    opinion: Annotated[str, Field(min_length=2, max_length=4000), Label("核查结论", "Conclusion"), Long()]
    swing: Annotated[
        str,
        Field(max_length=2000),
        Label("与上年相比波动原因", "Why it differs from last year"),
        Help("波动超过 10% 时必填", "needed where it differs by more than 10 %"),
    ] = ""


_CORRECTING = Text(
    "报告正在更正，存证后方可出具结论", "the report is being corrected: it is deposited before the case is concluded"
)
_GONE = Text(
    "更正后的报告中没有已重新核定的 {places}，请先撤回", "redetermined values of {places} are no longer in the report"
)


def conclude(call: Call, case: Verification) -> None:
    """Keep the verified results beside the reported ones, under the release of rules that computed both."""
    refuse_outsiders(call, case)
    waiting = CaseFinding.objects.filter(case=case.reference).exclude(state="closed").count()
    if waiting:
        message = Text("还有 {n} 项不符合项未关闭", "{n} findings are not closed").format(n=waiting)
        raise Refused("VER-OPEN", message, 409)
    for refuse in BEFORE_CONCLUSION:
        refuse(call, case)
    # What the plant corrected in answer to the findings is what is verified.
    if not case.filing.ended:
        raise Refused("VER-CORRECTING", _CORRECTING, 409)
    case.version = case.filing.deposited_version or case.version
    case.save(update_fields=["version"])
    guideline, record = guideline_of(case.filing.form_code), case.version.record
    places = {row.place_in_record for row in active(case)}
    if gone := sorted(place for place in places if row_at(guideline, record, place) is None):
        raise Refused("VER-GONE", _GONE.format(places=", ".join(gone)), 409)
    before, after = filed_root(case), root_of(case)
    reported, verified = _total(before), _total(after)
    _refuse_unexplained(case, verified, call.data.swing, call.today)
    number = case.conclusions.count() + 1
    conclusion = Conclusion.objects.create(
        case=case,
        number=number,
        report_number=report_number(case, number),
        conforms=call.data.outcome == "conforms",
        opinion=call.data.opinion,
        swing=call.data.swing,
        reported=reported,
        verified=verified,
        release=release_of(after),
        person_name=call.actor.name,
        at=call.now,
    )
    VerifiedResult.objects.bulk_create(_results(conclusion, before, after), batch_size=500)
    call.attach("report", conclusion.report_number)
    call.attach("reported", reported)
    call.attach("verified", verified)


def _total(root: RecordNode) -> str:
    value = emission_of(root)
    words = stored(value.number)
    if words is None:
        reason = value.reason or same("–")
        message = Text("排放量不能确定：{reason}", "the emission cannot be determined: {reason}")
        raise Refused("VER-UNKNOWN", message.format(reason=reason), 422)
    return words


def _refuse_unexplained(case: Verification, verified: str, swing: str, on: date) -> None:
    last = Conclusion.objects.filter(case__organisation=case.organisation, case__year=case.year - 1)
    before = last.order_by("-number").first()
    if before is None or swing.strip():
        return
    was, now = Decimal(before.verified), Decimal(verified)
    swing_most = parameter("procedure.yearly_change", on=on)
    if was and abs(now - was) > was * swing_most:
        message = Text("较上年 {was} t 波动超过 {n}%，须说明原因", "differs from {was} t by more than {n} %: say why")
        raise Refused("VER-SWING", message.format(was=before.verified, n=plain(swing_most * 100)), 422)


def report_number(case: Verification, number: int) -> str:
    """Province, body, last six of the enterprise's code, year, version (核查报告编号)."""
    where = case.organisation.region.path.split("/")[0][:2]
    code = (case.organisation.credit_code or case.organisation.code)[-6:]
    body = case.body.code if case.body else "-"
    return f"{where}-{body}-{code}-{case.year}-{number:02d}"


def _results(conclusion: Conclusion, before: RecordNode, after: RecordNode) -> Iterator[VerifiedResult]:
    filed = {(node.path, value.name): value for node in _stored_nodes(before) for value in node.all_values()}
    for node in _stored_nodes(after):
        for value in node.all_values():
            if value.rule is None or value.rule.filed:
                continue
            was = filed.get((node.path, value.name))
            yield VerifiedResult(
                conclusion=conclusion,
                level=node.level,
                where=node.path,
                quantity=value.name,
                unit=value.unit,
                reported=stored(was.number) if was else None,
                value=stored(value.number),
            )


def _stored_nodes(root: RecordNode) -> Iterator[RecordNode]:
    """Enterprise and units; everything below them is computed when asked for."""
    guideline = root.assessment.guideline
    return (node for node in root.walk() if node.level in (guideline.top, guideline.unit_level))


# --- the statement: before and after --------------------------------------------------------------


def results_table(case: Verification) -> Table:
    """Each unit and the enterprise: reported, verified, difference (核查前后对照)."""
    conclusion = case.latest
    industry = industry_of(case)
    totals = (industry.total, industry.unit_total)
    rows = conclusion.results.filter(quantity__in=totals).order_by("-where") if conclusion else []
    lines: list[tuple[Text | str, ...]] = []
    for row in sorted(rows, key=lambda row: (row.where == "", row.where)):
        words = place_words(guideline_of(case.filing.form_code), row.where) or Text("全企业", "Enterprise")
        difference = grouped(str(Decimal(row.value) - Decimal(row.reported))) if row.value and row.reported else "–"
        lines.append((words, grouped(row.reported), grouped(row.value), difference))
    return Table(
        (
            Text("核查对象", "Subject"),
            Text("报告值（tCO₂）", "Reported (tCO₂)"),
            Text("核查值（tCO₂）", "Verified (tCO₂)"),
            Text("差值", "Difference"),
        ),
        tuple(lines),
        Text("表1 核查前后排放量", "Table 1. Emission before and after"),
        frozenset({1, 2, 3}),
    )


def changes_table(case: Verification) -> Table:
    """Each rejected cell: what was filed, what takes its place, how (重新核定对照)."""
    guideline, fields = guideline_of(case.filing.form_code), labels_of(form_of(case.filing))
    rows = []
    for row in active(case):
        where = place_words(guideline, row.place_in_record) or Text("全企业", "Enterprise")
        field = fields.get(row.field, same(row.field))
        cell = Text(f"{where.zh}，{field.zh}", f"{where.en}, {field.en}")
        method = label_of(guideline.name, row.method)
        rows.append((cell, grouped(row.filed), grouped(row.value) if row.value else DEFAULT, method))
    heads = (Text("数据", "Value"), Text("报告值", "Filed"), Text("核定值", "Redetermined"), Text("方法", "How"))
    return Table(heads, tuple(rows), Text("表2 重新核定的数据", "Table 2. Redetermined values"), frozenset({1, 2}))


def grouped(number: str | None) -> str:
    """Digits in groups of three, as a letter prints them."""
    if not number:
        return "–"
    value = Decimal(number)
    return f"{value:,f}".replace(",", "\u2009").replace("-", "\u2212")
