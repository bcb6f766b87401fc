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
    found: Filing | None = (
        Filing.objects.visible_to(actor_of(request)).select_related("organisation__region").filter(pk=pk).first()
    )
    if found is None:
        raise out_of_scope()
    return found


@login_required
def filing(request: HttpRequest, pk: int) -> HttpResponse:
    """One filing: steps, sheets, findings, evidence."""
    return _shown(request, _filing(request, pk), None)


def _shown(request: HttpRequest, held: Filing, answer: Any, status: int = 200) -> HttpResponse:
    version = held.latest
    standing = standing_of(held, version)
    record = answer.record if answer else version.record if version else {}
    teller = Teller(guideline_of(held.form_code), form_of(held), _places(version, answer))
    told = {
        "filing": held,
        "version": version,
        "versions": held.versions.order_by("-number"),
        "standing": standing,
        "findings": [teller.tell(f) for f in (answer or standing).findings],
        "answer": answer,
        "sheets": sheets(held, record, standing),
        "editable": held.state in OPEN_STATES and bool(actor_of(request).belongs_to(held.organisation_id)),
        "may_deposit": may(actor_of(request), ACTIONS["filings.deposit"], held),
        "mappings": Mapping.objects.filter(organisation=held.organisation, form_code=held.form_code),
        "entry": _deposit_entry(held),
        "reevaluations": reevaluations(held.deposited_version) if held.deposited_version else [],
        "release": _release(held.deposited_version),
        "composed": is_composed(held),
        "days_left": (held.due_on - clock.today()).days,
        "days_late": (clock.today() - held.due_on).days,
        "period": month_words(held.period),
        "key": uuid.uuid4().hex,
    }
    return render(request, "filings/filing.html", told, status=status)


def _release(version: Version | None) -> str:
    """The release under which the version's results stand; none before its deposit."""
    last = version.results.order_by("-pk").first() if version else None
    return last.release if last else ""


def _places(version: Version | None, answer: Any) -> dict[str, str]:
    """Where the values stood: in the grid that was typed just now, or in the workbook of the version."""
    known: dict[str, str] = answer.places if answer else version.places if version else {}
    return known


def _deposit_entry(held: Filing) -> Entry | None:
    """The log's entry of the last deposit."""
    return Entry.objects.filter(kind="filings.deposit", subject=f"filings.filing:{held.pk}").order_by("-id").first()


@login_required
@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """The grid as it was typed: kept as a version, or shown again with what is wrong."""
    held = _filing(request, pk)
    answer = typed(held, request.POST)
    if unreadable(answer.findings):
        return _shown(request, held, answer, 422)
    return _do(request, "filings.save", held, {"record": answer.record}, Text("已保存", "Saved"))


def _do(request: HttpRequest, name: str, held: Filing, data: dict[str, Any], done: Text) -> HttpResponse:
    """Perform an action for a page; a refusal is told on the filing's page."""
    try:
        perform(
            name, actor_of(request), held, data, idempotency_key=request.POST.get("key") or None, seen=_seen(request)
        )
    except Refused as refused:
        if refused.status == 404:
            raise
        messages.error(request, f"{say(refused.message)} ({refused.code})")
    else:
        messages.success(request, say(done))
    return redirect("filings:filing", pk=held.pk)


def _seen(request: HttpRequest) -> int | None:
    return whole(request.POST.get("seen", ""))


@login_required
@require_POST
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A workbook: answered cell by cell; kept only where asked and nothing is wrong."""
    held, file = _filing(request, pk), request.FILES.get("file")
    if file is None:
        messages.error(request, say(Text("请选择文件", "Choose a file")))
        return redirect("filings:filing", pk=pk)
    content = file.read(stored_limit() + 1)
    name, all_months = file.name or "", "all_months" in request.POST
    mapping_id = whole(request.POST.get("mapping", ""))
    read = read_upload(held, content, name, all_months=all_months, mapping_id=mapping_id)
    if "dry" in request.POST or read.answer.errors:
        teller = Teller(guideline_of(held.form_code), form_of(held), read.answer.places)
        findings = [teller.tell(f) for f in read.answer.findings]
        told = {"filing": held, "answer": read.answer, "findings": findings, "name": name}
        return render(request, "filings/upload.html", told, status=422 if read.answer.errors else 200)
    encoded = base64.b64encode(content).decode()
    data = {"content": encoded, "name": name, "all_months": all_months, "mapping_id": mapping_id}
    return _do(request, "filings.upload", held, data, Text("工作簿已保存", "The workbook was saved"))


@login_required
@require_POST
def act(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The buttons of the page: each is a registered action."""
    held = _filing(request, pk)
    data = {n: v for n, v in request.POST.items() if n in ("code", "where", "text", "reason")}
    if name not in ("answer", "check", "deposit", "correct", "withdraw_correction", "compose"):
        raise out_of_scope()
    return _do(request, f"filings.{name}", held, data, Text("已办理", "Done"))


@login_required
@require_POST
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """An evidence file."""
    held, file = _filing(request, pk), request.FILES.get("file")
    content = file.read(stored_limit() + 1) if file else b""
    data = {
        "content": base64.b64encode(content).decode(),
        "name": (file.name or "") if file else "",
        "kind": request.POST.get("kind", ""),
    }
    return _do(request, "filings.attach", held, data, Text("已附证据", "Attached"))


@login_required
def template_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The workbook to fill in, with what is there already."""
    held = _filing(request, pk)
    version = held.latest
    prefill = Prefill(held.organisation.code, held.period, version.record if version else {})
    response = HttpResponse(template(form_of(held), prefill, code()), content_type=XLSX)
    response["Content-Disposition"] = (
        f'attachment; filename="{held.form_code}-{held.organisation.code}-{held.period}.xlsx"'
    )
    return response


@login_required
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of the last deposit as a file; before it is sealed the page says so."""
    held = _filing(request, pk)
    entry = _deposit_entry(held)
    known = receipt_of(entry, particulars=True) if entry else None
    if known is None:
        messages.warning(request, say(Text("尚未封存，请稍后再取回执", "Not sealed yet: come back for the receipt")))
        return redirect("filings:filing", pk=pk)
    response = JsonResponse(known)
    response["Content-Disposition"] = f'attachment; filename="{known["receipt"]}.json"'
    return response
