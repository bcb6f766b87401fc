"""The pages of data quality control plans: the list, one plan with its grid, upload, comparison of two versions."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import code, say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.roles import PLANT
from tanzhi.actions.typed import whole
from tanzhi.filings.intake import ReadResult, read_workbook, template
from tanzhi.filings.intake.differences import CellChange, changes
from tanzhi.filings.intake.location import Teller
from tanzhi.filings.intake.sheet import laid_out, typed_again, typed_into
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.shared.inputs import XLSX, stored_limit
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting
from tanzhi.presentation.intake.messages import unreadable
from tanzhi.presentation.request import actor_of, seen_revision
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.case.pages import progress

from .form import due_on, planned_firms
from .lists import PLANS
from .model import Plan
from .status import expected_of_plan, findings_of_plan, first_record, form_of_plan

SUBMIT = "filings.submit_plan"


@login_required
def plans(request: HttpRequest) -> HttpResponse:
    """The plans of my organisation or region, those first whose deadline comes first."""
    actor = actor_of(request)
    rows = Plan.objects.visible_to(actor).select_related("organisation")
    # For my own organisations: the years whose plan has not been begun.
    mine = {grant.organisation_id for grant in actor.grants if grant.role in PLANT and grant.organisation_id}
    year, openable = clock.today().year, []
    for organisation in planned_firms(mine, year):
        begun = set(Plan.objects.filter(organisation=organisation).values_list("year", flat=True))
        years = [(each, due_on(each)) for each in (year + 1, year) if each not in begun]
        openable += [{"organisation": organisation, "years": years}] if years else []
    return PLANS.respond(request, rows, "filings/plans.html", {"may_open": openable})


@login_required
@require_POST
@takes_form
def open_plan(request: HttpRequest) -> HttpResponse:
    """Begin the plan of a year, or go to the one that is there."""
    organisation = Organisation.objects.filter(pk=whole(request.POST.get("organisation")) or 0).first()
    if organisation is None:
        raise out_of_scope()
    data = {
        "organisation_id": organisation.pk,
        "guideline": own.name if (own := accounting(organisation)) else "",
        "year": request.POST.get("year", ""),
    }
    opened = perform("filings.open_plan", actor_of(request), data=data).result
    return redirect("filings:plan", pk=opened.pk)


def _plan(request: HttpRequest, pk: int) -> Plan:
    seen = Plan.objects.visible_to(actor_of(request)).select_related("organisation__region")
    plan: Plan | None = seen.filter(pk=pk).first()
    if plan is None:
        raise out_of_scope()
    return plan


@login_required
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """One plan: what it says, what is missing, its versions and its change log."""
    return _page(request, _plan(request, pk))


def _page(request: HttpRequest, plan: Plan, answer: ReadResult | None = None, status: int = 200) -> HttpResponse:
    version, spec = plan.latest, form_of_plan(plan)
    record = answer.record if answer else version.record if version else first_record(plan)
    findings = answer.findings if answer else findings_of_plan(plan, record)
    teller = Teller(guidelines()[plan.guideline], spec, answer.places if answer else {})
    actor = actor_of(request)
    context = progress(request, plan, actor)
    ready = version is not None and not findings
    is_typed = answer is not None and "file" not in request.FILES
    context |= {
        "plan": plan,
        "typed": is_typed,
        "version": version,
        "versions": plan.versions.order_by("-number"),
        "events": plan.events.select_related("version").order_by("-pk"),
        "findings": [teller.tell(finding) for finding in findings],
        "sheets": typed_again(spec, request.POST, findings) if is_typed else laid_out(spec, record, findings),
        "editable": plan.allows("filings.draft_plan") and actor.belongs_to(plan.organisation_id),
        "buttons": [button for button in context["buttons"] if button.name != SUBMIT or ready],
        "days_left": (plan.due_on - clock.today()).days,
    }
    return render(request, "filings/plan.html", context, status=status)


@login_required
@require_POST
@takes_form
def save_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as it was typed: kept as its next version, or shown again with what cannot be read."""
    plan = _plan(request, pk)
    return _keep(request, plan, typed_into(form_of_plan(plan), expected_of_plan(plan), request.POST))


@login_required
@require_POST
@takes_form
def upload_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The filled workbook: kept as the next version only where every cell can be read."""
    plan, file = _plan(request, pk), request.FILES.get("file")
    if file is None:
        messages.error(request, say(Text("请选择文件", "Choose a file")))
        return redirect(plan)
    content = file.read(stored_limit() + 1)
    return _keep(request, plan, read_workbook(content, file.name or "", form_of_plan(plan), expected_of_plan(plan)))


def _keep(request: HttpRequest, plan: Plan, answer: ReadResult) -> HttpResponse:
    if unreadable(answer.findings):
        return _page(request, plan, answer, 422)
    data = {"record": answer.record, "reason": request.POST.get("reason", "")}
    try:
        perform("filings.draft_plan", actor_of(request), plan, data, seen=seen_revision(request))
    except Refused as refused:
        if refused.status in (403, 404):
            raise
        messages.error(request, f"{say(refused.message)} ({refused.code})")
    else:
        messages.success(request, say(Text("已保存为新版本", "Saved as a new version")))
    return redirect(plan)


@login_required
def plan_template(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a workbook to fill in."""
    plan = _plan(request, pk)
    version = plan.latest
    record = version.record if version else first_record(plan)
    content = template(form_of_plan(plan), Prefill(plan.organisation.code, str(plan.year), record), code())
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="plan-{plan.organisation.code}-{plan.year}.xlsx"'
    return response


@login_required
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs between two versions, cell by cell."""
    plan = _plan(request, pk)
    versions = list(plan.versions.order_by("number"))
    by_number = {str(version.number): version for version in versions}
    # Those asked for; without one the last two, and of a single version itself.
    before, after = (
        by_number.get(request.GET.get(name, "")) or (versions[max(at, -len(versions))] if versions else None)
        for name, at in (("before", -2), ("after", -1))
    )
    cell_changes: list[CellChange] = []
    if before and after:
        cell_changes = changes(guidelines()[plan.guideline], form_of_plan(plan), before.record, after.record)
    context = {"plan": plan, "versions": versions, "before": before, "after": after, "changes": cell_changes}
    return render(request, "filings/plan_compare.html", context)
