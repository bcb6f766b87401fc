"""The lists of this room: cases, clues, the register of key units, verifiers' workload."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.law.citations.english import cited
from tanzhi.organisations.register.filters import city_filter, sector_filter
from tanzhi.organisations.register.model import KeyUnitStatus, Organisation, names_of
from tanzhi.organisations.register.queries import with_names
from tanzhi.organisations.sectors import sector_name
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing, state_filter, year_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.findings.model import CaseFinding

from .model import CONFLICTS, Conclusion, Verification
from .work import VERIFICATION

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from tanzhi.actions.actor import Actor

TONNES = Text("t", "t")


def _with_case_facts(rows: list[Any]) -> None:
    """Names, conclusions, findings and next deadlines of a page's cases, with one query each."""
    with_names(rows)
    bodies = names_of([row.body for row in rows if row.body], clock.today())
    last = {row.case_id: row for row in Conclusion.objects.filter(case__in=rows).order_by("number")}
    refs = {row.reference: row for row in rows}
    counts: dict[str, int] = {}
    for ref in CaseFinding.objects.filter(case__in=refs).values_list("case", flat=True):
        counts[ref] = counts.get(ref, 0) + 1
    clocks = Clock.objects.next_of(refs)
    for row in rows:
        row.body_name = bodies.get(row.body_id)
        row.conclusion, row.finding_count = last.get(row.pk), counts.get(row.reference, 0)
        row.next_due = clocks[row.reference].due_on if row.reference in clocks else None


CASES = Listing(
    "verification.cases",
    title=Text("核查", "Verification"),
    noun=Text("件", "cases"),
    hint=Text("单位代码或名称", "Code or name"),
    columns=(
        ListColumn("name", Text("单位", "Enterprise"), value="called", kind="link", sort="organisation__code",
               link=lambda row: reverse("verification:case", args=[row.pk])),
        ListColumn("year", Text("年度", "Year"), value=lambda row: str(row.year), sort="year"),
        ListColumn("body", Text("核查机构", "Body"), value="body_name", sort="body__code"),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=VERIFICATION.words,
               tone=VERIFICATION.tones),
        ListColumn("findings", Text("不符合项", "Findings"), value="finding_count", kind="number"),
        ListColumn("reported", Text("报告", "Reported"), kind="number", unit=TONNES,
               value=lambda row: Decimal(row.conclusion.reported) if row.conclusion else None),
        ListColumn("verified", Text("核查", "Verified"), kind="number", unit=TONNES,
               value=lambda row: Decimal(row.conclusion.verified) if row.conclusion else None),
        ListColumn("difference", Text("差值", "Difference"), kind="number", unit=TONNES,
               value=lambda row: Decimal(row.conclusion.verified) - Decimal(row.conclusion.reported)
               if row.conclusion else None),
        ListColumn("next_due", Text("期限", "Due"), kind="date",
               tone=lambda row: "late" if row.next_due and row.next_due < clock.today() else ""),
    ),
    filters=(
        state_filter(VERIFICATION.words),
        year_filter(Verification.objects.all),
        city_filter("organisation__region"),
    ),
    search=("organisation__code", "organisation__names__zh", "organisation__names__en"),
    order="name",
    empty=Text("还没有核查。省级经办在“安排核查”中开始。", "No case yet; the province's officer arranges one."),
    prepare=_with_case_facts,
)  # fmt: skip


STANDING = {
    "listed": Text("在册", "Listed"),
    "entered": Text("当年列入", "Entered in the year"),
    "left": Text("当年移出", "Left in the year"),
}


