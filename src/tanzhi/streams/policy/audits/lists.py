"""Audits as a list, by what is due next."""

from __future__ import annotations

from typing import Any

from tanzhi.organisations.register.filters import region_filter
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, deadline_tone, state_filter
from tanzhi.rulebook.cleaner.criteria import GROUNDS
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.columns import REGION, STATE
from tanzhi.workflow.clocks.model import Clock

from .model import AuditList
from .work import AUDIT


def with_clocks(rows: list[Any]) -> None:
    """Of each audit the clock that ends next, all in one query."""
    clocks = Clock.objects.next_of(row.reference for row in rows)
    for row in rows:
        row.clock = clocks.get(row.reference)


def due_of(row: Any) -> Any:
    return row.clock.due_on if row.clock else None


def due_tone_of(row: Any) -> str:
    return deadline_tone(row.clock.due_on, soon=30) if row.clock else ""


AUDITS = Listing(
    "policy.audits",
    title=Text("清洁生产审核", "Cleaner-production audits"),
    noun=Text("家", "enterprises"),
    hint=Text("企业代码或名称", "Code or name of the enterprise"),
    columns=(
        ListColumn(
            "name",
            Text("企业", "Enterprise"),
            value="organisation.name",
            kind="link",
            sort="organisation__code",
            link=lambda row: row.get_absolute_url(),
        ),
        ListColumn("year", Text("名单年度", "List"), value="audit_list.year", sort="audit_list__year"),
        ListColumn("region", REGION, value="organisation.region.name", sort="organisation__region__path"),
        ListColumn("grounds", Text("列入情形", "Grounds"), value="ground_labels"),
        ListColumn("next", Text("下一步", "Next"), value=lambda row: row.clock.label if row.clock else None),
        ListColumn(
            "due",
            Text("期限", "Due"),
            kind="date",
            value=due_of,
            sort="next_due",
            tone=due_tone_of,
        ),
        ListColumn("finished_on", Text("完成", "Finished"), kind="date", sort="finished_on"),
        ListColumn("state", STATE, kind="state", sort="state", words=AUDIT.words, tone=AUDIT.tones),
    ),
    filters=(
        Filter("audit_list", Text("名单", "List"), lambda: {str(row.pk): row.name for row in AuditList.objects.all()}),
        state_filter(AUDIT.words),
        Filter(
            "grounds",
            Text("情形", "Grounds"),
            GROUNDS,
            lambda rows, selected: rows.filter(
                pk__in=[pk for pk, codes in rows.values_list("pk", "grounds") if selected in codes]
            ),
        ),
        region_filter("organisation__region"),
    ),
    search=("organisation__code", "organisation__names__zh", "organisation__names__en"),
    order="due",
    prepare=with_clocks,
    empty=Text("没有符合条件的企业。", "No enterprise fits."),
    step=FillingStep(
        Text("公布名单后列入或导入企业。", "Publish a list and enter or import it."), "policy.publish_audit_list"
    ),
)
