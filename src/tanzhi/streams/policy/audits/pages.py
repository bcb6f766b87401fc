"""Cleaner-production audits, what is due and what they bring."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import CharField, DateField, OuterRef, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tanzhi.actions import clock
from tanzhi.figures.calculated import calculation_ref
from tanzhi.office.imports.model import IMPORTERS
from tanzhi.presentation.charts.chart import Chart, bars, download
from tanzhi.presentation.lists.listing import ListColumn
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.cleaner.criteria import penalty_on
from tanzhi.rulebook.cleaner.measure import CLASSES
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.buttons import may_import
from tanzhi.streams.policy.shared.lineage import OPTIONS
from tanzhi.workflow.case.pages import case_page
from tanzhi.workflow.clocks.model import Clock

from . import lists
from .model import Audit, AuditList
from .work import AUDIT

SHOWN = ("options_in_all", "investment_in_all", "benefit_in_all", "payback_years", "energy_in_all", "emission_avoided")


_AUDITED = Text("{year} 年名单 {n} 家，已完成审核 {done} 家", "{done} of {n} on the list of {year} completed the audit")
_AUDITED_COLUMNS = (
    ListColumn("state", Text("状态", "State")),
    ListColumn("count", Text("企业", "Enterprises"), kind="number", unit=Text("家", "enterprises")),
)


def audits(request: HttpRequest) -> HttpResponse:
    """Audits with the next clock of each, what is due first stands first."""
    visible = Audit.objects.visible_to(actor_of(request)).select_related("audit_list", "organisation__region")
    # The newest list by state.
    states = list(visible.values_list("audit_list__year", "state"))
    year = max((list_year for list_year, _ in states), default=None)
    counted = Counter(state for list_year, state in states if list_year == year)
    done = sum(n for state, n in counted.items() if state in ("completed", "assessed", "accepted"))
    counts = [{"state": state.label, "count": counted[state.code]} for state in AUDIT.states if counted[state.code]]
    title = _AUDITED.format(year=year, n=counted.total(), done=done)
    draw, height = bars("state", "count", across=True), 26 * len(counts) + 30
    charts = [Chart("audits", title, _AUDITED_COLUMNS, counts, draw, height=height)] if counts else []
    if file := download(request, *charts):
        return file
    context = {
        "charts": charts,
        "lists": list(AuditList.objects.visible_to(actor_of(request))),
        "importer": IMPORTERS["policy.audits"],
        "may_import": may_import(request, "policy.audits"),
        "penalty": penalty_on(clock.today()),
    }
    # The day of an audit's next running clock; one that waits for nothing comes last.
    case = Concat(Value(f"{Audit._meta.label_lower}:"), Cast(OuterRef("pk"), CharField()), output_field=CharField())
    running = Clock.objects.filter(case=case, state=Clock.RUNNING).order_by("due_on").values("due_on")[:1]
    rows = visible.annotate(
        next_due=Coalesce(Subquery(running), Value(date(9999, 12, 31)), output_field=DateField())
    ).prefetch_related("organisation__names")
    return lists.AUDITS.respond(request, rows, "policy/audits.html", context)


def audit(request: HttpRequest, pk: int) -> HttpResponse:
    """One audit: grounds, legal days, options with what they bring."""
    audit = get_object_or_404(Audit.objects.select_related("audit_list", "organisation__region"), pk=pk)
    # What the options bring, each value with its explanation.
    if not audit.options:
        worth = []
    else:
        root = audit.worth()
        values = [value for name in SHOWN if (value := root.value(name)).number is not None or value.reason]
        worth = [(value, calculation_ref(OPTIONS, audit.pk, value)) for value in values]
    context = {
        "worth": worth,
        "options": [row | {"label": CLASSES.get(row["option_class"])} for row in audit.options],
        "penalty": penalty_on(audit.audit_list.published_on),
    }
    return case_page(request, audit, "policy/audit.html", context)
