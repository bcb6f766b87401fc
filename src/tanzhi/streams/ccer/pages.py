"""Pages of CCER: the library, a project, a batch of reductions, the public notices and their comments."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.organisations.people.limits import refuse_flood
from tanzhi.presentation.charts.chart import Chart, bars, download
from tanzhi.presentation.forms.submission import answer
from tanzhi.presentation.lists.listing import ListColumn, alone
from tanzhi.presentation.lists.page import list_context
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.workflow.case.pages import case_page

from . import lists
from .calculation import form_of
from .models import NOTICE, REGISTERED, REPORTED, STAGES, CreditProject, CreditReport
from .queries import claims_on

THANKS = Text("意见已提交，公示期内由业主答复。", "Your comment is kept; the owner answers it.")
INSIDE = frozenset({"city_officer", "provincial_officer", "provincial_director", "auditor", "administrator"})


_MOST = Text("{n} 个{method}项目{stage}", "{method}, {stage}: {n}")
_STAGE_COLUMNS = (
    ListColumn("stage", Text("阶段", "Stage")),
    ListColumn("method", Text("方法学", "Methodology")),
    ListColumn("n", Text("项目数", "Projects"), kind="number"),
)


@login_required
def projects(request: HttpRequest) -> HttpResponse:
    """The library with its stages."""
    rows = CreditProject.objects.visible_to(actor_of(request)).select_related("owner", "region")
    # How many projects of each methodology stand at which stage.
    names = {project.methodology: project.method_name for project in rows}
    counts = Counter((project.methodology, project.state) for project in rows if project.state in STAGES)
    chart = None
    if counts:
        order = list(STAGES)
        ordered = sorted(counts.items(), key=lambda entry: (order.index(entry[0][1]), entry[0][0]))
        (method, stage), n = max(counts.items(), key=lambda entry: entry[1])
        chart = Chart(
            "stages",
            title=_MOST.format(n=n, method=names[method], stage=STAGES[stage]),
            columns=_STAGE_COLUMNS,
            rows=[{"stage": STAGES[stage], "method": names[method], "n": n} for (method, stage), n in ordered],
            draw=bars("stage", "n", by="method"),
        )
    if chart and (file := download(request, chart)):
        return file
    return lists.PROJECTS.respond(request, rows, "ccer/projects.html", {"chart": chart})


def project(request: HttpRequest, pk: int) -> HttpResponse:
    """One project: to those concerned as a case; to the public its notice."""
    record = get_object_or_404(CreditProject.objects.select_related("owner__region", "region", "body"), pk=pk)
    viewer = actor_of(request)
    # Whether a role other than the public's reaches it.
    if not any(viewer.reaches(role, record.place) for role in viewer.roles - {"public"}):
        return notice(request, pk)
    rows = list(record.reports.select_related("project__region"))
    if part := alone(request, (lists.REPORTS, rows)):
        return part
    context = {
        "inputs": _filed(record.methodology, record.design),
        "explained": lists.explained(record),
        "reports": list_context(lists.REPORTS, request, rows),
        "benefits": claims_on(record.number),
        "may_report": record.state == REGISTERED and viewer.reaches("project_owner", record.place),
        "comments": list(record.public_comments.all()),
        "inside": True,
    }
    return case_page(request, record, "ccer/project.html", context)


def _filed(code: str, record: dict[str, Any]) -> list[dict[str, Any]]:
    """What was filed for a methodology: single values, then the rows of its tables, in words."""
    tables: list[dict[str, Any]] = []
    for table in form_of(code).tables:
        columns = ([table.key] if table.key else []) + list(table.fields)
        rows = record.get(table.plural, []) if table.key else [record]
        heads = [field for field in columns if any(row.get(field.name) for row in rows)]
        if heads:
            filed = [[(field, str(row.get(field.name) or "") or "—") for field in heads] for row in rows]
            cells = [[field.options.get(written, same(written)) for field, written in line] for line in filed]
            tables.append({"title": table.label, "heads": heads, "rows": cells})
    return tables


@login_required
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch of reductions as a case."""
    batch = get_object_or_404(CreditReport.objects.select_related("project__owner", "project__region", "body"), pk=pk)
    context = {
        "inputs": _filed(batch.project.methodology, batch.record),
        "comments": list(batch.public_comments.all()),
        "vintages": sorted(batch.vintages.items()),
    }
    return case_page(request, batch, "ccer/report.html", context)


def notices(request: HttpRequest) -> HttpResponse:
    """What stands in public notice today, for everybody."""
    today = clock.today()
    projects = CreditProject.objects.select_related("owner", "region", "body")
    projects = projects.prefetch_related("owner__names", "body__names")
    running = projects.filter(state=NOTICE, notice_last__gte=today)
    reports = CreditReport.objects.filter(state=REPORTED, notice_last__gte=today)
    reports = reports.select_related("project__owner", "body")
    reports = reports.prefetch_related("project__owner__names", "body__names")
    past = projects.exclude(notice_first=None).exclude(pk__in=running.values("pk"))
    context = {"running": running, "reports": reports, "past": past.order_by("-notice_last")[:50], "today": today}
    return render(request, "ccer/notices.html", context)


@takes_form
def notice(request: HttpRequest, pk: int, report: int | None = None) -> HttpResponse:
    """One notice, with the form for a comment while it runs."""
    record = get_object_or_404(CreditProject.objects.select_related("owner", "region", "body"), pk=pk)
    batch = get_object_or_404(CreditReport, pk=report, project=record) if report else None
    case = batch or record
    if case.notice_first is None or case.notice_last is None:
        raise Http404
    if request.method == "POST" and not request.user.is_authenticated:
        refuse_flood(request, "comment")
    answered = answer(
        request, actor_of(request), "ccer.comment", initial={"project": record.pk, "report": report or ""}
    )
    if answered.outcome is not None:
        messages.success(request, say(THANKS))
        return redirect(request.path)
    context = {
        "found": record,
        "batch": batch,
        "case": case,
        "running": case.state == "notice" and clock.today() <= case.notice_last,
        "form": answered.form,
        "inputs": _filed(record.methodology, batch.record if batch else record.design),
        "comments": case.public_comments.all() if batch else record.public_comments.filter(report=None),
    }
    return render(request, "ccer/notice.html", context, status=answered.form.status)