def register(year: int, reader: Actor) -> Listing:
    """The list of key emission units as it stood in a year, with those that came and went.

    The list is public by law, the pages of its organisations are not: a name leads where its reader may go.
    """
    opened = set(Organisation.objects.visible_to(reader).values_list("pk", flat=True))

    def standing(row: Any) -> str:
        if row.until is not None and row.until.year == year:
            return "left"
        return "entered" if row.since.year == year else "listed"

    def with_standing(rows: QuerySet[Any], code: str) -> QuerySet[Any]:
        return rows.filter(pk__in=[row.pk for row in rows if standing(row) == code])

    return Listing(
        "verification.register",
        title=Text("重点排放单位名录", "Register of key emission units"),
        noun=Text("家", "enterprises"),
        hint=Text("单位代码或名称", "Code or name"),
        columns=(
            ListColumn("name", Text("单位", "Enterprise"), value="called", kind="link", sort="organisation__code",
                   link=lambda row: row.organisation.get_absolute_url() if row.organisation_id in opened else ""),
            ListColumn("sector", Text("行业", "Sector"), value=lambda row: sector_name(row.sector), sort="sector"),
            ListColumn("city", Text("市州", "City"), value="organisation.region.name",
                       sort="organisation__region__path"),
            ListColumn("since", Text("列入", "Since"), kind="date", sort="since"),
            ListColumn("until", Text("移出", "Until"), kind="date", sort="until"),
            ListColumn("basis", Text("依据", "Basis"), value=lambda row: row.basis and cited(row.basis)),
            ListColumn("standing", Text("变动", "Change"), value=lambda row: STANDING[standing(row)], kind="state",
                   tone=lambda row: {"listed": "", "entered": "ok", "left": "due"}[standing(row)]),
        ),
        filters=(
            sector_filter(KeyUnitStatus.objects.all),
            city_filter("organisation__region"),
            Filter("standing", Text("变动", "Change"), STANDING, with_standing),
        ),
        search=("organisation__code", "organisation__names__zh", "organisation__names__en"),
        order="name",
        empty=Text("该年没有在册单位，请换一年查看。", "Nothing stood on the list in that year; choose another."),
        prepare=with_names,
    )  # fmt: skip


CONFLICTS_LIST = Listing(
    "verification.conflicts",
    title=Text("利益冲突", "Conflicts of interest"),
    noun=Text("条", "declarations"),
    columns=(
        ListColumn("organisation", Text("重点排放单位", "Enterprise"), value="called", sort="organisation__code"),
        ListColumn("body", Text("核查机构", "Body"), value="body.name"),
        ListColumn("person", Text("人员", "Person"), value="person.name"),
        ListColumn("kind", Text("利益关系", "Conflict"), words=CONFLICTS, sort="kind"),
        ListColumn("since", Text("起始日", "Since"), kind="date", sort="since"),
        ListColumn("until", Text("截止日", "Until"), kind="date", sort="until"),
        ListColumn("basis", Text("依据", "Basis"), value=lambda row: row.basis and cited(row.basis)),
    ),
    filters=(Filter("kind", Text("利益关系", "Conflict"), CONFLICTS),),
    search=("organisation__code", "organisation__names__zh", "basis"),
    order="-since",
    empty=Text("没有登记的利益冲突。", "No conflict is declared."),
    prepare=with_names,
)


WORKLOAD = Listing(
    "verification.workload",
    title=Text("核查员工作量", "Verifiers' workload"),
    noun=Text("人", "verifiers"),
    columns=(
        ListColumn("name", Text("核查员", "Verifier"), sort="name"),
        ListColumn("body", Text("机构", "Body"), sort="body"),
        ListColumn("cases", Text("参与核查", "Cases"), kind="number", sort="cases"),
        ListColumn("led", Text("任组长", "Led"), kind="number", sort="led"),
        ListColumn("done", Text("已出结论", "Concluded"), kind="number", sort="done"),
        ListColumn("findings", Text("不符合项", "Findings"), kind="number", sort="findings"),
        ListColumn("rate", Text("不符合率", "Cases with findings"), kind="number", sort="rate", unit=Text("%", "%")),
        ListColumn("values", Text("重新核定数据", "Redetermined"), kind="number", sort="values"),
    ),
    order="-cases",
    empty=Text("还没有人参与核查。", "Nobody has taken part in a verification yet."),
)
