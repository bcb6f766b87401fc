"""The pages of filings: my months, one filing, upload, receipt, and the province's matrix of deposits."""

from __future__ import annotations

import base64
import uuid
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import code, say
from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.registry import ACTIONS
from tanzhi.actions.typed import whole
from tanzhi.evidence.models import Entry
from tanzhi.evidence.receipts import receipt as receipt_of
from tanzhi.presentation.buttons import may
from tanzhi.presentation.intake.messages import unreadable
from tanzhi.presentation.pages import actor_of
from tanzhi.rulebook.kernel.text import Text

from .before_after import reevaluations
from .grid import sheets, typed
from .intake import template
from .intake.template import Prefill
from .models import OPEN_STATES, Filing, Mapping, Version, stored_limit
from .standing import form_of, guideline_of, is_composed, standing_of
from .uploads import XLSX, read_upload
from .wording import Teller, month_words


def _filing(request: HttpRequest, pk: int) -> Filing:
    filing: Filing | None = (
        Filing.objects.visible_to(actor_of(request)).select_related("organisation__region").filter(pk=pk).first()
    )
    if filing is None:
        raise out_of_scope()
    return filing


@login_required
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One filing: steps, sheets, findings, evidence."""
    return _shown(request, _filing(request, pk), None)


def _shown(request: HttpRequest, filing: Filing, answer: Any, status: int = 200) -> HttpResponse:
    version = filing.latest
    standing = standing_of(filing, version)
    record = answer.record if answer else version.record if version else {}
    teller = Teller(guideline_of(filing.form_code), form_of(filing), _places(version, answer))
    context = {
        "filing": filing,
        "version": version,
        "versions": filing.versions.order_by("-number"),
        "standing": standing,
        "findings": [teller.tell(f) for f in (answer or standing).findings],
        "answer": answer,
        "sheets": sheets(filing, record, standing),
        "editable": filing.state in OPEN_STATES and bool(actor_of(request).belongs_to(filing.organisation_id)),
        "may_deposit": may(actor_of(request), ACTIONS["filings.deposit"], filing),
        "mappings": Mapping.objects.filter(organisation=filing.organisation, form_code=filing.form_code),
        "entry": _deposit_entry(filing),
        "reevaluations": reevaluations(filing.deposited_version) if filing.deposited_version else [],
        "release": _release(filing.deposited_version),
        "composed": is_composed(filing),
        "days_left": (filing.due_on - clock.today()).days,
        "days_late": (clock.today() - filing.due_on).days,
        "period": month_words(filing.period),
        "key": uuid.uuid4().hex,
    }
    return render(request, "filings/filing.html", context, status=status)


def _release(version: Version | None) -> str:
    """The release under which the version's results stand; none before its deposit."""
    last = version.results.order_by("-pk").first() if version else None
    return last.release if last else ""


def _places(version: Version | None, answer: Any) -> dict[str, str]:
    """Where the values stood: in the grid that was typed just now, or in the workbook of the version."""
    places: dict[str, str] = answer.places if answer else version.places if version else {}
    return places


def _deposit_entry(filing: Filing) -> Entry | None:
    """The log's entry of the last deposit."""
    return Entry.objects.filter(kind="filings.deposit", subject=f"filings.filing:{filing.pk}").order_by("-id").first()


@login_required
@require_POST
@takes_form
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid as it was typed: kept as a version, or shown again with what is wrong."""
    filing = _filing(request, pk)
    answer = typed(filing, request.POST)
    if unreadable(answer.findings):
        return _shown(request, filing, answer, 422)
    return _do(request, "filings.save", filing, {"record": answer.record}, Text("已保存", "Saved"))


def _do(request: HttpRequest, name: str, filing: Filing, data: dict[str, Any], done: Text) -> HttpResponse:
    """Perform an action for a page; a refusal is told on the filing's page."""
    try:
        perform(
            name, actor_of(request), filing, data, idempotency_key=request.POST.get("key") or None, seen=_seen(request)
        )
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, f"{say(refused.message)} ({refused.code})")
    else:
        messages.success(request, say(done))
    return redirect("filings:filing", pk=filing.pk)


def _seen(request: HttpRequest) -> int | None:
    return whole(request.POST.get("seen", ""))


@login_required
@require_POST
@takes_form
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook: answered cell by cell; kept only where asked and nothing is wrong."""
    filing, file = _filing(request, pk), request.FILES.get("file")
    if file is None:
        messages.error(request, say(Text("请选择文件", "Choose a file")))
        return redirect("filings:filing", pk=pk)
    content = file.read(stored_limit() + 1)
    name, all_months = file.name or "", "all_months" in request.POST
    mapping_id = whole(request.POST.get("mapping", ""))
    read = read_upload(filing, content, name, all_months=all_months, mapping_id=mapping_id)
    if "dry" in request.POST or read.answer.errors:
        teller = Teller(guideline_of(filing.form_code), form_of(filing), read.answer.places)
        findings = [teller.tell(f) for f in read.answer.findings]
        context = {"filing": filing, "answer": read.answer, "findings": findings, "name": name}
        return render(request, "filings/upload.html", context, status=422 if read.answer.errors else 200)
    encoded = base64.b64encode(content).decode()
    data = {"content": encoded, "name": name, "all_months": all_months, "mapping_id": mapping_id}
    return _do(request, "filings.upload", filing, data, Text("工作簿已保存", "The workbook was saved"))


@login_required
@require_POST
@takes_form
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The buttons of the page: each is a registered action."""
    filing = _filing(request, pk)
    data = {n: v for n, v in request.POST.items() if n in ("code", "where", "text", "reason")}
    if name not in ("answer", "check", "deposit", "correct", "withdraw_correction", "compose"):
        raise out_of_scope()
    return _do(request, f"filings.{name}", filing, data, Text("已办理", "Done"))


@login_required
@require_POST
@takes_form
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """An evidence file."""
    filing, file = _filing(request, pk), request.FILES.get("file")
    content = file.read(stored_limit() + 1) if file else b""
    data = {
        "content": base64.b64encode(content).decode(),
        "name": (file.name or "") if file else "",
        "kind": request.POST.get("kind", ""),
    }
    return _do(request, "filings.attach", filing, data, Text("已附证据", "Attached"))


@login_required
def template_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook to fill in, with what is there already."""
    filing = _filing(request, pk)
    version = filing.latest
    prefill = Prefill(filing.organisation.code, filing.period, version.record if version else {})
    response = HttpResponse(template(form_of(filing), prefill, code()), content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="{filing.form_code}-{filing.organisation.code}-{filing.period}.xlsx"'
    )
    return response


@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the last deposit as a file; before it is sealed the page says so."""
    filing = _filing(request, pk)
    entry = _deposit_entry(filing)
    body = receipt_of(entry, particulars=True) if entry else None
    if body is None:
        messages.warning(request, say(Text("尚未封存，请稍后再取回执", "Not sealed yet: come back for the receipt")))
        return redirect("filings:filing", pk=pk)
    response = JsonResponse(body)
    response["Content-Disposition"] = f'attachment; filename="{body["receipt"]}.json"'
    return response
