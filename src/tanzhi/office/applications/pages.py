"""The public page on which one applies, the list of applications, one of them, a paper of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters

from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import ADMINISTRATORS, HEAD
from tanzhi.actions.table import ACTIONS
from tanzhi.organisations.people.limits import refuse_flood
from tanzhi.organisations.people.requests import actor_of_request
from tanzhi.organisations.people.roles import public_actor
from tanzhi.presentation.forms.form import ActionForm
from tanzhi.presentation.forms.submission import data_from
from tanzhi.presentation.lists.listing import ListColumn, Listing, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.case.pages import case_page

from .model import AccountApplication, ApplicationPaper
from .papers import MOST_PAPERS, decoded, encoded, largest, refuse_length, too_large
from .work import APPLICATION, refuse_full

if TYPE_CHECKING:
    from django.http.request import QueryDict
    from django.utils.datastructures import MultiValueDict

APPLY = "organisations.apply_for_account"
APPLICATIONS = Listing(
    "organisations.applications",
    title=Text("账户申请", "Account applications"),
    noun=Text("份申请", "applications"),
    hint=Text("姓名、邮箱或单位", "Name, e-mail or organisation"),
    columns=(
        ListColumn("number", Text("编号", "Number"), kind="link", sort="pk", link=lambda row: row.get_absolute_url()),
        ListColumn("applicant", Text("姓名", "Name"), sort="applicant"),
        ListColumn("where", Text("单位", "Organisation")),
        ListColumn("role_label", Text("角色", "Role"), sort="role"),
        ListColumn("opened_at", Text("提出日期", "Date"), kind="date", sort="opened_at"),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=APPLICATION.words,
                   tone=APPLICATION.tones),
    ),
    filters=(state_filter(APPLICATION.words),),
    search=("applicant", "email", "organisation_name"),
    order="-pk",
)  # fmt: skip


@csrf_exempt  # the form behind it is protected: its size is looked at before anything of it is read
@never_cache
@sensitive_post_parameters()
@takes_form
def apply(request: HttpRequest) -> HttpResponse:
    """Apply for an account, without signing in: a flood and what is too large are refused unread."""
    if request.method == "POST":
        try:
            refuse_length(request.headers.get("Content-Length", ""))
            refuse_flood(request, "application")
        except Refused as refusal:
            form = ActionForm.of(APPLY, public_actor(), refusal=refusal)
            return _form_page(request, form)
    return _apply(request)


@csrf_protect
def _apply(request: HttpRequest) -> HttpResponse:
    form = ActionForm.of(APPLY, public_actor())
    if request.method != "POST":
        return _form_page(request, form)
    form.data = request.POST
    try:
        refuse_full()
        data = _typed(request.POST, request.FILES)
        application = perform(APPLY, public_actor(), data=data, idempotency_key=data["nonce"] or None).result
    except Refused as refusal:
        form.refusal = refusal
        return _form_page(request, form)
    return render(request, "cases/applied.html", {"application": application})


def _typed(posted: QueryDict, files: MultiValueDict[str, Any]) -> dict[str, Any]:
    """What was typed, with the papers; one that is too large is refused before it is read."""
    data = data_from(ACTIONS[APPLY], posted)
    papers = files.getlist("papers")
    if len(papers) > MOST_PAPERS or any((paper.size or 0) > largest() for paper in papers):
        raise too_large()
    data["papers"] = [{"name": (paper.name or "-")[-100:], "content": encoded(paper.read())} for paper in papers]
    data["nonce"] = posted.get("key", "")[:64]
    return data


def _form_page(request: HttpRequest, form: ActionForm) -> HttpResponse:
    context = {"form": form, "papers": MOST_PAPERS, "megabytes": largest() // 2**20}
    return render(request, "cases/apply.html", context, status=form.status)


@login_required
def applications(request: HttpRequest) -> HttpResponse:
    """Applications that the reader decides on."""
    actor = actor_of_request(request)
    if not actor.roles & {*ADMINISTRATORS, HEAD}:
        raise Http404
    rows = (
        AccountApplication.objects.visible_to(actor)
        .select_related("organisation")
        .prefetch_related("organisation__names")
    )
    return APPLICATIONS.respond(request, rows, "cases/applications.html")


@login_required
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application, with what was decided."""
    record = get_object_or_404(AccountApplication.objects.select_related("organisation__region", "person"), pk=pk)
    return case_page(request, record, "cases/application.html", {"papers": record.papers.defer("content")})


@login_required
def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """A paper, for whoever decides; always as a download, whatever it says it is."""
    record = get_object_or_404(ApplicationPaper.objects.select_related("application"), pk=pk)
    if not record.application.seen_by(actor_of_request(request)) or not record.content:
        raise Http404
    answer = HttpResponse(decoded(record.content), content_type="application/octet-stream")
    ending = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}[record.media_type]
    answer["Content-Disposition"] = f'attachment; filename="{record.application.number}-{record.pk}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
