"""The pages of filings: my months, one that is not begun yet, one filing, upload, receipt."""

from __future__ import annotations

import base64
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Case, F, When
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import code, say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.registry import ACTIONS, Actor
from tanzhi.actions.roles import PLANT
from tanzhi.actions.typed import whole
from tanzhi.evidence.receipts import receipt as receipt_of
from tanzhi.filings.comparison.comparison import comparison_of
from tanzhi.filings.intake import template
from tanzhi.filings.intake.layout import CarriedOver, Prefill
from tanzhi.filings.intake.location import Teller
from tanzhi.filings.intake.sheet import mended_in_place, typed_again
from tanzhi.filings.mappings.model import Mapping
from tanzhi.filings.months.carried import carried_over
from tanzhi.filings.months.cells import acts_for, marks_of
from tanzhi.filings.months.measured import measured_of
from tanzhi.filings.months.model import Filing, Version
from tanzhi.filings.months.national import layout_of
from tanzhi.filings.months.sheets import sheets, typed
from tanzhi.filings.months.status import FilingStatus, form_of, is_composed, standing_of
from tanzhi.filings.months.uploads import hand_in, handed_back, handed_in, read_upload
from tanzhi.filings.months.version_pages import visible_filing
from tanzhi.filings.papers.papers import deposit_entry
from tanzhi.filings.plans.form import planned_firms
from tanzhi.filings.reminders.duties import duties
from tanzhi.filings.reminders.work import OFFICERS
from tanzhi.filings.results.before_after import reevaluations
from tanzhi.filings.review.pages import reading_acts, remark_rows, round_marks
from tanzhi.filings.shared.forms import ANNUAL_FORM, MONTH_FORM, MONTH_LENGTH, guideline_of
from tanzhi.filings.shared.inputs import XLSX, stored_limit
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import accounting_name
from tanzhi.presentation.forms.buttons import may
from tanzhi.presentation.intake.messages import unreadable
from tanzhi.presentation.locations import month_words
from tanzhi.presentation.request import actor_of
from tanzhi.presentation.sheets.sheet import pinned
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.case.pages import progress

from .lists import FILINGS
from .work import DEPOSIT_LAW, FILING

ROUNDED = "VAL-ROUNDED"
"""What is rounded is looked at before it is saved: the file waits on the page of the dry run."""
OFFERED = 6  # months back that are offered for opening


@login_required
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One filing: steps, sheets, findings, evidence."""
    return _page(request, visible_filing(request, pk), None)


def _page(
    request: HttpRequest, filing: Filing, answer: Any, status: int = 200, refusal: Refused | None = None
) -> HttpResponse:
    """The page of a filing; after a refusal with what was typed, so that no word of it is lost."""
    version = filing.latest
    standing = FilingStatus(answer.findings, []) if answer else standing_of(filing, version)
    record = answer.record if answer else version.record if version else {}
    # Where the values stood: in the grid that was typed just now, or in the workbook of the version.
    places: dict[str, str] = answer.places if answer else version.places if version else {}
    teller = Teller(guideline_of(filing.form_code), form_of(filing), places)
    actor = actor_of(request)
    acts = ("check", "deposit", "correct", "withdraw_correction", "take_reports")
    remarks = remark_rows(filing)
    marks = [*round_marks(remarks), *marks_of(actor, filing)]
    questions, words = questions_and_words(request, filing, standing, refusal)
    context = progress(request, filing, actor) | deposit_facts(filing, version, actor)
    context |= {
        "filing": filing,
        "refusal": refusal,
        "words": words,
        "version": version,
        "versions": filing.versions.order_by("-number"),
        "standing": standing,
        "findings": [
            # An answer is for all that a check finds at one place: asked for at the first of them.
            (teller.tell(f), questions.pop((f.code, f.place), None) if f in standing.unanswered else None)
            for f in (answer or standing).findings
        ],
        "answer": answer,
        "sheets": pinned(typed_again(form_of(filing), request.POST, answer.findings), marks)
        if answer
        else sheets(filing, record, standing, marks),
        "editable": filing.allows("filings.save") and may(actor, ACTIONS["filings.save"], filing),
        "possible": {act for act in acts if may(actor, ACTIONS[f"filings.{act}"], filing)},
        "mappings": Mapping.objects.filter(organisation=filing.organisation, form_code=filing.form_code),
        "carried_from": "" if version or answer else carried_over(filing).period,
        "remarks": remarks,
        "may_answer": may(actor, ACTIONS["filings.answer_remark"], filing),
        "reading": reading_acts(actor, filing),
        "comparison": comparison_of(filing, record),
        "measured": measured_of(filing, record),
        "composed": is_composed(filing),
        "national": version is not None and layout_of(filing) is not None,
        "days_left": (filing.due_on - clock.today()).days,
        "days_late": (clock.today() - filing.due_on).days,
        "period": month_words(filing.period),
        "key": uuid.uuid4().hex,
    }
    return render(request, "filings/filing.html", context, status=status)


def deposit_facts(filing: Filing, version: Version | None, actor: Actor) -> dict[str, Any]:
    """What stands of the last deposit: its entry, the release of its results, and where its cells can be marked."""
    deposited = filing.deposited_version
    last = deposited.results.order_by("-pk").first() if deposited else None
    pressable = deposited is not None and deposited == version and bool(acts_for(actor, filing))
    return {
        "entry": deposit_entry(filing),
        "press": reverse("filings:version", args=[filing.pk, deposited.number]) if deposited and pressable else "",
        "reevaluations": reevaluations(deposited) if deposited else [],
        "release": last.release if last else "",
    }


def questions_and_words(
    request: HttpRequest, filing: Filing, standing: FilingStatus, refusal: Refused | None
) -> tuple[dict[tuple[str, str], str], list[str]]:
    """The questions that can be answered, each with what was typed before a refusal; and all else that was typed."""
    questions = {(f.code, f.place): "" for f in standing.unanswered} if filing.allows("filings.answer") else {}
    if refusal is None:
        return questions, []
    if "where" not in request.POST:
        return questions, [request.POST[name] for name in ("text", "reason") if request.POST.get(name)]
    typed_before = typed_answers(request)  # each again at its question, as long as that is asked
    words = [text for question, text in typed_before.items() if text and question not in questions]
    return questions | {question: text for question, text in typed_before.items() if question in questions}, words


def typed_answers(request: HttpRequest) -> dict[tuple[str, str], str]:
    """The answers of the page's one form, each by its check and place."""
    codes, places, texts = (request.POST.getlist(name) for name in ("code", "where", "text"))
    return dict(zip(zip(codes, places, strict=False), texts, strict=False))


@login_required
@require_POST
@takes_form
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid as it was typed: kept as a version, or shown again with what is wrong."""
    filing = visible_filing(request, pk)
    answer = typed(filing, request.POST)
    if unreadable(answer.findings):
        return _page(request, filing, answer, 422)
    data = {"record": answer.record, "reason": request.POST.get("reason", "")}
    return _do(request, "filings.save", filing, data, (Text("已保存", "Saved"), answer))


def _do(
    request: HttpRequest, name: str, filing: Filing, data: dict[str, Any], after: tuple[Text, Any | None]
) -> HttpResponse:
    """Perform an action for a page; a refusal is told on the filing's page, with what was typed."""
    done, answer = after
    try:
        perform(
            name,
            actor_of(request),
            filing,
            data,
            idempotency_key=request.POST.get("key") or None,
            seen=whole(request.POST.get("seen", "")),
        )
    except Refused as refused:
        if refused.status == 404:
            raise
        return _page(request, visible_filing(request, filing.pk), answer, refused.status, refused)
    messages.success(request, say(done))
    return redirect("filings:filing", pk=filing.pk)


@login_required
@require_POST
@takes_form
def answer_remark(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """The plant's answer to one remark."""
    data = {"remark": remark, "text": request.POST.get("text", "")}
    return _do(request, "filings.answer_remark", visible_filing(request, pk), data, (Text("已答复", "Answered"), None))


@login_required
@require_POST
@takes_form
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook: answered cell by cell; kept only where asked and nothing is wrong."""
    filing, file = visible_filing(request, pk), request.FILES.get("file")
    person_id, number = actor_of(request).person_id or 0, request.POST.get("handed_in", "")
    try:
        tried, content = handed_in(whole(number), person_id) if number and file is None else (None, b"")
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, f"{say(refused.message)} ({refused.code})")
        return redirect("filings:filing", pk=pk)
    if file is None and tried is None:
        messages.error(request, say(Text("请选择文件", "Choose a file")))
        return redirect("filings:filing", pk=pk)
    content = file.read(stored_limit() + 1) if file is not None else content
    name = (tried.name if tried else file.name if file else "") or ""
    all_months, mapping_id = "all_months" in request.POST, whole(request.POST.get("mapping", ""))
    read = read_upload(filing, content, name, all_months=all_months, mapping_id=mapping_id)
    unseen = tried is None and any(each.code == ROUNDED for each in read.answer.findings)
    if "dry" in request.POST or read.answer.errors or unseen:
        causes = read.causes(filing)
        context = {
            "filing": filing,
            "answer": read.answer,
            "causes": causes,
            "wrong": sum(cause.is_error for cause in causes),
            "name": name,
            "upload": tried or hand_in(content, name, person_id),
            "all_months": all_months,
            "mapping": mapping_id,
            "marked": bool(read.book.sheets) and mapping_id is None and bool(causes),
            "sheets": mended_in_place(form_of(filing), read.answer) if read.answer.errors and not all_months else [],
            "editable": True,
            "key": uuid.uuid4().hex,
        }
        return render(request, "filings/upload.html", context, status=422 if read.answer.errors else 200)
    encoded = base64.b64encode(content).decode()
    data = {"content": encoded, "name": name, "all_months": all_months, "mapping_id": mapping_id}
    return _do(request, "filings.upload", filing, data, (Text("工作簿已保存", "The workbook was saved"), None))


@login_required
def annotated_file(request: HttpRequest, pk: int, upload: int) -> HttpResponse:
    """A workbook that its reader tried, each wrong cell marked in his language."""
    filing = visible_filing(request, pk)
    tried, content = handed_in(upload, actor_of(request).person_id or 0)
    read = read_upload(filing, content, tried.name, all_months="all_months" in request.GET)
    if not read.book.sheets:
        raise out_of_scope()
    response = HttpResponse(handed_back(filing, read, code()), content_type=XLSX)
    name = f"{filing.form_code}-{filing.organisation.code}-{filing.period}-{code()}.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@require_POST
@takes_form
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The buttons of the page: each is a registered action."""
    filing = visible_filing(request, pk)
    data: dict[str, Any] = {n: v for n, v in request.POST.items() if n == "reason"}
    if name == "answer":
        data = {"answers": [{"code": c, "where": w, "text": text} for (c, w), text in typed_answers(request).items()]}
    if name not in ("answer", "check", "deposit", "correct", "withdraw_correction", "compose", "take_reports"):
        raise out_of_scope()
    return _do(request, f"filings.{name}", filing, data, (Text("已办理", "Done"), None))


@login_required
@require_POST
@takes_form
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """An evidence file."""
    filing, file = visible_filing(request, pk), request.FILES.get("file")
    content = file.read(stored_limit() + 1) if file else b""
    data = {
        "content": base64.b64encode(content).decode(),
        "name": (file.name or "") if file else "",
        "kind": request.POST.get("kind", ""),
    }
    return _do(request, "filings.attach", filing, data, (Text("已附证据", "Attached"), None))


@login_required
def template_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook to fill in, with what is there already."""
    filing = visible_filing(request, pk)
    version = filing.latest
    carried = CarriedOver() if version else carried_over(filing)
    prefill = Prefill(filing.organisation.code, filing.period, version.record if version else carried.record, carried)
    response = HttpResponse(template(form_of(filing), prefill, code()), content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="{filing.form_code}-{filing.organisation.code}-{filing.period}.xlsx"'
    )
    return response


@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the last deposit as a file; before it is sealed the page says so."""
    filing = visible_filing(request, pk)
    entry = deposit_entry(filing)
    body = receipt_of(entry, particulars=True) if entry else None
    if body is None:
        messages.warning(request, say(Text("尚未封存，请稍后再取回执", "Not sealed yet: come back for the receipt")))
        return redirect("filings:filing", pk=pk)
    response = JsonResponse(body)
    response["Content-Disposition"] = f'attachment; filename="{body["receipt"]}.json"'
    return response


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    """My filings: what is open by deadline, then what is deposited, the latest first."""
    actor = actor_of(request)
    waiting = Case(When(state__in=FILING.ends, then=None), default=F("due_on"))
    filings = Filing.objects.visible_to(actor).select_related("organisation").annotate(waiting=waiting)
    rows = filings.order_by(F("waiting").asc(nulls_last=True), "-due_on", "organisation_id")
    # For my own organisations: the months and years that have ended and were not begun.
    today = clock.today()
    mine = {g.organisation_id for g in actor.grants if g.role in PLANT and g.organisation_id}
    # The last months, this one too, and the year before, the newest first.
    months = [today.year * 12 + today.month - 1 - back for back in range(OFFERED)]
    periods = [f"{number // 12}-{number % 12 + 1:02d}" for number in months] + [str(today.year - 1)]
    offers = []
    for organisation in planned_firms(mine, today.year):
        begun = set(Filing.objects.filter(organisation=organisation).values_list("period", flat=True))
        left = [period for period in periods if period not in begun]
        own = accounting_name(organisation.sector, organisation.guideline)
        offers.append({"organisation": organisation, "guideline": own, "periods": left})
    context = {
        "offers": [offer for offer in offers if offer["periods"]],
        "opens": bool(actor.roles & (PLANT | OFFICERS)),
    }
    return FILINGS.respond(request, rows, "filings/list.html", context)


@login_required
@require_POST
@takes_form
def open_filing(request: HttpRequest) -> HttpResponse:
    """Open a period for one of my organisations."""
    period, organisation = request.POST.get("period", ""), request.POST.get("organisation", "")
    kind = MONTH_FORM if len(period) == 7 else ANNUAL_FORM
    data = {
        "form_code": f"{request.POST.get('guideline', '')}.{kind}",
        "organisation_id": organisation,
        "period": period,
    }
    opened = perform("filings.open", actor_of(request), data=data).result
    return redirect("filings:filing", pk=opened.pk)


@login_required
def begin(request: HttpRequest, organisation: int, form_code: str, period: str) -> HttpResponse:
    """A month or a year that is owed and that nobody has begun: until when, by which law, and how to begin it."""
    actor = actor_of(request)
    firm: Organisation | None = Organisation.objects.filter(pk=organisation).select_related("region").first()
    if firm is None or not actor.belongs_to(firm.pk):
        raise out_of_scope()
    started = Filing.objects.filter(organisation=firm, form_code=form_code, period=period).first()
    if started is not None:
        return redirect(started)
    duty = next((d for d in duties([firm]) if (d.form_code, d.period) == (form_code, period)), None)
    if duty is None:
        raise out_of_scope()
    context = {
        "duty": duty,
        "firm": firm,
        "monthly": len(period) == MONTH_LENGTH,
        "period": month_words(period),
        "guideline": guideline_of(form_code),
        "days_left": (duty.due_on - clock.today()).days,
        "days_late": (clock.today() - duty.due_on).days,
        "law": DEPOSIT_LAW,
        "may_open": bool(actor.roles & PLANT),
    }
    return render(request, "filings/begin.html", context)
